"""The one table of commands: what every platform registers, parses and shows under `help`."""

from collections.abc import Mapping, Sequence

from bot.card import Card
from bot.commands import (
    care,
    explain,
    feeds,
    helping,
    histories,
    lookup,
    matching,
    review,
    snoozes,
    standing,
    stories,
    suggesting,
)
from bot.commands.model import PAGE, Command, Context, Needs, Param, Reach, Suggest
from bot.commands.table_people import PEOPLE
from bot.commands.table_watch import WATCHES
from bot.controls import Option
from bot.language import N_


def _with_help(*commands: Command) -> tuple[Command, ...]:
    async def answer(context: Context, args: Mapping[str, str]) -> Card:
        return await helping.show_help(context, args, table)

    async def suggest(context: Context, typed: str) -> Sequence[Option]:
        return await helping.suggested(context, typed, table)

    named = Param(
        "command", N_("a command, or a group such as claim"), required=False, rest=True, suggest=suggest
    )
    table = (
        *commands,
        Command(
            ("help",), N_("List what you can ask, or tell how one command is used."), answer, (named, PAGE)
        ),
    )
    return table


def _option(name: str, help_: str, suggest: Suggest | None = None, reach: Reach = Reach.WORDS) -> Param:
    return Param(name, help_, required=False, named=True, suggest=suggest, reach=reach)


