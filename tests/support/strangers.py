"""Two servers and a team on one bot: the first does all that it can, and the others ask what there is."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.actions.model import Press
from bot.actions.table import ACTIONS
from bot.card import Card
from bot.commands.desk import Desk
from bot.commands.model import Asker, Context
from bot.commands.table import COMMANDS
from bot.controls import Button
from bot.exchange.formats import FORMATS
from bot.happening import alone
from bot.parts import matcher_of, who
from bot.places import Place
from bot.replies import Reply
from claims.model import Member, Outcome, Reason, Silence
from claims.text import digest_key
from claims.workspaces import Snooze, SnoozeKind
from tests.support.build import (
    NOW,
    alert,
    at,
    claim,
    digest,
    event_id,
    evidence,
    feed,
    figure,
    member,
    outcome,
    source,
    subscription,
    visit,
)
from tests.support.scout import SampleScout
from tests.support.stores import open_store

OURS = Asker(
    "discord:901", True, may_appoint=True, workspace="discord:500", destination="discord:600", name="Mina"
)
THEIRS = Asker(
    "discord:902", True, may_appoint=True, workspace="discord:501", destination="discord:700", name="Stranger"
)
TEAM = Asker(
    "slack:U0READER", True, may_appoint=True, workspace="slack:T0", destination="slack:C0", name="Teammate"
)
STRANGERS = (THEIRS, TEAM)
WORDS = "Sample tankers bring refined oil to Chongjin above the cap"
SHARED, DENIAL = claim(), claim("denial-moscow", statement="Russia denies all of it", denial=True)

OPEN = member("Sample ship leaves Rason", [SHARED.id], figures=[figure(9)], origin="Sample Body")
"""Bears on a shared claim, and on that of one server."""
HIDDEN = member("Sample tankers reach Chongjin", [], source=source("Sample Post"))
"""Is of the matter, and bears on the claim of one server alone."""
ASIDE = member("Sample wheat is sold", [], source=source("Sample Times"))
"""Is of the matter by the words of that claim alone."""
UNSURE = member("Sample convoy seen", [], source=source("Sample Wire"))
"""Is suggested for that claim alone."""
QUIET = (
    replace(OPEN, reading=replace(OPEN.reading, relevant=True)),
    HIDDEN,
    replace(ASIDE, reading=replace(ASIDE.reading, relevant=False, score=0.1)),
    UNSURE,
)


Used = tuple[str, dict[str, str], tuple[str, ...]]
"""The argument of a control, what was filled in, and what was chosen."""


def asked_of(own: str) -> dict[str, list[dict[str, str]]]:
    """Return what the stranger asks of each command, by name; `own` is the other's claim, if it has one."""
    claims = [{"claim": SHARED.id}, {"claim": own}]
    stories = [{"story": told.story.id} for told in (OPEN, HIDDEN, ASIDE, UNSURE)]
    feeds = [{"feed": "Sample Herald"}, {"feed": "Sample Post: news"}]
    return {
        "claim show": claims,
        "claim search": [{"words": word} for word in ("refined oil", own, "sample", "containers")],
        "claim list": [{}, {"tag": "secret"}],
        "claim activity": [{}, *claims],
        "claim history": claims,
        "claim timeline": claims,
        "claim figures": claims,
        "claim match": [
            {"text": WORDS},
            {"text": HIDDEN.story.url},
            {"text": WORDS, "url": OPEN.story.url},
        ],
        "claim profile": [*claims, {"claim": WORDS}],
        "claim candidates": [{}],
        "claim track": [
            {"statement": WORDS, "said_by": "Me", "parent": own},
            {"statement": WORDS, "said_by": "Me"},
        ],
        "claim edit": [{"claim": own, "said_by": "Me"}, {"claim": SHARED.id, "parent": own}],
        "claim retire": [{"claim": own, "why": "Old"}, {"claim": SHARED.id, "why": "Old"}],
        "claim restore": claims,
        "claim merge": [
            {"claim": one, "into": other, "why": "Same", **sure}
            for one, other in ((own, SHARED.id), (SHARED.id, own))
            for sure in ({}, {"sure": "yes"})
        ],
        "claim split": [
            {"claim": one, "into": f"{other},{DENIAL.id}", "why": "Two", "sure": "yes"}
            for one, other in ((own, SHARED.id), (SHARED.id, own))
        ],
        "claim export": [
            {},
            *({"format": name, "claims": own} for name in FORMATS),
            *({"format": name} for name in FORMATS),
            {"tags": "secret"},
        ],
        "claim import": [{"url": "https://nothing.example/claims.toml"}],
        "story search": [{"words": "sample"}, {"claim": own}, {"claim": SHARED.id}],
        "story why": stories,
        "event show": [{"event": event_id(told)} for told in (OPEN, HIDDEN, ASIDE, UNSURE)],
        "feed list": [{}],
        "feed show": feeds,
        "feed test": [{"url": "https://nothing.example/feed"}],
        "feed add": [{"url": "https://nothing.example/feed"}],
        "feed pause": feeds,
        "feed resume": feeds,
        "feed remove": feeds,
        "feed import": [{"url": "https://nothing.example/list.opml"}],
        "feed export": [{}],
        "review": [{}],
        "snooze list": [{}],
        "watch add": [{}, {"channel": "discord:600"}, {"channel": "discord:602"}, {"claims": own}],
        "watch list": [{}],
        "watch test": [{}, {"channel": "discord:600"}, {"claims": own}, {"tags": "secret"}],
        "watch edit": [{"claims": own}, {"tags": "secret"}, {"channel": "discord:600", "claims": "all"}],
        "watch pause": [{"channel": "discord:600"}, {}],
        "watch resume": [{"channel": "discord:600"}, {}],
        "watch remove": [{"channel": "discord:600"}, {"channel": "discord:600", "sure": "yes"}, {}],
        "digest now": [{}, {"period": "month"}],
        "digest set": [{"hour": "08:00"}],
        "digest off": [{}],
        "health": [{}],
        "help": [{}],
        "audit": [{}, {"page": "2"}],
        "workspace show": [{}],
        "workspace language": [{"language": "ko"}],
        "workspace editors": [{"remove": "4711"}, {"add": "4712"}],
    }


