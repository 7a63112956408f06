"""What the addresses of a page or a sitemap say: which are stories, and in which words."""

import re
from urllib.parse import unquote, urljoin, urlsplit

# The last part of an address that leads to one story: a number of three digits or more, or three words.
_STORY = re.compile(r"\d{3}|[^\W_]{2,}(?:[-_][^\W_]+){2,}")
_ENDING = re.compile(r"\.\w{1,5}$")
_WORD = re.compile(r"[^\W_]+")


def matches(links: str, address: str, base_url: str) -> bool:
    """Say whether `Feed.links` stands for an address.

    Every `*` is any characters; what begins with `/` is of the site of `base_url`.
    """
    pattern = urljoin(base_url, links) if links.startswith("/") else links
    first, *rest = pattern.split("*")
    if not rest:
        return address == pattern
    *middle, last = rest
    if not address.startswith(first):
        return False
    at = len(first)
    for part in middle:
        if (found := address.find(part, at)) < 0:
            return False
        at = found + len(part)
    return address.endswith(last) and len(address) - len(last) >= at


def looks_like_story(address: str, base_url: str) -> bool:
    """Say whether an address is one of a story where nobody said which are.

    It is on the same host, and the last part of its path, or its query, holds a number of three digits or
    more, or three words joined by hyphens or underscores.
    """
    parts, page = urlsplit(address), urlsplit(base_url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return parts.hostname == page.hostname and bool(_STORY.search(last) or _STORY.search(parts.query))


def words_of(url: str) -> str:
    """Return the words of the last part of an address that has some: `/2026/Rason-port.html` -> `Rason port`.

    Empty where it has none but numbers.
    """
    for part in reversed(urlsplit(url).path.split("/")):
        words = _WORD.findall(_ENDING.sub("", unquote(part)))
        if any(not word.isdecimal() for word in words):
            return " ".join(words)
    return ""
