"""A link that is too unsure to be told, looked at closely by whoever may say whether it is right."""

from dataclasses import replace

from bot.actions.model import Action, Press, action
from bot.actions.verdicts import link_to, seen_by, told
from bot.answers.details import judged_card
from bot.commands.model import Context, Needs
from bot.controls import Button, Look
from bot.happening import alone
from bot.language import N_, _
from bot.replies import Reply


async def _judge(context: Context, press: Press) -> Reply:
    """Show the link that was chosen, as `STORY:CLAIM`, with what can be said of it."""
    story_id, _colon, claim_id = press.chosen[0].partition(":")
    seen = told(await seen_by(context, alone(story_id)))
    link = link_to(seen, claim_id)
    says = (
        Button(_("Right"), action("right", seen.event_id, claim_id), Look.GOOD),
        Button(_("Wrong claim"), action("wrong-claim", seen.event_id, claim_id)),
        Button(_("Not relevant"), action("not-relevant", seen.event_id)),
        Button(_("Why"), action("why", story_id)),
    )
    card = judged_card(seen, link, context.timezone, context.spelled)
    return Reply(replace(card, controls=(says,)), noted="")


ACTIONS = (Action("judge", _judge, N_("Judge one"), needs=Needs.CHANGE, asks=True),)
