"""What we answer to "how is this claim recognised": its profile and the words behind it, as a card."""

from collections.abc import Sequence

from bot import phrases
from bot.answers_why import name
from bot.card import Card, Field
from claims.matching.recognition import Recognition, Sense
from claims.model import Profile


def profile_card(found: Recognition, languages: Sequence[str], words: int) -> Card:
    """Return how a claim is recognised.

    Args:
        found: the claim with its profile.
        languages: the codes of those whose words are shown.
        words: how many of each concept and language are shown.

    """
    profile = found.profile
    named = (
        ("Made", found.made.value),
        *(("Needs", " or ".join(map(name, group))) for group in profile.need),
        ("Raised by", ", ".join(map(name, profile.boost))),
        ("Lowered by", ", ".join(map(name, profile.minus))),
        ("Disputed by", ", ".join(map(name, profile.against))),
        ("Window", _window(profile)),
        ("Accused", "; ".join(f"{since.words} to {until.words}" for since, until in profile.accused)),
        *((name(sense.concept), _stands_for(sense, languages, words)) for sense in found.senses),
    )
    return Card(
        heading=f"PROFILE · {found.claim.id}" if found.claim.id else "PROFILE · of a sentence, not kept",
        title=found.claim.statement,
        fields=tuple(Field(label, (value,)) for label, value in named if value),
        footer="A story needs a word of each group"
        if profile.need
        else "No word of it is known, so no story can fit: name what it is about in other words",
    )


def _window(profile: Profile) -> str:
    since = f"from {profile.since.words}" if profile.since else ""
    until = f"until {profile.until.words}" if profile.until else ""
    return f"{since} {until}".strip()


def _stands_for(sense: Sense, languages: Sequence[str], words: int) -> str:
    if sense.near:
        return " near ".join(" or ".join(map(name, group)) for group in sense.near)
    shown = [code for code in ("und", *languages) if code in sense.words]
    listed = [phrases.listed(sense.words[code], words) for code in shown]
    if len(languages) == 1 or shown == ["und"]:
        return "; ".join(listed) or "no word in that language"
    return "; ".join(f"{code}: {each}" for code, each in zip(shown, listed, strict=True)) or "no word"
