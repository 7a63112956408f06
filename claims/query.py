"""The words of a subscription: an expression that a story fits, or does not.

    containers (Rason OR Rajin) -denial          words; side by side, all of them are needed
    "artillery shells" OR missile*               phrases; a star stands for any ending
    NOT family:TASS AND (tag:troops OR 북한군)    fields; Korean, Chinese and Japanese are found inside words
    title:/[0-9]+,000 (containers|railcars)/     patterns in slashes, whatever the case (RE2's syntax)

Whatever is typed costs little: an expression is short and nests a few levels only, and a pattern takes time
in proportion to the text (github.com/google/re2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from re import compile as python_pattern

import re2
from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args

from claims.errors import UsageError
from claims.model import Stance
from claims.query_parts import FIELDS, Checked, Document, Group, Node, Not, Term, has_words, is_named, unified
from claims.text import fold, one_line

MAX_CHARACTERS = 1_000
"""Of an expression; the text field of a form takes four times as many
(discord.com/developers/docs/components/reference, text input)."""
MAX_NESTED = 20
"""Levels of parentheses and NOT."""
MAX_PATTERN = 200
"""Characters of one pattern."""
MAX_PATTERN_MEMORY = 1 << 20
"""Bytes that a compiled pattern may take: `max_mem` of re2/re2.h, an eighth of what it allows by itself."""

SYNTAX = 'write words, "phrases", AND, OR, NOT, ( ), /patterns/ or fields such as title:shells'
_SHOWN = 20
_STANCES = ", ".join(f"stance:{each}" for each in Stance)
_LANGUAGE = python_pattern(r"[a-z]{2}")
_UNCLOSED = {'"': "a quotation mark that is not closed", "/": "a pattern that is not closed"}
_NAMES = ("language", "claim", "tag", "stance")
"""Fields that hold names: these are compared whole."""

_GRAMMAR = r"""
    ?start: either
    either: both ("OR" both)*
    both: part ("AND"? part)*
    ?part: ("NOT" | "-") part   -> negated
        | "(" either ")"        -> nested
        | FIELD? WORD           -> word
        | FIELD? PHRASE         -> phrase
        | FIELD? PATTERN        -> pattern

    FIELD.2: /[^\W\d_]+:/
    PHRASE: /"[^"]*"|[“„][^“”„]*[“”]|«[^«»]*»/
    PATTERN: /\/(?:\\.|[^\/\\])+\//
    WORD: /(?!(?:AND|OR|NOT)(?![^ ()]))[^ ()"“”„«»\/:-][^ ()"“”„«»]*/
    %ignore " "
