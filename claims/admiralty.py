"""The Admiralty code: how reliable a source is (A to F), how credible a piece of information (1 to 6).

The scale is NATO's STANAG 2511 as MISP's `admiralty-scale` taxonomy words it. F and 6 mean that nothing
can be judged; they are not the worst grade and have no place in the order of the others. The two are
judged separately and never added up.
"""

from enum import StrEnum


class Reliability(StrEnum):
    """What is known of a source, from long use."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """What is known of one piece of information."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


def credibility(independent_origins: int, *, disputed: bool) -> Credibility:
    """Judge one happening by how many independent origins tell it and whether somebody disputes it.

    Two or more independent origins make it probably true, one possibly true; a dispute beside a single
    origin makes it doubtful. Nothing here reaches `CONFIRMED`: that word is a person's to say.
    """
    if independent_origins >= 2:
        return Credibility.PROBABLY_TRUE
    if independent_origins == 0:
        return Credibility.CANNOT_BE_JUDGED
    return Credibility.DOUBTFUL if disputed else Credibility.POSSIBLY_TRUE


def best(reliabilities: tuple[Reliability, ...]) -> Reliability:
    """Return the highest grade among the sources of one happening; F only where nothing else is known."""
    return min(reliabilities, key=lambda r: r.value, default=Reliability.F)
