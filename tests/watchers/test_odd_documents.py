"""Odd documents as a table: what is read out of each by the real parts, or the sentence that refuses it."""

import asyncio
import json
from collections.abc import Mapping
from html import escape
from pathlib import Path

import pytest

from claims.feeds import FeedState
from tests.support.feed_server import rss
from tests.support.odd_server import answer
from tests.support.odd_visits import Case, Seen, visited

LINK = "https://outlet.example/1"
DATE = "<pubDate>Mon, 26 Aug 2024 10:00:00 +0000</pubDate>"
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
NOT_A_FEED = "the answer is not a feed"
WEB_PAGE = "the answer is a web page, not a feed"
ONE = {"titles": ["Sample headline"], "links": [LINK]}


def entry(inside: str = "", title: str = "Sample headline", link: str = LINK) -> str:
    """Return an item of RSS with this inside it too; what is empty is left out."""
    named = f"<title>{escape(title)}</title>" if title else ""
    return f"<item>{named}{f'<link>{escape(link)}</link>' if link else ''}{inside}</item>"


def atom(inside: str, about: str = "") -> str:
    """Return an Atom 1.0 feed."""
    return f"<?xml version='1.0'?><feed {ATOM} {about}><title>Sample</title>{inside}</feed>"


def reads(name: str, body: str | bytes, *headers: str, **expected: object) -> Case:
    """Return a case of one visit to a document, by default to one sample headline."""
    return Case(name, answer(body, *headers), expected or ONE)


def refuses(name: str, body: str | bytes, error: str, *headers: str) -> Case:
    """Return a case of one visit to what is no feed."""
    return Case(
        name, answer(body, *headers), {"error": error, "state": FeedState.FAILING, "count": 0, "wait": 30}
    )


def over(name: str, *bodies: str, **expected: object) -> Case:
    """Return a case of visits to these documents in turn."""
    return Case(name, tuple(answer(body) for body in bodies), expected, len(bodies))


def in_code(
    name: str, codec: str, words: str, declared: str = "", header: str = "", language: str = "en"
) -> Case:
    """Return a case of a feed in an encoding, of which the declaration and the header say what they like."""
    body = rss(entry(title=words)).replace(
        '<?xml version="1.0" encoding="utf-8"?>', declared and f'<?xml version="1.0" encoding="{declared}"?>'
    )
    kind = f"Content-Type: text/xml{f'; charset={header}' if header else ''}"
    return Case(name, answer(body.encode(codec), kind), {"titles": [words]}, about={"language": language})


LONG_NAME = "the answer names a namespace or a base of more than 200 characters"
NAMESPACES = " ".join(("<rss", *(f'xmlns:a{n}="{n}"' for n in range(5_000)), ""))
RU, KO, JA, ZH = (
    "Склад снарядов в Расоне",
    "나진항 컨테이너 반출",
    "羅津港から砲弾を搬出",
    "罗津港运出炮弹集装箱",
)

