"""The search of the site in a real browser, from a folder."""

import re
import unicodedata
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree
from urllib.parse import quote

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.site import folding
from bot.site.pages import Frame, render
from bot.site.search import Entry, Kind, directory_file, part_files
from tests.support.browser import Reader, reading

pytestmark = pytest.mark.asyncio(loop_scope="session")

ASSETS = Path(folding.__file__).parent / "assets"
DAY = date(2025, 8, 25)
YEARS = ("2025", "2024")
RUSSIAN = "Образцовый порт получил контейнеры с оружием из Кореи"
UKRAINIAN = "Зразковий порт не бачив боєприпасів"
TEXTS = (
    "At least 13,000 containers, 6’700 in FEBRUARY",
    "Straße STRASSE ẞ ﬁne ½ Å İstanbul ΌΔΟΣ ὀδός x²",
    "북한이 러시아에 포탄 KN-23을 보냈다 한",
    "Северная Корея отправила снаряды; Ёлка, Йод",
    "Північна Корея: об'єкт, її їжа, ґанок",
    "朝鲜向俄罗斯运送炮弹１２３ 北朝鮮がｶﾞｽを送った々",
    "كُورِيَا الشمالية تُرسل أسلحة",
    "<b>&amp;</b> __proto__ constructor \u2028 \U0001f680 a_b",
)


def folder(at: Path) -> Path:
    """Make a site of a search page and an index alone, with stories on several days."""
    copytree(ASSETS, at / "assets")
    (at / "search.html").write_bytes(render("search.html", Frame("search.html", "Search"), None))
    claims = [
        Entry(
            "claims/shells.html",
            "North Korea sent Russia artillery shells",
            "",
            date(2023, 10, 13),
            "White House",
        ),
        Entry("claims/denial.html", "Pyongyang denies any arms dealings", "", date(2023, 9, 5), "KCNA"),
    ]
    stories = [
        Entry(
            f"https://sample-wire.example/{n}",
            f"Story {n} of shells",
            "",
            DAY - timedelta(days=n),
            "Sample Wire",
        )
        for n in range(450)
    ]
    stories[7] = Entry(
        "javascript:alert(1)", "</script><img src=x onerror=alert(1)>", "hostile", DAY, "<b>Bold</b>"
    )
    stories[8] = Entry("events/e.html#s", "북한이 러시아에 포탄을 보냈다", "", DAY, "샘플통신")
    stories[9] = Entry("events/f.html", "朝鲜向俄罗斯运送炮弹", "", DAY, "样本")
    stories += [
        Entry("events/g.html", RUSSIAN, "", DAY, "Образец"),
        Entry("events/h.html", UKRAINIAN, "", DAY, "Зразок"),
    ]
    made = [
        part_files(Kind.CLAIM, "", claims),
        *(
            part_files(Kind.STORY, year, [each for each in stories if str(each.day).startswith(year)])
            for year in YEARS
        ),
    ]
    files = dict([directory_file(part for part, _ in made)])
    for _, of_part in made:
        files |= of_part
    for path, content in files.items():
        (at / path).parent.mkdir(parents=True, exist_ok=True)
        (at / path).write_bytes(content)
    return at


@pytest_asyncio.fixture(loop_scope="session")
async def reader(browser: Browser, tmp_path: Path) -> AsyncIterator[Reader]:
    """Open the search page from its folder."""
    root = folder(tmp_path / "site").as_uri() + "/"
    async with reading(browser, root) as reader:
        await reader.open("search.html")
        yield reader


async def ask(reader: Reader, words: str, said: str) -> list[str]:
    """Ask with Enter, wait until the page says this of what it found, and return what it shows, in order."""
    status, field = reader.page.locator("#search-status"), reader.page.locator("#search-words")
    await field.fill("")
    await field.press("Enter")
    await expect(status).to_have_text("")
    await field.fill(words)
    await field.press("Enter")
    await expect(status).to_have_text(said)
    return await reader.page.locator(".results li > :first-child").all_inner_texts()


async def test_questions_are_cut_as_the_index_is(reader: Reader) -> None:
    """Python and JavaScript make the same words of texts in all our languages, and of every character."""
    known = (chr(code) for code in range(0x20000))
    texts = [
        *TEXTS,
        *(f"a{each}1" for each in known if unicodedata.category(each) not in ("Cn", "Cs", "Co", "Cc")),
    ]

    cut = await reader.page.evaluate(
        "texts => texts.split('\\0').map(text => runs(text).map(run => run.join()).join(' ')).join('\\0')",
        "\0".join(texts),
    )

    expected = (
        " ".join(f"{word},{str(solid).lower()}" for word, solid in folding.runs(text)) for text in texts
    )
    assert [pair for pair in zip(texts, expected, cut.split("\0"), strict=True) if pair[1] != pair[2]] == []


