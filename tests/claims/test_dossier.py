"""All that the register knows of one claim."""

from claims.care import ClaimEdit, EditKind
from claims.dossier import dossier
from claims.standing import as_written
from tests.support.build import NOW, claim, event_id, figure, member


def test_a_dossier_holds_what_the_register_knows_of_a_claim() -> None:
    """Its standing, numbers and happenings come with its denials, its parent and its children."""
    asked = claim(parent="general", disputed_by=("denial-a",))
    denials = [claim("denial-a", denial=True), claim("denial-b", denial=True, disputes=(asked.id,))]
    family = [claim("general"), claim("detail", parent=asked.id)]
    register = {each.id: each for each in (asked, *family, *denials, claim("another"))}
    told = member(figures=[figure()])
    edit = ClaimEdit(asked.id, NOW, "seeds", EditKind.ADDED, after=asked)

    found = dossier(
        asked, [(told, told.reading.evidence[0], event_id(told))], {}, register, [edit], as_written
    )

    assert [each.id for each in found.denials] == ["denial-a", "denial-b"]
    assert (found.parent, found.children) == (register["general"], (register["detail"],))
    assert [step.story for step in found.steps] == [told.story]
    assert [said.figure for one in found.series for said in one.said] == [figure()]
    assert found.edits == (edit,)
    assert [len(found.standing.of(each.kind)) for each in found.standing.grounds] == [1, 2, 2]


def test_a_denial_names_the_claims_that_it_answers() -> None:
    """Both those that name it and those that it names itself."""
    denial = claim("denial-a", denial=True, disputes=("b",))
    register = {each.id: each for each in (claim("a", disputed_by=(denial.id,)), claim("b"), claim("c"))}

    found = dossier(denial, [], {}, register, [], as_written)

    assert [each.id for each in found.answers] == ["a", "b"]
