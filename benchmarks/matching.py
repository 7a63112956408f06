"""How well stories are matched, beside a plain baseline, and how fast: `python -m benchmarks.matching`.

Quality is measured on files of labelled stories (`--labelled FILE...`), apart for the events that may be read
when rules are written and for the third that may not (`held_out`); speed on stories written here.
Times are CPU seconds of one core.
"""

import argparse
import math
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from benchmarks import other_news
from claims.matching.encoder import load_encoder
from claims.matching.evaluate import Prediction, Rate, Scores, evaluate, predict
from claims.matching.lexicon import Lexicon, load_lexicon
from claims.matching.matcher import Matcher
from claims.matching.meaning import Encoder, vectors_of
from claims.matching.page import MAX_CHARACTERS
from claims.matching.rows import Labelled, read_labelled
from claims.model import Claim, Evidence, Reading, Source, Stance, Story
from claims.seeding import read_claims
from claims.when import Day

SEEDS = Path(__file__).parent.parent / "seeds"
TYPED = Path(__file__).parent / "typed_claims.toml"
MANY = 1_000
ROUNDS = 300
BATCH = 5
"""Rounds whose stories are encoded together."""
DAY = 1_000
HOSTILE = ("5 people, ", "million ", "open arms ", "killed 5 people ", "rail wagon then some words. ")
STORIES = (
    ("en", "Seoul counts 9,000 containers shipped from Rajin to Russia", "They may hold artillery shells."),
    ("en", "Sample zoo welcomes two red pandas", "The keepers expect a crowd on Sunday."),
    ("ko", "북한, 러시아에 포탄 30만 발 추가 제공", "국방부는 컨테이너 2천 개가 나진항을 떠났다고 밝혔다."),
    ("ru", "Кремль отрицает поставки снарядов из КНДР", "Песков назвал сообщения беспочвенными."),
    ("uk", "ГУР: КНДР передала Росії 200 тис. снарядів", "Про це повідомив представник розвідки."),
    ("ja", "北朝鮮、ロシアに砲弾約20万発を供与か", "韓国の国家情報院が明らかにした。"),
    ("de", "Nordkorea schickt Soldaten nach Russland", "Laut Seoul sind es rund 3.000 Mann."),
)
_WORD = re.compile(r"\w+")
_BOTH = re.compile(
    r"(north korea|pyongyang|dprk).*(russia|moscow)|(russia|moscow).*(north korea|pyongyang|dprk)"
)
_ARMS = re.compile(r"arms|weapon|shell|missile|ammunition|munition|troops|soldier")
_OVERLAP = 0.25
_RATES = ("relevance", "links", "strict", "figures", "events")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labelled", type=Path, nargs="+", default=[], metavar="FILE")
    files: list[Path] = parser.parse_args().labelled
    lexicon, claims = load_lexicon(SEEDS / "lexicon"), read_claims(SEEDS / "claims.toml")
    encoder = load_encoder(SEEDS / "encoder")
    measure_speed(lexicon, claims, encoder)
    print("headlines of other matters")
    other_news.report(Matcher(lexicon, claims))
    print()
    if files:
        gold = [label for path in files for label in read_labelled(path)]
        stories = [g.story for g in gold]
        matched = {p.reading.story_id: p for p in predict(Matcher(lexicon, claims), stories, encoder)}
        report(f"matcher, encoder {encoder.model if encoder else 'not installed'}", evaluate(gold, matched))
        if encoder:
            words = {p.reading.story_id: p for p in predict(Matcher(lexicon, claims), stories)}
            report("matcher, without the encoder", evaluate(gold, words))
        for name, part in (("read", False), ("held out", True)):
            report(f"matcher, events {name}", evaluate([g for g in gold if held_out(g) is part], matched))
        typed = read_claims(TYPED)
        taught = {p.reading.story_id: p for p in predict(Matcher(lexicon, typed, claims), stories, encoder)}
        report("matcher, claims typed in one English sentence", evaluate(gold, taught))
        alone = {p.reading.story_id: p for p in predict(Matcher(lexicon, typed), stories, encoder)}
        report("the same, worded like nothing that is known", evaluate(gold, alone))
        plain = {p.reading.story_id: p for p in baseline(gold, claims)}
        report(
            "baseline (both countries and an arms word; weighted overlap with the claim)",
            evaluate(gold, plain),
        )


def measure_speed(lexicon: Lexicon, claims: Sequence[Claim], encoder: Encoder | None) -> None:
    """Measure and print how fast stories are read, and how much memory that takes; the encoder comes last."""
    matcher, wide = Matcher(lexicon, claims), Matcher(lexicon, [*claims, *synthetic(MANY - len(claims))])
    few, many = speed(matcher), speed(wide)
    print(f"speed: {few:,.0f} stories a second against {len(claims)} claims, {many:,.0f} against {MANY:,}")
    print(f"       {few / many:.2f} times the time for {MANY / len(claims):.0f} times the claims")
    hostile = {text: worst(matcher, text) for text in HOSTILE}
    print("       " + ", ".join(f"{text!r} {spent:.0f} ms" for text, spent in hostile.items()))
    begun = time.process_time()
    list(predict(matcher, one_day()))
    print(f"       {DAY:,} stories of one happening in {time.process_time() - begun:.1f} s")
    print(f"       {resident():.0f} MB of memory")
    if encoder:
        encoder.encode([""])
        few, many = speed(matcher, encoder), speed(wide, encoder)
        print(f"       with the encoder {few:,.0f} stories a second, {many:,.0f} against {MANY:,}")
        print(f"       and {resident():.0f} MB of memory\n")


