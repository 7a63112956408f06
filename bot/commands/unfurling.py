"""What is shown of a link that somebody posted, to all who read it there."""

from bot.answers.unfurl import unfurl_card
from bot.card import Card
from bot.commands.model import Context


async def unfurl(context: Context, url: str) -> Card | None:
    """Return what is shown of the story at an address, or None where it is none that bears on a claim."""
    accounts = await context.store.accounts(url)
    told_first = sorted(accounts, key=lambda account: account.alert is None)
    register = await context.store.register() if accounts else {}
    cards = (unfurl_card(account, register, context.timezone) for account in told_first)
    return next((card for card in cards if card is not None), None)