FORMATS = [
    reads(
        "rss 0.90",
        f'<rdf:RDF {RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>S</title>'
        f"</channel>{entry()}</rdf:RDF>",
    ),
    reads(
        "rss 0.91",
        rss(entry())
        .replace('"2.0"', '"0.91"')
        .replace(
            "<rss",
            '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
            ' "http://127.0.0.1:9/rss-0.91.dtd"><rss',
        ),
    ),
    reads("rss 0.92", rss(entry()).replace('"2.0"', '"0.92"')),
    reads(
        "rss 1.0",
        f'<rdf:RDF {RDF} xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="x"><title>S</title></channel><item rdf:about="{LINK}"><title>Sample'
        " headline</title><dc:date>2024-08-26T12:00:00+02:00</dc:date></item></rdf:RDF>",
        **ONE,
        dates=["2024-08-26 10:00"],
    ),
    reads("rss 2.0", rss(entry(DATE)), **ONE, dates=["2024-08-26 10:00"]),
    reads(
        "rss in capitals",
        f"<RSS><CHANNEL><ITEM><TITLE>Sample headline</TITLE><LINK>{LINK}</LINK></ITEM></CHANNEL></RSS>",
    ),
    reads(
        "rss with a namespace",
        rss(entry()).replace("<rss ", '<rss xmlns="http://backend.userland.com/rss2" '),
    ),
    reads(
        "atom 1.0",
        atom(
            "<entry><title type='html'>Sample &lt;b&gt;headline&lt;/b&gt;</title><id>urn:1</id><link"
            f" href='{LINK}'/><link rel='edit' href='/e'/><published>2024-08-26T10:00:00Z</published>"
            "<updated>2024-08-27T10:00:00Z</updated></entry>"
        ),
        **ONE,
        dates=["2024-08-26 10:00"],
    ),
    reads(
        "atom 0.3",
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>S</title><entry><title>Sample"
        f" headline</title><link rel='alternate' href='{LINK}'/><issued>2024-08-26T10:00:00Z</issued>"
        "</entry></feed>",
        **ONE,
        dates=["2024-08-26 10:00"],
    ),
    reads(
        "atom with prefixes",
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>Sample headline</a:title>"
        f"<a:link href='{LINK}'/></a:entry></a:feed>",
    ),
    reads(
        "atom with xhtml",
        atom(
            "<entry><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>Sample <i>headline"
            f"</i></div></title><link href='{LINK}'/><content type='xhtml'><div"
            " xmlns='http://www.w3.org/1999/xhtml'><p>One.</p><p>Two.</p></div></content></entry>"
        ),
        **ONE,
        summaries=["One. Two."],
    ),
    reads(
        "json feed 1.0",
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1",
                "items": [
                    {
                        "id": 7,
                        "title": "Sample headline",
                        "url": LINK,
                        "content_html": "<p>One &amp; two</p>",
                        "date_published": "2024-08-26T10:00:00Z",
                    }
                ],
            }
        ),
        **ONE,
        dates=["2024-08-26 10:00"],
        summaries=["One & two"],
    ),
    reads(
        "json feed 1.1",
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "language": "ko-KR",
                "items": [{"id": "7", "title": "Sample headline", "external_url": LINK}],
            }
        ),
        "Content-Type: application/feed+json",
        **ONE,
        languages=["ko"],
    ),
    reads(
        "json feed with a mark", "\ufeff" + json.dumps({"items": [{"title": "Sample headline", "url": LINK}]})
    ),
    reads(
        "json items of nonsense",
        json.dumps(
            {
                "items": [
                    None,
                    1,
                    [],
                    {"id": None, "title": 5, "url": ["x"]},
                    {"title": "Sample headline", "url": LINK, "authors": 3},
                ]
            }
        ),
        titles=["5", "Sample headline"],
    ),
    reads("empty feed", rss(), titles=[]),
    *(
        reads(f"sent as another type {n}", rss(entry()), f"Content-Type: {kind}")
        for n, kind in enumerate(
            ("text/html", "text/plain", "application/octet-stream", "image/png", ";;;", "text/xml; charset=")
        )
    ),
    refuses(
        "json of no feed", '{"status": "ok", "data": []}', "the answer is JSON without items, not a feed"
    ),
    refuses("json broken", '{"items": [', "the answer is broken JSON, not a feed"),
    refuses("json nested", '{"items":' + "[" * 100_000, "the answer is broken JSON, not a feed"),
    refuses("json list", "[1, 2]", NOT_A_FEED),
    refuses("web page", "<!DOCTYPE html><html><body><p>Welcome</p></body></html>", WEB_PAGE),
    refuses(
        "challenge",
        "<html><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to"
        " continue</body></html>",
        WEB_PAGE,
        "Content-Type: text/html",
    ),
    refuses(
        "challenge that names a feed",
        "<!doctype html><html><body><code>&lt;rss&gt;</code><rss-reader></rss-reader></body></html>",
        WEB_PAGE,
    ),
    refuses(
        "xhtml", "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><p>Hi</p></html>", WEB_PAGE
    ),
    refuses("other xml", "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", NOT_A_FEED),
    refuses("plain words", "Database error", NOT_A_FEED),
    refuses("nothing", b"", "the answer is empty"),
    refuses("white space", b" \r\n\t ", "the answer is empty"),
    refuses("only a mark", b"\xef\xbb\xbf", "the answer is empty"),
    refuses("zeros", bytes(5_000), NOT_A_FEED),
    refuses("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, NOT_A_FEED),
    refuses(
        "a sitemap",
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://a.example/</loc>"
        "</url></urlset>",
        NOT_A_FEED,
    ),
    refuses("opml", "<opml version='2.0'><body><outline text='rss'/></body></opml>", NOT_A_FEED),
]
CODES = [
    in_code("windows-1251 declared", "cp1251", RU, "windows-1251"),
    in_code("windows-1251 in the header", "cp1251", RU, header="windows-1251"),
    in_code("windows-1251 said to be utf-8", "cp1251", RU, "utf-8", "utf-8", "ru"),
    in_code("windows-1251 unsaid", "cp1251", RU, language="ru"),
    in_code("koi8-r declared", "koi8-r", RU, "koi8-r", "utf-8", "ru"),
    in_code("koi8-r in the header", "koi8-r", RU, header="koi8-r", language="ru"),
    in_code("euc-kr declared", "cp949", KO, "euc-kr"),
    in_code("euc-kr unsaid", "euc-kr", KO, language="ko"),
    in_code("euc-kr said to be utf-8", "euc-kr", KO, "utf-8", "utf-8", "ko"),
    in_code("shift_jis declared", "cp932", JA, "Shift_JIS"),
    in_code("shift_jis in the header", "cp932", JA, header="Shift_JIS"),
    in_code("euc-jp declared", "euc-jp", JA, "EUC-JP", "utf-8", "ja"),
    in_code("gb2312 declared and gb18030 meant", "gb18030", ZH, "gb2312"),
    in_code("gbk in the header", "gbk", ZH, header="gbk"),
    in_code("big5 declared", "big5", "羅津港運出砲彈", "big5"),
    in_code("utf-8 said to be euc-kr", "utf-8", KO, "euc-kr", "euc-kr"),
    in_code("utf-8 said to be latin", "utf-8", RU, "iso-8859-1", "iso-8859-1"),
    in_code("utf-8 said to be ascii", "utf-8", RU, "us-ascii"),
    in_code("utf-8 said to be nonsense", "utf-8", RU, "x-sample-9", "klingon"),
    in_code("utf-8 with a mark", "utf-8-sig", RU, "windows-1251"),
    in_code("utf-16 with a mark", "utf-16", RU, "utf-16"),
    in_code("utf-16 without a mark", "utf-16-le", RU, "utf-16"),
    in_code("utf-16 big end without a mark", "utf-16-be", RU, "utf-8"),
    in_code("utf-32 with a mark", "utf-32", RU),
    in_code("windows-1252 said to be latin", "cp1252", "“Sample” – café €5", "iso-8859-1"),
    reads(
        "a broken character",
        rss(entry(title=RU)).encode().replace("р".encode(), b"\xd1", 1),
        titles=["Склад сна\ufffdядов в Расоне".replace("\ufffdя", "\ufffdя")],
    ),
    reads("codec that is no charset", rss(entry()).replace("utf-8", "base64")),
    reads("codec of bytes", rss(entry(title=RU)).replace("utf-8", "zlib"), titles=[RU]),
]
BROKEN = [
    reads(
        "warning before the xml",
        "<br />\n<b>Warning</b>: Undefined index in <b>/srv/x.php</b> on line <b>3</b><br />\n"
        + rss(entry()),
    ),
    reads("blank lines before the xml", "\n\n  " + rss(entry())),
    reads("comment before the xml", "<!-- <rss> --> " + rss(entry())),
    reads("page after the xml", rss(entry()) + "<script>var a = 1 && 2;</script></html>"),
    reads(
        "no end",
        rss(entry(), entry(title="Cut off", link="/2"))[: -len("</item></channel></rss>")],
        titles=["Cut off", "Sample headline"],
    ),
    reads(
        "an end tag missing",
        rss(
            entry(link=""),
            "<item><title>Second<link>https://outlet.example/2</link></item>",
            entry(title="Third", link="/3"),
        ),
        count=3,
    ),
    reads(
        "every end tag missing",
        rss(
            entry(),
            "<item><title>Second<link>https://outlet.example/2<guid>2<description>Words</item>",
            entry(title="Third", link="/3"),
        ),
        titles=["Sample headline", "Second", "Third"],
        links=[LINK, "https://outlet.example/2", "/3"],
        summaries=["", "Words", ""],
    ),
    reads(
        "end tag of a text missing",
        rss(
            entry(),
            "<item><title>Second</title><description>Words <b>in</b> bold<link>https://outlet.example/2"
            "</link><guid>2</guid></item>",
            entry(title="Third", link="/3"),
        ),
        titles=["Sample headline", "Second", "Third"],
        links=[LINK, "https://outlet.example/2", "/3"],
        summaries=["", "Words in bold", ""],
    ),
    reads(
        "an item not closed",
        rss(entry(), "<item><title>Second</title>", entry(title="Third", link="/3")),
        count=3,
    ),
    reads(
        "bare ampersands",
        rss(
            "<item><title>Sample & headline &nbsp;A&T</title>"
            "<link>https://outlet.example/?a=1&b=2&copy=3</link></item>"
        ),
        titles=["Sample & headline A&T"],
        links=["https://outlet.example/?a=1&b=2&copy=3"],
    ),
    reads(
        "html names",
        rss("<item><title>Sample&mdash;headline</title><link>https://outlet.example/1</link></item>"),
        titles=["Sample—headline"],
        links=[LINK],
    ),
    reads(
        "escaped twice",
        rss(
            entry(
                "<description>&amp;lt;p&amp;gt;One &amp;amp;amp; two&amp;lt;/p&amp;gt;</description>",
                title="AT&amp;T <i>sample</i>",
            )
        ),
        titles=["AT&T sample"],
        summaries=["One & two"],
    ),
    reads(
        "cdata",
        rss(
            f"<item><title><![CDATA[Sample <em>headline</em>]]></title><link><![CDATA[ {LINK} ]]>"
            "</link></item>"
        ),
    ),
    reads("control characters", rss(entry(title="Sample\x00 \x08headline\x1b")).replace("&#", "&#")),
    reads(
        "control characters by number",
        rss(
            "<item><title>Sample &#8;headline&#27;&#x202e;</title><link>https://outlet.example/1</link>"
            "</item>"
        ),
    ),
    reads(
        "prefix not declared",
        rss(entry("<dc:date>2024-08-26T10:00:00Z</dc:date><foo:bar/>")),
        **ONE,
        dates=["2024-08-26 10:00"],
    ),
    reads("attribute without quotes", rss(entry("<enclosure url=https://a.example/b length=3>"))),
    reads("script in a title", rss(entry(title="<script>alert(1)</script>Sample <b onclick=x>headline</b>"))),
    reads(
        "headline of several lines",
        rss(entry(title="Sample\r\n\tlevel=critical\nheadline"))[:],
        titles=["Sample level=critical headline"],
    ),
    reads("headline of a ping", rss(entry(title="@everyone <!channel> Sample")), titles=["@everyone Sample"]),
    reads("headline without end", rss(entry(title="x" * 600_000)), titles=["x" * 500]),
    reads(
        "text without end",
        rss(entry(f"<description>{'word ' * 100_000}</description>")),
        titles=["Sample headline"],
        summaries=[("word " * 800).strip()],
    ),
    reads("lower than", rss(entry(title="Growth < 3 & > 1 sample")), titles=["Growth < 3 & > 1 sample"]),
]
HOSTILE = [
    reads(
        "billion laughs",
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
        + "]>"
        + rss("<item><title>Sample &j;headline</title><link>https://outlet.example/1</link></item>")[38:],
        titles=["Sample &j;headline"],
    ),
    reads(
        "entity of a file",
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + rss("<item><title>Sample &x;</title></item>")[38:],
        titles=["Sample &x;"],
    ),
    reads(
        "entity of an address",
        '<!DOCTYPE rss SYSTEM "{origin}/secret.dtd" [<!ENTITY % x SYSTEM "{origin}/secret"> %x;]>'
        + rss(entry())[38:],
        asked=["/entity-of-an-address"],
        titles=["Sample headline"],
    ),
    reads(
        "a document of elsewhere",
        rss(
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
            + entry()
        ),
    ),
    reads(
        "a style sheet", '<?xml-stylesheet href="{origin}/style"?>' + rss(entry()), asked=["/a-style-sheet"]
    ),
    reads("nested tags", rss(entry() + "<a>" * 100_000), titles=["Sample headline"]),
    reads(
        "attributes",
        rss(entry()).replace("<channel>", "<channel " + " ".join(f'a{n}="b"' for n in range(20_000)) + ">"),
    ),
    reads(
        "namespaces",
        rss(entry()).replace("<rss ", "<rss " + " ".join(f'xmlns:a{n}="b"' for n in range(10_000)) + " "),
    ),
    reads(
        "namespaces in scope of every headline",
        rss("<item><title>Sample <b>headline</b></title></item>" * 500).replace("<rss ", NAMESPACES),
        titles=["Sample headline"],
    ),
    refuses(
        "namespace without end", rss(entry()).replace("<rss ", f'<rss xmlns="{"u" * 100_000}" '), LONG_NAME
    ),
    refuses(
        "base without end", rss(entry()).replace("<rss ", f'<rss xml:base="{"u" * 100_000}" '), LONG_NAME
    ),
    reads(
        "items within items",
        rss(
            "<item><title>Sample headline</title><description>" * 100
            + "x" * 100_000
            + "</description></item>" * 100
        ),
        titles=["Sample headline"],
    ),
    reads(
        "links that end and end",
        rss(*(entry(title=f"Sample {n}", link=f"/{n}{'.amp' * 480}x") for n in range(100))),
        count=100,
    ),
    reads("items without number", rss("<item><title>Sample</title></item>" * 20_000), titles=["Sample"]),
    reads(
        "items one thousand and one",
        rss(*(entry(title=f"Sample {n}", link=f"/{n}") for n in range(1_001))),
        count=1_000,
    ),
    reads(
        "links that run",
        rss(
            *(
                entry(title=f"Sample {n}", link=link)
                for n, link in enumerate(
                    (
                        "javascript:alert(1)",
                        "file:///etc/passwd",
                        "data:text/html,x",
                        "http://",
                        "https://a.example\n/b c",
                        "x" * 3_000,
                    )
                )
            )
        ),
        links=["", "", "", "", "https://a.example/b%20c", ""],
    ),
]
CASES = [*FORMATS, *CODES, *BROKEN, *HOSTILE]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Seen]:
    """Visit all cases side by side."""
    folder: Path = tmp_path_factory.mktemp("odd")
    return asyncio.run(visited(CASES, folder))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_document_is_read_for_what_it_says(case: Case, seen: Mapping[str, Seen]) -> None:
    """Stories, or a sentence on why there are none, are what the row says."""
    assert case.among(seen) == case.promised