def pressed_of(own: str, key: str, setup: str) -> dict[str, list[Used]]:
    """Return with which arguments, entries and choices the stranger uses each control, by its verb."""
    events: list[Used] = [(event_id(told), {}, ()) for told in (OPEN, HIDDEN, ASIDE)]
    links = [(f"{event}:{claim_id}", event) for event, _, _ in events for claim_id in (SHARED.id, own)]
    snoozed = [
        (SnoozeKind.EVENT, event_id(OPEN)),
        (SnoozeKind.CLAIM, SHARED.id),
        (SnoozeKind.CLAIM, own),
        (SnoozeKind.SOURCE, "Sample Post"),
    ]
    keys = [digest_key(*named) for named in snoozed]
    stories = [told.story.id for told in (OPEN, HIDDEN, ASIDE, UNSURE)]
    waiting = [f"{story}:{claim_id}" for story in stories for claim_id in (SHARED.id, own)]
    judged: list[Used] = [(alone(link), {}, ()) for link in waiting]
    stamp = round(NOW.timestamp() * 1_000_000)
    digests = (f"digest:{OURS.destination}", f"now:month:{NOW.timestamp():.0f}")
    return {
        "share": [(f"{key}:1", {}, ())],
        "page": [(f"{key}:1", {}, ())],
        "open": [(key, {}, ())],
        "claim": [("", {}, (claim_id,)) for claim_id in (SHARED.id, own)],
        "retire": [(claim_id, {}, ()) for claim_id in (SHARED.id, own)],
        "retired": [(claim_id, {"why": "Old"}, ()) for claim_id in (SHARED.id, own)],
        "supersede": [(key, {}, ())],
        "details": events,
        "digest": [(key, {}, ()) for key in digests],
        "digest-page": [(f"{page}:{key}", {}, ()) for page in (1, 2) for key in digests],
        "why": [(told.story.id, {}, ()) for told in (OPEN, HIDDEN, ASIDE)],
        "judge": [("", {}, (link,)) for link in waiting],
        "right": [*events, *judged],
        "not-relevant": [*events, *((alone(story), {}, ()) for story in stories)],
        "undo": [*events, *((f"{event}:{stamp}", {}, ()) for event, _, _ in events)],
        "wrong-claim": [*events, *judged, *((event, {}, (own,)) for event, _, _ in events)],
        "right-claim": [(link, {}, (right,)) for link, _ in links for right in (own, DENIAL.id, "_")],
        "import": [(key, {}, ())],
        "find": [(link, {}, ()) for link, _ in links],
        "found": [(link, {"words": words}, ()) for link, _ in links for words in ("oil", "russia")],
        "snooze": [*events, *((event, {}, (each,)) for event, _, _ in events for each in keys)],
        "snooze-for": [(f"{event}:{each}:1h", {}, ()) for event, _, _ in events for each in keys],
        "wake": [(each, {}, ()) for each in keys] + [("", {}, (each,)) for each in keys],
        "track": events,
        "unwatch": [("discord:600", {}, ()), ("discord:700", {}, ())],
        "pause": [("discord:600", {}, ()), ("discord:700", {}, ())],
        "resume": [("discord:600", {}, ()), ("discord:700", {}, ())],
        "setup": [
            ("", {}, ()),
            *((f"{step}:{setup}", {}, ("all",)) for step in ("tags", "claims", "digest", "sample", "save")),
            (f"channel:{setup}", {}, ("discord:600",)),
            ("in:discord:600", {}, ()),
            (f"hour:{setup}", {"digest": "09:00", "timezone": "UTC"}, ()),
        ],
        "setup-hour": [(setup, {}, ())],
        "tracked": [(event_id(OPEN), {"statement": WORDS, "said_by": "Me"}, ())],
    }