async def test_words_find_what_holds_them_all(reader: Reader) -> None:
    """The beginning of a word is enough, particles do not hide a word, and claims stand first."""
    shells, denial = "North Korea sent Russia artillery shells", "Pyongyang denies any arms dealings"
    korean, chinese = "북한이 러시아에 포탄을 보냈다", "朝鲜向俄罗斯运送炮弹"
    for words, count, first in (
        ("shell", 448, [shells, "Story 0 of shells", "Story 1 of shells"]),
        ("SHELLS artil", 1, [shells]),
        ("white house", 1, [shells]),
        ("pyong deal", 1, [denial]),
        ("story 44", 11, ["Story 44 of shells", "Story 440 of shells"]),
        ("북한", 1, [korean]),
        ("포", 1, [korean]),
        ("러시아에 포탄", 1, [korean]),
        ("运送", 1, [chinese]),
        ("hostile", 1, ["</script><img src=x onerror=alert(1)>"]),
    ):
        assert (await ask(reader, words, f"Found: {count}"))[: len(first)] == first, words


async def test_a_word_is_found_in_its_other_forms(reader: Reader) -> None:
    """Whoever asks in Russian, Ukrainian or Korean need not know the form that a headline has."""
    for words, first in (
        ("контейнеров", RUSSIAN),
        ("оружие Корея", RUSSIAN),
        ("образцового", RUSSIAN),
        ("боєприпаси", UKRAINIAN),
        ("зразкової", UKRAINIAN),
        ("북한은 포탄이", "북한이 러시아에 포탄을 보냈다"),
    ):
        assert await ask(reader, words, "Found: 1") == [first], words


async def test_nothing_found_is_said(reader: Reader) -> None:
    """Words that are nowhere, and questions that mean to harm, find nothing and break nothing."""
    for words in (
        "zeppelin",
        "shells zeppelin",
        "한포",
        "<script>alert(2)</script>",
        "__proto__ toString",
        "constructor",
        "%00%ff \U0001f680 \ud800 x",
        "' or 1=1 -- zz" * 30,
    ):
        assert (
            await ask(
                reader,
                words,
                "Nothing was found. Fewer words find more, and so does the beginning of a word.",
            )
            == []
        )
    assert await ask(reader, "!?", "") == []


async def test_the_question_stands_in_the_address(reader: Reader) -> None:
    """A link to a question answers it, and what is typed can be copied from the address."""
    await reader.open("search.html#q=" + quote("북한이 포탄"))
    await expect(reader.page.locator("#search-status")).to_have_text("Found: 1")
    await expect(reader.page.locator("#search-words")).to_have_value("북한이 포탄")

    await ask(reader, "pyong & deal", "Found: 1")

    assert reader.page.url.endswith("/search.html#q=pyong+%26+deal")


async def test_what_is_found_is_told_with_kind_day_and_outlet(reader: Reader) -> None:
    """Each kind has its count; each line its day and outlet; and only what is an address is a link."""
    await ask(reader, "shells", "Found: 448")
    claims, events, stories = await reader.page.locator(".found").all()

    assert await claims.locator("h2").inner_text() == "Claims 1"
    assert not await events.is_visible()
    assert await stories.locator("h2").inner_text() == "Stories 447"
    assert await stories.locator("li").first.inner_text() == "Story 0 of shells\n\n25 Aug 2025 · Sample Wire"
    assert await claims.locator("a").get_attribute("href") == "claims/shells.html"
    assert await stories.locator("a").first.get_attribute("rel") == "noopener noreferrer nofollow"
    await ask(reader, "hostile", "Found: 1")
    assert await reader.page.locator(".results a").get_attribute("href") is None
    assert "<b>Bold</b>" in await stories.inner_text()


async def test_a_search_needs_no_mouse(reader: Reader) -> None:
    """From the top of the page to a result, to more of them and to the page of one, by keys alone."""
    keys = reader.page.keyboard
    await keys.press("Tab")
    await expect(reader.page.locator(".skip")).to_be_focused()
    await keys.press("Enter")
    await keys.press("Tab")
    await expect(reader.page.locator("#search-words")).to_be_focused()
    await keys.type("shells")
    await expect(reader.page).to_have_url(re.compile("#q=shells$"))
    await expect(reader.page.locator("#search-status")).to_have_text("Found: 448")
    for _ in range(1 + 1 + 20):  # the button, the claim, the stories that are shown at first
        await keys.press("Tab")
    await expect(reader.page.get_by_role("link", name="Story 22 of shells")).to_be_focused()
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(reader.page.get_by_role("link", name="Story 23 of shells")).to_be_focused()


async def test_without_scripts_the_page_says_where_to_look(browser: Browser, tmp_path: Path) -> None:
    """Who reads without JavaScript is led to the register, and sees no field that does nothing."""
    async with reading(
        browser, folder(tmp_path / "site").as_uri() + "/", java_script_enabled=False
    ) as reader:
        await reader.open("search.html")

        assert await reader.page.locator("noscript a").get_attribute("href") == "register.html"
        assert not await reader.page.locator("#search").is_visible()


async def test_an_index_that_is_gone_is_told(browser: Browser, tmp_path: Path) -> None:
    """Where a file of the index is missing, the page says so, and asks for it again the next time."""
    root = folder(tmp_path / "site")
    missing = root / "search" / "directory.js"
    kept = missing.read_bytes()
    missing.unlink()
    async with reading(browser, root.as_uri() + "/") as reader:
        await reader.open("search.html")
        await ask(reader, "shells", "The index of this site could not be read.")
        assert reader.troubles
        reader.troubles.clear()
        missing.write_bytes(kept)
        await ask(reader, "shells", "Found: 448")
