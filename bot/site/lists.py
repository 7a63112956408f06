"""The pages that list, the register and the feeds, and the one that says how to read all this. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot import phrases
from bot.answers.feeds import state_words
from bot.grades import credibility, reliability
from bot.language import _
from bot.lines import leans
from bot.site import words
from bot.site.views import (
    AboutPage,
    Anchor,
    ClaimLine,
    Fact,
    FeedLine,
    FeedsPage,
    RegisterPage,
)
from claims.admiralty import Credibility, Reliability
from claims.feeds import FeedStatus
from claims.health import health
from claims.model import Stance
from claims.standing import State
from claims.text import without_keys

CLAIMS = 250
"""Claims of a page."""
FEEDS = 300
"""Feeds of a page."""


def register_pages(lines: Sequence[ClaimLine]) -> Iterator[tuple[str, RegisterPage]]:
    """Yield by path the pages of all claims, then those of each tag; `lines` are in the register's order."""
    counts = Counter(tag.words for line in lines for tag in line.tags)
    tags = tuple((Anchor(tag, page=words.tag_page(tag)), counts[tag]) for tag in sorted(counts))
    yield from _register(_("Register"), "", lines, tags)
    for tag in sorted(counts):
        tagged = [line for line in lines if any(each.words == tag for each in line.tags)]
        yield from _register(_("Register: {tag}").format(tag=tag), tag, tagged, tags)


def _register(
    title: str, tag: str, lines: Sequence[ClaimLine], tags: tuple[tuple[Anchor, int], ...]
) -> Iterator[tuple[str, RegisterPage]]:
    starts = range(0, max(len(lines), 1), CLAIMS)
    parts = (
        tuple(_part(words.tag_page(tag, n), n) for n in range(1, len(starts) + 1)) if len(starts) > 1 else ()
    )
    for number, start in enumerate(starts, start=1):
        shown = tuple(lines[start : start + CLAIMS])
        page = RegisterPage(title, tag, phrases.claims(len(lines)), shown, tags, parts)
        yield words.tag_page(tag, number), page


def _part(path: str, number: int) -> Anchor:
    return Anchor(str(number), page=path)


def feeds_pages(feeds: Sequence[FeedStatus]) -> Iterator[tuple[str, FeedsPage]]:
    """Yield by path the pages of the feeds, in the order given."""
    grades = tuple((grade.value, reliability(grade)) for grade in Reliability)
    paths = [f"feeds.{n}.html" if n > 1 else "feeds.html" for n in range(1, max(len(feeds), 1) // FEEDS + 2)]
    starts = range(0, max(len(feeds), 1), FEEDS)
    parts = tuple(_part(paths[n], n + 1) for n in range(len(starts))) if len(starts) > 1 else ()
    for path, start in zip(paths, starts, strict=False):
        shown = tuple(_feed(status) for status in feeds[start : start + FEEDS])
        yield path, FeedsPage(shown, phrases.feeds(len(feeds)), grades, parts)


def _feed(status: FeedStatus) -> FeedLine:
    feed, state = status.feed, health(status)
    source = feed.source
    return FeedLine(
        title=Anchor(feed.title, url=without_keys(feed.url)),
        outlet=source.name,
        family=source.family if source.family != source.name else "",
        grade=source.reliability.value,
        graded=words.graded(source.reliability),
        state_media=source.state_media,
        language=phrases.language(feed.language) if feed.language != "und" else "",
        health=state_words(state),
        state=state.value,
    )


def about_page(now: datetime, edition: str, facts: Iterable[str]) -> AboutPage:
    """Return how to read the site.

    Args:
        now: when it was built.
        edition: the digest of the register (`claims.edition.register_digest`).
        facts: what it holds, in words.

    """
    return AboutPage(
        facts=(
            Fact(_("Built"), words.plain([words.moment(now).words])),
            Fact(_("Version of the register"), words.plain([edition])),
            Fact(_("Holds"), words.plain(facts)),
        ),
        grades=tuple((grade.value, reliability(grade)) for grade in Reliability),
        credibilities=tuple((str(grade.value), credibility(grade)) for grade in Credibility),
        stances=tuple((leans(stance), meaning) for stance, meaning in _stances().items()),
        states=tuple(_states().items()),
        bodies=tuple(_bodies().items()),
    )


def _bodies() -> dict[str, str]:
    """Return what bodies are whose names do not say so; each name is as the lexicon writes it."""
    return {
        "38 North": _("an American project that watches North Korea, also by satellite"),
        "Beyond Parallel": _("a project of CSIS that follows both Koreas, also by satellite"),
        "C4ADS": _("an American institute that traces ships and trade"),
        "CSIS": _("an American institute of security studies, in Washington"),
        "Institute for the Study of War": _("an American institute that follows the war in Ukraine"),
        "KCNA": _("the state news agency of North Korea"),
        "Kim Yo Jong": _("the sister of Kim Jong Un, who often speaks for North Korea"),
        "MSMT": _("eleven states that watch over the sanctions since the UN Panel of Experts ended in 2024"),
        "National Intelligence Service": _("the foreign and domestic intelligence service of South Korea"),
        "NHK": _("the public broadcaster of Japan"),
        "NK News": _("a news site about North Korea, in Seoul"),
        "Planet Labs": _("an American firm that sells satellite images"),
        "Radio Free Asia": _("a broadcaster for Asia that the government of the United States pays for"),
        "RUSI": _("a British institute of defence studies, in London"),
        "TASS": _("the state news agency of Russia"),
        "UN Panel of Experts": _(
            "it watched over the sanctions on North Korea for the Security Council until 2024"
        ),
        "Ukrainian military intelligence": _("an agency of its defence ministry, also known as HUR or GUR"),
        "Vedomosti": _("a Russian business newspaper"),
        "Voice of America": _("a broadcaster that the government of the United States pays for"),
        "Yonhap": _("the largest news agency of South Korea"),
    }


def _stances() -> dict[Stance, str]:
    return {
        Stance.SUPPORTS: _("It says the same, or tells of something that speaks for the claim."),
        Stance.DISPUTES: _("It says, or has somebody say, that the claim is not so."),
        Stance.BACKGROUND: _("It only mentions the matter."),
    }


def _states() -> dict[str, str]:
    meant = {
        State.ASSERTED: (
            _("asserted"),
            _(
                "Somebody said so; nobody independent bears it out, and nobody disputes it. A denial stays"
                " so: who says otherwise is told under the claims that it answers."
            ),
        ),
        State.DISPUTED: (
            _("disputed"),
            _("Somebody says that it is not so; a party's denial counts, unless it is older than the claim."),
        ),
        State.CORROBORATED: (
            _("corroborated"),
            _("Others than its sayer, who are no party to the matter, say so too."),
        ),
        State.CONCEDED: (_("conceded"), _("Whoever denied it says so now.")),
    }
    return dict(meant[state] for state in State)
