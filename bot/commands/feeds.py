"""Commands about feeds: how they are doing, what an address would bring, and which of them are watched."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from bot.answers.feeds import FEEDS, feed_card, feeds_card, warned, worst_first
from bot.answers.look import added_card, changed_card, choice_card, look_card, taken_card
from bot.card import Attachment, Card
from bot.commands.model import OPERATOR, Context
from bot.commands.naming import find_feed
from bot.commands.parse import address
from bot.commands.scout import Found, Look
from bot.commands.spelling import COMMAND_LINE
from bot.language import _, decimal, ngettext
from bot.paging import page_of
from bot.phrases import shorten
from claims.errors import NotThere, UsageError
from claims.feeds import Feed, FeedKind, FeedName, FeedStatus
from claims.opml import read_opml, write_opml
from claims.seeding import feed_of_words, words_of_feed
from claims.tables import web_address
from claims.text import canonical_url, without_keys

FILE_NAME = "feeds.opml"
"""Of an export."""

_TYPED = 60
"""Characters of somebody's words that an error repeats."""

_KEYS = ("title", "source", "family", "language", "reliability", "state_media", "kind", "full_text", "links")


async def list_feeds(context: Context, args: Mapping[str, str]) -> Card:
    """Return a page of the feeds and how they are doing, those in trouble first."""
    listed = await context.store.feeds()
    page = page_of(worst_first(listed), args, FEEDS)
    card = feeds_card(listed, page, context.clock(), context.spelled)
    return warned(card, [status.feed for status in listed], full_text=context.full_text)


async def show_feed(context: Context, args: Mapping[str, str]) -> Card:
    """Return all that is known of how a feed is doing, which `feed` names."""
    status = await find_feed(context.store, args["feed"], context.spelled)
    card = feed_card(status, context.clock(), context.timezone, context.workspace)
    return warned(card, [status.feed], full_text=context.full_text)


async def try_feed(context: Context, args: Mapping[str, str]) -> Card:
    """Return what a visit to the address `url` would bring, read as `kind` with its `links`; nothing is kept.

    Raises:
        NotThere: there is no feed, and the page that is there names none.
        UsageError: the words do not describe a feed.

    """
    feed = _described(args)
    try:
        look = await context.scout.look(feed)
    except NotThere as none:
        found = await _of_site(context, feed, none)
        if found[0].url != feed.url:
            return choice_card(feed.url, found, context.spelled)
        feed = replace(feed, kind=found[0].kind)
        look = await context.scout.look(feed)
    card = look_card(look, feed.kind, context.timezone, context.spelled)
    if context.full_text:
        return card
    name = (await _addresses(context)).get(canonical_url(feed.url))
    watched = [(await context.store.feed(name.url)).feed] if name else []
    return warned(card, watched, full_text=False)


async def add_feed(context: Context, args: Mapping[str, str]) -> Card:
    """Watch the feed of the address `url`, or the feed that the page there names, and say what it brings.

    The other words describe it, as in `seeds/feeds.toml`; `interval` is in minutes. What they leave open is
    as it was where it was watched before, else as the document and other feeds of its host have it. With
    `first` the first of several feeds is taken, and with `untried` the address is taken as it is.

    Raises:
        NotThere: there is no feed.
        UsageError: the words do not describe a feed, it is watched already, or the page names several.

    """
    former = await context.store.former_feeds()
    said = {key: words for key, words in args.items() if words}
    before = await asyncio.to_thread(_as_before, former, address(args["url"]), said.get("kind"))
    feed, look = _described({**before, **said}), None
    listed = await _addresses(context)
    await _refuse_listed(context, listed, feed.url)
    if not _said(args, "untried"):
        feed, look = await _tried(context, feed, args)
        await _refuse_listed(context, listed, feed.url)
    found = {"title": look.title, "language": look.language} if look else {}
    before = await asyncio.to_thread(_as_before, former, feed.url, feed.kind) or before
    certain = {"url": feed.url, "kind": feed.kind}
    known = await asyncio.to_thread(_of_host, await context.store.feeds(), former, feed.url)
    feed = _described({**known, **found, **before, **said, **certain})
    if not await context.store.add_feeds([feed], context.asker.reference):
        raise _watched_already(context, await context.store.feed(feed.url), feed.url)
    return warned(added_card(feed, look, context.timezone), [feed], full_text=context.full_text)


