"""Two servers on one bot stay strangers: every command and control answers one as if the other were not."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.actions.model import Press
from bot.actions.table import ACTIONS
from bot.card import Card
from bot.commands.desk import Desk
from bot.commands.model import Asker, Command, Context
from bot.commands.table import COMMANDS
from bot.controls import Button
from bot.parts import matcher_of
from bot.places import Place
from bot.platforms.slack import SlackPlatform, SlackPolicy
from bot.render.discord import render
from bot.replies import Reply
from claims.model import Member, Outcome, Reason, Silence
from claims.sqlite import SQLiteStore
from claims.workspaces import Snooze, SnoozeKind
from tests.support.build import (
    NOW,
    alert,
    at,
    claim,
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
from tests.support.slack_server import SlackServer

OURS = Asker(
    "discord:901", True, may_appoint=True, workspace="discord:500", destination="discord:600", name="Mina"
)
THEIRS = Asker(
    "discord:902", True, may_appoint=True, workspace="discord:501", destination="discord:700", name="Stranger"
)
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
    feeds = [{"feed": "Sample Herald"}]
    return {
        "claim show": claims,
        "claim search": [{"words": word} for word in ("refined oil", own, "sample", "containers")],
        "claim list": [{}],
        "claim timeline": claims,
        "claim figures": claims,
        "claim match": [{"text": WORDS}, {"text": HIDDEN.story.url}],
        "claim profile": [*claims, {"claim": WORDS}],
        "claim candidates": [{}],
        "claim track": [
            {"statement": WORDS, "said_by": "Me", "parent": own},
            {"statement": WORDS, "said_by": "Me"},
        ],
        "claim edit": [{"claim": own, "said_by": "Me"}, {"claim": SHARED.id, "parent": own}],
        "claim retire": [{"claim": own}],
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
        "watch add": [{}, {"channel": "discord:600"}, {"claims": own}],
        "watch list": [{}],
        "watch test": [{}, {"channel": "discord:600"}, {"claims": own}, {"tags": "secret"}],
        "watch edit": [{"claims": own}, {"tags": "secret"}, {"channel": "discord:600", "claims": "all"}],
        "watch pause": [{"channel": "discord:600"}, {}],
        "watch resume": [{"channel": "discord:600"}, {}],
        "watch remove": [{"channel": "discord:600"}, {}],
        "digest now": [{}],
        "digest set": [{"hour": "08:00"}],
        "digest off": [{}],
        "health": [{}],
        "help": [{}],
        "audit": [{}, {"page": "2"}],
        "workspace show": [{}],
        "workspace language": [{"language": "ko"}],
        "workspace editors": [{"remove": "4711"}, {"add": "<@&4712>"}],
    }


def pressed_of(
    own: str, key: str, setup: str
) -> dict[str, list[tuple[str, dict[str, str], tuple[str, ...]]]]:
    """Return with which arguments, entries and choices the stranger uses each control, by its verb."""
    events = [(event_id(told), {}, ()) for told in (OPEN, HIDDEN, ASIDE)]
    return {
        "share": [(f"{key}:1", {}, ())],
        "page": [(f"{key}:1", {}, ())],
        "details": events,
        "why": [(told.story.id, {}, ()) for told in (OPEN, HIDDEN, ASIDE)],
        "right": events,
        "not-relevant": events,
        "undo": [(f"{event}:{int(NOW.timestamp())}", {}, ()) for event, _, _ in events],
        "wrong-claim": events,
        "right-claim": [(event, {}, (own,)) for event, _, _ in events],
        "find": events,
        "found": [(event, {"words": "oil"}, ()) for event, _, _ in events],
        "snooze": events,
        "snooze-for": [(f"{event}:0123456789abcdef:1h", {}, ()) for event, _, _ in events],
        "wake": [("", {}, ("0123456789abcdef",))],
        "track": events,
        "unwatch": [("discord:600", {}, ()), ("discord:700", {}, ())],
        "setup": [
            ("", {}, ()),
            *((f"{step}:{setup}", {}, ("all",)) for step in ("tags", "claims", "digest", "sample", "save")),
            (f"channel:{setup}", {}, ("discord:600",)),
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
    await store.sync_claims([SHARED, DENIAL])
    for asker in (OURS, THEIRS) if lively else (THEIRS,):
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
    store = await SQLiteStore.open(path)
    return Bot(
        Context(store, lambda: NOW, matcher_of, SampleScout(), find_place=find_place, shared_register=shared)
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
    gone = {"statement": "Secret rockets reach Dunay by rail", "said_by": "Secret Body"}
    await desk.answer("claim track", gone, OURS)
    await desk.answer("claim retire", {"claim": (await store.claims())[-1].id}, OURS)
    await store.record_visit(visit(*_told(made.own)))
    for verb in ("right", "not-relevant"):
        await desk.act(f"{verb}:{event_id(OPEN)}", Press(""), OURS)
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
    """Return one of the two channels that there are."""
    places = {"discord:600": "discord:500", "discord:700": "discord:501"}
    return Place(destination, places[destination]) if destination in places else None


def _told(own: str) -> list[Outcome]:
    """Return the stories as they are read and told where the claim is tracked."""
    both = _bearing(OPEN, SHARED.id, own)
    alone, aside, unsure = _bearing(HIDDEN, own), _bearing(ASIDE, own, score=0.1), _bearing(UNSURE, own)
    link = replace(unsure.reading.evidence[0], suggested=True, score=0.4)
    unsure = replace(unsure, reading=replace(unsure.reading, evidence=(link,)))
    return [
        outcome(both, replace(alert(both), links=both.reading.evidence)),
        outcome(alone, alert(alone)),
        outcome(aside, alert(aside)),
        outcome(unsure, Silence(Reason.SUGGESTED_ONLY)),
    ]


def _bearing(told: Member, *claims: str, score: float = 0.9) -> Member:
    links = tuple(evidence(told.story, claim_id) for claim_id in claims)
    concepts = (*told.reading.concepts, ("term: chongjin", 0.5))
    return replace(told, reading=replace(told.reading, evidence=links, score=score, concepts=concepts))


def _outcome(told: Member) -> Outcome:
    if told.reading.evidence:
        return outcome(told)
    if told.reading.relevant:
        return outcome(told, Silence(Reason.NO_CLAIM))
    return replace(outcome(told, Silence(Reason.IRRELEVANT)), event_id=None)


def plainly(answered: object, own: str) -> str:
    """Return all that an answer holds, but for the end of an id that is drawn anew each time."""
    words = repr(answered.card if isinstance(answered, Reply) else answered)
    words = words.replace(own, "tankers-bring-refined-oil-k3f9")
    return re.sub(r"(sample-tankers-bring-refined)-[a-z0-9]{4}\b", r"\1-....", words)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Bot]]:
    """Fill the stores once: with a lively other server, without it, and where all is shared."""
    folder = tmp_path_factory.mktemp("strangers")
    kinds = {
        "lively": {"lively": True},
        "quiet": {"lively": False},
        "shared": {"lively": True, "shared": True},
    }
    paths = {name: folder / f"{name}.db" for name in kinds}
    return {name: (paths[name], asyncio.run(fill(paths[name], **kind))) for name, kind in kinds.items()}


@pytest.fixture
async def lively(filled: dict[str, tuple[Path, Bot]], tmp_path: Path) -> AsyncIterator[Bot]:
    """Run a bot on which the other server did all that it can."""
    async with copied(filled["lively"], tmp_path) as made:
        yield made


@pytest.fixture
async def quiet(filled: dict[str, tuple[Path, Bot]], tmp_path: Path) -> AsyncIterator[Bot]:
    """Run one on which there is no other server."""
    async with copied(filled["quiet"], tmp_path) as made:
        yield made


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_a_command_answers_as_if_there_were_no_other(command: Command, lively: Bot, quiet: Bot) -> None:
    """Every command of the table: names, numbers, order and what is not found are the same."""
    there = [
        plainly(await lively.desk().answer(command.name, dict(args), THEIRS), lively.own)
        for args in asked_of(lively.own)[command.name]
    ]
    alone = [
        plainly(await quiet.desk().answer(command.name, dict(args), THEIRS), quiet.own)
        for args in asked_of(quiet.own)[command.name]
    ]

    assert there == alone
    assert "on our side" not in str(there)


@pytest.mark.parametrize("verb", [row.verb for row in ACTIONS])
async def test_a_control_answers_as_if_there_were_no_other(verb: str, lively: Bot, quiet: Bot) -> None:
    """Every action of the table, also with keys and events that are the other's."""
    answers: list[list[str]] = []
    for made in (lively, quiet):
        answers.append([])
        for argument, entries, chosen in pressed_of(made.own, made.key, made.setup)[verb]:
            press = Press("", chosen, entries)
            answers[-1].append(plainly(await made.desk().act(f"{verb}:{argument}", press, THEIRS), made.own))

    assert answers[0] == answers[1]
    assert "on our side" not in str(answers)


