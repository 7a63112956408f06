"""Words and addresses made plain and comparable."""

import hashlib
import html
import json
import re
import unicodedata
from functools import lru_cache
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
# Redirects that name the page that they lead to, and where; news.google.com/rss/articles/ names none.
_REDIRECTS = (
    (re.compile(r"(?:www\.|news\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?/(?:news/)?url"), ("url", "q")),
    (re.compile(r"(?:www\.)?bing\.com/news/apiclick\.aspx"), ("url",)),
)
# What stands before a page's address in AMP caches (amp.dev, "AMP cache URL format") and in Google's viewer.
_CACHE = re.compile(
    r"(?:[\w-]+\.cdn\.ampproject\.org/[cv]|(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?/amp)/(?:s/)?(?=[^/]+\.)"
)
_WRAPPERS = (".ampproject.org", "bing.com")
_FRONT = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.[^.])")
_AMP = {("amp", ""), ("amp", "1"), ("amp", "true"), ("output", "amp"), ("outputtype", "amp")}

# What the parameters are called that open a feed to one reader alone.
_KEY = re.compile(
    r"(?<=[?&])((?:[\w.-]{0,40}[_.-])?(?:api_?key|key|token|secret|auth|sig|signature|password|pwd)=)[^&#\s\"'<>]+",
    re.IGNORECASE,
)
_Parts = tuple[str, str, list[tuple[str, str]]]


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


def without_keys(text: str) -> str:
    """Return text, such as an address, with `...` for the keys in its addresses: `?feed=7&token=...`."""
    return _KEY.sub(r"\1...", text)


def fold(text: str) -> str:
    """Return text for comparing: compatibility forms unified (NFKC), case folded, white space single."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


@lru_cache(maxsize=1_024)
def canonical_url(url: str) -> str:
    """Return the address by which two links to one page compare equal; not one to show or to ask.

    https, no fragment, no trackers; the page behind redirects and caches of search engines; the full page in
    place of its AMP and mobile forms. Other parameters stay: many Korean sites carry the article's number
    there. What is not an http address is returned as it came.
    """
    parts = _parts(url)
    while parts and (inner := _wrapped(*parts)):
        parts = _parts(inner)
    if parts is None:
        return url.strip()
    host, path, query = parts
    kept = [(key, value) for key, value in query if (key.lower(), value.lower()) not in _AMP]
    return _joined(_FRONT.sub("", host), _full_page(path), kept)


def is_plain(url: str) -> bool:
    """Say whether an address is a page's own: without trackers, redirect or cache, no AMP or mobile form."""
    parts = _parts(url)
    if parts is None:
        return True
    host, path, query = parts
    told = parse_qsl(urlsplit(url.strip()).query, keep_blank_values=True)
    return (
        canonical_url(url) == _joined(host.removeprefix("www."), path.rstrip("/") or "/", query)
        and told == query
    )


def _full_page(path: str) -> str:
    """Return the path of a page without the marks of its AMP form and without slashes at its end."""
    while True:
        if path.endswith("/"):
            shorter = path.rstrip("/")
        else:
            stem, dot, ending = path.rpartition(".")
            html_form = dot and ending in ("htm", "html") and stem.endswith(".amp")
            shorter = f"{stem[:-4]}.{ending}" if html_form else path.removesuffix("/amp").removesuffix(".amp")
        if shorter == path or not shorter.strip("/"):
            return path
        path = shorter


def story_id(feed_url: str, url: str, guid: str | None, title: str) -> str:
    """Return the key of a story within its feed: by its address, else its guid, else its title.

    16 hexadecimal digits of SHA-256: among a million stories of one feed a clash has odds of 1 in 37 million.
    """
    named = f"url {canonical_url(url)}" if url else f"guid {guid}" if guid else f"title {fold(title)}"
    return digest_key(feed_url, named)


def former_id(feed_url: str, url: str) -> str:
    """Return the key that an older release gave the story of an address.

    It took redirects, caches, AMP and mobile forms for pages of their own.
    """
    parts = _parts(url)
    return digest_key(feed_url, f"url {_joined(*parts) if parts else url.strip()}")


def _wrapped(host: str, path: str, query: list[tuple[str, str]]) -> str | None:
    """Return the address inside an address, or None."""
    if not host.endswith(_WRAPPERS) and "google." not in host:
        return None
    place = host + path
    if cache := _CACHE.match(place):
        return f"https://{place[cache.end() :]}?{urlencode(query, errors='replace')}"
    for redirect, names in _REDIRECTS:
        if redirect.fullmatch(place):
            named = (value for name in names for key, value in query if key == name)
            return next((value for value in named if value.startswith(("http://", "https://"))), None)
    return None


def _parts(url: str) -> _Parts | None:
    """Return host (and port), path and parameters but for trackers, or None where it is no http address."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    if ":" in host:
        host = f"[{host}]"
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in query if not _TRACKERS.fullmatch(key.lower())]
    return host if port in (None, 80, 443) else f"{host}:{port}", parts.path or "/", kept


def _joined(host: str, path: str, query: list[tuple[str, str]]) -> str:
    return urlunsplit(("https", host, path, urlencode(query, errors="replace"), ""))


def digest_key(*parts: str) -> str:
    """Return 16 hexadecimal digits that stand for these parts, whatever they hold."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
