"""The words by which a story is recognised: concepts as people say them, and marks in their places. Pure."""

from collections.abc import Collection, Iterable, Iterator

from bot import phrases
from bot.card import Line, Marked
from bot.language import _
from claims.model import Mark, Story
from claims.why import placed

_TEXT = 1_500
_CONCEPTS = 4


def words_of(group: Iterable[str]) -> str:
    """Return a group of concepts, any of which will do, in words: `arms or shells or “rason”`."""
    return phrases.listed([name(concept) for concept in group], _CONCEPTS, between=_(" or "))


def name(concept: str) -> str:
    """Return a concept in words; a word that only a claim brings stands in quotes."""
    before, of_claim, word = concept.partition("term: ")
    return _("“{words}”").format(words=word) if of_claim and not before else concept


def marked(story: Story, marks: Collection[Mark]) -> tuple[Line, Line]:
    """Return headline and text with the marked words in place; words that touch are marked as one."""
    joined: list[tuple[int, int]] = []
    for mark in placed(story, marks):
        if joined and joined[-1][1] == mark.start:
            joined[-1] = (joined[-1][0], mark.end)
        else:
            joined.append((mark.start, mark.end))
    head = len(story.title)
    text = story.text
    end = min(len(text), head + 1 + _TEXT)
    rest = tuple(_spans(text, joined, head + 1, end))
    return tuple(_spans(text, joined, 0, head)), (*rest, "…") if end < len(text) else rest


def _spans(text: str, marks: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[str | Marked]:
    at = start
    for first, last in marks:
        if start <= first and last <= end:
            if text[at:first]:
                yield text[at:first]
            yield Marked(text[first:last])
            at = last
    if text[at:end]:
        yield text[at:end]
