"""What people say of an alert or of a story in review with a press: right, not relevant, and taking it back.

A verdict is a change: it corrects what the asker's workspace is shown, and where it is shared the record that
all read. So whoever may not change things is refused before anything is asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.actions.model import Action, Press, action
from bot.card import Card, Line
from bot.commands.model import Context, Needs
from bot.controls import Button
from bot.happening import Happening, happening
from bot.language import N_, _, ngettext
from bot.phrases import shorten
from bot.replies import Reply
from bot.said import acts, as_told, verdict_line
from claims.errors import UsageError
from claims.model import Evidence, Story
from claims.verdicts import Verdict, VerdictKind
from claims.workspaces import CONSOLE

_EARLIER = 3
"""Occasions on which something else was said that an answer tells."""
_TYPED = 60


async def seen_by(context: Context, event_id: str) -> Happening:
    """Return an event, or a story alone (`bot.happening.alone`), as the asker's workspace sees it.

    Raises:
        NotFound: it was never told, or it is about what the workspace does not see.

    """
    return await happening(context.store, event_id, context.workspace, context.clock())


def verdicts(context: Context, story_ids: Iterable[str], kind: VerdictKind) -> list[Verdict]:
    """Return what whoever asks says of these stories on one occasion."""
    said = Verdict(
        workspace=context.workspace,
        person=context.asker.reference,
        at=context.clock(),
        story_id="",
        kind=kind,
        shared=context.workspace == CONSOLE or context.shared_register,
    )
    return [replace(said, story_id=story_id) for story_id in story_ids]


async def say(context: Context, before: Happening, title: str, said: Sequence[Verdict]) -> Reply:
    """Record what somebody says of an event's stories, and answer with what others said of it.

    What stands already in the same words is not said twice. The answer is made from what is kept afterwards,
    so that of two people at once the later one learns what the first said.

    Args:
        context: who says it.
        before: the event.
        title: what is answered.
        said: of one occasion, at least one.

    """
    fresh = [each for each in said if not any(_alike(each, kept) for kept in before.own)]
    for verdict in fresh:
        await context.store.record_verdict(verdict)
    now = await seen_by(context, before.event_id)
    same = next((v for v in now.own if any(_alike(v, each) for each in said)), said[0])
    others = [each for each in now.verdicts if as_told(each) != as_told(same)]
    lines = _lines(context, others if fresh else [same, *others])
    about = said[0].claim_id if said[0].kind is VerdictKind.RIGHT else said[0].right_claim
    if now.alone and about:
        lines.append(await _became(context, now.stories[0].story, about, shared=said[0].shared))
    return Reply(
        Card(
            title=title if fresh else _("That is said already"),
            lines=(*lines, (_scope(said[0]),)),
            controls=((_undo(before.event_id, same),),),
        ),
        noted=None if fresh else "",
    )


def told(seen: Happening) -> Happening:
    """Return an event of which something can be said.

    Raises:
        UsageError: its alert is withdrawn, so that it bears on nothing.

    """
    if not seen.briefing.alert.links and seen.alone:
        raise UsageError(_("This story bears on no claim any more"))
    if not seen.briefing.alert.links:
        raise UsageError(_("This alert is withdrawn already\nDetails tells who said so, and when"))
    return seen


def named(press: Press) -> tuple[str, str]:
    """Return which event a control names, and which of its claims: none where it means them all."""
    event_id, _colon, claim_id = press.argument.partition(":")
    return event_id, claim_id


def link_to(seen: Happening, claim_id: str) -> Evidence:
    """Return the link to a claim that an alert has.

    Raises:
        UsageError: it has none any more; somebody was faster.

    """
    link = next((each for each in seen.briefing.alert.links if each.claim_id == claim_id), None)
    if link is None:
        words = (
            _("This story does not bear on “{claim}” any more")
            if seen.alone
            else _("This alert does not bear on “{claim}” any more\nDetails tells who said so, and when")
        )
        raise UsageError(words.format(claim=shorten(claim_id, _TYPED)))
    return link


async def _became(context: Context, story: Story, claim_id: str, *, shared: bool) -> Line:
    """Say of a story that was in review whether it is told now that a person linked it to a claim."""
    ((_member, event_id),) = await context.store.members([story.id])
    found = (await context.store.alerts([event_id] if event_id else [])).values()
    if any(link.claim_id == claim_id for alert in found for link in alert.links):
        return (_("It is told now: its alert goes to the channels that want it"),)
    if shared:
        return (_("No alert goes out: it is too old, or background alone"),)
    return (_("It is counted here; no alert goes out, since that takes a verdict that is everybody's"),)


async def _right(context: Context, press: Press) -> Reply:
    """Confirm a link of the story that leads the alert: to the claim that is named, else the one it shows."""
    event_id, claim_id = named(press)
    seen = told(await seen_by(context, event_id))
    lead = link_to(seen, claim_id) if claim_id else seen.briefing.alert.links[0]
    (said,) = verdicts(context, [lead.story_id], VerdictKind.RIGHT)
    title = _("Noted: it is right about {claim}").format(claim=lead.claim_id)
    return await say(context, seen, title, [replace(said, claim_id=lead.claim_id, stance=lead.stance)])


async def _not_relevant(context: Context, press: Press) -> Reply:
    """Set aside every story of the event that bears on a claim which the asker's workspace sees.

    They report one happening, and whoever presses speaks of the message: were the lead alone set aside, the
    others would go on bearing the alert out. Stories that bear on nothing teach nothing, and are left.
    """
    seen = told(await seen_by(context, press.argument))
    stories = [member.story.id for member, _link in seen.bearing()]
    title = ngettext(
        "Noted: {count} story is not relevant", "Noted: {count} stories are not relevant", len(stories)
    )
    said = verdicts(context, stories, VerdictKind.NOT_RELEVANT)
    return await say(context, seen, title.format(count=len(stories)), said)


async def _undo_act(context: Context, press: Press) -> Reply:
    """Take back what somebody of the workspace said, named by an occasion, else what was said last."""
    event_id, _colon, stamp = press.argument.partition(":")
    seen = await seen_by(context, event_id)
    found = [act for act in acts(seen.own) if not stamp or stamp in map(_stamp, act)]
    if not found:
        raise UsageError(_("There is nothing to take back any more"))
    now = context.clock()
    for verdict in found[-1]:
        back = replace(verdict, person=context.asker.reference, at=now, undone=True)
        await context.store.record_verdict(back)
    after = await seen_by(context, event_id)
    lines: list[Line] = [verdict_line(found[-1], context.workspace, context.timezone)]
    if after.verdicts:
        lines += [(_("What stands:"),), *_lines(context, after.verdicts)]
    return Reply(Card(title=_("Taken back"), lines=tuple(lines)))


def _undo(event_id: str, said: Verdict) -> Button:
    return Button(_("Undo"), action("undo", event_id, _stamp(said)))


def _stamp(said: Verdict) -> str:
    return str(round(said.at.timestamp() * 1_000_000))


def _alike(one: Verdict, other: Verdict) -> bool:
    return _said(one) == _said(other)


def _said(each: Verdict) -> tuple[object, ...]:
    return (each.story_id, each.kind, each.claim_id, each.right_claim, each.stance)


def _lines(context: Context, said: Iterable[Verdict]) -> list[Line]:
    told = acts(said)[-_EARLIER:]
    return [verdict_line(act, context.workspace, context.timezone) for act in told]


def _scope(said: Verdict) -> str:
    if said.shared:
        return _("It corrects the record for all")
    return _("It corrects what is shown here; only this workspace sees it")


ACTIONS = (
    Action("right", _right, N_("Right"), needs=Needs.CHANGE),
    Action("not-relevant", _not_relevant, N_("Not relevant"), needs=Needs.CHANGE),
    Action("undo", _undo_act, N_("Undo"), needs=Needs.CHANGE),
)
