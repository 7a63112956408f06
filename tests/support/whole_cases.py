"""What people do with each row of the tables of commands and actions, and what it leads to."""

import re
from collections.abc import Mapping

from tests.support.chats import Person, Shown
from tests.support.whole_bot import KEPT, World

Asked = tuple[dict[str, str], str]
"""Options, with the names of `World.named`, and what the answer then says."""

_STATEMENT = "Sample barges bring refined oil to Chongjin above the cap"
_TRACKED = {"statement": _STATEMENT, "said_by": "Sample panel", "tags": "oil,sample", "items": "fuel oil"}
_FOUND = {"claim": "containers-2023", "source": "Sample herald", "language": "en", "since": "2026"}
_DENIES = {
    "statement": "Sample ministry denies that barges brought oil to Chongjin",
    "said_by": "Sample ministry",
    "said_on": "2026-03",
    "places": "Chongjin",
    "denial": "yes",
    "parent": "denial-moscow",
    "disputes": "{own}",
}
_EDITED = {
    "claim": "{own}",
    "statement": "Sample ministry denies that ships brought oil to Chongjin",
    "tags": "oil",
    "items": "fuel oil",
    "places": "Rason",
    "denial": "yes",
    "parent": "none",
    "disputes": "none",
}
_TRAINS = {"statement": "Sample trains bring missiles to Khasan by night", "said_by": "Sample panel"}
_MERGED = {"claim": "{own}", "into": "{before}", "why": "Sample reason"}
_SPLIT = {**_MERGED, "into": "{before},{first}"}
_ADDED = {"url": "{late}", "title": "Sample late", "language": "en", "reliability": "B"}
_READ_AS = {"kind": "page", "links": "*/story/*"}
_SITE = {
    **_READ_AS,
    "url": "{site}",
    "title": "Sample site",
    "source": "Sample site",
    "family": "Sample group",
    "state_media": "yes",
    "interval": "30",
    "full_text": "no",
    "first": "yes",
    "untried": "yes",
}
_WATCH = {
    "claims": "containers-2023,shell-volume",
    "tags": "munitions",
    "stance": "supports,disputes",
    "least": "notable",
    "languages": "en,ko",
    "sources": "Sample herald",
    "words": "ship OR troops NOT oil",
    "mention": "{editors}",
    "mention_from": "major",
    "threads": "no",
    "quiet": "22:00-07:00",
    "budget": "5",
    "digest": "08:00",
    "days": "weekdays",
    "weekly": "monday",
    "monthly": "31",
    "empty": "skip",
    "timezone": "Europe/Berlin",
    "notices": "yes",
    "channel": "{other}",
}

