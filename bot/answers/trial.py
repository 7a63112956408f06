"""What a subscription would have posted, as a card. Pure, like `bot.present`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot import phrases
from bot.answers.watch import watch_lines
from bot.card import Card, Field, Line, Link, Moment
from bot.commands.spelling import Spelling
from bot.language import _, decimal, ngettext
from bot.lines import channel, filled
from bot.paging import page_of, paged
from bot.reasons import reason_words
from claims.outgoing import DeliveryState
from claims.subscriptions import Subscription
from claims.trial import Tried

ON_A_PAGE = 8
"""Titles with their reasons that fill a screen."""

_HEADLINE = 100
_REASONS = 4
_ORDER = (DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.FILTERED)
"""What would have been posted is looked at first."""


def trial_card(
    wanted: Subscription,
    tried: Sequence[Tried],
    now: datetime,
    args: Mapping[str, str],
    spelled: Spelling,
    *,
    saved: bool,
) -> Card:
    """Return what became of the alerts of the last 30 days: counts with reasons, and a page of titles.

    Args:
        wanted: what was tried.
        tried: what became of each alert, oldest first.
        now: when it is asked; years other than its own are written.
        args: name the page of titles, the first where they do not.
        spelled: how commands are typed there.
        saved: it is what the channel wants already.

    """
    by_state = {state: [each for each in reversed(tried) if each.route.state is state] for state in _ORDER}
    posted, held, filtered = (len(by_state[state]) for state in _ORDER)
    said = _("{posted} posted, {held} to the digest, {filtered} filtered")
    page = page_of([each for state in _ORDER for each in by_state[state]], args, ON_A_PAGE)
    heads = watch_lines(wanted) if page.is_first else ()
    alerts = ngettext("{count} alert in 30 days", "{count} alerts in 30 days", len(tried))
    counts = said.format(posted=decimal(posted), held=decimal(held), filtered=decimal(filtered))
    card = Card(
        heading=_("AS IT IS SAVED") if saved else _("NOT SAVED YET"),
        title=f"{alerts.format(count=decimal(len(tried)))}: {counts}",
        lines=(*heads, *(_line(each, wanted.timezone, now) for each in page.items)),
        fields=(
            Field(_("Channel"), (channel(wanted.destination),)),
            *_why(_("To the digest"), by_state[DeliveryState.HELD]),
            *_why(_("Filtered"), by_state[DeliveryState.FILTERED]),
        ),
        footer=_advice(spelled, saved=saved),
    )
    return paged(card, page)


def _line(tried: Tried, timezone: str, now: datetime) -> Line:
    alert = tried.telling.alert
    words = {
        DeliveryState.PENDING: _("posted {moment} · {headline}"),
        DeliveryState.HELD: _("to the digest {moment} · {headline}"),
        DeliveryState.FILTERED: _("filtered {moment} · {headline}"),
    }[tried.route.state]
    lead = next((m.story for m in tried.telling.event.members if m.story.id == alert.links[0].story_id), None)
    headline = phrases.shorten(alert.headline, _HEADLINE)
    title = Link(headline, lead.url) if lead else headline
    moment = Moment(phrases.clock(tried.at, timezone, beside=now), tried.at)
    why = f": {reason_words(tried.route.reason)}" if tried.route.reason else ""
    return (*filled(words, moment=moment, headline=title), why)


def _why(name: str, tried: Sequence[Tried]) -> tuple[Field, ...]:
    """Return how often which reason was given, the most frequent first."""
    counts = Counter(each.route.reason for each in tried).most_common()
    reasons = [f"{decimal(count)} × {reason_words(reason).removesuffix('.')}" for reason, count in counts]
    return (Field(name, (phrases.listed(reasons, _REASONS, between="; "),)),) if reasons else ()


def _advice(spelled: Spelling, *, saved: bool) -> str:
    if saved:
        return _("With options {test} tries what is not saved yet").format(test=spelled("watch test"))
    said = _("Nothing is saved: {add} or {edit} with the same options does that")
    return said.format(add=spelled("watch add"), edit=spelled("watch edit"))
