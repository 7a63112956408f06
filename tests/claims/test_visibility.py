"""What one workspace adds and says is shown to no other."""

from dataclasses import replace

import pytest

from claims.activity_seen import activity_seen
from claims.inquiry import Inquiry
from claims.model import Correction, FigureChange, Reason, Sighting, Stance, Turn
from claims.outgoing import Account, Activity, Briefing, Delivery
from claims.verdicts import Verdict, VerdictKind
from claims.visibility import (
    account_seen,
    answered,
    briefing_seen,
    event_seen,
    events_seen,
    hidden,
    member_seen,
    sightings_seen,
    visible,
)
from claims.when import Day
from claims.workspaces import CONSOLE
from tests.support.build import NOW, alert, claim, event, evidence, figure, member

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


def test_a_correction_does_not_name_a_hidden_claim():
    """What an outlet's edit took from another workspace's claim shows nowhere, and what it counted there."""
    shared, own = STORY.reading.evidence
    turns = (Turn("oil-k3f9", Stance.SUPPORTS, None),)
    dropped = replace(TOLD, links=(shared,), correction=Correction(STORY.story.id, turns=turns))
    briefing = Briefing(dropped, event(STORY), (SHARED,))
    assert briefing_seen(briefing, REGISTER, {"oil-k3f9"}).alert.correction is None
    assert briefing_seen(briefing, REGISTER, ()).alert.correction == dropped.correction
    counted = replace(
        TOLD,
        links=(shared, own),
        change=FigureChange("oil-k3f9", figure(9)),
        correction=Correction(STORY.story.id, figure(8), figure(9)),
    )
    assert briefing_seen(replace(BRIEFING, alert=counted), REGISTER, {"oil-k3f9"}).alert.correction is None


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


def test_what_is_of_the_matter_by_a_hidden_claim_alone_is_not_there():
    """A happening that only another workspace's words made one of the matter is none to the rest."""
    told = member("Sample tanker docks", ["oil-k3f9"])
    aside = replace(told, reading=replace(told.reading, by_itself=False))
    assert member_seen(told, {"oil-k3f9"}).reading.relevant
    assert not member_seen(aside, {"oil-k3f9"}).reading.relevant
    assert member_seen(aside, ()).reading.relevant
    assert events_seen([event(told), event(aside)], {"oil-k3f9"}) == (event_seen(event(told), {"oil-k3f9"}),)


def test_the_words_of_claims_are_no_concepts():
    """What a story is about is told in words of the lexicon, since a hidden claim brings its own."""
    own = replace(STORY, reading=replace(STORY.reading, concepts=(("shells", 1.0), ("term: chongjin", 0.5))))
    assert member_seen(own, {"oil-k3f9"}).reading.concepts == (("shells", 1.0),)


def test_a_day_reads_as_its_workspace_judged_it():
    """What its people took out moved nothing that day."""
    day = Activity((event(STORY),), (TOLD,))
    seen = activity_seen(day, REGISTER, (), said(VerdictKind.NOT_RELEVANT))
    assert (seen.events, seen.alerts) == ((), ())


def test_an_alert_that_was_taken_back_is_there_with_its_happening():
    """Where a workspace took the happening out, it is told of neither."""
    day = Activity((event(STORY),), (replace(TOLD, links=()),))
    assert activity_seen(day, REGISTER, ()).alerts == day.alerts
    assert activity_seen(day, REGISTER, (), said(VerdictKind.NOT_RELEVANT)) == Activity()


def test_figures_follow_what_a_workspace_says():
    """A story that its people took out of a claim gives it no number, and one that they put in does."""
    counted = member("Sample ship leaves", ["containers-2023"], figures=[figure(9, body="Sample Body")])
    found = (Sighting(figure(9, body="Sample Body"), "Sample Body", Day(2024, 8, 27), counted.story.id),)
    wrong = said(VerdictKind.WRONG_CLAIM, claim_id="containers-2023", right_claim="oil-k3f9")
    own = member_seen(counted, (), wrong[counted.story.id])
    assert sightings_seen(found, "containers-2023", ()) == found
    assert sightings_seen(found, "containers-2023", [own]) == ()
    assert sightings_seen((), "oil-k3f9", [own]) == found


