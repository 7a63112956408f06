"""Exports as the formats' own readers and validators see them.

These are loaded where they are used: each process of a run collects this file, and one of them runs it.
"""

import csv
import io
import json
import tomllib
import zipfile
from pathlib import Path

import pytest

from bot.exchange.csv_file import guarded, unguarded
from bot.exchange.formats import FORMATS
from tests.support import build, schema_org
from tests.support.exchange import CLAIMS, EDITION, HOSTILE, exported

SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "claims-export.schema.json"
DIGEST = EDITION.register
MADE = "2024-08-27T12:13:00Z"


def json_ld():
    """Return the JSON-LD processor."""
    from pyld import jsonld

    return jsonld


def parsed_stix(body):
    """Return the bundle as the library of OASIS reads it."""
    import stix2

    return stix2.parse(body, allow_custom=False)


def expanded():
    """Return the nodes of the ClaimReview export as a JSON-LD processor has them, by id or address."""
    document = json.loads(exported("claimreview"))
    nodes = json_ld().expand(document, {"documentLoader": schema_org.load})
    return {node.get("@id") or node["https://schema.org/url"][0]["@id"]: node for node in nodes}


def said(node, name):
    """Return the first value of a property of schema.org."""
    return node[f"https://schema.org/{name}"][0]["@value"]


def names(value):
    """Return every key and every type of a document."""
    if isinstance(value, list):
        return {name for each in value for name in names(each)}
    if not isinstance(value, dict):
        return set()
    own = {*value, *([value["@type"]] if "@type" in value else [])}
    return own | {name for each in value.values() for name in names(each)}


def test_json_is_of_its_schema():
    """The schema that is documented takes an export whole, and one of nothing."""
    import jsonschema

    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))

    for document in (json.loads(exported("json")), json.loads(exported("json", (), ()))):
        assert [error.message for error in validator.iter_errors(document)] == []
    assert document["register"] == {"digest": DIGEST, "edited_at": "2024-08-27T11:43:00Z"}


@pytest.mark.parametrize("name", FORMATS)
def test_every_export_says_when_and_from_which_register(name):
    """Whoever finds a file knows its age, its maker and the register that it was made from."""
    body = exported(name)
    if name == "csv":
        body = zipfile.ZipFile(io.BytesIO(body)).read("csv-metadata.json")
    words = body.decode()

    assert (DIGEST in words, MADE in words, "1.2.3" in words, "2024-08-27T11:43:00Z" in words) == (True,) * 4
    assert exported(name) == exported(name)


def test_csv_are_two_tables_without_formulas():
    """A spreadsheet opens both, shows every letter, and calculates nothing that somebody wrote."""
    packed = zipfile.ZipFile(io.BytesIO(exported("csv")))
    tables = {
        name: list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"), newline="")))
        for name in ("claims.csv", "evidence.csv")
    }
    metadata = json.loads(packed.read("csv-metadata.json"))

    assert [row["id"] for row in tables["claims.csv"]] == [claim.id for claim in CLAIMS]
    assert {row["claim"] for row in tables["evidence.csv"]} == {"full-claim"}
    assert tables["evidence.csv"][1]["headline"] == f"'{HOSTILE}"
    cells = [cell for rows in tables.values() for row in rows for cell in row.values()]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")] == []
    for table in metadata["tables"]:
        columns = [column["name"] for column in table["tableSchema"]["columns"]]
        assert columns == list(tables[table["url"]][0])


@pytest.mark.parametrize("cell", ["=1+1", "'=1", "''@x", "＝1", "'tis", "", "-", "\tx", "word", "'"])
def test_the_guard_of_a_cell_is_taken_off_again(cell):
    """What was exported is imported as it was, quotation marks of its own included."""
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in ("=", "-", "\t", "＝")


def test_toml_is_a_seed_file():
    """The register leaves as what it is seeded from."""
    document = tomllib.loads(exported("toml").decode())

    assert [claim["id"] for claim in document["claim"]] == [claim.id for claim in CLAIMS]
    assert document["claim"][0]["items"] == ["shells", HOSTILE]
    assert tomllib.loads(exported("toml", (), ()).decode()) == {"claim": []}


