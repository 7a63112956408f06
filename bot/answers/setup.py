"""The card on which a channel is set up. Pure, like `bot.present`."""

from collections.abc import Sequence

from bot.actions.model import action
from bot.answers.watch import watch_lines
from bot.card import Card, Field, Line, Tone
from bot.commands.watch_hours import ALL, NONE
from bot.controls import OPTIONS, Button, Choice, Look, Menu, Option, Row
from bot.language import N_, _
from bot.lines import channel
from bot.places import Place
from claims.model import Claim
from claims.subscriptions import Subscription
from claims.wanting import follows_all

_HOURS = 24
CLAIMS = {"slack": 50}
"""Claims of the menu by platform, else `OPTIONS`: our own measure. Slack takes 100 options, but with so many
the buttons below would have no room (`bot.render.slack.CONTROLS`)."""


MORE_DIGESTS = N_("Other hour, weekly, time zone")


def listed(claims: Sequence[Claim], destination: str) -> Sequence[Claim]:
    """Return the claims that the menu has room for where a channel is."""
    return claims[: CLAIMS.get(destination.partition(":")[0], OPTIONS)]


def setup_card(
    wanted: Subscription,
    claims: Sequence[Claim],
    key: str,
    place: Place,
    notes: Sequence[Line] = (),
) -> Card:
    """Return what is chosen so far, and the controls that change and save it.

    Args:
        wanted: what would be saved.
        claims: those that the workspace sees, in the order of the register.
        key: of the draft in the store.
        place: the channel.
        notes: what is to be known of the last step.

    """
    first = list(notes)
    if place.shut:
        first.append((_(place.shut),))
    if place.lacks:
        said = _("The bot may not post there yet: it lacks {permissions}")
        first.append((said.format(permissions=", ".join(place.lacks)),))
    return Card(
        title=_("Set up what a channel is told of"),
        lines=(*first, *watch_lines(wanted)),
        fields=(Field(_("Channel"), (channel(wanted.destination),)),),
        tone=Tone.TROUBLE if place.shut or place.lacks else Tone.ANSWER,
        footer=_("Nothing is saved before you press Save"),
        controls=tuple(_rows(wanted, claims, key)),
    )


def where_card(used: str) -> Card:
    """Return the question which channel is to be set up; choosing one asks for the action `used`."""
    menu = Menu(used, _("Which channel"), choice=Choice.CHANNELS)
    return Card(_("Set up what a channel is told of"), controls=((menu,),))


def _rows(wanted: Subscription, claims: Sequence[Claim], key: str) -> Sequence[Row]:
    def step(name: str) -> str:
        return action("setup", name, key)

    tags = list(dict.fromkeys(tag for claim in claims for tag in claim.tags))[: OPTIONS - 1]
    buttons: Row = (
        Button(_(MORE_DIGESTS), action("setup-hour", key)),
        Button(_("Show a sample alert"), step("sample")),
        Button(_("Save"), step("save"), Look.MAIN),
    )
    every = Option(_("Every claim"), ALL, chosen=follows_all(wanted))
    tagged = (Option(_("Tagged {tag}").format(tag=tag), tag, chosen=tag in wanted.tags) for tag in tags)
    follow = Menu(step("tags"), _("What to follow"), (every, *tagged), most=len(tags) + 1)
    where = Menu(step("channel"), _("Which channel"), choice=Choice.CHANNELS, chosen=wanted.destination)
    rows: list[Row] = [
        (where,),
        (follow,),
        (_claims(wanted, claims, step("claims")),),
        (_hours(wanted, step("digest")),),
        buttons,
    ]
    return rows


def _claims(wanted: Subscription, claims: Sequence[Claim], used: str) -> Menu:
    shown = listed(claims, wanted.destination)
    prompt = _("Or claims one by one")
    if len(claims) > len(shown):
        said = _("Or claims one by one: the first {shown} of {count}")
        prompt = said.format(shown=len(shown), count=len(claims))
    options = (
        Option(claim.id, claim.id, claim.statement, chosen=claim.id in (wanted.claims or ()))
        for claim in shown
    )
    return Menu(used, prompt, tuple(options), least=0, most=len(shown))


def _hours(wanted: Subscription, used: str) -> Menu:
    chosen = f"{wanted.digest:%H:%M}" if wanted.digest else NONE
    hours = [f"{hour:02}:00" for hour in range(_HOURS)]
    said = _("Digest at {hour} ({timezone})")
    options = [Option(said.format(hour=h, timezone=wanted.timezone), h, chosen=h == chosen) for h in hours]
    return Menu(
        used, _("When the digest comes"), (Option(_("No digest"), NONE, chosen=chosen == NONE), *options)
    )