_CLAIM = Param("claim", N_("the id of a claim, such as containers-2023"), suggest=suggesting.claims)
_CLAIMS = (
    Command(
        path=("claim", "show"),
        summary=N_("Show a claim: who said it, how it stands and why, its figures, the clearest evidence."),
        run=lookup.show_claim,
        params=(_CLAIM,),
    ),
    Command(
        path=("claim", "search"),
        summary=N_("Find claims by words of their statement, sayer, items, places or vessels."),
        run=lookup.search_claims,
        params=(Param("words", N_("words, or parts of words, that a claim must have"), rest=True), PAGE),
        shortcut="Search claims",
    ),
    Command(
        path=("claim", "list"),
        summary=N_("List every claim that is tracked, or those of a tag."),
        run=lookup.list_claims,
        params=(_option("tag", N_("of their matter, such as munitions"), suggest=suggesting.tags), PAGE),
    ),
    Command(
        path=("claim", "timeline"),
        summary=N_(
            "Show what happened to a claim, newest first, with a picture: supports, disputes, denials."
        ),
        run=histories.show_timeline,
        params=(_CLAIM, PAGE),
    ),
    Command(
        path=("claim", "figures"),
        summary=N_("Show who said which number for a claim and when, with a chart."),
        run=histories.show_figures,
        params=(_CLAIM, PAGE),
    ),
    Command(
        path=("claim", "activity"),
        summary=N_("Show how many stories bore on a claim, or on each claim, week by week, with a chart."),
        run=histories.show_activity,
        params=(
            Param(
                "claim",
                N_("the id of a claim; else the busiest claims"),
                required=False,
                suggest=suggesting.claims,
            ),
            PAGE,
        ),
    ),
    Command(
        path=("claim", "history"),
        summary=N_("Show what was done to a claim: who changed it, when, from what to what, and why."),
        run=care.show_history,
        params=(_CLAIM, PAGE),
    ),
    Command(
        path=("claim", "match"),
        summary=N_("Say which claims a text bears on, or the stories that it links to."),
        run=matching.match,
        params=(Param("text", N_("words or links, as many as you like"), rest=True, reach=Reach.TEXT),),
        on_message=N_("Match to claims"),
    ),
    Command(
        path=("claim", "profile"),
        summary=N_("Show by which words stories are linked to a claim, or would be to a sentence of yours."),
        run=explain.show_profile,
        params=(
            Param(
                "claim",
                N_("the id of a claim, or a sentence that is not kept"),
                rest=True,
                suggest=suggesting.claims,
            ),
        ),
    ),
    Command(
        path=("claim", "candidates"),
        summary=N_("List the last week's happenings that fit no claim and are told by several families."),
        run=explain.list_candidates,
        params=(PAGE,),
    ),
)
_STORIES = (
    Command(
        path=("story", "search"),
        summary=N_("Find kept stories by words, claim, outlet, language and day, newest first."),
        run=stories.search_stories,
        params=(
            Param("words", N_("how words of the headline or summary begin"), required=False, rest=True),
            _option("claim", N_("that it bears on, an id"), suggest=suggesting.claims),
            _option("source", N_("an outlet or family"), suggest=suggesting.sources),
            _option("language", N_("a code of ISO 639-1, such as ko"), suggest=suggesting.languages),
            _option("since", N_("a day, month or year, such as 2025-08")),
            PAGE,
        ),
        shortcut="Search stories",
    ),
    Command(
        path=("story", "why"),
        summary=N_(
            "Say why a story was told or not: the decision, the words that made it, the nearest claims."
        ),
        run=explain.why_story,
        params=(Param("story", N_("the address of a story, or its id"), suggest=suggesting.stories),),
    ),
    Command(
        path=("event", "show"),
        summary=N_(
            "Show a happening: its stories, outlets, independent origins, claims, and what became of it."
        ),
        run=stories.show_event,
        params=(
            Param(
                "event", N_("its id, or the id or address of one of its stories"), suggest=suggesting.events
            ),
            PAGE,
        ),
    ),
)
_URL = Param("url", N_("the address of a feed or of a site"))
_READ_AS = (
    _option("kind", N_("feed, page or sitemap"), reach=Reach.WORD),
    _option("links", N_("of a page or sitemap: which addresses are stories")),
)
_FEED = Param(
    "feed", N_("its title, words that fit it alone, or its address"), rest=True, suggest=suggesting.feeds
)
_FEEDS = (
    Command(
        ("feed", "list"),
        N_("Show how the feeds are doing, those in trouble first."),
        feeds.list_feeds,
        (PAGE,),
    ),
    Command(
        path=("feed", "show"),
        summary=N_("Show how one feed is doing: state, error, last and next visit, how much it brings."),
        run=feeds.show_feed,
        params=(_FEED,),
    ),
    Command(
        path=("feed", "test"),
        summary=N_("Visit a feed, or a site's address, and show what it would bring; nothing is kept."),
        run=feeds.try_feed,
        params=(_URL, *_READ_AS),
        needs=Needs.SHARED,  # nothing is kept, but it makes us ask addresses, those of watch.allow_hosts too
    ),
    Command(
        path=("feed", "add"),
        summary=N_("Watch a feed, or the feed of a site's address, after a look at what it brings."),
        run=feeds.add_feed,
        params=(
            _URL,
            _option("title", N_("how it is called here; else as it calls itself")),
            _option("source", N_("who publishes it; else as other feeds of its host")),
            _option("family", N_("outlets of one publisher never count twice")),
            _option("language", N_("ISO 639-1; else as the feed says")),
            _option("reliability", N_("A to F of the Admiralty code"), reach=Reach.WORD),
            _option("state_media", N_("yes: it speaks for a government"), reach=Reach.WORD),
            _option("interval", N_("minutes between two visits"), reach=Reach.WORD),
            *_READ_AS,
            _option("full_text", N_("yes: the page of each new story is read too"), reach=Reach.WORD),
            _option("first", N_("yes: the first, where a site has several feeds"), reach=Reach.WORD),
            _option("untried", N_("yes: without a look at it"), reach=Reach.WORD),
        ),
        needs=Needs.SHARED,
        changes=True,
    ),
    Command(
        path=("feed", "remove"),
        summary=N_("Watch a feed no longer; its stories are kept."),
        run=feeds.remove_feed,
        params=(_FEED,),
        needs=Needs.SHARED,
        changes=True,
    ),
    Command(
        path=("feed", "pause"),
        summary=N_("Ask a feed no more until it is resumed."),
        run=feeds.pause_feed,
        params=(_FEED,),
        needs=Needs.SHARED,
        changes=True,
    ),
    Command(
        path=("feed", "resume"),
        summary=N_("Ask a feed at once that was paused, or that was gone."),
        run=feeds.resume_feed,
        params=(_FEED,),
        needs=Needs.SHARED,
        changes=True,
    ),
    Command(
        path=("feed", "import"),
        summary=N_("Watch the feeds of an OPML file; those that are watched stay as they are."),
        run=feeds.import_feeds,
        params=(
            Param("url", N_("the address of an OPML file"), required=False),
            Param("file", N_("an OPML file"), required=False, attached=True),
        ),
        needs=Needs.SHARED,
        changes=True,
    ),
    Command(("feed", "export"), N_("Give the list of feeds as an OPML file."), feeds.export_feeds),
)
_REVIEW = (
    Command(
        path=("review",),
        summary=N_("List the links that are too unsure to be told and wait for a person, newest first."),
        run=review.list_suggestions,
        params=(PAGE,),
        shortcut="Review",
    ),
    Command(("snooze", "list"), N_("List what is snoozed here, and until when."), snoozes.list_snoozes),
    Command(
        path=("health",),
        summary=N_("Show how feeds, deliveries and platforms are doing."),
        run=standing.show_health,
        params=(PAGE,),
        shortcut="Health",
    ),
)
_VERDICT = Command(
    path=("verdict",),
    summary=N_("Say whether a story is linked rightly; the record and what was told of it follow."),
    run=review.judge,
    params=(
        Param(
            "story", N_("the id or address of a story, or how one of them begins"), suggest=suggesting.stories
        ),
        Param("kind", N_("right, wrong-claim, not-relevant, wrong-stance, same-event, other-event or undo")),
        Param(
            "is", N_("what is right: a claim, a stance, or an event or one of its stories"), required=False
        ),
        Param("claim", N_("which of its claims is meant, where it bears on several"), required=False),
    ),
)

_ALL = (*_CLAIMS, *_STORIES, *_FEEDS, *WATCHES, *PEOPLE, *_REVIEW)
COMMANDS = _with_help(*_ALL)
"""What can be asked on every platform."""
AT_CONSOLE = _with_help(*_ALL, _VERDICT)
"""What can be typed at the console, where whoever runs the bot may also change things."""
