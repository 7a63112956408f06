"""Who asks on Slack, whether they are answered, and whether they may change things there."""

import asyncio
import logging
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from bot.commands.model import Asker, Needs, Powers
from bot.language import N_, _
from bot.mending import Books
from bot.platforms import SendError
from bot.platforms.slack_answers import not_slack, part
from bot.platforms.slack_memberships import Memberships
from bot.platforms.slack_refusals import ABSENT, Refused
from bot.platforms.slack_remembering import Remembered
from bot.platforms.slack_web import SlackWeb
from claims.clock import Clock
from claims.errors import UsageError

ASK_SECONDS = 1.0
"""To learn who somebody is: a form must open within three seconds of being asked for
(https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses)."""
LASTING = timedelta(minutes=5)
"""So long what Slack said of somebody is taken for true; changes that it tells of count at once."""
PEOPLE, GROUPS, CHANNELS = 2_000, 100, 500
"""Of so many what Slack said is remembered."""

NEEDS = {
    Needs.CHANGE: N_(
        "It takes a workspace admin, or an editor: an admin names one with {editors} add=@member or "
        "add=@group"
    ),
    Needs.CHANNEL: N_(
        "It takes whoever created that channel, a workspace admin, or an editor: an admin names one with "
        "{editors} add=@member or add=@group"
    ),
    Needs.APPOINT: N_(
        "It takes a workspace admin; whoever runs the bot can name others in the setting slack.managers"
    ),
}
"""What it takes on Slack."""
_UNKNOWN = N_("Slack cannot say right now what you may do: please try again in a minute")
_UNASKED = dict.fromkeys(NEEDS, _UNKNOWN)

_NO_SUCH = frozenset(
    ["user_not_found", "user_not_visible", "no_such_subteam", "plan_upgrade_required", "channel_not_found"]
)
"""Refusals that are answers: nobody, or nothing that the bot sees, has that id
(https://docs.slack.dev/reference/methods/users.info, usergroups.users.list and conversations.info)."""
_CHANNEL = re.compile(r"(?:<#|slack:|(?<![^\s=:]))([CG](?=[A-Z]*[0-9])[A-Z0-9]{4,20})(?![A-Z0-9_-])")
_MOST_ASKED = 3
"""Of so many channels it is looked who created them: the one in which somebody asks, and those they name."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Person:
    """What `users.info` says of somebody."""

    homes: frozenset[str] = frozenset()
    """Ids of the workspaces that they are a member of, and of their organisation."""
    guest: bool = False
    member: bool = False
    """A person who has not left, and whom the workspace knows."""
    admin: bool = False
    name: str = ""
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class _Channel:
    """What `conversations.info` says of a channel."""

    creator: str
    outside: bool
    """People of other workspaces read it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Of the user groups or channels that were looked at, those that are somebody's."""

    found: frozenset[str]
    unseen: frozenset[str]
    """The bot knows none of that id, as of a private channel that it is not in."""
    sure: bool
    """Slack told of all."""