def test_a_denial_of_one_workspace_answers_no_claim_of_everybody():
    """What stories say of a shared claim is the same whoever tracks a denial of it."""
    ours = claim("ours", workspace="discord:500")
    private = claim("no-k3f9", denial=True, disputes=("ours", SHARED.id), workspace="discord:500")
    public = claim("no-x2y4", denial=True, disputes=("ours", SHARED.id))
    both = {each.id: each.disputed_by for each in answered([SHARED, ours, private, public])}
    assert both == {SHARED.id: ("no-x2y4",), "ours": ("no-k3f9", "no-x2y4"), "no-k3f9": (), "no-x2y4": ()}


ACCOUNT = Account(
    STORY,
    Reason.DENIAL,
    event(STORY),
    TOLD,
    deliveries=(Delivery(TOLD.key, "discord:600"), Delivery(TOLD.key, "discord:700")),
    opinions=(Inquiry("k", STORY.story.id, NOW, "m", "1", 1, 9, changed=("supports oil-k3f9", "a number")),),
)


def test_an_account_tells_each_workspace_of_its_own():
    """Links, opinions, deliveries and verdicts of others are left out, and so are their reasons."""
    judged = replace(said(VerdictKind.RIGHT, claim_id="oil-k3f9")[STORY.story.id][0], shared=True)
    seen = account_seen(
        replace(ACCOUNT, verdicts=(judged,)), REGISTER, {"oil-k3f9"}, {}, destinations={"discord:700"}
    )
    assert [link.claim_id for link in seen.member.reading.evidence] == ["containers-2023"]
    assert [each.destination for each in seen.deliveries] == ["discord:700"]
    assert (seen.reason, seen.verdicts) == (Reason.NEW_EVENT, ())
    assert seen.opinions[0].changed == ("a number",)
    assert "oil-k3f9" not in repr(seen)


def test_an_account_without_hidden_claims_stands_as_it_is():
    """Its workspace reads what the record has, with its own verdicts beside the shared ones."""
    own = said(VerdictKind.RIGHT, claim_id="oil-k3f9")
    seen = account_seen(ACCOUNT, REGISTER, (), own, destinations={"discord:600", "discord:700"})
    assert (seen.reason, seen.deliveries) == (Reason.DENIAL, ACCOUNT.deliveries)
    assert seen.verdicts == own[STORY.story.id]
    assert "discord:901" in {link.judge for link in seen.member.reading.evidence}


@pytest.mark.parametrize(
    ("links", "by_itself", "reason"),
    [
        ([("oil-k3f9", Stance.SUPPORTS, False)], True, Reason.NO_CLAIM),
        ([("oil-k3f9", Stance.SUPPORTS, False)], False, Reason.IRRELEVANT),
        (
            [("oil-k3f9", Stance.SUPPORTS, False), (SHARED.id, Stance.BACKGROUND, False)],
            True,
            Reason.BACKGROUND_ONLY,
        ),
        (
            [("oil-k3f9", Stance.SUPPORTS, False), (SHARED.id, Stance.SUPPORTS, True)],
            True,
            Reason.SUGGESTED_ONLY,
        ),
    ],
)
def test_what_was_told_for_a_hidden_claim_was_not_told_to_others(
    links: list[tuple[str, Stance, bool]], by_itself: bool, reason: Reason
):
    """To them it was not told, for the reason that it would have without that claim."""
    evidences = tuple(evidence(STORY.story, c, stance=s, suggested=u) for c, s, u in links)
    told = replace(STORY, reading=replace(STORY.reading, evidence=evidences, by_itself=by_itself))
    raised = replace(TOLD, links=evidences[:1])
    kept = replace(ACCOUNT, member=told, reason=Reason.NEW_EVENT, event=event(told), alert=raised)
    seen = account_seen(kept, REGISTER, {"oil-k3f9"}, {}, destinations={"discord:600"})
    assert (seen.reason, seen.alert, seen.deliveries) == (reason, None, ())
