"""Commands that give reasons: why a story was told or not."""

from collections.abc import Mapping

from bot.answers_why import NEAREST, account_card
from bot.card import Card
from bot.commands.model import Context
from bot.phrases import shorten
from claims.errors import NotFound
from claims.outgoing import Account
from claims.why import Today, today

_TYPED = 60


async def why_story(context: Context, args: Mapping[str, str]) -> Card:
    """Return what became of the story of `story`, an address or an id; the told one, where feeds share it.

    Raises:
        NotFound: no such story is kept; says where to look.

    """
    found, languages = await explained(context, args["story"])
    (account, now), *others = sorted(found, key=lambda pair: pair[0].alert is None)
    return account_card(account, now, languages, context.timezone, [other for other, _ in others])


async def explained(context: Context, named: str) -> tuple[list[tuple[Account, Today]], frozenset[str]]:
    """Return the stories of an address or an id beside what today says, and the languages that are read.

    Raises:
        NotFound: no such story is kept.

    """
    # Slack writes an address as <https://...> or <https://...|words>.
    wanted = named.strip().removeprefix("<").removesuffix(">").partition("|")[0]
    accounts = await context.store.accounts(wanted)
    if not accounts:
        raise NotFound(
            f"No story is kept under “{shorten(wanted, _TYPED)}”\n"
            "feed list says which feeds are read and how they do; what a feed no longer lists never came\n"
            "claimwatch match reads any story as if it had come"
        )
    claims = await context.store.claims()
    matcher = context.make_matcher(claims)
    register = frozenset(claim.id for claim in claims)
    return [(account, today(account, matcher, register, NEAREST)) for account in accounts], matcher.languages
