"""Commands by which claims leave as files and come back, after a look at what would change."""

import asyncio
import base64
import io
import zlib
from collections.abc import Mapping
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.actions.model import action
from bot.answers.exchange import exported_card, imported_card, plan_card
from bot.card import Attachment, Card
from bot.commands.model import Context
from bot.commands.parse import address
from bot.commands.rights import changes_register
from bot.commands.spelling import COMMAND_LINE
from bot.commands.track import refuse_many
from bot.controls import Button, Look
from bot.exchange.changes import Plan, plan
from bot.exchange.formats import FORMATS
from bot.exchange.guests import guest
from bot.exchange.incoming import read_claims_file
from bot.exchange.model import Export
from bot.exchange.outgoing import chosen, edition_of, write
from bot.language import _
from bot.phrases import shorten
from bot.resources import own_version
from claims.care import Editor
from claims.errors import ExchangeError, NotFound, SeedError, UsageError
from claims.tables import web_address
from claims.text import digest_key
from claims.when import Day
from claims.workspaces import CONSOLE, Asked

SURE = "sure"
"""The word without which an import only shows what it would change."""
APPLY = "import"
"""The action that applies one."""
MAX_FILE = 8 * 1024 * 1024
"""Bytes of a file in a chat: Discord takes 10 MiB of a bot (discord.com/developers/docs/reference,
"Uploading Files"), Slack more."""

_TYPED = 60


