"""A card as lines of a terminal: labels in a left column, values wrapped beside them."""

from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
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
_GAP = 2
_LABEL = 24
"""Columns that labels keep when the terminal is narrow."""
_NARROWEST = 20


def render(card: Card, width: int, colour: bool, *, whole: bool = False) -> str:
    """Return a card as text of at most `width` columns, every line ended, without trailing space.

    With `whole` it is as wide as its longest address, so that none is broken where a file or a program reads.

    A line that begins with something strong is an entry: that is set in a left column like the name of a
    field. Marked words stand in brackets, with `colour` underlined too. Wide characters count as two columns.
    Control, escape and direction characters are taken out of whatever a feed or a member wrote. With `colour`
    the text holds ANSI styles, and no other sequence.
    """
    if whole:
        width = max(width, _room(card))
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
    for block in _blocks(card):
        console.print(block)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _blocks(card: Card) -> Iterator[Text | Padding]:
    if card.heading:
        yield Text(one_line(card.heading), _TONES[card.tone])
    yield Text(one_line(card.title), "bold" if card.heading else _TONES[card.tone])
    shown = _addresses(card)
    address = web_address(card.url or "")
    if address and address not in shown:
        yield Text(address, _FAINT)
    for entries, lines in groupby(card.lines, key=_is_entry):
        if entries:
            yield _columns([(_text(line[:1]), _text(_rest(line))) for line in lines])
        else:
            yield from (Padding(_text(line), (0, 0, 0, _INDENT)) for line in lines)
    if card.fields:
        yield _columns([(Text(one_line(f.name), _FAINT), _text(f.value)) for f in card.fields])
    if card.footer:
        yield Text(one_line(card.footer), _FAINT)


def _addresses(card: Card) -> set[str]:
    spans = [span for line in (*card.lines, *(field.value for field in card.fields)) for span in line]
    return {web_address(span.url) or "" for span in spans if isinstance(span, Link)}


def _room(card: Card) -> int:
    """Return the columns in which every address of a card fits beside its labels."""
    names = [field.name for field in card.fields]
    names += [_text(line[:1]).plain for line in card.lines if _is_entry(line)]
    labels = max((cell_len(one_line(name)) for name in names), default=0)
    addresses = max(map(cell_len, (*_addresses(card), web_address(card.url or "") or "")))
    return _INDENT + labels + _GAP + addresses


def _columns(rows: Sequence[tuple[Text, Text]]) -> Padding:
    table = Table.grid(padding=(0, _GAP, 0, 0))
    table.add_column(overflow="fold", min_width=min(_LABEL, max(label.cell_len for label, _ in rows)))
    table.add_column(overflow="fold")
    for label, value in rows:
        table.add_row(label, value)
    return Padding(table, (0, 0, 0, _INDENT))


def _is_entry(line: Line) -> bool:
    return bool(line) and isinstance(line[0], Strong)


def _rest(line: Line) -> Line:
    """Return what follows the strong beginning of an entry, without the colon that parts the two."""
    first, *others = line[1:] or ("",)
    return (first.removeprefix(": ") if isinstance(first, str) else first, *others)


def _text(line: Line) -> Text:
    """Return a line with the addresses of its links where they can be copied: at its end.

    A line that lists things with links has each of them in a row of its own (`BETWEEN`).
    """
    between = [place for place, span in enumerate(line) if span == BETWEEN]
    if not between or not any(isinstance(span, Link) for span in line):
        return _row(line)
    starts, ends = [0, *(place + 1 for place in between)], [*between, len(line)]
    rows = [_row(line[start:end]) for start, end in zip(starts, ends, strict=True)]
    return Text("\n", overflow="fold").join(rows)


def _row(line: Line) -> Text:
    words = [(_words(span), _STYLES.get(type(span), "")) for span in line]
    links = [web_address(span.url) for span in line if isinstance(span, Link)]
    return Text.assemble(*words, *((f" {link}", _FAINT) for link in links if link), overflow="fold")


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