async def remove_feed(context: Context, args: Mapping[str, str]) -> Card:
    """Watch a feed no longer, which `feed` names by address, title or words of it; its stories are kept."""
    feed = (await find_feed(context.store, args["feed"], context.spelled)).feed
    await context.store.remove_feed(feed.url)
    kept = _("its stories are kept; {command} takes it back").format(command=context.spelled("feed add"))
    return changed_card(_("NO LONGER WATCHED"), feed, kept)


async def pause_feed(context: Context, args: Mapping[str, str]) -> Card:
    """Ask a feed no more, which `feed` names, until it is resumed."""
    feed = (await find_feed(context.store, args["feed"], context.spelled)).feed
    await context.store.pause_feed(feed.url, paused=True)
    until = _("it is not asked until {command}").format(command=context.spelled("feed resume"))
    return changed_card(_("PAUSED"), feed, until)


async def resume_feed(context: Context, args: Mapping[str, str]) -> Card:
    """Ask a feed at once, which `feed` names: one that was paused, or that was gone."""
    feed = (await find_feed(context.store, args["feed"], context.spelled)).feed
    await context.store.pause_feed(feed.url, paused=False)
    return changed_card(_("RESUMED"), feed, _("it is asked in a moment"))


async def import_feeds(context: Context, args: Mapping[str, str]) -> Card:
    """Watch the feeds of an OPML file, which stands at `url` or was attached as `file`.

    Raises:
        NotThere: there is no such file.
        UsageError: none was named, or not by an address.
        OpmlError: it is no OPML.

    """
    url = address(args.get("file") or args.get("url") or "")
    if not url:
        typed = context.spelled("feed import")
        needs = _("{command} needs an OPML file\nGive its address, or attach it where you can")
        raise UsageError(needs.format(command=typed))
    try:
        web_address(url)
    except ValueError:
        takes = _(
            "{command} takes a web address, not “{typed}”\nOn the command line {shell} takes a file"
        ).format(
            command=context.spelled("feed import"),
            typed=shorten(url, _TYPED),
            shell=COMMAND_LINE("feed import FILE"),
        )
        raise UsageError(takes) from None
    name = urlsplit(url).path.rpartition("/")[2] or _("the file")
    return await take_feeds(context, await context.scout.read(url), name)


async def take_feeds(context: Context, body: bytes, where: str) -> Card:
    """Watch the feeds of an OPML file, which errors call `where`; those that are watched stay as they are.

    Raises:
        OpmlError: it is no OPML.

    """
    found = await asyncio.to_thread(read_opml, body, where)
    listed = await _addresses(context)
    new = [feed for feed in found.feeds if canonical_url(feed.url) not in listed]
    added = await context.store.add_feeds(new, context.asker.reference)
    card = taken_card(added, len(found.feeds) - len(added), found.skipped)
    return warned(card, added, full_text=context.full_text)


async def export_feeds(context: Context, args: Mapping[str, str]) -> Card:  # noqa: ARG001 - the table's shape
    """Return the feeds as an OPML file, in a chat without the keys of their addresses: all may ask for it."""
    feeds = await context.store.feeds()
    if context.asker != OPERATOR:
        feeds = [replace(each, feed=replace(each.feed, url=without_keys(each.feed.url))) for each in feeds]
    title = ngettext("{count} feed in {file}", "{count} feeds in {file}", len(feeds))
    advice = _("{command} reads it, and so does a feed reader")
    return Card(
        title=title.format(count=decimal(len(feeds)), file=FILE_NAME),
        footer=advice.format(command=context.spelled("feed import")),
        attachment=Attachment(FILE_NAME, (await asyncio.to_thread(write_opml, feeds)).encode()),
    )


