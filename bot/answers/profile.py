"""What we answer to "how is this claim recognised": its profile and the words behind it, as a card."""

from collections.abc import Sequence

from bot import phrases
from bot.card import Card, Field
from bot.language import _
from bot.recognised import name
from claims.matching.recognition import Made, Recognition, Sense
from claims.model import Profile
from claims.when import Day


def profile_card(found: Recognition, languages: Sequence[str], words: int) -> Card:
    """Return how a claim is recognised.

    Args:
        found: the claim with its profile.
        languages: the codes of those whose words are shown.
        words: how many of each concept and language are shown.

    """
    profile = found.profile
    named = (
        (_("Recognised"), made(found)),
        *((_("Needs"), _(" or ").join(map(name, group))) for group in profile.need),
        (_("Raised by"), ", ".join(map(name, profile.boost))),
        (_("Lowered by"), ", ".join(map(name, profile.minus))),
        (_("Disputed by"), ", ".join(map(name, profile.against))),
        (_("Window"), _window(profile)),
        (_("Accused"), "; ".join(_between(*span) for span in profile.accused)),
        *((name(sense.concept), _stands_for(sense, languages, words)) for sense in found.senses),
    )
    return Card(
        heading=_("PROFILE · {claim}").format(claim=found.claim.id)
        if found.claim.id
        else _("PROFILE · of a sentence, not kept"),
        title=found.claim.statement,
        fields=tuple(Field(label, (value,)) for label, value in named if value),
        footer=_("A story needs a word of each group")
        if profile.need
        else _("No word of it is known, so no story can fit: name what it is about in other words"),
    )


def made(found: Recognition) -> str:
    """Return where the profile of a claim comes from, to stand behind "Recognised"."""
    return {
        Made.DERIVED: _("by the claim's own words"),
        Made.LIKE: _("like {claim}").format(claim=found.like),
        Made.ADDED: _("by the claim's own words, with what its profile adds"),
        Made.OWN: _("by a profile that was written by hand"),
    }[found.made]


def _window(profile: Profile) -> str:
    if profile.since and profile.until:
        words = _("from {since} until {until}")
    elif profile.since:
        words = _("from {since}")
    else:
        words = _("until {until}") if profile.until else ""
    return words.format(
        since=phrases.stated(profile.since) if profile.since else "",
        until=phrases.stated(profile.until) if profile.until else "",
    )


def _between(since: Day, until: Day) -> str:
    return _("{first} to {last}").format(first=phrases.stated(since), last=phrases.stated(until))


def _stands_for(sense: Sense, languages: Sequence[str], words: int) -> str:
    if sense.near:
        return _(" near ").join(_(" or ").join(map(name, group)) for group in sense.near)
    shown = [code for code in ("und", *languages) if code in sense.words]
    listed = [phrases.listed(sense.words[code], words) for code in shown]
    if len(languages) == 1 or shown == ["und"]:
        return "; ".join(listed) or _("no word in that language")
    return "; ".join(f"{code}: {each}" for code, each in zip(shown, listed, strict=True)) or _("no word")