ASKED: dict[str, tuple[Asked, ...]] = {
    "claim show": (
        ({"claim": "containers-2023"}, "containers-2023"),
        ({"claim": "no-such"}, "There is no claim"),
    ),
    "claim search": (({"words": "shells"}, "shell"),),
    "claim list": (({}, "claims tracked"), ({"page": "2"}, "Page 2"), ({"tag": "troops"}, "claim")),
    "claim timeline": (({"claim": "containers-2023"}, "timeline-containers-2023.png"),),
    "claim figures": (({"claim": "containers-2023"}, "figures-containers-2023.png"),),
    "claim activity": (
        ({"claim": "containers-2023"}, "in support"),
        ({}, "activity.png"),
    ),
    "claim history": (({"claim": "containers-2023"}, "the seed file"),),
    "claim match": (({"text": "13,000 containers of munitions left Rason"}, "containers-2023"),),
    "claim profile": (
        ({"claim": "containers-2023"}, "containers-2023"),
        ({"claim": _STATEMENT}, "refined oil"),
    ),
    "claim candidates": (({}, "No happening"),),
    "claim track": (
        (_TRACKED, "refined oil"),
        (_DENIES, "Sample ministry denies"),
        (_TRAINS, "Sample trains"),
    ),
    "claim edit": (
        ({"claim": "{own}", "said_by": "Sample body", "said_on": "2024-08", "why": "Typed wrong"}, "body"),
        (_EDITED, "that ships brought"),
    ),
    "claim export": (
        ({}, "claims.json"),
        ({"format": "csv", "claims": "containers-2023"}, "1 claim in claims.zip"),
        ({"format": "stix", "tags": "munitions"}, "claims.json"),
    ),
    "claim import": (
        ({"url": "{claims_file}", "sure": "yes"}, "as "),
        ({"file": "{claims_file}"}, "Nothing changes"),
    ),
    "claim merge": ((_MERGED, "Merge {own}"), ({**_MERGED, "sure": "yes"}, "{own}")),
    "claim restore": (({"claim": "{gone}", "why": "Sample reason"}, "{gone}"),),
    "claim split": ((_SPLIT, "Split {own}"), ({**_SPLIT, "sure": "yes"}, "{own}")),
    "claim retire": (({"claim": "{own}", "why": "Sample reason"}, "{own}"),),
    "story search": (
        ({"words": "containers"}, "13,000"),
        (_FOUND, "13,000"),
    ),
    "story why": (({"story": "{story}"}, "containers"),),
    "event show": (({"event": "{event}"}, "Sample herald"),),
    "feed list": (({}, "Sample"),),
    "feed show": (({"feed": "Sample herald"}, "Sample herald"),),
    "feed test": (
        ({"url": "{late}"}, "Sample fair opens"),
        ({**_READ_AS, "url": "{site}"}, "Sample minister opens a bridge"),
    ),
    "feed add": ((_ADDED, "Sample late"), (_SITE, "Sample site")),
    "feed remove": (({"feed": "Sample late"}, "Sample late"), ({"feed": "Sample site"}, "Sample site")),
    "feed pause": (({"feed": "Sample wire"}, "Sample wire"),),
    "feed resume": (({"feed": "Sample wire"}, "Sample wire"),),
    "feed import": (({"url": "{opml}"}, "added"), ({"file": "{opml}"}, "1 watched already")),
    "feed export": (({}, "feeds.opml"),),
    "watch add": ((_WATCH, "Told of claims from now on"),),
    "watch list": (({}, "{other_written}"),),
    "watch test": (({}, "30 days"), ({**_WATCH, "page": "1"}, "30 days")),
    "watch edit": (({**_WATCH, "digest": "none", "words": "none"}, "Changed"),),
    "watch pause": (
        ({"channel": "{other}", "until": "1d"}, "Paused"),
        ({"channel": "{other}"}, "Paused"),
    ),
    "watch resume": (({"channel": "{other}"}, "Goes on"),),
    "watch remove": (
        ({"channel": "{other_at}"}, "{other_written}"),
        ({"channel": "{other_at}", "sure": "yes"}, "Removed"),
    ),
    "digest now": (({}, "happenings"), ({"period": "week"}, "DIGEST OF THE WEEK")),
    "digest set": (
        ({"hour": "07:30", "days": "mon,fri", "timezone": "Asia/Seoul"}, "The digest is set"),
        ({"hour": "07:30", "weekly": "monday", "monthly": "1", "empty": "skip"}, "The digest is set"),
    ),
    "digest off": (({}, "No digest any more"),),
    "audit": (({}, "{lead}"),),
    "workspace show": (({}, "Sample desk"),),
    "workspace language": (({"language": "uk"}, "Українська"), ({"language": "auto"}, "Sample desk")),
    "workspace editors": (({"add": "{editors} {reader}", "remove": "{reader}"}, "{editors_id}"),),
    "review": (({}, "1 link waits"),),
    "snooze list": (({}, "snoozed"),),
    "health": (({}, "feeds"),),
    "help": (({}, "claim show"), ({"command": "watch add"}, "watch add")),
}
"""By command; each life of the bot asks all of them, in the order of the table."""


Step = str | tuple[str, ...] | Mapping[str, str]
"""`@ship` turns to the alert of that name, `/watch add channel=600` gives a command. Other words are
what the custom id of a control begins with, perhaps with what is chosen of it; a mapping fills a form.
"""


