"""Web pages whose links are stories; every page is a sample written for the project."""

import pytest

from claims.feeds import FeedKind
from tests.support.build import feed
from watchers.document import Document, ParseError
from watchers.kinds.page import MAX_STORIES, read_page

URL = "https://ministry.example/press/"
STORY = '<a href="/n/1001">Statement on Rason port</a>'


def read(body: str | bytes, **changes: object) -> Document:
    """Read a page as a feed of kind page."""
    data = body.encode() if isinstance(body, str) else body
    about = feed(URL, kind=FeedKind.PAGE, **changes)
    return read_page(data, about, content_type="text/html", base_url=URL)


def rows(document: Document) -> list[tuple[str, str, str]]:
    """Return headline, path and day of every entry."""
    return [
        (entry.title, entry.link.removeprefix("https://ministry.example"), "".join(entry.dates)[:10])
        for entry in document.entries
    ]


KOREAN = """<!doctype html><html lang="ko"><head><meta charset="euc-kr"><title>보도자료</title></head><body>
<div id="gnb"><a href="/sub/10234">견본부 조직과 기능을 소개합니다</a></div>
<table class="board"><tbody>
<tr><td>2</td><td class="subject"><a href="view.do?seq=375433">나진항 컨테이너 관련 대변인 브리핑</a></td>
<td>대변인실</td><td>2026. 11. 20.</td></tr>
<tr><td>1</td><td class="subject"><a href="view.do?seq=375432"
 title="러시아 선박 입항에 관한 견본부 입장문">러시아 선박 입항에 관한…</a></td>
<td>대변인실</td><td>2026년 11월 19일</td></tr>
</tbody></table>
<div class="paging"><a href="?pageIndex=1002">다음 쪽의 보도자료 목록 보기</a></div></body></html>"""

RUSSIAN = """<html lang="ru"><body>
<header><a href="/ru/sample-one-two">Министерство образцов: главная</a></header>
<main><ul>
<li class="announce"><span class="announce__date">20.11.2026 18:05</span>
  <a href="/ru/news/1981234/"><img src="x.jpg" alt=""></a>
  <a href="/ru/news/1981234/">Брифинг о поставках через порт Раджин</a>
  <a href="/ru/news/1981234/#more">Подробнее</a></li>
<li class="announce"><span class="announce__date">19 ноября 2026</span>
  <a href="/ru/news/1981233/">Комментарий от 1 мая 2024 остаётся в силе</a></li>
</ul></main>
<footer><a href="/ru/open-data-portal-77">Портал открытых данных ведомства</a></footer></body></html>"""

ENGLISH = """<html lang="en"><body><nav><a href="/news/what-we-do-here">What the Sample Office does</a></nav>
<article><header><h2><a href="/news/sanctions-rason-shipping">Sanctions on Rason shipping</a></h2></header>
  <p>The Sample Office designated three vessels that carried containers from Rason.</p>
  <time datetime="2026-11-20T16:30:00+00:00">20 November</time>
  <a href="/news/sanctions-rason-shipping">Read the full statement of the office</a></article>
<article><h2>Notice to mariners near Dunay</h2>
  <p>Posted November 19, 2026</p><a href="/news/notices/20261118">Read more</a></article>
</body></html>"""


