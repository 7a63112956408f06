"""Which register something was made from."""

from dataclasses import replace

from claims.edition import register_digest
from tests.support.build import claim

ONE, TWO = claim(), claim("shells", statement="Shells went")


def test_a_digest_is_of_what_is_said() -> None:
    """Two registers that say the same have one, in whatever order and of whichever workspace."""
    there = replace(TWO, workspace="discord:1")

    assert register_digest([ONE, TWO]) == register_digest([there, ONE])
    assert register_digest([ONE, TWO]) != register_digest([ONE])
    assert register_digest([ONE, TWO]) != register_digest([ONE, replace(TWO, said_by="Somebody else")])