def test_stix_is_valid():
    """The library and the strict validator of OASIS take the bundle."""
    import stix2validator

    # Not followed is its advice on ids (103): ours are made from what they name, so that two exports speak of
    # the same objects; and on hashes (302), since nobody has one of a page that lies at an address.
    body = exported("stix").decode()
    options = stix2validator.ValidationOptions(version="2.1", strict=True, disabled=["103", "302"])
    found = stix2validator.validate_string(body, options)
    bundle = parsed_stix(body)

    assert [str(error) for error in found.errors] == []
    assert found.is_valid
    assert len({each.id for each in bundle.objects}) == len(bundle.objects)


def test_stix_says_who_saw_what_and_how_far_to_trust_it():
    """A sighting has its outlet, its letters and the confidence of Appendix A; a dispute is an opinion."""
    bundle = parsed_stix(exported("stix").decode())
    by_id = {each.id: each for each in bundle.objects}
    report = next(each for each in bundle.objects if each.type == "report" and "1,000" in each.name)
    seen = [each for each in bundle.objects if each.type == "sighting"]
    opinions = [each for each in bundle.objects if each.type == "opinion" and report.id in each.object_refs]

    assert {each.sighting_of_ref for each in seen} == {report.id}
    assert {by_id[each.where_sighted_refs[0]].name for each in seen} == {"Sample Herald"}
    first = next(each for each in seen if each.description == "Sample ship is seen")
    assert (first.count, first.confidence) == (1, 30)
    assert 'admiralty-scale:source-reliability="b"' in first.labels
    assert 'admiralty-scale:information-credibility="4"' in first.labels
    assert sorted(each.opinion for each in opinions) == ["disagree", "strongly-disagree", "strongly-disagree"]
    assert [each.content for each in bundle.objects if each.type == "note"] == ["Sample Check: mostly so"]


def test_claimreview_expands():
    """Every name in it is one of schema.org's, and a JSON-LD processor finds claims, reviews and stories."""
    nodes = expanded()
    claim = nodes["tag:claimwatch.invalid,2026:claims/full-claim"]
    compacted = json_ld().compact(list(nodes.values()), schema_org.CONTEXT)
    again = json_ld().expand(compacted, {"documentLoader": schema_org.load})

    assert said(claim, "text") == CLAIMS[0].statement
    assert said(claim["https://schema.org/author"][0], "name") == "White House"
    assert len(claim["https://schema.org/appearance"]) == 1
    assert len(again) == len(json.loads(exported("claimreview"))["@graph"])
    known = {*schema_org.NAMES, "@context", "@graph", "@id", "@type"}
    assert names(json.loads(exported("claimreview"))) <= known


def test_only_fact_checkers_rate():
    """A review by us has words and no rating."""
    nodes = expanded()
    ours = nodes["tag:claimwatch.invalid,2026:reviews/full-claim"]
    theirs = nodes["https://check.example/1"]

    assert "https://schema.org/reviewRating" not in ours
    assert said(ours, "reviewBody") == "disputed"
    assert said(theirs["https://schema.org/reviewRating"][0], "alternateName") == "mostly so"
    assert theirs["https://schema.org/itemReviewed"][0]["@id"].endswith("claims/full-claim")


def test_bibtex_is_read():
    """Every entry is whole whatever its title holds, each story stands there once, and keys stay."""
    import bibtexparser

    library = bibtexparser.parse_string(exported("bibtex").decode())
    titles = {entry.key: entry["title"] for entry in library.entries}

    assert library.failed_blocks == []
    assert len(titles) == 2 + 4
    assert (
        titles["sample-post-2023-" + next(key for key in titles if "post" in key)[-16:]]
        == "{A sample report}"
    )
    escaped = [title for title in titles.values() if "HYPERLINK" in title]
    assert all(r"\{\textbackslash{}input x\} \% \& \# \$ \_ \textasciicircum{}" in title for title in escaped)
    assert len(escaped) == 2
    assert {entry["url"] for entry in library.entries if "url" in entry.fields_dict} == {
        "https://post.example/1",
        "https://herald.example/a?b=1&c=%7Bx%7D",
        build.story("Sample ministry denies").url,
        "https://xn--d1arcx.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C",
    }
