"""What is gathered for a digest."""

from datetime import timedelta

import pytest

from bot.commands.model import Context
from bot.digesting import summed_up
from bot.parts import who
from claims.happenings import Scope
from claims.outgoing import Digest, Period
from tests.support.build import NOW, claim, feed, member, outcome, subscription, visit


@pytest.mark.parametrize(
    ("period", "days", "before"), [(Period.WEEK, 7, 2), (Period.WEEK, 28, None), (Period.MONTH, 61, None)]
)
async def test_a_span_is_compared_with_one_that_is_as_long(
    context: Context, period: Period, days: int, before: int | None
) -> None:
    """After digests that were missed one covers more, and is more than the week before by that alone."""
    told = (
        member(f"Shells counted {ago} days ago", published_at=NOW - timedelta(days=ago))
        for ago in (1, 9, 10, 40)
    )
    await context.store.sync_feeds([feed()])
    await context.store.sync_claims([claim()])
    for each in told:
        await context.store.record_visit(visit(outcome(each)))
    digest = Digest("", "console", NOW - timedelta(days=days), NOW, period=period)

    summary = await summed_up(context.store, Scope(digest, subscription(), published=True), who)

    assert summary.before == before
