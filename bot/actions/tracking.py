"""A claim tracked from an alert or a message: a form that is filled in already as far as that tells."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.actions.model import Action, Press, action
from bot.actions.verdicts import seen_by
from bot.commands.claim_of import LABEL, LABELS, SAYER, STATEMENT
from bot.commands.matching import LINK
from bot.commands.model import Context, Needs
from bot.commands.track import track
from bot.controls import Entry, Form
from bot.happening import Happening
from bot.language import N_, _
from bot.phrases import shorten
from bot.replies import Reply
from claims.independence import speaker
from claims.text import one_line
from claims.when import Day

_LISTED = LABELS * (LABEL + 2)
_DAY = 10


def claim_form(about: Happening, timezone: str) -> Form:
    """Return the form of a new claim, filled in from the story that leads an alert.

    `timezone` is the IANA name of the zone whose day the claim was said on.
    """
    lead = about.lead
    statement, said_by, said_on = about.briefing.alert.headline, "", ""
    if lead:
        said_by = speaker(lead)
        said_on = str(Day.of(lead.story.at.astimezone(ZoneInfo(timezone)).date()))
    tags = dict.fromkeys(tag for claim in about.briefing.claims for tag in claim.tags)
    return _form(
        action("tracked", about.event_id), statement, said_by, said_on, shorten(", ".join(tags), _LISTED)
    )


def message_form(said: Mapping[str, str]) -> Form:
    """Return the form of a new claim, its statement filled in from the `text` of a message without links."""
    return _form(action("tracked"), LINK.sub(" ", said.get("text", "")))


def _form(action_: str, statement: str, said_by: str = "", said_on: str = "", tags: str = "") -> Form:
    return Form(
        title=_("Track as new claim"),
        action=action_,
        entries=(
            Entry(
                "statement",
                _("What is claimed"),
                shorten(one_line(statement), STATEMENT),
                long=True,
                most=STATEMENT,
            ),
            Entry("said_by", _("Who says so"), shorten(one_line(said_by), SAYER), most=SAYER),
            Entry(
                "said_on",
                _("Said on"),
                said_on,
                hint=_("2024-08-27, 2024-08 or 2024"),
                required=False,
                most=_DAY,
            ),
            Entry(
                "items",
                _("Items, parted by commas"),
                hint=_("artillery shells, fuel oil"),
                required=False,
                most=_LISTED,
            ),
            Entry(
                "tags",
                _("Tags, parted by commas"),
                tags,
                hint=_("munitions, sea-route"),
                required=False,
                most=_LISTED,
            ),
        ),
    )


async def _track(context: Context, press: Press) -> Form:
    """Open the form: of an event, of what a message says, or of neither an empty one."""
    if not press.argument:
        return message_form(press.entries)
    return claim_form(await seen_by(context, press.argument), context.timezone)


async def _tracked(context: Context, press: Press) -> Reply:
    """Track what was filled in."""
    return Reply(await track(context, press.entries))


ACTIONS = (
    Action(
        "track",
        _track,
        N_("Track as new claim"),
        needs=Needs.CHANGE,
        form=True,
        shortcut="Track a claim",
    ),
    Action("tracked", _tracked, N_("Track as new claim"), needs=Needs.CHANGE),
)
