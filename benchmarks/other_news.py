"""How many headlines of other matters are taken for relevant: `python -m benchmarks.other_news`.

The headlines were written for this, as the state media of the two countries and the world's press write
them: `state-media` of other matters of either country, `world` news that is not about the trade between them,
and `both-named`, the hardest of it: both countries beside missiles, arsenals or parades of others.
`other_news.jsonl` serves the fitting too (`benchmarks/fit.py`), so its figure flatters; no model is fitted to
`fresh_news.jsonl`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from claims.matching.lexicon import load_lexicon
from claims.matching.matcher import Matcher
from claims.model import Source, Story
from claims.seeding import read_claims

HEADLINES = Path(__file__).parent / "other_news.jsonl"
FRESH = Path(__file__).parent / "fresh_news.jsonl"
SEEDS = Path(__file__).parent.parent / "seeds"
KINDS = {"state-media": 1 / 200, "world": 1 / 2_000}
"""What share of a kind may be taken for relevant at most; none is set for `both-named`."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A story of another matter."""

    kind: str
    story: Story


def read_headlines(path: Path = HEADLINES) -> Iterator[Headline]:
    """Read headlines, one JSON object a line with `id`, `title`, `summary`, `lang` and `kind`."""
    moment = datetime(2025, 6, 1, tzinfo=UTC)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        source = Source("Sample", "Sample")
        story = Story(
            row["id"], "", row["id"], row["title"], row["summary"], row["lang"], source, moment, moment
        )
        yield Headline(row["kind"], story)


def wrongly_relevant(matcher: Matcher, headlines: Iterable[Headline]) -> list[Headline]:
    """Return those that a matcher takes for relevant."""
    return [headline for headline in headlines if matcher.read(headline.story).relevant]


def main() -> None:
    """Measure and print."""
    report(Matcher(load_lexicon(SEEDS / "lexicon"), read_claims(SEEDS / "claims.toml")))


def report(matcher: Matcher) -> None:
    """Print what is wrong, each file apart: by kind, and each headline."""
    for name, path in (("fitted with", HEADLINES), ("fresh", FRESH)):
        headlines = list(read_headlines(path))
        wrong = wrongly_relevant(matcher, headlines)
        of = Counter(headline.kind for headline in headlines)
        found = Counter(headline.kind for headline in wrong)
        for kind, count in of.items():
            aim = f" (aim: under {KINDS[kind]:.2%})" if kind in KINDS else ""
            print(f"{name:12} {kind:12} {found[kind]:>3} of {count} wrongly relevant{aim}")
        for headline in wrong:
            print(f"  {headline.story.id} {headline.kind}: {headline.story.title}")


if __name__ == "__main__":
    main()
