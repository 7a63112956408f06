"""What waits for a person, and what a person may say of it, from a real store."""

from dataclasses import replace

import pytest

from bot.card import Card, Tone, plain
from bot.commands.desk import Desk
from bot.commands.model import OPERATOR, Asker, Context
from bot.commands.table import AT_CONSOLE, COMMANDS
from claims.model import Member, Reason, Silence, Stance
from claims.workspaces import CONSOLE
from tests.support.build import at, claim, event_id, evidence, feed, member, outcome, source, visit
from tests.support.chat import fields

ELSEWHERE = Asker("discord:901", workspace="discord:1")
SURE = member("Sample ship leaves", ["containers-2023"])
OTHER = member("Sample convoy crosses", ["shell-volume", "denial-moscow"], source=source("Sample Post"))


def suggested(title: str, **changes: object) -> Member:
    """Return a story whose one link waits for a review."""
    told = member(title, [], **changes)  # type: ignore[arg-type]  # any field of a story
    link = evidence(told.story, score=0.42, suggested=True)
    return replace(told, reading=replace(told.reading, evidence=(link,)))


UNSURE = suggested("Sample containers are seen")


async def ask(context: Context, text: str, asker: Asker = OPERATOR) -> Card:
    """Return the answer to a line typed at the console, unless somebody else asks."""
    return await Desk(AT_CONSOLE, context).answer_text(text, asker)


async def say(context: Context, told: Member, words: str, asker: Asker = OPERATOR) -> Card:
    """Return the answer to a verdict on a story."""
    return await ask(context, f"verdict {told.story.id[:8]} {words}", asker)


@pytest.fixture(autouse=True)
async def kept(context: Context) -> None:
    """Keep three claims and three stories."""
    register = [claim(), claim("shell-volume"), claim("denial-moscow", denial=True)]
    await context.store.sync_claims(register)
    await context.store.sync_feeds([feed()])
    unsure = outcome(UNSURE, Silence(Reason.SUGGESTED_ONLY))
    await context.store.record_visit(visit(outcome(SURE), outcome(OTHER), unsure))


async def test_what_waits_is_listed_with_why_in_chat_too(context: Context) -> None:
    """Each line has the story's id, the claim and stance in question, the score, the outlet and the words."""
    card = await Desk(COMMANDS, context).answer_text("/review", OPERATOR)

    assert card.title == "1 link waits for a review"
    (line,) = card.lines
    assert plain(line) == (
        f"{UNSURE.story.id[:8]}: supports containers-2023? 0.42: Sample containers are seen"
        " · Sample Herald, 27 August 2024 · why: containers · Najin"
    )


async def test_a_long_list_says_that_there_is_more(context: Context) -> None:
    """The newest ten are shown, and the others page by page."""
    many = [suggested(f"Sample {n}", published_at=at(-n)) for n in range(12)]
    await context.store.record_visit(visit(*(outcome(m, Silence(Reason.SUGGESTED_ONLY)) for m in many)))

    card = await ask(context, "review")

    assert (card.title, len(card.lines), card.page) == ("13 links wait for a review", 10, (1, 2))
    assert len((await ask(context, "review page=2")).lines) == 3


async def test_nothing_waits_once_it_is_judged(context: Context) -> None:
    """A confirmed link is no suggestion any more, and names who said so."""
    card = await say(context, UNSURE, "right")

    assert (card.heading, card.title) == ("VERDICT · right", UNSURE.story.title)
    assert fields(card)["Now"] == "supports containers-2023 (judged by console)"
    assert (await ask(context, "review")).title == "No link waits for a review"


async def test_a_claim_marks_what_is_suggested_and_who_judged(context: Context) -> None:
    """What nobody confirmed is counted apart, and shown as a question."""
    before = fields(await ask(context, "claim show containers-2023"))
    await say(context, UNSURE, "right")
    card = await ask(context, "claim show containers-2023")
    after = fields(card)
    supports = [plain(field.value) for field in card.fields if field.name == "Supports"]

    assert before["Evidence"] == "1 in support, 1 suggested, 1 happening"
    assert before["Suggested"].endswith(" · supports it perhaps (0.42), not reviewed yet")
    assert after["Evidence"] == "2 in support, 2 happenings"
    assert "Suggested" not in after
    assert supports[0].endswith(" · judged by console")


