"""Commands about feeds: what they change, what they refuse, and what they say."""

from dataclasses import replace

import pytest

from bot.card import Tone, plain
from bot.commands.desk import Desk
from bot.commands.model import OPERATOR, Asker, Context, Needs
from bot.commands.scout import Found
from bot.commands.table import COMMANDS
from bot.phrases import NO_FULL_TEXT
from claims.admiralty import Reliability
from claims.feeds import Feed, FeedKind, FeedStatus, Wishes
from claims.opml import read_opml
from tests.support.build import feed, source
from tests.support.chat import say, words
from tests.support.scout import SampleScout, look

URL = "https://asia.example/rss"
SITE = "https://site.example/"
ASIA = feed("https://herald.example/asia", title="Sample Herald: Asia")
EUROPE = feed("https://herald.example/europe", title="Sample Herald: Europe")
READER = Asker("discord:902", needs={Needs.CHANGE: "It takes Manage Channels"}, workspace="discord:500")


async def watched(context: Context) -> list[FeedStatus]:
    """Return what is watched."""
    return await context.store.feeds()


async def only(context: Context) -> Feed:
    """Return the one feed that is watched."""
    (status,) = await watched(context)
    return status.feed


# ---- who may -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"feed {words}"
        for words in (
            f"test {URL}",
            f"add {URL}",
            "remove asia",
            "pause asia",
            "resume asia",
            f"import {URL}",
        )
    ],
)
async def test_who_may_not_change_things_is_told_what_it_takes(
    context: Context, scout: SampleScout, text: str
) -> None:
    """The refusal is one card, and neither the network nor the store was touched."""
    scout.looks[URL] = look(URL)
    await context.store.sync_feeds([ASIA])

    card = await say(context, text, READER)

    assert card.tone is Tone.TROUBLE
    assert "may not use /feed" in card.title
    assert words(card).strip().endswith("It takes Manage Channels")
    assert [(status.feed, status.paused) for status in await watched(context)] == [(ASIA, False)]
    assert scout.asked == []


@pytest.mark.parametrize("text", ["feed list", "feed export"])
async def test_look_ups_are_for_all(context: Context, scout: SampleScout, text: str) -> None:
    """Who may not change things may ask."""
    scout.looks[URL] = look(URL)

    assert (await say(context, text, READER)).tone is Tone.ANSWER


async def test_a_change_is_logged_with_who_and_what(
    context: Context, scout: SampleScout, caplog: pytest.LogCaptureFixture
) -> None:
    """One line without the query of an address, which may hold a key; what was refused is not a change."""
    keyed = f"{URL}?key=secret&b=1"
    scout.looks[keyed] = look(keyed)
    with caplog.at_level("INFO", "bot.commands.noting"):
        await say(context, f"feed add {keyed} title=Sample\u2028Asia")
        await say(context, f"feed add {keyed}")
        await say(context, "feed list")

    assert caplog.messages == [f"changed by=discord:901 command=feed add url={URL}?… title=Sample Asia"]


# ---- test --------------------------------------------------------------------------------------------


async def test_a_look_shows_what_a_feed_brings_and_keeps_nothing(
    context: Context, scout: SampleScout
) -> None:
    """Its name, language, newest stories, the publisher's wishes and the next visit are told."""
    wishes = Wishes(ttl_minutes=30.0, skip_days=frozenset((5, 6)), skip_hours=frozenset((1,)))
    scout.looks[URL] = look(URL, wishes=wishes, paced_by="ttl")

    told = words(await say(context, f"feed test <{URL}|asia.example/rss>"))

    assert "Sample Herald: Asia" in told
    assert "Language: Korean" in told
    assert "Sample ship leaves Rason with shells · 27 August 2024" in told
    assert "Publisher wishes: no sooner than after 30 minutes (ttl), not in the hours 1 GMT, " in told
    assert "not on Saturday, Sunday" in told
    assert "Asked next: 5 minutes after a visit (ttl)" in told
    assert await watched(context) == []
    assert await context.store.audit(None, 9) == []


