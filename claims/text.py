"""Words and addresses made plain and comparable."""

import hashlib
import html
import json
import re
import unicodedata
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_BLOCKS = frozenset(
    [
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(("script", "style", "template"))
_SPACE = re.compile(r"\s+")
# The parser drops the words of CDATA and fails at other marked sections.
_MARKED = re.compile(r"<!\[CDATA\[|\]\]>|<!\[[^>]*>?")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")

# Parameters that say how a reader came, not what is read (miniflux' list of trackers, and the BBC's at_).
_TRACKERS = re.compile(r"(?:utm_|at_|mc_|hsa_|pk_|mtm_).+|fbclid|gclid|yclid|dclid|msclkid|igshid|_openstat")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


def plain_text(markup: str) -> str:
    """Return the words of HTML on one line: no tags, entities, control or direction characters.

    Feeds often escape twice, so tags that appear after the first pass are taken out as well.
    """
    text = markup
    for _ in range(2):
        if not (_TAG.search(text) or "&" in text):
            break
        words = _Words()
        marked = _MARKED.sub(" ", text)
        end = marked.rfind(">") + 1
        # No tag ends beyond: left as marks, each would be looked for to the end of the text (quadratic).
        words.feed(marked[:end] + marked[end:].replace("<", "&lt;"))
        words.close()
        text = "".join(words.parts)
    return one_line(html.unescape(text))


def one_line(text: str) -> str:
    """Return text without line breaks, control, direction, zero-width and surrogate characters.

    The zero-width joiner and non-joiner go too: no language that we read needs them, and they hide words.
    """
    seen = text
    if not text.isprintable():
        seen = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return _SPACE.sub(" ", seen).strip()


def fold(text: str) -> str:
    """Return text for comparing: compatibility forms unified (NFKC), case folded, white space single."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def canonical_url(url: str) -> str:
    """Return the address by which two links to one page compare equal: https, no fragment, no trackers.

    Other parameters stay: many Korean sites carry the article's number there. What is not an http address
    is returned as it came.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        return url.strip()
    if parts.scheme.lower() not in ("http", "https") or not host:
        return url.strip()
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    kept = [
        (k, v)
        for k, v in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKERS.fullmatch(k.lower())
    ]
    return urlunsplit(("https", netloc, parts.path or "/", urlencode(kept, errors="replace"), ""))


def story_id(feed_url: str, url: str, guid: str | None, title: str) -> str:
    """Return the key of a story within its feed: by its address, else its guid, else its title.

    16 hexadecimal digits of SHA-256: among a million stories of one feed a clash has odds of 1 in 37 million.
    """
    named = f"url {canonical_url(url)}" if url else f"guid {guid}" if guid else f"title {fold(title)}"
    return digest_key(feed_url, named)


def digest_key(*parts: str) -> str:
    """Return 16 hexadecimal digits that stand for these parts, whatever they hold."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