@pytest.mark.parametrize(
    ("told", "words", "now"),
    [
        (SURE, "right", "supports containers-2023 (judged by console)"),
        (SURE, "wrong-claim", "bears on no claim"),
        (SURE, "wrong-claim shell-volume", "supports shell-volume (judged by console)"),
        (OTHER, "wrong-claim none Shell-Volume", "supports denial-moscow"),
        (SURE, "wrong-stance disputes", "disputes containers-2023 (judged by console)"),
        (SURE, "not-relevant", "not relevant"),
        (
            SURE,
            "right denial-moscow",
            "supports denial-moscow (judged by console); supports containers-2023",
        ),
    ],
)
async def test_a_verdict_is_answered_with_the_story_as_it_is_now(
    context: Context, told: Member, words: str, now: str
) -> None:
    """Every kind of verdict on links takes its words in the same order."""
    assert fields(await say(context, told, words))["Now"] == now


async def test_a_story_is_joined_and_set_apart(context: Context) -> None:
    """Another event is named by its id or by one of its stories."""
    joined = await say(context, OTHER, f"same-event {SURE.story.url}")
    apart = await say(context, OTHER, "other-event")

    assert fields(joined)["Event"] == event_id(SURE)
    assert fields(apart)["Event"] not in (event_id(SURE), event_id(OTHER))


async def test_a_verdict_is_taken_back(context: Context) -> None:
    """The newest goes first; then there is nothing more to take back."""
    await say(context, SURE, "wrong-stance disputes")
    await say(context, SURE, "not-relevant")

    first, second = await say(context, SURE, "undo"), await say(context, SURE, "undo")

    assert first.heading == "TAKEN BACK · not-relevant"
    assert fields(first)["Now"] == "disputes containers-2023 (judged by console)"
    assert fields(second)["Now"] == "supports containers-2023"
    assert "could be taken back" in (await say(context, SURE, "undo")).title


@pytest.mark.parametrize(
    ("told", "words", "title", "advice"),
    [
        (SURE, "good", "There is no verdict “good”", "Say one of right, wrong-claim"),
        (SURE, "right zzz", "There is no claim “zzz”", "claim list names all claims"),
        (SURE, "wrong-claim none zzz", "The story does not bear on “zzz”", "Name the claim that is meant"),
        (SURE, "wrong-claim containers-2023", "containers-2023 cannot be both wrong and right", "right"),
        (OTHER, "right", "The story bears on shell-volume, denial-moscow", "Name the claim that is meant"),
        (SURE, "wrong-stance", "wrong-stance needs the right one", "Say supports, disputes, background"),
        (SURE, "same-event", "same-event needs the other event", "by one of its stories"),
        (SURE, "same-event e-none", "There is no event “e-none” with any story", ""),
        (SURE, f"same-event {SURE.story.id}", "They are one event already", ""),
        (SURE, "not-relevant zzz", "not-relevant speaks of the story alone", "Leave out “zzz”"),
    ],
)
async def test_a_verdict_that_does_not_fit_says_what_to_do(
    context: Context, told: Member, words: str, title: str, advice: str
) -> None:
    """Nothing is recorded, and the answer names what is missing or wrong."""
    card = await say(context, told, words)

    assert card.tone is Tone.TROUBLE
    assert card.title.startswith(title)
    assert advice in " ".join(plain(line) for line in card.lines)
    assert await context.store.judged() == []


async def test_a_story_that_bears_on_nothing_is_given_a_claim_first(context: Context) -> None:
    """There is nothing that could be wrong, or right without a name."""
    bare = member("Sample bakery opens", [])
    await context.store.record_visit(visit(outcome(bare, Silence(Reason.NO_CLAIM))))

    assert (await say(context, bare, "right")).title == "The story bears on no claim"
    assert fields(await say(context, bare, "right shell-volume"))["Now"].startswith("supports shell-volume")


@pytest.mark.parametrize(("shared", "stance"), [(False, Stance.SUPPORTS), (True, Stance.DISPUTES)])
async def test_another_workspace_corrects_the_record_only_where_it_is_shared(
    context: Context, *, shared: bool, stance: Stance
) -> None:
    """What a chat says is its own, unless the operator says that the register is shared."""
    await say(replace(context, shared_register=shared), SURE, "wrong-stance disputes", ELSEWHERE)

    (link,) = (await context.store.find_story(SURE.story.id))[0].reading.evidence
    assert link.stance is stance
    known = await context.store.verdicts([SURE.story.id], CONSOLE)
    assert bool(known) is shared


async def test_nobody_takes_back_what_another_workspace_said(context: Context) -> None:
    """Undo reaches one's own verdicts alone."""
    await say(context, SURE, "not-relevant")

    undone = await say(replace(context, shared_register=True), SURE, "undo", ELSEWHERE)
    assert "could be taken back" in undone.title


async def test_chat_knows_no_verdict_yet(context: Context) -> None:
    """A platform that does not offer the command does not run it either."""
    said = {"story": SURE.story.id, "kind": "not-relevant"}
    card = await Desk(COMMANDS, context).answer("verdict", said, OPERATOR)

    assert card.title == "There is no command “verdict”"
    assert await context.store.judged() == []
