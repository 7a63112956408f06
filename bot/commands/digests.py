"""Commands about digests: one now, and when they come by themselves."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.answers.watch import watch_card
from bot.card import Card
from bot.commands.channels import here, kept_in, wanted_in
from bot.commands.model import Context
from bot.commands.watch import next_steps
from bot.commands.watch_values import Known, changed
from bot.language import _
from bot.present import digest_card
from claims.digest import summarise
from claims.outgoing import Digest
from claims.subscriptions import Subscription, timed

_DAY = timedelta(days=1)


async def digest_now(context: Context, args: Mapping[str, str]) -> Card:  # noqa: ARG001 - the table's shape
    """Return the digest of the last 24 hours: of what this channel follows, else of all."""
    store, now = context.store, context.clock()
    usual = Subscription(here(context), timezone=context.timezone, workspace=context.workspace)
    wanted = await wanted_in(context, usual.destination) or usual
    digest = Digest("", wanted.destination, now - _DAY, now, wanted.timezone)
    activity = await store.activity(digest.since, digest.until)
    held = await store.held(digest.destination)
    summary = summarise(activity, await store.claims(), digest, wanted, held)
    return digest_card(digest, summary, digest.timezone)


async def set_digest(context: Context, args: Mapping[str, str]) -> Card:
    """Have this channel's digests posted at an hour: of the day, the week and the month, as the options say.

    Raises:
        NotFound: the channel is told of nothing.
        UsageError: an option is wrong.

    """
    before = await kept_in(context, here(context))
    said = {**args, "digest": args["hour"]}
    wanted = timed(changed(before, said, Known()), before, context.clock())
    await context.store.subscribe(wanted)
    return watch_card(_("The digest is set"), wanted, next_steps(context))


async def stop_digest(context: Context, args: Mapping[str, str]) -> Card:  # noqa: ARG001 - the table's shape
    """Post no digest to this channel any more.

    Raises:
        NotFound: the channel is told of nothing.

    """
    wanted = replace(await kept_in(context, here(context)), digest=None)
    await context.store.subscribe(wanted)
    advice = _("{set} has it posted again").format(set=context.spelled("digest set HH:MM"))
    return watch_card(_("No digest any more"), wanted, advice)