def _described(args: Mapping[str, str]) -> Feed:
    """Return the feed that words describe; what they do not say stands for nothing yet.

    Raises:
        UsageError: they do not describe a feed; a line for each mistake.

    """
    url = address(args["url"])
    words = {key: args[key] for key in _KEYS if args.get(key)}
    minutes = args.get("interval") or args.get("interval_minutes", "")
    usual = {"title": _host(url) or url, "language": "und"}
    return feed_of_words({**usual, **words, "url": url, "interval_minutes": minutes}, "feed")


async def _tried(context: Context, feed: Feed, args: Mapping[str, str]) -> tuple[Feed, Look]:
    """Return what stands at an address, or the one feed named there, and what a visit to it brings."""
    try:
        look = await context.scout.look(feed)
    except NotThere as none:
        found = await _of_site(context, feed, none)
        if len(found) > 1 and not _said(args, "first"):
            named = [f"{each.url} {each.title}".rstrip() for each in found]
            told = ngettext(
                "{url} names {count} feed; add one, or the first ({first})",
                "{url} names {count} feeds; add one, or the first ({first})",
                len(found),
            ).format(url=feed.url, count=len(found), first=context.spelled.yes("first"))
            raise UsageError("\n".join([told, *named])) from None
        feed = replace(feed, url=found[0].url, kind=found[0].kind)
        look = await context.scout.look(feed)
    return (replace(feed, url=look.url) if look.moved else feed), look


async def _of_site(context: Context, feed: Feed, none: NotThere) -> Sequence[Found]:
    """Return the feeds of the site of an address that is none itself.

    Raises:
        NotThere: there are none, or the address was to be read as something else and cannot be.

    """
    if feed.kind is not FeedKind.FEED:
        raise none
    return await context.scout.discover(feed.url)


def _as_before(former: Sequence[FeedStatus], url: str, kind: str | None) -> dict[str, str]:
    """Return how a feed was described that is watched no longer; as another kind it has other links."""
    wanted = canonical_url(url)
    both = ((each.feed, (each.feed.url, each.checkpoint.current_url)) for each in former)
    feed = next((feed for feed, addresses in both if wanted in map(canonical_url, addresses)), None)
    if feed is None:
        return {}
    words = words_of_feed(feed)
    if kind is not None and kind != feed.kind:
        words |= {"kind": "", "links": ""}
    return {key: said for key, said in words.items() if said and (key, said) != ("language", "und")}


def _of_host(listed: Sequence[FeedStatus], former: Sequence[FeedStatus], url: str) -> dict[str, str]:
    """Return who publishes what is watched at a host, or was, so that one outlet is not taken for two."""
    sources = _sources(listed, url) or _sources(former, url)
    if len(sources) != 1:
        return {}
    words = words_of_feed(sources[0])
    return {key: words[key] for key in ("source", "family", "reliability", "state_media")}


def _sources(listed: Sequence[FeedStatus], url: str) -> list[Feed]:
    """Return a feed of each source at the host of an address."""
    of_host = [status.feed for status in listed if _host(status.feed.url) == _host(url)]
    return list({feed.source: feed for feed in of_host}.values())


async def _refuse_listed(context: Context, listed: Mapping[str, FeedName], url: str) -> None:
    if name := listed.get(canonical_url(url)):
        raise _watched_already(context, await context.store.feed(name.url), url)


def _watched_already(context: Context, status: FeedStatus, url: str) -> UsageError:
    words = (
        _("{url} is watched already: {feed}\nIt is paused: {resume} asks it again")
        if status.paused
        else _("{url} is watched already: {feed}\n{show} shows how it does")
    )
    resume, show = context.spelled("feed resume FEED"), context.spelled("feed show FEED")
    return UsageError(words.format(url=url, feed=status.feed.title, resume=resume, show=show))


async def _addresses(context: Context) -> dict[str, FeedName]:
    """Return what is watched by each of its addresses."""
    names = await context.store.feed_names()
    both = ((address, name) for name in names for address in (name.current_url, name.url))
    return await asyncio.to_thread(lambda: {canonical_url(address): name for address, name in both})


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _said(args: Mapping[str, str], key: str) -> bool:
    return args.get(key, "").casefold() in ("yes", "true", "1")