class Askers:
    """Makes askers of the ids of people, and remembers for a while what Slack says of them."""

    def __init__(
        self,
        web: SlackWeb,
        books: Books,
        clock: Clock,
        *,
        managers: Collection[str] = (),
        teams: Collection[str] = (),
    ) -> None:
        """Keep whom the settings name.

        `managers` are members and user groups who may change things and appoint editors; `teams` are the only
        workspaces or organisations that are served, empty for the app's own.
        """
        self._web, self._books = web, books
        self._managers, self._teams = frozenset(managers), frozenset(teams)
        self._team = self._enterprise = ""
        self.memberships = Memberships(web, clock)
        self._people = Remembered(self._person, clock, lasting=LASTING, most=PEOPLE)
        self._groups = Remembered(self._members, clock, lasting=LASTING, most=GROUPS)
        self._channels = Remembered(self._channel, clock, lasting=LASTING, most=CHANNELS)

    def belong(self, team: str, enterprise: str = "") -> None:
        """Note the workspace in which the app is installed, and its organisation: `auth.test` says both."""
        self._team, self._enterprise = team, enterprise

    @property
    def served(self) -> bool:
        """Say whether the app's workspace is one of those that whoever runs the bot named."""
        return not self._teams or not self._teams.isdisjoint({self._team, self._enterprise})

    def forget(self, ident: str) -> None:
        """Ask of a member, user group or channel again: it is not as it was."""
        self._people.forget(ident)
        self._groups.forget(ident)
        self._channels.forget(ident)

    async def language(self, person: str) -> str | None:
        """Return the locale of somebody's Slack, such as `ko-KR`, or None where it is not known."""
        try:
            return (await self._people.of(person)).locale
        except SendError:
            last = self._people.last(person)
            return last.locale if last else None

    async def name(self, person: str) -> str:
        """Return how somebody is called, or nothing where that is not known."""
        try:
            return (await self._people.of(person)).name
        except SendError:
            last = self._people.last(person)
            return last.name if last else ""

    async def among_ourselves(self, channel: str) -> bool:
        """Say whether nobody of another workspace reads a channel: no, where Slack does not tell."""
        try:
            return not (await self._channels.of(channel)).outside
        except SendError:
            return False

    async def asker(
        self, *, person: str, team: str = "", channel: str = "", said: Iterable[str] = ()
    ) -> Asker:
        """Return who asks.

        Args:
            person: the id of a member.
            team: the id of their workspace, where what Slack sent says it.
            channel: where they ask.
            said: the words of what they ask, since who created a channel may change what it is told.

        Raises:
            UsageError: they are not answered.

        """
        if not self.served:
            raise UsageError(
                _(
                    "This bot does not serve this workspace\n"
                    "Whoever runs it names those that it serves in slack.teams"
                )
            )
        if team and not self._enterprise and team != self._team:
            raise _stranger()
        workspace = await self._books.workspace(f"slack:{self._team}")
        named = {*self._managers, *workspace.editors}
        meant = list(dict.fromkeys(channels_in([channel, *said])))[:_MOST_ASKED]
        kept = [each.destination for each in await self._books.subscriptions(workspace.id)]
        (who, sure), groups, created, (private, apart) = await asyncio.gather(
            self._known(person),
            _which(self._groups, [each for each in named if each.startswith("S")], lambda it: person in it),
            _which(self._channels, meant, lambda channel: channel.creator == person),
            self.memberships.apart(person, kept, ASK_SECONDS),
        )
        self._refuse(who)
        names = {person, *groups.found} if sure else set()
        needs = NEEDS if sure and groups.sure and created.sure else _UNASKED
        if channel in created.unseen:
            needs = {**needs, Needs.CHANNEL: ABSENT}
        manages = (sure and who.admin) or not names.isdisjoint(self._managers)
        asker = Asker(
            reference=f"slack:{person}",
            may_change=manages or not names.isdisjoint(workspace.editors),
            may_appoint=manages,
            needs=needs,
            channels={f"slack:{each}": Powers(manages=True) for each in created.found if sure},
            workspace=workspace.id,
            destination=f"slack:{channel}" if channel else "",
            private=private,
            name=who.name,
            language=who.locale,
        )
        known = {asker.reference, asker.destination}
        return replace(asker, unseen={each for each in apart - known if not asker.manages(each)})

    def _refuse(self, who: _Person) -> None:
        """Refuse whoever is no full member.

        Raises:
            UsageError: says why.

        """
        ours = {self._team, *(self._teams & {self._enterprise})}
        if who.homes.isdisjoint(ours) or not who.member:
            raise _stranger()
        if who.guest:
            raise UsageError(
                _(
                    "This bot does not answer guests\n"
                    "What is posted in a channel that you are in, you can read there"
                )
            )

    async def _known(self, person: str) -> tuple[_Person, bool]:
        """Return what is known of somebody, and whether that is how it is now.

        Raises:
            UsageError: nothing is.

        """
        try:
            return await self._people.of(person), True
        except SendError as error:
            if _knows_none(error):
                raise _stranger() from None
            if last := self._people.last(person):
                return last, False
            _log.warning("it could not be asked who somebody is: %s", error)
            title = _("Slack cannot say right now who you are")
            raise UsageError(f"{title}\n" + _("Please try again in a minute")) from None

    async def _person(self, person: str) -> _Person:
        told = await self._web.call("users.info", seconds=ASK_SECONDS, user=person, include_locale=True)
        return _read(part(told, "user"))

    async def _members(self, group: str) -> frozenset[str]:
        told = await self._web.call("usergroups.users.list", seconds=ASK_SECONDS, usergroup=group)
        users = told.get("users")
        if not isinstance(users, list):
            raise not_slack()
        return frozenset(users)

    async def _channel(self, channel: str) -> _Channel:
        told = await self._web.call("conversations.info", seconds=ASK_SECONDS, channel=channel)
        found = part(told, "channel")
        shared = ("is_shared", "is_ext_shared", "is_pending_ext_shared", "is_org_shared")
        return _Channel(str(found.get("creator") or ""), any(found.get(key) for key in shared))


async def _which(book: Remembered[T], idents: Sequence[str], theirs: Callable[[T], bool]) -> _Found:
    """Return which of these ids are somebody's, as far as Slack tells now."""
    found, unseen, untold = set[str](), set[str](), set[str]()

    async def ask(ident: str) -> None:
        try:
            if theirs(await book.of(ident)):
                found.add(ident)
        except SendError as error:
            (unseen if _knows_none(error) else untold).add(ident)

    await asyncio.gather(*map(ask, idents))
    return _Found(frozenset(found), frozenset(unseen), not untold)


def channels_in(said: Iterable[str]) -> list[str]:
    """Return the ids of the channels that are named somewhere: by a mention, a destination or a bare id."""
    return [found for words in said for found in _CHANNEL.findall(words)]


def _read(user: Mapping[str, Any]) -> _Person:
    """Return what a user object says (https://docs.slack.dev/reference/objects/user-object)."""
    across, profile = user.get("enterprise_user") or {}, user.get("profile") or {}
    homes = {user.get("team_id"), across.get("enterprise_id"), *(across.get("teams") or ())}
    admin = ("is_admin", "is_owner", "is_primary_owner")
    return _Person(
        homes=frozenset(str(each) for each in homes if each),
        guest=any(user.get(key) for key in ("is_restricted", "is_ultra_restricted")),
        member=not any(user.get(key) for key in ("deleted", "is_bot", "is_stranger")),
        admin=any(each.get(key) for key in admin for each in (user, across)),
        name=str(profile.get("display_name") or user.get("real_name") or user.get("name") or ""),
        locale=user.get("locale") or None,
    )


def _knows_none(error: SendError) -> bool:
    return isinstance(error, Refused) and error.code in _NO_SUCH


def _stranger() -> UsageError:
    return UsageError(
        _("This bot only answers members of its own workspace\nWhat it posts here, you can read here")
    )
