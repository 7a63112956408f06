"""The rows of the table of commands that say what a channel is told of, and when its digest comes."""

from dataclasses import replace

from bot.commands import digests, suggesting, watch, watch_trial
from bot.commands.model import PAGE, Command, Needs, Param, Reach, Suggest
from bot.commands.watch_hours import LINE, NONE, SKIP
from bot.commands.watch_suggest import days, listed, stances, timezones
from bot.commands.watch_values import IMPORTANCES, YES_NO
from bot.language import N_
from bot.settings_values import WEEKDAYS


def _option(name: str, help_: str, suggest: Suggest | None = None, choices: tuple[str, ...] = ()) -> Param:
    return Param(name, help_, required=False, named=True, choices=choices, suggest=suggest)


def _several(name: str, help_: str, suggest: Suggest) -> Param:
    return replace(_option(name, help_, listed(suggest)), several=True)


_CHANNEL = Param("channel", N_("another one here; else this"), required=False, named=True, channel=True)
_DAYS = _several("days", N_("days of the daily digest: mon,fri or weekdays or daily, or none"), days)
_WEEKLY = _option("weekly", N_("the day on which a digest of the week comes too"), choices=(*WEEKDAYS, NONE))
_MONTHLY = _option("monthly", N_("the day on which one of the month comes too: 1 to 31, or none"))
_EMPTY = _option("empty", N_("a digest with nothing to tell: one line, or left out"), choices=(LINE, SKIP))
_TIMEZONE = _option("timezone", N_("of these hours, such as Europe/Berlin"), timezones)
_WORDS = replace(
    _option("words", N_("of stories: words, AND, OR, NOT, title:word; or none")), reach=Reach.QUERY
)
_CONDITIONS = (
    _several("claims", N_("ids with commas between, or all"), suggesting.claims),
    _several("tags", N_("claims with any of these tags too, or none"), suggesting.tags),
    _several("stance", N_("supports, disputes or background, or all"), stances),
    _option("least", N_("importance from which it is told"), choices=IMPORTANCES),
    _several("languages", N_("of stories: ko,ru or all"), suggesting.languages),
    _several("sources", N_("outlets or families, or all"), suggesting.sources),
    _WORDS,
    _option("mention", N_("a role or user group to mention, as in @desk, or none")),
    _option("mention_from", N_("importance from which it is mentioned"), choices=IMPORTANCES),
    _option("threads", N_("updates stay in a thread; no: they show in the channel"), choices=YES_NO),
    _option("quiet", N_("hours without messages: 22:00-07:00, or none")),
    _option("budget", N_("messages an hour, the rest goes to the digest; or none")),
    _option("digest", N_("its hour, 08:00, or none")),
    _DAYS,
    _WEEKLY,
    _MONTHLY,
    _EMPTY,
    _TIMEZONE,
    _option("notices", N_("tell of feeds in trouble"), choices=YES_NO),
    _CHANNEL,
)

WATCHES = (
    Command(
        path=("watch", "add"),
        summary=N_("Have a channel told of claims: of all, or of what the options say."),
        run=watch.add_watch,
        params=_CONDITIONS,
        needs=Needs.CHANNEL,
        changes=True,
    ),
    Command(
        path=("watch", "list"),
        summary=N_("Show what the channels here are told of, and why one is paused."),
        run=watch.list_watches,
        params=(PAGE,),
    ),
    Command(
        path=("watch", "test"),
        summary=N_(
            "Show what a channel would have been told in the last 30 days; with options, before saving."
        ),
        run=watch_trial.test_watch,
        params=(*_CONDITIONS, PAGE),
    ),
    Command(
        path=("watch", "edit"),
        summary=N_("Change what a channel is told of, option by option."),
        run=watch.edit_watch,
        params=_CONDITIONS,
        needs=Needs.CHANNEL,
        changes=True,
    ),
    Command(
        path=("watch", "pause"),
        summary=N_("Post nothing to a channel until it is resumed."),
        run=watch.pause_watch,
        params=(_option("until", N_("when it goes on by itself: 2h, 1d, 1w or 2026-12-31")), _CHANNEL),
        needs=Needs.CHANNEL,
        changes=True,
    ),
    Command(
        path=("watch", "resume"),
        summary=N_("Post to a channel again."),
        run=watch.resume_watch,
        params=(_CHANNEL,),
        needs=Needs.CHANNEL,
        changes=True,
    ),
    Command(
        path=("watch", "remove"),
        summary=N_("Tell a channel nothing any more; asks first."),
        run=watch.remove_watch,
        params=(
            _option(watch.SURE, N_("yes: without asking first"), choices=YES_NO),
            # Not picked: one that is gone can be named too.
            _option("channel", N_("one that is told of claims; else this"), suggesting.destinations),
        ),
        needs=Needs.CHANNEL,
        changes=True,
        sure=watch.SURE,
    ),
    Command(
        path=("digest", "now"),
        summary=N_("Show what a day, a week or a month brought of what this channel follows."),
        run=digests.digest_now,
        params=(
            _option("period", N_("day, week or month up to now; else day"), choices=("day", "week", "month")),
        ),
        bare=True,
    ),
    Command(
        path=("digest", "set"),
        summary=N_("Have this channel's digests posted at an hour: of a day, a week, a month."),
        run=digests.set_digest,
        params=(Param("hour", N_("such as 08:00")), _DAYS, _TIMEZONE, _WEEKLY, _MONTHLY, _EMPTY),
        needs=Needs.CHANNEL,
        changes=True,
    ),
    Command(
        path=("digest", "off"),
        summary=N_("Post no digest to this channel any more."),
        run=digests.stop_digest,
        needs=Needs.CHANNEL,
        changes=True,
    ),
)
