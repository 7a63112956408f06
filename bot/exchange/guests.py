"""What a workspace may bring, whose claims every story of everybody is read against. Pure."""

from dataclasses import fields, replace

from bot.commands.claim_of import LABELS, SAYER, STATEMENT
from bot.exchange.brought import Brought
from bot.language import _
from claims.errors import ExchangeError
from claims.model import Claim

_LISTS = tuple(each.name for each in fields(Claim) if str(each.type).startswith("tuple"))


def guest(brought: Brought) -> Brought:
    """Return what a file brings to a workspace, which may say as much of a claim as in a chat.

    Profiles made by hand are left out: a careless one fits every story there is.

    Raises:
        ExchangeError: a claim says more than people can say of one in a chat; each trouble a line.

    """
    troubles = [
        _("{claim}: {field}: expected at most {count} characters").format(
            claim=each.id, field=name, count=most
        )
        for each in brought.claims
        for name, most in (("statement", STATEMENT), ("said_by", SAYER))
        if len(getattr(each, name)) > most
    ]
    troubles += [
        _("{claim}: {field}: expected at most {count}").format(claim=each.id, field=name, count=LABELS)
        for each in brought.claims
        for name in _LISTS
        if len(getattr(each, name)) > LABELS
    ]
    if troubles:
        raise ExchangeError("\n".join(troubles))
    made = [each.id for each in brought.claims if each.profile]
    lost = tuple(_("{claim}: how it is recognised").format(claim=each) for each in made)
    return replace(
        brought,
        claims=tuple(replace(each, profile=None) for each in brought.claims),
        lost=(*brought.lost, *lost),
    )
