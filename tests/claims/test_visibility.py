"""What one workspace adds and says is shown to no other."""

from dataclasses import replace

from claims.model import FigureChange, Reason, Stance
from claims.outgoing import Activity, Briefing
from claims.verdicts import Verdict, VerdictKind
from claims.visibility import activity_seen, briefing_seen, event_seen, hidden, visible
from claims.workspaces import CONSOLE
from tests.support.build import NOW, alert, claim, event, figure, member

SHARED, OWN = claim(), claim("oil-k3f9", workspace="discord:500")
DENIAL = claim("denial-moscow", denial=True)
REGISTER = {each.id: each for each in (SHARED, OWN, DENIAL)}
STORY = member("Sample ship leaves", ["containers-2023", "oil-k3f9"])
TOLD = replace(alert(STORY), links=STORY.reading.evidence)
BRIEFING = Briefing(TOLD, event(STORY), (SHARED, OWN))


def said(kind: VerdictKind, **changes: object) -> dict[str, tuple[Verdict, ...]]:
    """Return what a person of the workspace said of the story."""
    verdict = Verdict("discord:500", "discord:901", NOW, STORY.story.id, kind, shared=False)
    return {STORY.story.id: (replace(verdict, **changes),)}  # type: ignore[arg-type]  # any field of a verdict


def test_a_claim_is_seen_by_its_own_workspace_and_the_console():
    """The others do not even see that there is one."""
    assert visible(REGISTER.values(), "discord:500") == [SHARED, OWN, DENIAL]
    assert visible(REGISTER.values(), "discord:501") == [SHARED, DENIAL]
    assert visible(REGISTER.values(), CONSOLE) == [SHARED, OWN, DENIAL]
    assert hidden(REGISTER, "discord:501") == {"oil-k3f9"}
    assert not hidden(REGISTER, "discord:500")


def test_what_hides_nothing_changes_nothing():
    """Where all is seen the alert is as the record has it."""
    assert briefing_seen(BRIEFING, REGISTER, ()) == BRIEFING


def test_an_alert_does_not_name_a_hidden_claim():
    """Link, statement, evidence and number of another workspace's claim are left out."""
    numbered = replace(TOLD, reason=Reason.NEW_FIGURE, change=FigureChange("oil-k3f9", figure(9)))
    seen = briefing_seen(replace(BRIEFING, alert=numbered), REGISTER, {"oil-k3f9"})
    assert [link.claim_id for link in seen.alert.links] == ["containers-2023"]
    assert (seen.alert.reason, seen.alert.change, seen.claims) == (Reason.NEW_EVENT, None, (SHARED,))
    assert "oil-k3f9" not in repr(seen)


def test_an_alert_that_bears_on_hidden_claims_alone_bears_on_nothing():
    """To others there is nothing to be told."""
    seen = briefing_seen(BRIEFING, REGISTER, {"oil-k3f9", "containers-2023"})
    assert (seen.alert.links, seen.alert.reason) == ((), Reason.WITHDRAWN)


def test_a_private_verdict_changes_what_its_workspace_is_told():
    """Wrong, turned, put right or not relevant: the card reads as its people say, with who said it."""
    wrong = said(VerdictKind.WRONG_CLAIM, claim_id="containers-2023", right_claim="denial-moscow")
    seen = briefing_seen(BRIEFING, REGISTER, (), wrong)
    assert [link.claim_id for link in seen.alert.links] == ["oil-k3f9", "denial-moscow"]
    assert seen.alert.links[1].judge == "discord:901"
    assert seen.alert.reason is Reason.DENIAL

    turned = said(VerdictKind.WRONG_STANCE, claim_id="containers-2023", stance=Stance.DISPUTES)
    assert briefing_seen(BRIEFING, REGISTER, (), turned).alert.reason is Reason.DENIAL
    assert briefing_seen(BRIEFING, REGISTER, (), said(VerdictKind.NOT_RELEVANT)).alert.links == ()


def test_another_story_bears_a_claim_out_where_one_was_set_aside():
    """A verdict on one story leaves what the others of its event say."""
    second = member("Sample ship seen again", ["containers-2023"])
    both = replace(BRIEFING, event=event(STORY, second))
    seen = briefing_seen(both, REGISTER, (), said(VerdictKind.NOT_RELEVANT))
    assert [link.story_id for link in seen.alert.links] == [second.story.id]


def test_a_day_does_not_hold_what_is_hidden():
    """Events lose what bears on hidden claims, and alerts on those alone are gone."""
    only = member("Sample tanker docks", ["oil-k3f9"])
    day = Activity((event(STORY), event(only)), (TOLD, replace(alert(only), links=only.reading.evidence)))
    seen = activity_seen(day, REGISTER, {"oil-k3f9"})
    assert [each.event_id for each in seen.alerts] == [TOLD.event_id]
    assert "oil-k3f9" not in repr(seen)
    assert event_seen(event(only), {"oil-k3f9"}).members[0].reading.evidence == ()