@pytest.mark.parametrize(
    ("command", "param"),
    [(c, p.name) for c in COMMANDS for p in c.params if p.suggest],
    ids=lambda each: each.name if isinstance(each, Command) else each,
)
async def test_nothing_of_the_other_is_suggested(
    command: Command, param: str, lively: Bot, quiet: Bot
) -> None:
    """Whatever is typed so far."""
    for typed in ("", "oil", "tankers", "s"):
        there = await lively.desk().suggest(command.name, param, typed, THEIRS)
        assert there == await quiet.desk().suggest(command.name, param, typed, THEIRS)


async def test_what_is_rendered_holds_no_mark_of_the_other(lively: Bot) -> None:
    """Neither ids, words, people nor channels of theirs leave for Discord."""
    marks = re.compile(r"Secret|discord:901|<@901>|Mina|4711|discord:600|Українська")
    sent = [
        str(render(await lively.desk().answer(name, dict(args), THEIRS)))
        for name, asked in asked_of("no-such-claim").items()
        for args in asked
    ]

    assert [found for each in sent for found in marks.findall(each)] == []
    assert [each for each in sent if lively.own in each] == []


async def test_a_team_on_slack_is_a_stranger_too(lively: Bot) -> None:
    """Whoever may change things there sees nothing of a server on Discord, and removes nothing of it."""
    marks = re.compile(r"Secret|discord:901|<@901>|Mina|4711|Українська")
    asked = ("audit", "workspace show", "watch list", "snooze list", "claim list", "claim search secret")
    async with SlackServer() as slack:
        policy = SlackPolicy(
            slack.bot_token, slack.app_token, slack.api_base, managers=frozenset({"U0READER"})
        )
        platform = SlackPlatform(policy, COMMANDS, lively.context.store)
        listening = asyncio.create_task(platform.run(lively.desk()))
        told = [str((await slack.slash("/claimwatch", words)).answers) for words in asked]
        await slack.slash("/claimwatch", "watch remove channel=discord:600 sure=yes")
        await platform.close()
        await listening

    assert [found for each in told for found in marks.findall(each)] == []
    kept = await lively.context.store.subscriptions(OURS.workspace)
    assert [each.destination for each in kept] == ["discord:600"]


async def test_the_other_sees_what_is_its_own(lively: Bot) -> None:
    """The marks that are looked for are there: the server itself reads all of them."""
    shown = [
        str(await lively.desk().answer(name, args, OURS))
        for name, args in (
            ("claim show", {"claim": lively.own}),
            ("audit", {}),
            ("workspace show", {}),
            ("snooze list", {}),
            ("story why", {"story": HIDDEN.story.id}),
        )
    ]

    for mark, card in zip(("Secret", "discord:901", "4711", SHARED.id, lively.own), shown, strict=True):
        assert mark in card


async def test_what_is_shared_is_seen_by_all(filled: dict[str, tuple[Path, Bot]], tmp_path: Path) -> None:
    """Where whoever runs the bot says so, claims and verdicts are everybody's; the rest stays apart."""
    async with copied(filled["shared"], tmp_path, shared=True) as made:
        shown = str(await made.desk().answer("claim show", {"claim": made.own}, THEIRS))
        why = str(await made.desk().answer("story why", {"story": OPEN.story.id}, THEIRS))
        audit = await made.desk().answer("audit", {}, THEIRS)

    assert "Secret Panel" in shown
    assert "not-relevant" in why
    assert audit.title == "Nothing was changed here yet"
