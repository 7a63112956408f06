"""A card as lines of a terminal: labels in a left column, values wrapped beside them."""

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import groupby, zip_longest

from rich.console import Console
from rich.text import Text

from bot.card import BETWEEN, Card, Line, Link, Marked, Quote, Span, Strong, Tone
from bot.render.link import web_address
from claims.text import one_line

_TONES = {
    Tone.NEWS: "bold green",
    Tone.FIGURE: "bold cyan",
    Tone.DISPUTE: "bold magenta",
    Tone.DIGEST: "bold blue",
    Tone.ANSWER: "bold",
    Tone.TROUBLE: "bold yellow",
}
_STYLES: dict[type, str] = {Strong: "bold", Marked: "underline"}
_FAINT = "dim"
_INDENT = 2
_BEFORE = Text(" " * _INDENT)
_GAP = 2
_LABELS = 40
"""Percent of the columns that labels may take."""
_NARROWEST = 20


def render(card: Card, width: int, colour: bool) -> str:
    """Return a card as text of at most `width` columns, every line ended, without trailing space.

    Only an address may be longer: it stands whole on a line of its own, so that it can be opened and copied.

    A line that begins with something strong is an entry: that is set in a left column like the name of a
    field. Marked words stand in brackets, with `colour` underlined too. Wide characters count as two columns.
    Control, escape and direction characters are taken out of whatever a feed or a member wrote. With `colour`
    the text holds ANSI styles, and no other sequence.
    """
    out = StringIO()
    console = Console(
        file=out,
        width=max(width, _NARROWEST),
        height=1,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for line in _lines(card, console):
        console.print(line, soft_wrap=True)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _lines(card: Card, console: Console) -> Iterator[Text]:
    """Yield the lines of a card, no words wider than the console."""
    top = [Text(one_line(card.heading), _TONES[card.tone])] if card.heading else []
    top.append(Text(one_line(card.title), "bold" if card.heading else _TONES[card.tone]))
    address = web_address(card.url or "")
    if address and address not in _addresses(card):
        top.append(_address(address))
    yield from _wrapped(top, console)
    for entries, lines in groupby(card.lines, key=_is_entry):
        if entries:
            yield from _columns([(_words_of(line[:1]), _text(_rest(line))) for line in lines], console)
        else:
            for line in lines:
                yield from (_BEFORE + each for each in _wrapped(_text(line), console, _INDENT))
    fields = [(Text(one_line(f.name), _FAINT, overflow="fold"), _text(f.value)) for f in card.fields]
    yield from _columns(fields, console)
    if card.footer:
        yield from _wrapped([Text(one_line(card.footer), _FAINT)], console)


def _addresses(card: Card) -> set[str]:
    spans = [span for line in (*card.lines, *(field.value for field in card.fields)) for span in line]
    return {web_address(span.url) or "" for span in spans if isinstance(span, Link)}


def _columns(rows: Sequence[tuple[Text, Sequence[Text]]], console: Console) -> Iterator[Text]:
    """Yield lines with labels at the left, as wide as the longest, but never most of the console."""
    longest = max((label.cell_len for label, _ in rows), default=0)
    labels = min(longest, console.width * _LABELS // 100)
    start = _INDENT + labels + _GAP
    for label, values in rows:
        left = _wrapped([label], console, console.width - labels)
        for words, line in zip_longest(left, _wrapped(values, console, start), fillvalue=Text()):
            gap = " " * (start - _INDENT - words.cell_len)
            yield Text.assemble(_BEFORE, words, gap, line)


def _wrapped(texts: Iterable[Text], console: Console, less: int = 0) -> Iterator[Text]:
    """Yield the lines of texts in the width of the console less some columns."""
    for text in texts:
        yield from text.wrap(console, console.width - less)


def _is_entry(line: Line) -> bool:
    return bool(line) and isinstance(line[0], Strong)


def _rest(line: Line) -> Line:
    """Return what follows the strong beginning of an entry, without the colon that parts the two."""
    first, *others = line[1:] or ("",)
    return (first.removeprefix(": ") if isinstance(first, str) else first, *others)


def _text(line: Line) -> list[Text]:
    """Return a line with the addresses of its links where they can be copied: each below the words.

    A line that lists things with links has each of them in a row of its own (`BETWEEN`).
    """
    between = [place for place, span in enumerate(line) if span == BETWEEN]
    if not between or not any(isinstance(span, Link) for span in line):
        return _row(line)
    starts, ends = [0, *(place + 1 for place in between)], [*between, len(line)]
    return [text for start, end in zip(starts, ends, strict=True) for text in _row(line[start:end])]


def _row(line: Line) -> list[Text]:
    links = [web_address(span.url) for span in line if isinstance(span, Link)]
    return [_words_of(line), *(_address(link) for link in links if link)]


def _words_of(line: Line) -> Text:
    return Text.assemble(*((_words(span), _STYLES.get(type(span), "")) for span in line), overflow="fold")


def _address(link: str) -> Text:
    return Text(link, _FAINT, no_wrap=True, overflow="ignore")


def _words(span: Span) -> str:
    """Return clean words; the spaces at the ends of a span are kept, for they part it from its neighbours."""
    if isinstance(span, Quote):
        return f"“{one_line(span.words)}”"
    if isinstance(span, Marked):
        return f"[{one_line(span.words)}]"
    words = span if isinstance(span, str) else span.words
    before, after = words[:1].isspace(), words[-1:].isspace()
    clean = one_line(words)
    return f"{' ' * before}{clean}{' ' * after}" if clean else " " * (before or after)
