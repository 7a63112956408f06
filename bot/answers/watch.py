"""What channels want, as cards: each in a sentence or two. Pure, like `bot.present`."""

from collections.abc import Collection, Iterable

from bot.card import Card, Field, Line, Tone
from bot.commands.spelling import Spelling
from bot.controls import Row
from bot.language import _, ngettext, weekday
from bot.lines import channel, filled, moment
from bot.paging import Page, paged
from bot.phrases import either, language, listed, shorten
from bot.reasons import importance, reason_line
from claims.outgoing import Period
from claims.subscriptions import Importance, Subscription

ON_A_PAGE = 8
"""Subscriptions of a list: with their words they fill a screen."""

_NAMES = 6
_WORDS = 200
_WORKDAYS = frozenset(range(5))
_WEEKEND = frozenset({5, 6})
_LAST_DAY = 31


def followed(wanted: Subscription) -> str:
    """Return what a channel is told of, a sentence."""
    parts = [_claims(wanted)]
    if wanted.least is not Importance.ROUTINE:
        parts.append(_("{importance} and above").format(importance=importance(wanted.least)))
    if wanted.stances:
        parts.append(_("only what {stances} it").format(stances=either(sorted(_stances(wanted.stances)))))
    if wanted.languages:
        parts.append(_("in {languages}").format(languages=either(sorted(map(language, wanted.languages)))))
    if wanted.sources:
        parts.append(_("by {sources}").format(sources=either(sorted(wanted.sources))))
    if wanted.words:
        parts.append(_("with the words {words}").format(words=shorten(wanted.words, _WORDS)))
    return f"{', '.join(parts)}."


def posted(wanted: Subscription) -> str:
    """Return when and how it is posted, a sentence."""
    parts = [digest_hour(wanted)]
    if wanted.periods and wanted.skip_empty:
        parts.append(_("no digest where there is nothing to tell"))
    if wanted.quiet:
        since, until = (f"{each:%H:%M}" for each in wanted.quiet)
        parts.append(_("quiet from {since} to {until}").format(since=since, until=until))
    if wanted.budget:
        most = ngettext("at most {count} message an hour", "at most {count} messages an hour", wanted.budget)
        parts.append(most.format(count=wanted.budget))
    if wanted.mention:
        grade = importance(wanted.mention_from)
        parts.append(_("somebody is mentioned when it is {importance}").format(importance=grade))
    if not wanted.threads:
        parts.append(_("updates show in the channel, not in a thread alone"))
    if not wanted.notices:
        parts.append(_("no notices of feeds"))
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


def digest_hour(wanted: Subscription) -> str:
    """Return when the digests of a day, a week and a month come, without a full stop."""
    if wanted.digest is None or not wanted.periods:
        return _("no digest")
    said = _("digest at {hour} {days} ({timezone})")
    days = ", ".join(_comes(wanted, period) for period in wanted.periods)
    return said.format(hour=f"{wanted.digest:%H:%M}", days=days, timezone=wanted.timezone)


def watch_lines(wanted: Subscription) -> tuple[Line, ...]:
    """Return what a channel wants, and why it is paused where it is, a line each."""
    return (*_paused(wanted), (followed(wanted),), (posted(wanted),))


def followed_in(wanted: Subscription) -> tuple[Line, ...]:
    """Return a channel and what it wants, as `watch_lines` has it."""
    first, *others = watch_lines(wanted)
    return ((channel(wanted.destination), ": ", *first), *others)


def watch_card(title: str, wanted: Subscription, footer: str = "", controls: tuple[Row, ...] = ()) -> Card:
    """Return what became of a subscription, and how it stands now."""
    about = Field(_("Channel"), (channel(wanted.destination),))
    return Card(title, watch_lines(wanted), (about,), footer=footer, controls=controls)