@dataclass
class Bot:
    """One bot with two servers."""

    context: Context
    own: str = "tankers-bring-refined-oil-k3f9"
    """The claim that one of them tracks; nobody's where it tracks none."""
    key: str = "0123456789abcdef"
    """Of what one of them asked."""
    setup: str = "0123456789abcdef"
    """Of what one of them began to set up."""

    def desk(self) -> Desk:
        """Return its desk."""
        return Desk(COMMANDS, self.context, ACTIONS)


async def fill(path: Path, *, lively: bool, shared: bool = False) -> Bot:
    """Fill a store on which both servers listen, and where one of them does all that it can, if `lively`."""
    made = await opened(path, shared=shared)
    store = made.context.store
    await store.sync_feeds([feed()])
    await store.add_feeds([feed("https://post.example/feed", title="Sample Post: news")], OURS.reference)
    await store.sync_claims([SHARED, DENIAL])
    for asker in (OURS, *STRANGERS) if lively else STRANGERS:
        wanted = subscription(asker.destination, workspace=asker.workspace, by_people=True)
        await store.subscribe(wanted)
    if lively:
        await act(made)
    else:
        await store.record_visit(visit(*(_outcome(each) for each in QUIET)))
    await store.close()
    return made


async def opened(path: Path, *, shared: bool = False) -> Bot:
    """Open a bot over a store."""
    store = await open_store(path, clock=lambda: NOW)
    return Bot(
        Context(
            store,
            lambda: NOW,
            matcher_of,
            SampleScout(),
            find_place=find_place,
            shared_register=shared,
            who=who,
        )
    )


@asynccontextmanager
async def copied(filled: tuple[Path, Bot], folder: Path, *, shared: bool = False) -> AsyncIterator[Bot]:
    """Run a bot over a copy of a store that was filled."""
    path, before = filled
    made = await opened(shutil.copy(path, folder / path.name), shared=shared)
    yield replace(before, context=made.context)
    await made.context.store.close()


