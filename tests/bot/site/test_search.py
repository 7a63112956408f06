"""The index of the site: how it is parted, cut and found again."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from bot.site.folding import terms
from bot.site.search import SHARD_CHARACTERS, Entry, Kind, Part, directory_file, part_files, spans

DAY = date(2025, 8, 25)


def entries(*titles: str) -> list[Entry]:
    """Return an entry for each title."""
    return [
        Entry(f"events/{number}.html", title, "", DAY, "Sample Wire") for number, title in enumerate(titles)
    ]


def content(files: Mapping[str, bytes], path: str) -> Any:
    """Return what a file hands to the page, once it is seen to hand it over under its own name."""
    name, _, rest = files[path].decode().removeprefix("claimwatch(").partition(",")
    assert f"search/{json.loads(name)}.js" == path
    return json.loads(rest.removesuffix(");\n"))


def numbers(part: Part, files: Mapping[str, bytes], term: str) -> list[int]:
    """Return the entries that hold a term, by the steps from one to the next."""
    found: list[int] = []
    for shard in range(len(part.starts)):
        for step in content(files, f"search/{part.name}/t{shard}.js").get(term, []):
            found.append(step + (found[-1] if found else 0))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells, SHELLS and Shell-makers", ["shells", "shells", "and", "shell", "makers"]),
        ("at least 13,000 of 6 700", ["at", "least", "13000", "of", "6", "700"]),
        ("Straße, STRASSE, Ὀδυσσεύς", ["strasse", "strasse", "οδυσσευσ"]),
        ("Ёлка и Йод", ["елка", "и", "иод"]),
        ("Київ: об'єкт", ["киів", "об", "єкт"]),
        ("북한이 KN-23을", ["북한", "한이", "이", "kn", "23", "을"]),
        ("朝鮮の砲弾", ["朝鮮", "鮮の", "の砲", "砲弾", "弾"]),
        ("ｶﾞｽ ガス", ["ガス", "ス", "ガス", "ス"]),
        ("كُورِيَا أسلحة", ["كوريا", "اسلحة"]),
        ("x" * 40, ["x" * 24]),
        ("<b>&amp; ''--", ["b", "amp"]),
        ("", []),
    ],
)
def test_terms_of_a_text(text: str, expected: list[str]) -> None:
    """Case, marks and compatibility forms do not count, and scripts without spaces are cut in pairs."""
    assert list(terms(text)) == expected


def test_spans_keep_what_is_old_apart() -> None:
    """A few entries are one part; more are parted by year, month, then day, the newest first."""
    few = {DAY: 3, DAY - timedelta(days=400): 2}
    year = {date(2024, 5, 17): 3_000, date(2025, 8, 25): 3_000}
    months = {date(2024, 5, 17): 3, date(2025, 8, 25): 3_000, date(2025, 9, 1): 3_000}
    flood = {date(2025, 8, 1): 20_000, date(2025, 8, 2): 20_000}

    assert spans({}) == []
    assert spans({DAY: 0}) == []
    assert spans(few) == [""]
    assert spans(year) == ["2025", "2024"]
    assert spans(months) == ["2025-09", "2025-08", "2024"]
    assert spans(flood) == ["2025-08-02", "2025-08-01"]


def test_an_entry_is_found_by_every_word_of_it() -> None:
    """Title, note and unseen words lead to the number of the entry, once each."""
    shown = Entry("claims/a.html", "Shells, shells", "artillery", DAY, "White House")

    part, files = part_files(Kind.CLAIM, "", [*entries("Trains"), shown])

    assert [numbers(part, files, term) for term in ("shells", "artillery", "house", "wire", "none")] == [
        [1],
        [1],
        [1],
        [0],
        [],
    ]
    assert content(files, "search/claims/e0.js")[1] == [
        "claims/a.html",
        "Shells, shells",
        "2025-08-25",
        "White House",
    ]


def test_shards_stay_small_and_in_order() -> None:
    """No shard grows past its size, and each begins with the term that the directory names."""
    part, files = part_files(
        Kind.STORY, "2025", entries(*(f"word{number} 말{number}" for number in range(9_000)))
    )

    sizes = [len(files[path]) for path in files if "/t" in path]
    assert len(sizes) == len(part.starts) > 1
    assert max(sizes) < 1.5 * SHARD_CHARACTERS
    assert [next(iter(content(files, f"search/{part.name}/t{n}.js"))) for n in range(len(sizes))] == [
        *part.starts
    ]
    assert sorted(part.starts, key=lambda start: start.encode("utf-16-be")) == [*part.starts]
    assert numbers(part, files, "wire") == [*range(9_000)]
    assert len(content(files, f"search/{part.name}/e44.js")) == 200


def test_what_feeds_write_stays_data() -> None:
    """Quotation marks, ends of scripts and names that JavaScript knows are text, and a long title is cut."""
    hostile = '</script>"); alert(1); ("\u2028 __proto__ constructor'

    part, files = part_files(Kind.STORY, "", entries(hostile, "x" * 5_000))

    first, second = content(files, "search/stories/e0.js")
    assert first[1] == hostile
    assert len(second[1]) == 300
    assert second[1].endswith("…")
    assert numbers(part, files, "proto") == numbers(part, files, "constructor") == [0]


def test_the_directory_names_parts_as_answers_come() -> None:
    """Claims stand before events before stories, and of each the newest first."""
    made = [
        part_files(kind, span, entries("One"))[0]
        for kind in reversed(Kind)
        for span in ("2023", "2025", "2024")
    ]

    path, file = directory_file(made)

    rows = content({path: file}, path)
    assert [row[:2] for row in rows] == [[kind, span] for kind in Kind for span in ("2025", "2024", "2023")]
    assert rows[0] == ["claims", "2025", 1, ["one"]]


def test_the_same_entries_are_the_same_bytes() -> None:
    """A part that did not change gives the files that are there already."""

    def files(titles: Iterable[str]) -> dict[str, bytes]:
        return part_files(Kind.EVENT, "", entries(*titles))[1]

    titles = [f"Story {number} of shells" for number in range(300)]
    changed = {
        path
        for path, file in files(titles).items()
        if files([*titles[:-1], "Story 299 of trains"]).get(path) != file
    }

    assert files(titles) == files(titles)
    assert changed == {"search/events/e1.js", "search/events/t0.js"}
