"""Whether a story bears a claim out by whom it names, and what is not their word in it. Pure."""

from claims.independence import Who, speaker
from claims.matching.page import lay_out
from claims.model import Evidence, Member


def names_somebody(member: Member) -> bool:
    """Say whether a story names whose words it tells, other than the outlet that its feed relays."""
    origin = member.reading.origin
    return origin is not None and origin.root != member.story.relayed_from


def by_outlet(member: Member) -> bool:
    """Say whether it is an outlet that a story names as having told it."""
    return member.reading.origin is not None and member.reading.origin.by_outlet


def vouches(member: Member, link: Evidence, who: Who) -> bool:
    """Say whether whoever a story names bears out the claim of a link.

    They do where it bears on that claim before any other, and by its headline or its first sentence: what
    stands behind is often what others said, whom it recalls. Whoever is told of there as not confirming it
    bears nothing out. What a person judged is as that person says.
    """
    if link.judge is not None:
        return True
    told = speaker(member)
    unsure = member.reading.origin.unsure if member.reading.origin else ()
    return (
        link == member.reading.evidence[0]
        and _said_first(member, link)
        and all(who(each).isdisjoint(who(told)) for each in unsure)
    )


def _said_first(member: Member, link: Evidence) -> bool:
    page = lay_out(member.story.title, member.story.summary)
    return not link.why or link.why[0].start < page.place(page.lead_end)
