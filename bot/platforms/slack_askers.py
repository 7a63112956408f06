"""Who asks on Slack, whether they are answered, and whether they may change things there."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.commands.model import Asker, Needs
from bot.language import N_, _
from bot.platforms import SendError
from bot.platforms.slack_answers import not_slack
from bot.platforms.slack_refusals import Refused
from bot.platforms.slack_remembering import Remembered
from bot.platforms.slack_web import SlackWeb
from claims.clock import Clock
from claims.errors import UsageError
from claims.store_workspaces import WorkspaceBook

ASK_SECONDS = 1.5
"""To learn who somebody is: a form must open within three seconds of being asked for
(https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses)."""
LASTING = timedelta(minutes=5)
"""So long what Slack said of somebody is taken for true; changes that it tells of count at once."""
PEOPLE, GROUPS = 2_000, 100
"""Of so many what Slack said is remembered."""

NEEDS = {
    Needs.CHANGE: N_(
        "It takes a workspace admin, or an editor: an admin names one with /claimwatch workspace editors "
        "add=@member or add=@group"
    ),
    Needs.CHANNEL: N_(
        "It takes who created that channel, a workspace admin, or an editor: an admin names one with "
        "/claimwatch workspace editors add=@member or add=@group"
    ),
    Needs.APPOINT: N_(
        "It takes a workspace admin; whoever runs the bot can name others in the setting slack.managers"
    ),
}
"""What it takes on Slack."""
_UNKNOWN = N_("Whether you may cannot be asked of Slack now: please try again in a minute")
_UNASKED = dict.fromkeys(NEEDS, _UNKNOWN)

_STRANGE = frozenset(["user_not_found", "user_not_visible"])
"""Refusals of https://docs.slack.dev/reference/methods/users.info for whoever is no member."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Person:
    """What `users.info` says of somebody."""

    homes: frozenset[str] = frozenset()
    """Ids of the workspaces that they are a member of, and of their organisation."""
    guest: bool = False
    active: bool = True
    """A person who has not left."""
    admin: bool = False
    name: str = ""
    locale: str | None = None


class Askers:
    """Makes askers of the ids of people, and remembers for a while what Slack says of them."""

    def __init__(
        self,
        web: SlackWeb,
        books: WorkspaceBook,
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
        self._people = Remembered(self._person, clock, lasting=LASTING, most=PEOPLE)
        self._groups = Remembered(self._members, clock, lasting=LASTING, most=GROUPS)

    def belong(self, team: str, enterprise: str = "") -> None:
        """Note the workspace in which the app is installed, and its organisation: `auth.test` says both."""
        self._team, self._enterprise = team, enterprise

    @property
    def served(self) -> bool:
        """Say whether the app's workspace is one of those that whoever runs the bot named."""
        return not self._teams or not self._teams.isdisjoint({self._team, self._enterprise})

    def forget(self, ident: str) -> None:
        """Ask of a member or user group again: it is not as it was."""
        self._people.forget(ident)
        self._groups.forget(ident)

    async def language(self, person: str) -> str | None:
        """Return the locale of somebody's Slack, such as `ko-KR`, or None where it is not known."""
        try:
            return (await self._people.of(person)).locale
        except SendError:
            last = self._people.last(person)
            return last.locale if last else None

    async def asker(self, *, person: str, team: str = "", channel: str = "") -> Asker:
        """Return who asks.

        Args:
            person: the id of a member.
            team: the id of their workspace, where what Slack sent says it.
            channel: where they ask.

        Raises:
            UsageError: they are not answered.

        """
        if not self.served:
            raise UsageError(
                _("This bot answers in other workspaces alone\nWhoever runs it names them in slack.teams")
            )
        if team and not self._enterprise and team != self._team:
            raise _stranger()
        workspace = await self._books.workspace(f"slack:{self._team}")
        named = {*self._managers, *workspace.editors}
        asked, found = await asyncio.gather(self._known(person), self._in_groups(person, named))
        who, fresh = asked
        self._refuse(who)
        groups, all_told = found
        names = {person, *groups}
        manages = fresh and (who.admin or not names.isdisjoint(self._managers))
        edits = manages or (fresh and not names.isdisjoint(workspace.editors))
        return Asker(
            reference=f"slack:{person}",
            may_change=edits,
            may_appoint=manages,
            needs=NEEDS if fresh and all_told else _UNASKED,
            workspace=workspace.id,
            destination=f"slack:{channel}" if channel else "",
            name=who.name,
            language=who.locale,
        )

    def _refuse(self, who: _Person) -> None:
        """Refuse whoever is no full member.

        Raises:
            UsageError: says why.

        """
        ours = {self._team, *(self._teams & {self._enterprise})}
        if who.homes.isdisjoint(ours) or not who.active:
            raise _stranger()
        if who.guest:
            raise UsageError(
                _("Guests are not answered\nWhat is posted in a channel that you are in, you can read there")
            )

    async def _known(self, person: str) -> tuple[_Person, bool]:
        """Return what is known of somebody, and whether that is how it is now.

        Raises:
            UsageError: nothing is.

        """
        try:
            return await self._people.of(person), True
        except SendError as error:
            if last := self._people.last(person):
                return last, False
            title = _("Who you are cannot be asked of Slack now")
            raise UsageError(f"{title}\n{error}\n" + _("Please try again in a minute")) from None

    async def _in_groups(self, person: str, named: Collection[str]) -> tuple[set[str], bool]:
        """Return in which of the named user groups somebody is, and whether Slack told of all."""
        groups = [each for each in named if each.startswith("S")]
        told = await asyncio.gather(*(self._groups.of(each) for each in groups), return_exceptions=True)
        for each in told:
            if isinstance(each, BaseException) and not isinstance(each, SendError):
                raise each
        found = {
            group
            for group, members in zip(groups, told, strict=True)
            if not isinstance(members, BaseException) and person in members
        }
        return found, not any(isinstance(each, SendError) for each in told)

    async def _person(self, person: str) -> _Person:
        try:
            told = await self._web.call("users.info", user=person, include_locale=True, seconds=ASK_SECONDS)
        except Refused as error:
            if error.code in _STRANGE:
                return _Person()
            raise
        return _read(_within(told, "user", dict))

    async def _members(self, group: str) -> frozenset[str]:
        told = await self._web.call("usergroups.users.list", usergroup=group, seconds=ASK_SECONDS)
        return frozenset(_within(told, "users", list))


def _read(user: Mapping[str, Any]) -> _Person:
    """Return what a user object says (https://docs.slack.dev/reference/objects/user-object)."""
    across, profile = user.get("enterprise_user") or {}, user.get("profile") or {}
    homes = {user.get("team_id"), across.get("enterprise_id"), *(across.get("teams") or ())}
    admin = ("is_admin", "is_owner", "is_primary_owner")
    return _Person(
        homes=frozenset(str(each) for each in homes if each),
        guest=any(user.get(key) for key in ("is_restricted", "is_ultra_restricted", "is_stranger")),
        active=not (user.get("deleted") or user.get("is_bot")),
        admin=any(each.get(key) for key in admin for each in (user, across)),
        name=str(profile.get("display_name") or user.get("real_name") or user.get("name") or ""),
        locale=user.get("locale") or None,
    )


def _within(told: AsyncSlackResponse, key: str, kind: type[T]) -> T:
    found = told.get(key)
    if not isinstance(found, kind):
        raise not_slack()
    return found


def _stranger() -> UsageError:
    return UsageError(
        _("This bot answers the members of its own workspace alone\nWhat it posts here, you can read here")
    )
