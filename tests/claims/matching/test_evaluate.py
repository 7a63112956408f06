import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from claims.errors import RowError
from claims.matching.evaluate import Prediction, evaluate, predict
from claims.matching.matcher import Matcher
from claims.matching.rows import read_labelled, read_stories
from claims.model import Evidence, Figure, Reading, Stance
from tests.support.encoder import WordEncoder

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ROW = {
    "id": "a",
    "lang": "en",
    "published": "2024-01-02",
    "title": "Sample",
    "summary": "",
    "relevant": True,
    "claims": [{"id": "one", "stance": "supports"}, {"id": "two", "stance": "background"}],
    "figures": [{"unit": "shells", "value": 5}],
    "event": "e1",
}


def write(path: Path, *rows: dict[str, Any]) -> Path:
    """Write rows as JSON lines."""
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def said(story: str, event: str | None, *figures: Figure, **stances: Stance) -> Prediction:
    """Return a prediction; irrelevant where it has no event."""
    links = tuple(Evidence(story, claim, stance, 1.0) for claim, stance in stances.items())
    return Prediction(Reading(story, event is not None, 1.0, "en", links, figures), event)


def test_scores_by_hand(tmp_path: Path) -> None:
    """Rates over three stories equal what is counted by hand."""
    gold = read_labelled(
        write(
            tmp_path / "gold.jsonl",
            ROW,
            {**ROW, "id": "b", "claims": [{"id": "one", "stance": "disputes"}]},
            {**ROW, "id": "c", "event": "e2", "claims": [], "figures": []},
            {**ROW, "id": "d", "relevant": False, "claims": [], "figures": [], "event": "e3"},
        )
    )
    predicted = {
        "a": said("a", "x", Figure("shells", 4, 5), one=Stance.SUPPORTS, two=Stance.SUPPORTS),
        "b": said("b", "x", one=Stance.SUPPORTS),
        "c": said("c", "x", three=Stance.SUPPORTS),
        "d": said("d", "y"),
    }
    scores = evaluate(gold, predicted)
    assert (scores.relevance.precision, scores.relevance.recall) == (3 / 4, 1.0)
    assert (scores.links.precision, scores.links.recall, scores.links.n) == (2 / 3, 1.0, 2)
    assert (scores.strict.precision, scores.strict.recall) == (1 / 3, 1 / 2)
    assert (scores.any.precision, scores.any.recall) == (3 / 4, 1.0)
    assert (scores.figures.precision, scores.figures.recall) == (1 / 2, 1 / 2)
    assert scores.stance == 1 / 2
    assert scores.events.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert scores.events.recall == 1.0
    assert scores.languages["en"].links == scores.links


def test_unsure_rows_count_for_events_alone(tmp_path: Path) -> None:
    """A row marked unsure is left out of all other rates."""
    gold = read_labelled(write(tmp_path / "gold.jsonl", {**ROW, "unsure": True}))
    scores = evaluate(gold, {})
    assert (scores.links.n, scores.relevance.n, scores.events.n) == (0, 0, 1)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("not json", "no JSON: Expecting value"),
        ("[]", "list indices"),
        ('{"id": "a", "title": "t"}', "summary: missing"),
        ('{"id": 1, "title": "t", "summary": ""}', "id: a text is expected"),
        (json.dumps({**ROW, "published": "May"}), "“May” is not a day"),
        (json.dumps({**ROW, "relevant": "yes"}), "'yes' is neither true nor false"),
        (json.dumps({**ROW, "claims": [{"id": "one", "stance": "likes"}]}), "likes"),
        (json.dumps({k: v for k, v in ROW.items() if k != "figures"}), "figures: missing"),
    ],
)
def test_mistakes_name_file_and_line(tmp_path: Path, row: str, told: str) -> None:
    """A row that cannot be read is told with its file, its line and what is wrong."""
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n\n{row}\n", encoding="utf-8")
    with pytest.raises(RowError) as error:
        read_labelled(path)
    assert f"{path}, line 3" in str(error.value)
    assert told in str(error.value)


def test_missing_file_is_told(tmp_path: Path) -> None:
    """A file that is not there is an error that names it."""
    with pytest.raises(RowError, match=r"nowhere\.jsonl: No such file or directory$"):
        read_stories(tmp_path / "nowhere.jsonl", NOW)


def test_story_without_a_day_is_as_old_as_the_one_before(tmp_path: Path) -> None:
    """A row without a day takes the moment of the row before it, and is of today where there is none."""
    bare = {**ROW, "published": None}
    opening, first, second = read_stories(write(tmp_path / "s.jsonl", bare, ROW, bare), NOW)
    assert (opening.at, second.at) == (NOW, first.at)


def test_predictions_group_as_they_come(tmp_path: Path, matcher: Matcher) -> None:
    """Stories of one happening share an event, an irrelevant one has none, and a row says it all."""
    title = "Seoul says North Korea shipped 9,000 containers of shells to Russia"
    rows = [
        {"id": "a", "title": title, "summary": "", "lang": "en", "published": "2024-08-27"},
        {"id": "b", "title": f"{title}, reports say", "summary": "", "lang": "en", "published": "2024-08-28"},
        {"id": "c", "title": "Sample zoo opens", "summary": "", "lang": "en", "published": "2024-08-28"},
    ]
    a, b, c = (p.row() for p in predict(matcher, read_stories(write(tmp_path / "s.jsonl", *rows), NOW)))
    assert a["event"] == b["event"] is not None
    assert (c["relevant"], c["event"], c["claims"]) == (False, None, [])
    assert {"unit": "containers", "value": 9_000.0, "qualifier": "exact"} in a["figures"]
    assert set(a) == {"id", "relevant", "score", "claims", "figures", "origin", "lang", "event"}
    assert a["claims"][0]["why"]


def test_predictions_group_by_meaning_where_there_is_an_encoder(tmp_path: Path, matcher: Matcher) -> None:
    """An encoder is asked for relevant stories alone, and what means the same shares an event."""
    rows = [
        {"id": "a", "title": "North Korean workers build drones at Alabuga in Russia", "summary": "(Wire)"},
        {"id": "b", "title": "Sample zoo opens", "summary": ""},
        {
            "id": "c",
            "title": "Moscow employs workers from Pyongyang in thousands",
            "summary": "By Wire staff",
        },
    ]
    stories = read_stories(
        write(tmp_path / "s.jsonl", *({**row, "published": "2025-08-28"} for row in rows)), NOW
    )
    encoder = WordEncoder(("Wire",))

    plain, _, apart = (p.event for p in predict(matcher, stories))
    first, irrelevant, joined = (p.event for p in predict(matcher, stories, encoder))

    assert plain != apart
    assert first == joined == plain
    assert irrelevant is None
    assert len(encoder.asked) == 2


def test_range_gives_two_figures() -> None:
    """Both ends of a range are told."""
    row = said("a", "x", Figure("troops", 10_000, 12_000)).row()
    assert [f["value"] for f in row["figures"]] == [10_000, 12_000]