async def test_a_look_reads_a_page_as_it_is_told_to(context: Context, scout: SampleScout) -> None:
    """The kind and the pattern of its links are used."""
    scout.looks[SITE] = look(SITE)

    await say(context, f"feed test {SITE} kind=page links=*/press/*")

    assert [(each.kind, each.links) for each in scout.asked] == [(FeedKind.PAGE, "*/press/*")]


async def test_a_page_that_names_feeds_shows_them(context: Context, scout: SampleScout) -> None:
    """Somebody who knows only the site finds the address to add."""
    scout.sites[SITE] = (Found(URL, "Asia"), Found(EUROPE.url, ""))

    told = words(await say(context, f"feed test {SITE}"))

    assert f"{URL}: Asia" in told
    assert f"{EUROPE.url}: without a name" in told


async def test_a_sitemap_that_is_given_is_shown_as_one(context: Context, scout: SampleScout) -> None:
    """Nobody is sent back to the address that was typed."""
    url = f"{SITE}sitemap.xml"
    scout.sites[url] = (Found(url, "", FeedKind.SITEMAP),)
    scout.sitemaps[url] = look(url, title="")

    told = words(await say(context, f"feed test {url}"))

    assert told.startswith(f"A SITEMAP, NOT KEPT\n{url}\n")


async def test_a_sitemap_that_was_found_is_called_one(context: Context, scout: SampleScout) -> None:
    """It has no name, and no page named it."""
    scout.sites[SITE] = (Found(f"{SITE}sitemap.xml", "", FeedKind.SITEMAP),)

    told = words(await say(context, f"feed test {SITE}"))

    assert told.startswith(f"NO FEED ITSELF, BUT ON ITS SITE\n{SITE}\n{SITE}sitemap.xml: a sitemap\n")


@pytest.mark.parametrize("command", ["feed test", "feed add"])
async def test_links_of_a_feed_are_refused(context: Context, command: str) -> None:
    """They would be of no use, and whoever names them meant a page or a sitemap."""
    told = words(await say(context, f"{command} {SITE} links=*/press/*"))

    assert "feed: links: goes with kind page or sitemap" in told


# ---- add ---------------------------------------------------------------------------------------------


async def test_an_added_feed_is_as_the_document_says(context: Context, scout: SampleScout) -> None:
    """Title and language are its own, it is its own source of reliability F, and who added it is kept."""
    scout.looks[URL] = look(URL)

    card = await say(context, f"feed add {URL}")

    (status,) = await watched(context)
    assert (status.feed.url, status.feed.title, status.feed.language) == (URL, "Sample Herald: Asia", "ko")
    assert status.feed.source == replace(source("Sample Herald: Asia"), reliability=Reliability.F)
    assert status.added_by == "discord:901"
    assert card.heading == "ADDED"
    assert "Published by: Sample Herald: Asia (not rated)" in words(card)
    assert [each.feed.url for each in await context.store.due_feeds(context.clock())] == [URL]


async def test_words_describe_an_added_feed(context: Context, scout: SampleScout) -> None:
    """What somebody says of it wins over what the document says; values may have spaces."""
    scout.looks[URL] = look(URL)
    who = "title=Asia desk source=Sample Wire family=Wires reliability=b state_media=yes"

    await say(context, f"feed add {URL} {who} language=ru interval=7.5 full_text=yes")

    assert await only(context) == Feed(
        url=URL,
        title="Asia desk",
        source=source("Sample Wire", family="Wires", state_media=True),
        language="ru",
        interval_minutes=7.5,
        full_text=True,
    )


async def test_a_second_feed_of_a_host_has_its_source(context: Context, scout: SampleScout) -> None:
    """Two feeds of one outlet do not count as two sources; what somebody says still wins."""
    await context.store.sync_feeds([ASIA])
    scout.looks[EUROPE.url] = look(EUROPE.url)

    await say(context, f"feed add {EUROPE.url} reliability=C title=Europe")

    added = next(status.feed for status in await watched(context) if status.feed.title == "Europe")
    assert added.source == replace(ASIA.source, reliability=Reliability.C)


