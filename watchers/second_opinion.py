"""Second opinions on the stories of a visit: which are asked about, what it may cost, and what fails.

Asked about are relevant stories that are news; a backlog is not. Whatever goes wrong, the first reading
stands, and one line in the log says so when it begins. Nothing here speaks to the network: the endpoint is
handed in (`watchers.model_endpoint`).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from claims.clock import Clock
from claims.errors import StoreError
from claims.inquiry import Inquiry
from claims.matching.lexicon import Lexicon
from claims.matching.matcher import Ranked
from claims.matching.opinion import RULES, Question, ask
from claims.matching.opinion_answer import MalformedAnswer, Weighed, parse, weigh
from claims.model import Claim, Member, Reading, Story
from claims.store_opinions import OpinionBook

Rank = Callable[[Story], Sequence[Ranked]]
"""See `claims.matching.matcher.Matcher.rank`."""

log = logging.getLogger(__name__)

AT_ONCE = 2
"""Questions under way at the same time: a local model answers one after another anyway."""
DAY = timedelta(hours=24)
"""What a budget is for: the last 24 hours, at any moment."""
REST = timedelta(minutes=5)
LONGEST_REST = timedelta(hours=1)
"""After a failure the endpoint is left alone, twice as long after each further one, up to this."""

_UNFOUNDED = "parts of its answers do not count: they say what the story does not"


@dataclass(frozen=True, slots=True)
class Budget:
    """What second opinions may take in `DAY`."""

    requests: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What an endpoint said to one question."""

    requests: int
    """How often it was asked for that."""
    text: str | None = None
    """Its answer as it came, or None where there is none."""
    trouble: str = ""
    """Why there is none, in words of ours."""
    model: str = ""
    """As it calls itself; empty where it does not say."""
    tokens: int | None = None
    """What it took, or None where it does not say."""


class SecondOpinion:
    """Asks a language model about the stories of a visit, within a budget."""

    def __init__(
        self,
        store: OpinionBook,
        *,
        endpoint: Callable[[Question], Awaitable[Reply]],
        model: str,
        lexicon: Lexicon,
        clock: Clock,
        budget: Budget,
        patience_seconds: float,
    ) -> None:
        """Take the parts.

        Args:
            store: keeps what was asked, so that budget and answers outlive a restart.
            endpoint: asks the model one question, and never raises for what the endpoint does.
            model: as it is asked for; a kept answer of another model does not count.
            lexicon: how answers are checked.
            clock: the time.
            budget: what it may cost.
            patience_seconds: how long one visit waits for all its opinions.

        """
        self._store = store
        self._endpoint = endpoint
        self._model = model
        self._lexicon = lexicon
        self._clock = clock
        self._budget = budget
        self._patience = patience_seconds
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._reserving = asyncio.Lock()
        self._failures = 0
        self._rests_until: datetime | None = None
        self._trouble = ""

    async def reconsider(
        self, members: Sequence[Member], claims: Sequence[Claim], rank: Rank
    ) -> list[Member]:
        """Return the stories in their order, each with its reading as it stands after a second opinion.

        Args:
            members: stories with their first reading.
            claims: the register that they were read against.
            rank: which of these claims a story might bear on, the nearest first.

        """
        second: dict[str, Reading] = {}

        async def consider(member: Member) -> None:
            async with self._at_once:
                second[member.story.id] = await self._guarded(member, claims, rank)

        asked = [m for m in members if m.reading.relevant and not m.story.backlog]
        try:
            async with asyncio.timeout(self._patience):
                await asyncio.gather(*(consider(member) for member in asked))
        except TimeoutError:
            self._tell(f"the stories of a visit took it longer than {self._patience:g} seconds")
        return [replace(m, reading=second.get(m.story.id, m.reading)) for m in members]

    async def _guarded(self, member: Member, claims: Sequence[Claim], rank: Rank) -> Reading:
        """Return the reading of a story after a second opinion, and the first one whatever goes wrong."""
        try:
            near = [ranked.claim_id for ranked in rank(member.story)]
            return await self._opinion(member, ask(member.story, member.reading, claims, near))
        except StoreError as error:
            self._tell(str(error))
        except Exception as error:  # noqa: BLE001 - an opinion is a luxury: no surprise in it costs the visit
            # Not the error's own words: they may hold the story.
            self._tell(f"something unforeseen went wrong ({type(error).__name__})")
        return member.reading

    async def _opinion(self, member: Member, question: Question) -> Reading:
        key, now = question.key(self._model), self._clock()
        kept = await self._store.answered(key)
        if kept and kept.answer is not None:
            again = replace(kept, story_id=member.story.id, asked_at=now, requests=0, tokens=0)
            return (await self._taken(again, kept.answer, question, member.reading)).reading
        if self._rests_until and now < self._rests_until:
            return member.reading
        inquiry = Inquiry(key, member.story.id, now, self._model, RULES, requests=1, tokens=question.tokens)
        if not await self._reserved(inquiry):
            return member.reading
        reply = await self._endpoint(question)
        inquiry = replace(
            inquiry,
            model=reply.model or self._model,
            requests=reply.requests,
            tokens=inquiry.tokens if reply.tokens is None else reply.tokens,
        )
        if reply.text is None:
            await self._store.record_inquiry(replace(inquiry, dropped=(reply.trouble,)))
            self._rest()
            self._tell(reply.trouble)
            return member.reading
        self._failures, self._rests_until = 0, None
        try:
            weighed = await self._taken(inquiry, reply.text, question, member.reading)
        except MalformedAnswer as error:
            trouble = f"its answer is not what was asked for: {error}"
            await self._store.record_inquiry(replace(inquiry, dropped=(trouble,)))
            self._tell(trouble)
            return member.reading
        self._tell(_UNFOUNDED if weighed.dropped else "")
        return weighed.reading

    async def _taken(self, inquiry: Inquiry, text: str, question: Question, reading: Reading) -> Weighed:
        """Weigh an answer and keep it with what came of it."""
        weighed = weigh(parse(text), question, reading, inquiry.judge, self._lexicon)
        await self._store.record_inquiry(
            replace(inquiry, answer=text, changed=weighed.changed, dropped=weighed.dropped)
        )
        return weighed

    async def _reserved(self, inquiry: Inquiry) -> bool:
        """Keep an inquiry with the most that it can take, before it is made, where the budget allows it."""
        async with self._reserving:
            spent = await self._store.spent(inquiry.asked_at - DAY)
            if (
                spent.requests + inquiry.requests > self._budget.requests
                or spent.tokens + inquiry.tokens > self._budget.tokens
            ):
                self._tell(
                    f"its budget of {self._budget.requests:,} requests and {self._budget.tokens:,} tokens "
                    "for 24 hours is spent"
                )
                return False
            await self._store.record_inquiry(inquiry)
        return True

    def _rest(self) -> None:
        rest = min(REST * 2 ** min(self._failures, 10), LONGEST_REST)
        self._failures += 1
        self._rests_until = self._clock() + rest

    def _tell(self, trouble: str) -> None:
        """Log trouble when it begins or changes, and its end."""
        if trouble and trouble != self._trouble:
            log.warning("no second opinion model=%s %s", self._model, trouble)
        elif self._trouble and not trouble:
            log.info("second opinions are given again model=%s", self._model)
        self._trouble = trouble