class Dialogue:
    """Steps to a control and its use, which comes in a later life than the others, and what it then says."""

    def __init__(self, says: str, *steps: Step, after: tuple[Step, ...] = ()) -> None:
        """Keep them; the steps `after` put back what stood before, so that the next life can do it again."""
        self.says, self._steps, self._after = says, steps, after

    def person(self, world: World) -> Person:
        """Return somebody who may change things where it takes place."""
        hosts = world.hosts if "@greeting" in self._steps else None
        return hosts.lead if hosts else world.chat.here.editor

    async def to_last(self, world: World) -> Shown:
        """Return what the last step is taken on."""
        shown: Shown = {}
        for step in self._steps[:-1]:
            shown = await _take(world, shown, step, self.person(world))
        return shown

    async def last(self, world: World, shown: Shown) -> Shown:
        """Take the last step."""
        return await _take(world, shown, self._steps[-1], self.person(world))

    async def put_back(self, world: World, answered: Shown) -> None:
        """Take the steps that follow."""
        shown = answered
        for step in self._after:
            shown = await _take(world, shown, step, self.person(world))


async def _take(world: World, shown: Shown, step: Step, by: Person) -> Shown:
    if isinstance(step, Mapping):
        return await world.fill(shown, step)
    control, *chosen = (step,) if isinstance(step, str) else step
    if control.startswith("@"):
        await world.app.deliverer.drain()
        return world.alerts[control[1:]]
    if control.startswith("/"):
        words, *options = re.split(r" (?=\w+=)", control[1:])
        given = await world.named(dict(each.split("=") for each in options))
        return await world.ask(words, given, by=by)
    meant = await world.named({each: each for each in chosen})
    return await world.use(shown, control, *meant.values(), by=by)


_SET_UP = "Set up what a channel is told of"
_BEGUN = ("/watch list", "setup")
_RIGHT_CLAIMS = ("@missiles", "wrong-claim")
_ONE_OF_TWO = ("@ship", "wrong-claim", "wrong-claim")
_NEITHER = ("right-claim", "_")
_IN_REVIEW = ("/review", "judge")
_RETIRED = "/claim retire claim={own} why=Sample reason"
_RETIRING = (f"/claim show claim={KEPT}", "retire")
_RESTORED = f"/claim restore claim={KEPT}"
_MERGING = f"/claim merge claim={KEPT} into={{first}} why=Sample reason"
# It stays told of claims for the rows that follow.
_REMOVING = ("/watch add channel={spare}", "/watch remove channel={spare_at}")
_FORM = {"statement": "Sample convoys bring rubies to Khasan by rail", "said_by": "Sample panel"}