async def test_a_feed_that_moved_for_good_is_added_where_it_is(context: Context, scout: SampleScout) -> None:
    """The old address is not asked again and again."""
    scout.looks["http://asia.example/old"] = look(URL, moved=True)

    await say(context, "feed add http://asia.example/old")

    assert (await only(context)).url == URL


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("feed add file:///etc/passwd", "url: expected an http or https address"),
        (f"feed add {URL} interval=often", "interval_minutes: expected a number above 0"),
        (f"feed add {URL} kind=film", "kind: expected one of feed, page, sitemap"),
        (f"feed add {URL} language=Korean", "language: expected a two-letter code"),
        (f"feed add {URL} full_text=perhaps", "full_text: expected true or false"),
        (f"feed add {URL} whatever", "does not take “whatever”"),
        ("feed add https://none.example/", "no feed was found at https://none.example/"),
        (f"feed add {SITE} kind=sitemap", f"{SITE}: the answer is a web page, not a feed"),
        (f"feed add {ASIA.url}#top", "is watched already: Sample Herald: Asia"),
    ],
)
async def test_what_is_no_feed_is_refused(context: Context, scout: SampleScout, text: str, told: str) -> None:
    """The answer says what is wrong, and nothing is added."""
    scout.looks[URL] = look(URL)
    await context.store.sync_feeds([ASIA])

    card = await say(context, text)

    assert card.tone is Tone.TROUBLE
    assert told in words(card)
    assert len(await watched(context)) == 1


async def test_a_feed_is_added_untried_where_somebody_says_so(context: Context, scout: SampleScout) -> None:
    """A site that is down now can be watched; nobody looks at it, and its title is its host."""
    await say(context, f"feed add {URL} untried=yes")

    assert ((await only(context)).title, scout.asked) == ("asia.example", [])


async def test_the_feed_of_a_site_is_found(context: Context, scout: SampleScout) -> None:
    """A page that names one feed stands for it, of whatever kind."""
    scout.sites[SITE], scout.sitemaps[URL] = (Found(URL, "", FeedKind.SITEMAP),), look(URL)

    await say(context, f"feed add {SITE}")

    added = await only(context)
    assert (added.url, added.kind) == (URL, FeedKind.SITEMAP)


async def test_several_feeds_of_a_site_are_named_for_a_choice(context: Context, scout: SampleScout) -> None:
    """None is added before somebody says which, or says `first`."""
    scout.sites[SITE] = (Found(URL, "Asia"), Found(EUROPE.url, "Europe"))
    scout.looks[URL] = look(URL)

    asked = words(await say(context, f"feed add {SITE}"))
    before = await watched(context)
    await say(context, f"feed add {SITE} first=yes")

    assert (f"{URL} Asia" in asked, f"{EUROPE.url} Europe" in asked, before) == (True, True, [])
    assert (await only(context)).url == URL


# ---- remove, pause, resume ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "named",
    [
        ASIA.url,
        f"<{ASIA.url}>",
        "http://herald.example/asia",
        "sample herald: ASIA",
        "asia",
        "herald asia",
    ],
)
async def test_a_feed_is_named_by_what_fits_it_alone(context: Context, named: str) -> None:
    """By its address, its title, or words of it."""
    await context.store.sync_feeds([ASIA, EUROPE])

    card = await say(context, f"feed remove {named}")

    assert (card.title, await only(context)) == (ASIA.title, EUROPE)


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("herald", f"“herald” fits 2 feeds; name one of them\n{ASIA.title}: {ASIA.url}\n{EUROPE.title}"),
        ("sample herald: asai", "No feed fits “sample herald: asai”\nDid you mean: Sample Herald: Asia"),
        ("qqqq", "No feed fits “qqqq”\n/feed list names all feeds"),
    ],
)
async def test_a_name_that_fits_none_or_several_changes_nothing(
    context: Context, named: str, told: str
) -> None:
    """The near ones are named."""
    await context.store.sync_feeds([ASIA, EUROPE])

    assert told in words(await say(context, f"feed remove {named}"))
    assert len(await watched(context)) == 2