async def act(made: Bot) -> None:
    """Have one server track, deny, retire, judge, snooze and set up, and stories bear on its claim."""
    store, desk = made.context.store, made.desk()
    said = {"statement": WORDS, "said_by": "Secret Panel", "tags": "secret", "items": "refined oil"}
    await desk.answer("claim track", said, OURS)
    made.own = (await store.claims())[-1].id
    denies = {"statement": "Secret bodies deny the containers of munitions", "said_by": "Secret Body"}
    await desk.answer("claim track", {**denies, "denial": "yes", "disputes": SHARED.id}, OURS)
    rockets = {"statement": "Secret rockets reach Dunay by rail", "said_by": "Secret Body"}
    await desk.answer("claim track", rockets, OURS)
    gone = {"claim": (await store.claims())[-1].id, "why": "Secret reasons"}
    await desk.answer("claim retire", gone, OURS)
    await store.record_visit(visit(*_told(made.own)))
    await store.raise_digest(digest(OURS.destination, key=f"digest:{OURS.destination}"), NOW)
    for verb in ("right", "not-relevant"):
        await desk.act(f"{verb}:{event_id(OPEN)}", Press(""), OURS)
    await desk.act(f"right-claim:{event_id(HIDDEN)}:{made.own}", Press("", (SHARED.id,)), OURS)
    for kind, what in ((SnoozeKind.EVENT, event_id(OPEN)), (SnoozeKind.CLAIM, SHARED.id)):
        await store.snooze(Snooze(OURS.workspace, kind, what, at(60), OURS.reference, NOW))
    await desk.answer("workspace language", {"language": "uk"}, OURS)
    await desk.answer("workspace editors", {"add": "<@&4711>"}, OURS)
    asked = await desk.answer("claim search", {"words": "secret"}, OURS)
    made.key = _pressed(asked, "share:").split(":")[1]
    began = await desk.act("setup:", Press(""), OURS)
    assert isinstance(began, Reply)
    made.setup = _pressed(began.card, "setup:save:").split(":")[2]
    await desk.answer("watch edit", {"claims": made.own, "tags": "secret", "digest": "07:00"}, OURS)


def _pressed(card: Card, begins: str) -> str:
    """Return the action of the button of a card that begins so."""
    actions = (each.action for row in card.controls for each in row if isinstance(each, Button))
    return next(action for action in actions if action.startswith(begins))


async def find_place(destination: str) -> Place | None:
    """Return one of the channels that there are."""
    places = {
        "discord:600": "discord:500",
        "discord:602": "discord:500",
        "discord:700": "discord:501",
        "slack:C0": "slack:T0",
    }
    return Place(destination, places[destination]) if destination in places else None


def _told(own: str) -> list[Outcome]:
    """Return the stories as they are read and told where the claim is tracked."""
    both = _bearing(OPEN, SHARED.id, own)
    alone, aside, unsure = _bearing(HIDDEN, own), _bearing(ASIDE, own), _bearing(UNSURE, own)
    aside = replace(aside, reading=replace(aside.reading, score=0.1, by_itself=False))
    link = replace(unsure.reading.evidence[0], suggested=True, score=0.4)
    unsure = replace(unsure, reading=replace(unsure.reading, evidence=(link,)))
    return [
        outcome(both, replace(alert(both), links=both.reading.evidence)),
        outcome(alone, alert(alone)),
        outcome(aside, alert(aside)),
        outcome(unsure, Silence(Reason.SUGGESTED_ONLY)),
    ]


def _bearing(told: Member, *claims: str) -> Member:
    links = tuple(evidence(told.story, claim_id) for claim_id in claims)
    concepts = (*told.reading.concepts, ("term: chongjin", 0.5))
    return replace(told, reading=replace(told.reading, evidence=links, score=0.9, concepts=concepts))


def _outcome(told: Member) -> Outcome:
    if told.reading.evidence:
        return outcome(told)
    if told.reading.relevant:
        return outcome(told, Silence(Reason.NO_CLAIM))
    return replace(outcome(told, Silence(Reason.IRRELEVANT)), event_id=None)
