"""Words and addresses made plain and comparable."""

import hashlib
import html
import json
import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

_BLOCK = re.compile(
    r"<(?=/?(?:article|blockquote|br|dd|div|dl|dt|figcaption|h[1-6r]|li|ol|p|section|t[dhr]|table|ul)\b)",
    re.IGNORECASE,
)
_UNSEEN = ("script", "style", "template")
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
# What HTML takes for a comment, and its words are gone.
_MARKED = re.compile(r"<!\[CDATA\[|\]\]>|<!\[[^>]*>?")
_NO_TAG = re.compile(r"<(?![A-Za-z/!?])")
_HTML = etree.HTMLParser(
    encoding="utf-8",
    remove_comments=True,
    remove_pis=True,
    no_network=True,
    huge_tree=False,
    collect_ids=False,
)

# Parameters that say how a reader came, not what is read (miniflux' list of trackers, and the BBC's at_).
_TRACKERS = re.compile(r"(?:utm_|at_|mc_|hsa_|pk_|mtm_).+|fbclid|gclid|yclid|dclid|msclkid|igshid|_openstat")


def plain_text(markup: str) -> str:
    """Return the words of HTML on one line: no tags, entities, control or direction characters.

    Feeds often escape twice, so tags that appear after the first pass are taken out as well.
    """
    text = markup
    for _ in range(2):
        text = _words(text) if _TAG.search(text) else html.unescape(text)
    return one_line(text)


def _words(markup: str) -> str:
    marked = _BLOCK.sub(" <", _NO_TAG.sub("&lt;", _MARKED.sub(" ", markup)))
    end = marked.rfind(">") + 1  # no tag ends beyond: a mark there is a sign of less
    marked = marked[:end] + marked[end:].replace("<", "&lt;")
    root = etree.fromstring(f"<p>{marked}</p>".encode("utf-8", "replace"), _HTML)
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    return etree.tostring(root, method="text", encoding="unicode")


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