async def test_a_paused_feed_is_not_due_until_it_is_resumed(context: Context) -> None:
    """It stays in the list meanwhile."""
    await context.store.sync_feeds([ASIA, EUROPE])

    await say(context, "feed pause asia")
    paused = [each.feed for each in await context.store.due_feeds(context.clock())]
    await say(context, "feed resume asia")

    assert paused == [EUROPE]
    assert len(await context.store.due_feeds(context.clock())) == 2


# ---- lists in and out --------------------------------------------------------------------------------


async def test_a_chat_is_not_shown_the_key_of_a_feed(context: Context) -> None:
    """What opens a feed to one reader alone is for whoever runs the bot."""
    await context.store.add_feeds(
        [feed("https://wire.example/rss?n=7&token=1a2b", title="Sample wire")], by="ada"
    )
    card = await say(context, "feed show sample wire", READER)
    exported = (await say(context, "feed export", READER)).attachment
    own = (await say(context, "feed export", OPERATOR)).attachment

    assert exported is not None
    assert own is not None
    assert "1a2b" not in words(card) + exported.content.decode()
    assert card.url == "https://wire.example/rss?n=7&token=..."
    assert "n=7&amp;token=1a2b" in own.content.decode()


async def test_what_is_exported_is_imported_elsewhere(context: Context, scout: SampleScout) -> None:
    """The file of one bot is the list of another; whoever imports is who added."""
    await context.store.sync_feeds([ASIA, EUROPE])
    exported = (await say(context, "feed export", READER)).attachment
    assert exported is not None
    scout.documents["https://lists.example/feeds.opml"] = exported.content
    await context.store.sync_feeds([EUROPE])

    card = await say(context, "feed import https://lists.example/feeds.opml")

    assert exported.name == "feeds.opml"
    assert read_opml(exported.content, "exported").feeds == (ASIA, EUROPE)
    assert card.title == "1 feed added, 1 watched already"
    assert [(s.feed, s.added_by) for s in await watched(context)] == [(ASIA, "discord:901"), (EUROPE, None)]


async def test_an_attached_list_is_imported(context: Context, scout: SampleScout) -> None:
    """A platform hands over its address; the signature in it is not repeated in what is said."""
    address = "https://files.example/1/theirs.opml?sig=secret"
    scout.documents[address] = (
        b'<opml><body>\n<outline text="A" xmlUrl="https://a.example/"/>\n<outline text="B"/></body></opml>'
    )

    card = await Desk(COMMANDS, context).answer("feed import", {"file": address}, OPERATOR)

    assert card.title == "1 feed added, 1 not usable"
    assert plain(card.lines[0]) == "theirs.opml: line 3: “B” names no feed: it has no xmlUrl"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("feed import", "feed import needs an OPML file"),
        ("feed import theirs.opml", "feed import takes a web address, not “theirs.opml”"),
        ("feed import https://lists.example/none", "the sample server answered 404"),
        ("feed import https://lists.example/bad.opml", "bad.opml: line 1: not well-formed XML"),
    ],
)
async def test_a_list_that_cannot_be_read_is_told(
    context: Context, scout: SampleScout, text: str, told: str
) -> None:
    """The answer names the file and what to do."""
    scout.documents["https://lists.example/bad.opml"] = b"<opml"

    card = await say(context, text)

    assert (card.tone, told in words(card)) == (Tone.TROUBLE, True)


# ---- added again ---------------------------------------------------------------------------------------

DESCRIBED = feed(
    SITE,
    title="Sample Ministry",
    source=source("Sample Ministry", family="State", reliability=Reliability.C, state_media=True),
    language="ru",
    interval_minutes=7.5,
    kind=FeedKind.PAGE,
    full_text=True,
    links="*/press/*",
)


@pytest.mark.parametrize("how", ["", " untried=yes"])
async def test_a_feed_that_is_added_again_is_described_as_before(
    context: Context, scout: SampleScout, how: str
) -> None:
    """What the seed file says of it holds again at once, and the look reads it as it was read."""
    scout.looks[SITE] = look(SITE)
    await context.store.sync_feeds([DESCRIBED, ASIA])
    await say(context, "feed remove ministry")

    await say(context, f"feed add {SITE}{how}")

    assert DESCRIBED in [status.feed for status in await watched(context)]
    assert [(each.kind, each.links) for each in scout.asked] == [(FeedKind.PAGE, "*/press/*")] * (not how)