def resident() -> float:
    """Return the megabytes of memory that this process holds; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    told = re.search(r"VmRSS:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(told[1]) / 1024 if told else 0.0


def held_out(label: Labelled) -> bool:
    """Say whether a story is one of the third that is only scored; an event is so as a whole."""
    return int(sha256((label.event or label.story.id).encode()).hexdigest(), 16) % 3 == 0


def worst(matcher: Matcher, text: str) -> float:
    """Return the milliseconds that a page of a repeated text takes, as long as is looked at."""
    moment = datetime(2024, 10, 1, tzinfo=UTC)
    summary = (text * MAX_CHARACTERS)[:MAX_CHARACTERS]
    story = Story("x", "", "", "Sample", summary, "en", Source("Sample", "Sample"), moment, moment)
    begun = time.process_time()
    matcher.read(story)
    return 1000 * (time.process_time() - begun)


def one_day() -> Iterator[Story]:
    """Write the stories of one happening, as many outlets tell it on one day."""
    moment = datetime(2024, 10, 1, tzinfo=UTC)
    for n in range(DAY):
        title = f"Seoul counts 9,000 containers shipped from Rajin to Russia, edition {n}"
        yield Story(str(n), "", f"{n}", title, "", "en", Source("Sample", "Sample"), moment, moment)


def report(name: str, scores: Scores) -> None:
    """Print scores, overall and by language."""
    print(f"{name}\n{'':5}{'stories':>8}" + "".join(f"{rate:>24}" for rate in _RATES) + f"{'stance':>8}")
    for code, row in (("all", scores), *scores.languages.items()):
        rates = "".join(f"{_words(getattr(row, rate)):>24}" for rate in _RATES)
        print(f"{code:5}{row.stories:>8}{rates}{row.stance:>8.3f}")
    print("precision / recall / F1; events are B-cubed\n")


def speed(matcher: Matcher, encoder: Encoder | None = None) -> float:
    """Return how many stories are read, and the relevant ones encoded, in a second of CPU time."""
    moment = datetime(2024, 10, 1, tzinfo=UTC)
    source = Source("Sample Herald", "Sample Herald")
    stories = [
        Story(str(n), "", "", title, summary, language, source, moment, moment)
        for n, (language, title, summary) in enumerate(STORIES * BATCH)
    ]
    begun = time.process_time()
    for _ in range(ROUNDS // BATCH):
        relevant = [story for story in stories if matcher.read(story).relevant]
        if encoder:
            vectors_of(encoder, relevant)
    return ROUNDS // BATCH * len(stories) / (time.process_time() - begun)


def synthetic(count: int) -> Iterator[Claim]:
    """Make claims of one sentence each, all different, whose profiles are derived."""
    who = ("Seoul", "Washington", "Kyiv", "A think tank", "A Tokyo paper")
    items = (
        "artillery shells",
        "missiles",
        "uniforms",
        "containers",
        "howitzers",
        "soldiers",
        "satellites",
        "oil",
    )
    ways = (
        "by rail",
        "by ship",
        "over the border",
        "through Rajin",
        "for the front",
        "in return for technology",
    )
    for n in range(count):
        body, item, way = who[n % 5], items[n // 5 % 8], ways[n // 40 % 6]
        statement = f"{body} says that North Korea sent Russia {item} {way}, lot {n}."
        yield Claim(id=f"synthetic-{n}", statement=statement, said_by=body, said_on=Day(2024))


def baseline(gold: Sequence[Labelled], claims: Sequence[Claim]) -> Iterator[Prediction]:
    """Match without any knowledge: words of both countries, and words shared with a claim by rarity."""
    texts = {claim.id: _bag(claim.statement) for claim in claims}
    seen = Counter(word for bag in texts.values() for word in bag)
    weight = {word: math.log(len(texts) / count) for word, count in seen.items()}
    for label in gold:
        story = label.story
        text = f"{story.title} {story.summary}".lower()
        words = _bag(text)
        scores = {
            key: _weigh(bag & words, weight) / (_weigh(bag, weight) or 1.0) for key, bag in texts.items()
        }
        links = tuple(
            Evidence(story.id, key, Stance.SUPPORTS, score)
            for key, score in scores.items()
            if score >= _OVERLAP
        )
        relevant = bool(_BOTH.search(text) and _ARMS.search(text))
        reading = Reading(story.id, relevant, float(relevant), story.language, links if relevant else ())
        yield Prediction(reading, f"alone {story.id}" if relevant else None)


def _bag(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _weigh(words: Iterable[str], weight: dict[str, float]) -> float:
    return sum(weight[word] for word in words)


def _words(rate: Rate) -> str:
    return f"{rate.precision:.3f} / {rate.recall:.3f} / {rate.f1:.3f}"


if __name__ == "__main__":
    main()
