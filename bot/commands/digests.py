"""Commands about digests: one now, and when they come by themselves."""

from collections.abc import Mapping
from dataclasses import replace

from bot.actions.digesting import asked_for, digest_details, followed_here
from bot.answers.watch import watch_card
from bot.card import Card
from bot.commands.channels import here, kept_in
from bot.commands.model import Context
from bot.commands.watch import next_steps
from bot.commands.watch_values import Known, changed
from bot.digest_card import digest_card
from bot.digesting import summed_up
from bot.language import _, spoken
from claims.errors import UsageError
from claims.happenings import Scope
from claims.outgoing import Period
from claims.subscriptions import timed

_PERIODS = (Period.DAY, Period.WEEK, Period.MONTH)


async def digest_now(context: Context, args: Mapping[str, str]) -> Card:
    """Return what the last day, or the `period` that is asked for, brought of what this channel follows.

    Raises:
        UsageError: there is no digest of such a period.

    """
    period = args.get("period") or Period.DAY
    if period not in _PERIODS:
        wrong = _("expected one of {names}, not {typed}").format(names=", ".join(_PERIODS), typed=period)
        raise UsageError(f"period: {wrong}")
    wanted = await followed_here(context)
    digest = asked_for(wanted, Period(period), context.clock())
    held = await context.store.held(digest.destination)
    summary = await summed_up(context.store, Scope(digest, wanted, language=spoken()), context.who, held)
    return digest_card(digest, summary, digest.timezone, digest_details(digest))


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
    if not wanted.periods:
        weekly = context.spelled(f"digest set {args['hour']} days=none weekly=mon")
        advice = _("days=none leaves out that of the day; {weekly} has one of the week posted")
        return watch_card(_("No digest any more"), wanted, advice.format(weekly=weekly))
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