"""


@dataclass(frozen=True, slots=True)
class Query:
    """An expression that was understood."""

    words: str
    root: Node

    def matches(self, document: Document) -> bool:
        """Say whether a story fits."""
        return self.root.holds(document)

    def explain(self, document: Document) -> tuple[Checked, ...]:
        """Return for each term, in their order, whether the story has it."""
        return tuple(self.root.checked(document, wanted=True))


@lru_cache(maxsize=1_024)
def parse(words: str) -> Query:
    """Return an expression.

    Raises:
        UsageError: it is none; says at which place, what is wrong there and what to write.

    """
    typed = one_line(words)
    if not typed:
        raise UsageError(f"There are no words\n{SYNTAX}")
    if len(typed) > MAX_CHARACTERS:
        raise UsageError(f"The words have {len(typed):,} characters; write at most {MAX_CHARACTERS:,}")
    try:
        # Nodes are made from the leaves up while it is read, so that depth is known before any is climbed.
        return Query(typed, _reader().parse(typed))  # type: ignore[arg-type]  # what the transformer makes of it
    except UnexpectedInput as error:
        raise _unread(typed, error) from None


@v_args(inline=True)
class _Builder(Transformer[Token, Node]):
    """Makes the nodes of an expression."""

    def either(self, *parts: Node) -> Node:
        return _group(parts, needs_all=False)

    def both(self, *parts: Node) -> Node:
        return _group(parts, needs_all=True)

    def negated(self, part: Node) -> Node:
        return Not(part, _deeper(part))

    def nested(self, part: Node) -> Node:
        return Group((part,), needs_all=True, depth=_deeper(part))

    def word(self, *tokens: Token) -> Node:
        return _worded(tokens, tokens[-1])

    def phrase(self, *tokens: Token) -> Node:
        return _worded(tokens, tokens[-1][1:-1])

    def pattern(self, *tokens: Token) -> Node:
        return _patterned(tokens, tokens[-1][1:-1])


@cache
def _reader() -> Lark:
    """Return the parser, which is made when the first expression is read: a twentieth of any start."""
    return Lark(_GRAMMAR, parser="lalr", transformer=_Builder())


def _group(parts: tuple[Node, ...], *, needs_all: bool) -> Node:
    return parts[0] if len(parts) == 1 else Group(parts, needs_all, max(part.depth for part in parts))


def _deeper(part: Node) -> int:
    if part.depth >= MAX_NESTED:
        raise UsageError(f"The words are nested too deeply; write at most {MAX_NESTED} levels of ( ) and NOT")
    return part.depth + 1


def _worded(tokens: Sequence[Token], words: str) -> Node:
    field, begins = _field(tokens), words.endswith("*")
    sought = words.removesuffix("*")
    if "*" in sought:
        raise _wrong(tokens, "a star stands for any ending", "write it last, as in missile*")
    if field == "stance" and fold(sought) not in set(Stance):
        raise _wrong(tokens, "there is no such stance", f"write {_STANCES}")
    if field == "language" and not _LANGUAGE.fullmatch(fold(sought)):
        raise _wrong(tokens, "this is no language", "write its two letters (ISO 639-1), as in language:ko")
    try:
        finder = (is_named if field in _NAMES else has_words)(sought, begins=begins)
    except ValueError as none:
        raise _wrong(tokens, f"this {none}", SYNTAX) from None
    return Term("".join(tokens), field, finder)


def _patterned(tokens: Sequence[Token], pattern: str) -> Node:
    field = _field(tokens)
    if len(pattern) > MAX_PATTERN:
        raise _wrong(tokens, f"a pattern of {len(pattern)} characters", f"write at most {MAX_PATTERN}")
    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    options.max_mem = MAX_PATTERN_MEMORY
    try:
        compiled = re2.compile(unified(pattern.replace("\\/", "/")), options)
    except re2.error as error:
        said = error.args[0].decode("utf-8", "replace")
        raise _wrong(tokens, f"a pattern with a mistake: {said}", "write one as in /shells?/ (RE2)") from None
    return Term("".join(tokens), field, lambda said: compiled.search(unified(said)) is not None)


def _field(tokens: Sequence[Token]) -> str:
    if len(tokens) == 1:
        return "text"
    name = tokens[0].removesuffix(":").casefold()
    if name not in FIELDS:
        advice = f'write one of {", ".join(FIELDS)}, or quotation marks round it, as in "a: b"'
        raise _wrong(tokens, f"there is no field “{name}”", advice)
    return name


# ---- what is wrong -----------------------------------------------------------------------------------


def _wrong(tokens: Sequence[Token], what: str, advice: str) -> UsageError:
    return _mistake(tokens[0].start_pos or 0, "".join(tokens), what, advice)


def _mistake(at: int, here: str, what: str, advice: str) -> UsageError:
    shown = f"{here[:_SHOWN]}…" if len(here) > _SHOWN else here
    return UsageError(f"At character {at + 1}, “{shown}”: {what}\n{advice}")


def _unread(typed: str, error: UnexpectedInput) -> UsageError:
    """Return what cannot be read: where a token cannot stand, or what begins none."""
    at = error.pos_in_stream or 0
    if isinstance(error, UnexpectedToken):
        needed = "$END" not in error.expected
        if error.token.type == "$END":
            missing = "a ) is missing" if "RPAR" in error.expected else "a word is missing"
            return UsageError(f"At the end: {missing}\n{SYNTAX}")
        what = "a word is missing before this" if needed else "this cannot stand here"
    else:
        what = _UNCLOSED.get(typed[at], "this cannot stand here")
    return _mistake(at, typed[at:], what, SYNTAX)