async def export_claims(context: Context, args: Mapping[str, str]) -> Card:
    """Return the claims of the ids in `claims` or the tags in `tags`, else all, as a file of a `format`.

    Raises:
        UsageError: there is no such format or no such claim, or the file is larger than `MAX_FILE`.

    """
    form = FORMATS.get(args.get("format") or "json")
    if form is None:
        raise UsageError(_("format takes one of {names}").format(names=", ".join(FORMATS)))
    listed = await context.store.claims()
    ids, tags = _several(args.get("claims")), _several(args.get("tags"))
    claims = chosen(listed, ids, tags)
    for unknown in sorted(set(ids) - {claim.id for claim in claims}):
        raise NotFound(f"There is no claim “{unknown}”")
    if not claims:
        raise NotFound(_("No claim has one of these tags"))
    edition = await edition_of(context.store, listed, context.clock(), own_version())
    out = io.BytesIO()
    await write(form, out, Export(edition, claims), context.store, listed, context.who)
    if out.tell() > MAX_FILE:
        words = _("The file has more than {size} MiB\nName some claims or tags")
        raise UsageError(words.format(size=MAX_FILE // 2**20))
    file = Attachment(f"claims{form.ending}", out.getvalue())
    advice = _("{command} reads JSON, CSV, TOML and ClaimReview").format(
        command=context.spelled("claim import")
    )
    return exported_card(edition, file, len(claims), advice)


async def import_claims(context: Context, args: Mapping[str, str]) -> Card:
    """Return what the claims of a file would change, with a button that has it so; with `sure`, have it so.

    The file stands at `url` or was attached as `file`.

    Raises:
        NotThere: there is no such file.
        UsageError: none was named, or not by an address.
        ExchangeError: it cannot be read or taken; all or nothing.

    """
    url = address(args.get("file") or args.get("url") or "")
    if not url:
        words = _("{command} needs a file of claims\nGive its address, or attach it where you can")
        raise UsageError(words.format(command=context.spelled("claim import")))
    try:
        web_address(url)
    except ValueError:
        words = _("{command} takes a web address, not “{typed}”\nOn the command line {shell} takes a file")
        raise UsageError(
            words.format(
                command=context.spelled("claim import"),
                typed=shorten(url, _TYPED),
                shell=COMMAND_LINE("claim import FILE"),
            )
        ) from None
    name = urlsplit(url).path.rpartition("/")[2] or _("the file")
    body = await context.scout.read(url)
    if args.get(SURE) == "yes":
        return await apply(context, body, name)
    found = await planned(context, body, name)
    if context.workspace == CONSOLE:
        again = context.spelled(f"claim import {url} {SURE}=yes")
        return plan_card(found, _("{command} has it so").format(command=again))
    return plan_card(found, controls=((await _button(context, body, name, found),),))


async def planned(context: Context, body: bytes, where: str) -> Plan:
    """Return what the claims of a file, which errors call `where`, would change; nothing is changed.

    Raises:
        ExchangeError: it cannot be read or taken.
        UsageError: it would be more claims than the workspace may have.

    """
    register = await context.store.register()
    listed = await context.store.claims()
    ids = {claim.id for claim in listed}
    workspace = None if changes_register(context) else context.workspace
    today = Day.of(context.clock().astimezone(ZoneInfo(context.timezone)).date())

    def decide() -> Plan:
        brought = read_claims_file(body, where, register)
        return plan(guest(brought) if workspace else brought, register, ids, workspace, today)

    found = await asyncio.to_thread(decide)
    await asyncio.to_thread(_refuse_unknown, context, found)
    new = sum(change.before is None for change in found.changes)
    if workspace is not None and new:
        own = sum(claim.workspace == workspace for claim in listed)
        await refuse_many(context, own + new - 1)
    return found


async def apply(context: Context, body: bytes, where: str, shown: str | None = None) -> Card:
    """Have all of a file so, or nothing, and return what was changed.

    Args:
        context: who imports it, and where.
        body: the file.
        where: what errors call it.
        shown: what was shown of it (`shown_of`), where anything was.

    Raises:
        ExchangeError: it cannot be read or taken, or the register has changed since it was shown, so that it
            would do something else.
        UsageError: it would be more claims than the workspace may have.

    """
    found = await planned(context, body, where)
    if shown is not None and found.changes and shown_of(found) != shown:
        raise ExchangeError(_("Claims were changed meanwhile\nImport it again to see what would change now"))
    by = Editor(context.asker.reference, context.workspace, _("import of {file}").format(file=where))
    await context.store.keep_claims([change.after for change in found.changes], by)
    return imported_card(found, _("{list} lists them").format(list=context.spelled("claim list")))


async def apply_asked(context: Context, key: str) -> Card:
    """Have an import so that was shown under a key, as it was shown.

    Raises:
        NotFound: it was shown too long ago, or elsewhere.
        ExchangeError: the register has changed since, so that it would do something else.

    """
    asked = await context.store.asked(key)
    if asked is None or asked.command != APPLY or asked.values["workspace"] != context.workspace:
        raise NotFound(_("This answer is too old\nAsk again"))
    body, where = zlib.decompress(base64.b85decode(asked.values["body"])), asked.values["where"]
    return await apply(context, body, where, asked.values["shown"])


async def _button(context: Context, body: bytes, where: str, found: Plan) -> Button:
    """Keep a file as it was read, so that what is applied is what was shown."""
    shown = shown_of(found)
    packed = base64.b85encode(zlib.compress(body)).decode("ascii")
    values = {"body": packed, "where": where, "shown": shown, "workspace": context.workspace}
    key = digest_key(APPLY, context.workspace, where, shown)
    if found.changes:
        await context.store.remember(Asked(key, APPLY, values), context.clock())
    return Button(_("Import"), action(APPLY, key), Look.MAIN)


def shown_of(found: Plan) -> str:
    """Return 16 hexadecimal digits that stand for all that a plan changes."""
    return digest_key(*(repr((change.before, change.after)) for change in found.changes))


def _refuse_unknown(context: Context, found: Plan) -> None:
    """Refuse claims that no story could fit, which would be kept for nothing."""
    claims = [change.after for change in found.changes]
    try:
        profiles = context.make_matcher(claims, ()).profiles if claims else {}
    except SeedError as error:
        raise ExchangeError(str(error)) from None
    bare = [claim.id for claim in claims if not profiles[claim.id].need]
    if bare:
        words = _("{claim}: no word of it is known, so no story could fit it")
        raise ExchangeError("\n".join(words.format(claim=each) for each in bare))


def _several(typed: str | None) -> tuple[str, ...]:
    return tuple(part.strip().casefold() for part in (typed or "").split(",") if part.strip())
