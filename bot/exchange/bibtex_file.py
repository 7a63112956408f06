"""The reports and stories behind claims as BibTeX, in UTF-8 (as biber and modern BibTeX programs read it).

Entries are `@misc`, which asks for no author: few stories name one. `date`, `url` and `langid` are biblatex'
own, beside `year` and `month` for BibTeX; `keywords` names the first claim that an entry bears on.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import BinaryIO
from urllib.parse import quote

from bot.exchange.model import MAKER, Export, iso, sure
from bot.render.link import web_address
from claims.dossier import Dossier
from claims.independence import outlet
from claims.model import Claim, Reference, Story
from claims.text import digest_key
from claims.when import Day

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_SPECIAL = re.compile("[" + re.escape("".join(_LATEX)) + "]")


class BibtexWriter:
    """An entry for each report and story, once; of stories it keeps which were written."""

    def __init__(self, out: BinaryIO, export: Export) -> None:
        self._out = out
        self._written: set[str] = set()
        edition = export.edition
        edited = f", last edited {iso(edition.edited_at)}" if edition.edited_at else ""
        self._write(f"% Sources of claims, by {MAKER} {edition.version} at {iso(edition.made_at)}\n")
        self._write(f"% Register {edition.register}{edited}\n")

    def add(self, dossier: Dossier) -> None:
        """Write the reports of a claim and the stories that surely bear on it."""
        for source in dossier.claim.sources:
            self._report(source, dossier.claim)
        for member, _link, _event in sure(dossier):
            self._story(member.story, dossier.claim)

    def end(self) -> None:
        """Leave it at that: every entry is whole."""

    def _report(self, source: Reference, claim: Claim) -> None:
        key = _key(source.outlet, source.day, digest_key(source.title, source.outlet, source.url or ""))
        self._entry(key, source.title, source.outlet, source.day, source.url or "", claim, ())

    def _story(self, story: Story, claim: Claim) -> None:
        name, day = outlet(story), Day.of(story.at.date())
        language = (("langid", story.language),) if story.language != "und" else ()
        self._entry(_key(name, day, story.id), story.title, name, day, story.url, claim, language)

    def _entry(
        self,
        key: str,
        title: str,
        by: str,
        day: Day | None,
        url: str,
        claim: Claim,
        more: Iterable[tuple[str, str]],
    ) -> None:
        if key in self._written:
            return
        self._written.add(key)
        address = web_address(url)
        fields = [
            # The second pair of braces keeps the capitals of names.
            ("title", f"{{{latex(title)}}}"),
            ("howpublished", latex(by)),
            *([("date", str(day)), ("year", str(day.year))] if day else []),
            *([("month", _MONTHS[day.month - 1])] if day and day.month else []),
            # Verbatim to LaTeX, where a brace or a backslash would end it.
            *([("url", quote(address, safe="%/:?!$&+,;=~#"))] if address else []),
            *more,
            ("keywords", latex(claim.id)),
        ]
        lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields]
        self._write(f"\n@misc{{{key},\n" + ",\n".join(lines) + "\n}\n")

    def _write(self, words: str) -> None:
        self._out.write(words.encode("utf-8", "replace"))


def latex(words: str) -> str:
    """Return words as LaTeX prints them."""
    return _SPECIAL.sub(lambda found: _LATEX[found[0]], words)


def _key(name: str, day: Day | None, unique: str) -> str:
    """Return a key that stays: who published, the year, and what tells it from others of the two."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", bare))[:24].strip("-") or "source"
    return f"{slug}-{day.year if day else 'nd'}-{unique}"