USED: dict[str, tuple[Dialogue, ...]] = {
    "share": (Dialogue("claims tracked", "/claim list", "share"),),
    "page": (
        Dialogue("Page 2", "/claim list", "page"),
        Dialogue("Page 1", "/claim list", "page", "page"),
    ),
    "open": (Dialogue("containers-2023", "/claim show claim=containers-2023", "open"),),
    "claim": (Dialogue("containers-2023", "/claim list", ("claim", "containers-2023")),),
    "retire": (Dialogue("Retire a claim", *_RETIRING),),
    "retired": (Dialogue(KEPT, *_RETIRING, {"why": "Sample reason"}, after=(_RESTORED,)),),
    "supersede": (Dialogue(KEPT, _MERGING, "supersede", after=(_RESTORED,)),),
    "details": (Dialogue("Sample", "@ship", "details"),),
    "digest": (Dialogue("DETAILS", "/digest now period=month", "digest"),),
    "digest-page": (Dialogue("Page 2", "/digest now period=month", "digest", "digest-page"),),
    "why": (Dialogue("Sample", "@ship", "details", "why"),),
    "judge": (Dialogue("TO REVIEW", "/review", "judge"),),
    "right": (
        Dialogue("Noted: it is right about", "@containers", "right", after=("undo",)),
        Dialogue("no alert goes out", *_IN_REVIEW, "right", after=("undo",)),
    ),
    "not-relevant": (
        Dialogue("Noted: 1 story is not relevant", "@missiles", "not-relevant", after=("undo", "@missiles")),
        Dialogue("Noted: 1 story is not relevant", *_IN_REVIEW, "not-relevant", after=("undo",)),
    ),
    "undo": (
        Dialogue("Taken back", "@denial", "right", "undo"),
        Dialogue("Taken back", "@railcars", "not-relevant", "@railcars", "undo", after=("@railcars",)),
    ),
    "wrong-claim": (
        Dialogue("Which claim is it wrong about?", "@ship", "wrong-claim"),
        Dialogue("Where does it belong", *_ONE_OF_TWO),
        Dialogue("Where does it belong", *_RIGHT_CLAIMS),
        Dialogue("Where does it belong", *_IN_REVIEW, "wrong-claim"),
    ),
    "right-claim": (
        Dialogue("Noted: it is not about", *_RIGHT_CLAIMS, _NEITHER, after=("undo", "@missiles")),
        Dialogue("Noted: it is about", *_ONE_OF_TWO, "right-claim", after=("undo", "@ship")),
        Dialogue("Noted: it is about", *_IN_REVIEW, "wrong-claim", "right-claim", after=("undo",)),
    ),
    "import": (Dialogue("IMPORTED", "/claim import url={more_claims}", "import", after=(_RETIRED,)),),
    "find": (Dialogue("Search for the right claim", *_RIGHT_CLAIMS, "find"),),
    "found": (Dialogue("Claims with", *_RIGHT_CLAIMS, "find", {"words": "shells"}),),
    "snooze": (
        Dialogue("Snooze: ", "@satellites", "snooze"),
        Dialogue("Snooze: ", "@satellites", "snooze", ("snooze", "Sample")),
    ),
    "snooze-for": (Dialogue("Snoozed", "@ship", "snooze", "snooze-for", after=("wake",)),),
    "wake": (
        Dialogue("Awake again", "@satellites", "snooze", "snooze-for", "wake"),
        Dialogue("Awake again", "@workers", "snooze", "snooze-for", "@workers", "details", "wake"),
        Dialogue("Awake again", "@denial", "snooze", "snooze-for", "/snooze list", ("wake", "denies")),
    ),
    "track": (
        Dialogue("Track as new claim", "@workers", "track"),
        Dialogue("Track as new claim", *_RIGHT_CLAIMS, "track"),
    ),
    "tracked": (Dialogue("Sample convoys", "@workers", "track", _FORM, after=(_RETIRED,)),),
    "unwatch": (Dialogue("Removed", *_REMOVING, "unwatch"),),
    "pause": (Dialogue("Paused", "/watch resume channel={spare}", "pause", after=("resume",)),),
    "resume": (Dialogue("Goes on", "/watch pause channel={spare}", "resume"),),
    "setup": (
        Dialogue(_SET_UP, "@greeting", "setup"),
        Dialogue(_SET_UP, *_BEGUN),
        Dialogue("{other_written}", *_BEGUN, ("setup:channel", "{other_id}")),
        Dialogue("munitions", *_BEGUN, ("setup:tags", "munitions")),
        Dialogue("shell-volume", *_BEGUN, ("setup:claims", "shell-volume", "battlefield-use")),
        Dialogue("Digest at 07", *_BEGUN, ("setup:digest", "07:00")),
        Dialogue("Digest at 06", *_BEGUN, "setup-hour", {"digest": "6:45", "timezone": "Asia/Seoul"}),
        Dialogue("SAMPLE, NO NEWS", *_BEGUN, "setup:sample"),
        Dialogue("Told of claims", *_BEGUN, ("setup:channel", "{more_id}"), "setup:save"),
    ),
    "setup-hour": (Dialogue("When the digest comes", *_BEGUN, "setup-hour"),),
}
"""By verb."""
ASKS = frozenset({"judge", "retire", "snooze", "wrong-claim", "find", "found", "track", "setup-hour"})
"""Of those who may change things, but they change nothing yet."""
