"""The one table of formats in which claims leave and come back."""

from collections.abc import Mapping

from bot.exchange.bibtex_file import BibtexWriter
from bot.exchange.claimreview_file import ClaimReviewWriter
from bot.exchange.csv_file import CsvWriter
from bot.exchange.json_file import JsonWriter
from bot.exchange.model import Format
from bot.exchange.stix_file import StixWriter
from bot.exchange.toml_file import TomlWriter

FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("json", ".json", JsonWriter),
        Format("csv", ".zip", CsvWriter),
        Format("toml", ".toml", TomlWriter),
        Format("claimreview", ".jsonld", ClaimReviewWriter),
        Format("stix", ".json", StixWriter),
        Format("bibtex", ".bib", BibtexWriter),
    )
}
"""By name."""