@pytest.mark.parametrize(
    ("page", "language", "expected"),
    [
        (
            KOREAN.encode("euc-kr"),
            "ko",
            [
                ("나진항 컨테이너 관련 대변인 브리핑", "/press/view.do?seq=375433", "2026-11-20"),
                ("러시아 선박 입항에 관한 견본부 입장문", "/press/view.do?seq=375432", "2026-11-19"),
            ],
        ),
        (
            RUSSIAN.encode(),
            "ru",
            [
                ("Брифинг о поставках через порт Раджин", "/ru/news/1981234/", "2026-11-20"),
                ("Комментарий от 1 мая 2024 остаётся в силе", "/ru/news/1981233/", "2026-11-19"),
            ],
        ),
        (
            ENGLISH.encode(),
            "en",
            [
                ("Sanctions on Rason shipping", "/news/sanctions-rason-shipping", "2026-11-20"),
                ("Notice to mariners near Dunay", "/news/notices/20261118", "2026-11-19"),
            ],
        ),
    ],
)
def test_a_list_of_press_releases_is_read(
    page: bytes, language: str, expected: list[tuple[str, str, str]]
) -> None:
    """Each address once with its headline and day, and no link of navigation."""
    document = read(page, language=language)

    assert rows(document) == expected
    assert document.language == language


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>{first} 20.11.2026<li>{second}</ul>",
        "<dl><dt>{first}<dd>20.11.2026<dt>{second}</dl>",
        "<dl><dt>20.11.2026<dd>{first}<dt>Today<dd>{second}</dl>",
        "<div><h3>{first}</h3><p>20.11.2026</p><h3>{second}</h3></div>",
        "<div>{first}<time datetime='2026-11-20'>today</time></div><div>{second}</div>",
        "<a href='/n/1001'><h3>Statement on Rason port</h3><span>20.11.2026</span></a>{second}",
    ],
    ids=["list", "day after", "day before", "flat", "time", "card"],
)
def test_a_day_belongs_to_the_headline_it_stands_beside(body: str) -> None:
    """Whatever the list is made of, the day goes with its own story and with no other."""
    page = body.format(first=STORY, second='<a href="/n/1002">Second statement</a>')

    assert rows(read(page)) == [
        ("Statement on Rason port", "/n/1001", "2026-11-20"),
        ("Second statement", "/n/1002", ""),
    ]


def test_a_paragraph_of_the_row_is_the_summary() -> None:
    """What a page says under a headline is kept; a line that holds a day or an office is not."""
    [first, second] = read(ENGLISH).entries

    assert first.summary == "The Sample Office designated three vessels that carried containers from Rason."
    assert second.summary == ""


def test_links_say_which_addresses_are_stories() -> None:
    """With `links`, addresses are stories that would not look like one, and the others are not."""
    page = f'<base href="/kr/"><a href="q/5be3.kcmsf">담화</a>{STORY}'

    assert rows(read(page, links="/kr/q/*")) == [("담화", "/kr/q/5be3.kcmsf", "")]


@pytest.mark.parametrize(
    ("page", "links", "words"),
    [
        ("", None, "not a web page"),
        ("<html><body><p>Moved</p></body></html>", None, "no link on the page looks like a story"),
        ('<a href="/about">About the Sample Office</a>', None, "no link on the page looks like a story"),
        ('<a href="/news/12345">Short</a>', None, "no link on the page looks like a story"),
        ('<nav><a href="/news/12345">Statement on Rason</a></nav>', None, "no link on the page looks like"),
        ('<a href="/news/12345">Statement on Rason</a>', "/press/*", "no link on the page fits its links"),
        ('<a href="javascript:go(12345)">Statement on Rason port</a>', "*", "no link on the page fits"),
        ('<a href="file:///etc/passwd-12345">Statement on Rason port</a>', "*", "no link on the page fits"),
    ],
)
def test_a_page_without_a_story_is_trouble(page: str, links: str | None, words: str) -> None:
    """A page that was made anew says so; it does not pass for a silent one."""
    with pytest.raises(ParseError, match=words):
        read(page, links=links)


def test_a_page_of_very_many_links_is_cut() -> None:
    """No page brings more than the newest few hundred."""
    page = "".join(f'<a href="/n/{number}">Statement number {number}</a>' for number in range(1000, 1600))

    assert len(read(page).entries) == MAX_STORIES


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000 + STORY,
        STORY + "<b " + "x=1 " * 20_000,
        STORY + "\0<\ufffe![CDATA[<!--",
        f'<!DOCTYPE html [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>{STORY}&b;',
    ],
    ids=["deep", "attributes", "rubbish", "entities"],
)
def test_a_hostile_page_is_read_or_refused(page: str) -> None:
    """Markup that nobody meant to be read costs neither memory nor a surprise."""
    try:
        titles = [entry.title for entry in read(page).entries]
    except ParseError:
        titles = ["Statement on Rason port"]

    assert titles == ["Statement on Rason port"]