async def test_words_win_over_what_a_feed_was_before(context: Context, scout: SampleScout) -> None:
    """Whoever adds it again may say otherwise, of what they name alone."""
    scout.looks[SITE] = look(SITE)
    await context.store.sync_feeds([DESCRIBED])
    await say(context, "feed remove ministry")

    await say(context, f"feed add {SITE} title=Press reliability=b full_text=no")

    graded = replace(DESCRIBED.source, reliability=Reliability.B)
    assert await only(context) == replace(DESCRIBED, title="Press", source=graded, full_text=False)


async def test_a_site_leads_to_its_feed_as_it_was_before(context: Context, scout: SampleScout) -> None:
    """The address that was found counts, and not the one that was typed alone."""
    before = replace(ASIA, source=source("Sample Wire", reliability=Reliability.B), interval_minutes=30.0)
    scout.sites[SITE] = (Found(ASIA.url, "Asia"),)
    scout.looks[ASIA.url] = look(ASIA.url, title="Another name")
    await context.store.sync_feeds([before])
    await say(context, "feed remove asia")

    await say(context, f"feed add {SITE}")

    assert await only(context) == before


async def test_a_new_feed_of_a_host_that_was_watched_is_of_its_outlet(
    context: Context, scout: SampleScout
) -> None:
    """Two feeds of one outlet never count twice, also where the first is gone."""
    graded = replace(ASIA, source=source("Sample Wire", reliability=Reliability.B))
    scout.looks[EUROPE.url] = look(EUROPE.url)
    await context.store.sync_feeds([graded])
    await say(context, "feed remove asia")

    await say(context, f"feed add {EUROPE.url}")

    assert (await only(context)).source == graded.source


# ---- pages that nothing reads --------------------------------------------------------------------------

UNREAD = f"Full text: {NO_FULL_TEXT}"


@pytest.mark.parametrize(
    "text",
    [f"feed add {URL} full_text=yes", f"feed test {EUROPE.url}", "feed list", "feed show europe"],
)
async def test_a_wish_for_pages_that_nothing_reads_is_answered_with_how_to_mend_it(
    context: Context, scout: SampleScout, text: str
) -> None:
    """Without the extra whoever wants pages read is told at once, and with it nobody is."""
    scout.looks = {url: look(url) for url in (URL, EUROPE.url)}
    await context.store.sync_feeds([ASIA, replace(EUROPE, full_text=True)])

    with_it = words(await say(context, text))
    if text.startswith("feed add"):
        await context.store.remove_feed(URL)
    without = words(await say(replace(context, full_text=False), text))

    assert "Full text" not in with_it
    assert UNREAD in without


@pytest.mark.parametrize(
    "text", [f"feed add {URL}", f"feed test {URL}", f"feed test {ASIA.url}", "feed show asia"]
)
async def test_who_wants_no_pages_is_told_nothing_of_them(
    context: Context, scout: SampleScout, text: str
) -> None:
    """The missing extra is no trouble of feeds that do without."""
    scout.looks = {url: look(url) for url in (URL, ASIA.url)}
    await context.store.sync_feeds([ASIA, replace(EUROPE, full_text=True)])

    assert "Full text" not in words(await say(replace(context, full_text=False), text))


async def test_a_list_that_wants_pages_read_says_that_nothing_reads_them(
    context: Context, scout: SampleScout
) -> None:
    """An export of another Claimwatch may bring the wish."""
    await context.store.sync_feeds([replace(EUROPE, full_text=True)])
    exported = (await say(context, "feed export")).attachment
    assert exported is not None
    scout.documents["https://lists.example/a.opml"] = exported.content
    await context.store.remove_feed(EUROPE.url)

    told = words(await say(replace(context, full_text=False), "feed import https://lists.example/a.opml"))

    assert UNREAD in told