def watches_card(
    page: Page[Subscription],
    count: int,
    gone: Collection[str],
    uncalled: Collection[str],
    spelled: Spelling,
    controls: tuple[Row, ...],
) -> Card:
    """Return a page of the `count` subscriptions of a workspace, by destination.

    `gone` are the channels that the settings name and that were removed in chat, `uncalled` those
    whose role or group can be mentioned no more.
    """
    removed = _("{channel}: the settings name it, but it was removed in chat and is told nothing")
    left = tuple(filled(removed, channel=channel(each)) for each in gone)
    if not count:
        hint = _("{add} has a channel told of claims").format(add=spelled("watch add"))
        return Card(_("No channel here is told of anything"), (*left, (hint,)), controls=controls)
    title = ngettext("{count} channel is told of claims", "{count} channels are told of claims", count)
    card = Card(
        title.format(count=count),
        (*(line for each in page.items for line in _entry(each, uncalled)), *left),
        footer=_("{edit} changes what a channel wants").format(edit=spelled("watch edit")),
        controls=controls,
    )
    return paged(card, page)


def asks_card(wanted: Subscription, advice: str, controls: tuple[Row, ...]) -> Card:
    """Return the question whether a subscription is to be removed."""
    told = Field(_("Channel"), (channel(wanted.destination),))
    title = _("Tell this channel nothing any more?")
    return Card(title, (*watch_lines(wanted), (advice,)), (told,), tone=Tone.TROUBLE, controls=controls)


def broken_card(wanted: Subscription, why: str, spelled: Spelling) -> Card:
    """Return what is told those who can mend a channel where the bot may not post."""
    advice = _(
        "What comes meanwhile waits. Where the channel does not go on by itself once that is mended, "
        "{resume} has it go on; {remove} tells it nothing any more."
    )
    said = advice.format(resume=spelled("watch resume"), remove=spelled("watch remove"))
    lines = ((channel(wanted.destination),), reason_line(why), (said,))
    return Card(_("Claimwatch cannot post in one of your channels"), lines, tone=Tone.TROUBLE)


def _paused(wanted: Subscription) -> tuple[Line, ...]:
    if wanted.paused is None:
        return ()
    why = reason_line(wanted.paused)
    if wanted.paused_until is None:
        return (filled(_("Paused: {why}"), why=why),)
    until = wanted.paused_until
    end = moment(until, wanted.timezone, beside=until)
    return (filled(_("Paused until {moment}: {why}"), moment=end, why=why),)


def _entry(wanted: Subscription, uncalled: Collection[str]) -> Iterable[Line]:
    yield from followed_in(wanted)
    if wanted.destination in uncalled:
        yield (_("Whom it should mention can no longer be mentioned there: nobody is notified"),)


def _claims(wanted: Subscription) -> str:
    names = listed(sorted(wanted.claims or ()), _NAMES)
    tags = listed(sorted(wanted.tags), _NAMES)
    if names and tags:
        return _("{claims} and what is tagged {tags}").format(claims=names, tags=tags)
    if tags:
        return _("What is tagged {tags}").format(tags=tags)
    return names or _("Every claim")


def _stances(stances: Collection[str]) -> list[str]:
    words = {"supports": _("supports"), "disputes": _("disputes"), "background": _("touches")}
    return [words[stance] for stance in stances]


def _comes(wanted: Subscription, period: Period) -> str:
    if period is Period.DAY:
        return _days(wanted.weekdays)
    if period is Period.WEEK:
        return _("weekly on {weekday}").format(weekday=weekday(wanted.week_on or 0))
    if wanted.month_on == _LAST_DAY:
        return _("monthly on the last day")
    return _("monthly on day {day}").format(day=wanted.month_on)


def _days(weekdays: Collection[int] | None) -> str:
    if weekdays is None:
        return _("every day")
    if weekdays == _WORKDAYS:
        return _("on weekdays")
    if weekdays == _WEEKEND:
        return _("at weekends")
    return _("on {days}").format(days=", ".join(map(weekday, sorted(weekdays))))
