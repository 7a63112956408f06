"""The shape of a command: what can be asked, with which words, and what answers it."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from bot.card import Card
from bot.commands.scout import Scout
from bot.commands.spelling import PROMPT, Spelling
from bot.controls import Option
from bot.language import N_
from bot.places import EditCard, FindMessage, FindPlace, anywhere, unaddressed, unedited
from claims.clock import Clock
from claims.independence import Who
from claims.matching.matcher import Matcher
from claims.matching.prototypes import Prototype
from claims.model import Claim
from claims.store import Store
from claims.workspaces import CONSOLE


class Needs(Enum):
    """What somebody must be allowed to be answered."""

    NOTHING = auto()
    """To look things up: all may."""
    CHANNEL = auto()
    """To say what a channel is told; `bot.commands.rights.refuse_in` asks for the one that is meant."""
    CHANGE = auto()
    """To change what all of a workspace see."""
    SHARED = auto()
    """To change what all workspaces share: that, in one that whoever runs the bot named."""
    APPOINT = auto()
    """To say who may change things."""


@dataclass(frozen=True, slots=True)
class Powers:
    """What somebody may do in one channel."""

    manages: bool = False
    """Say what it is told."""
    calls: bool = False
    """Mention all roles, also those that not everybody may mention."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as their platform vouches for."""

    reference: str
    """Of the person, as the platform has it: `console`, `discord:901`, `slack:U0READER`."""
    may_change: bool = False
    """They may change what all of the workspace see."""
    may_appoint: bool = False
    """They may say who may change things."""
    needs: Mapping[Needs, str] = field(default_factory=dict)
    """What it takes to be allowed something, a sentence for whoever is not; `{editors}` in it stands for the
    command that names them."""
    channels: Mapping[str, Powers] = field(default_factory=dict)
    """What they may do in single channels, by destination; in one that is not here `may_change` decides."""
    named: bool = True
    """Whoever runs the bot named the workspace: what all workspaces share may be changed from there."""
    workspace: str = field(kw_only=True)
    """Where they ask, and whose subscriptions, verdicts, snoozes and added claims they see."""
    destination: str = ""
    """The channel in which they ask: `discord:600`."""
    private: Collection[str] = ()
    """Destinations that not all of the workspace may know of."""
    unseen: Collection[str] = ()
    """Of those, the ones that whoever asks may not know of either."""
    name: str = ""
    """How the platform shows them, for where it cannot be asked."""
    language: str | None = None
    """As their platform says: `ko`, `en-GB`."""

    def manages(self, destination: str) -> bool:
        """Say whether they may say what a channel is told."""
        powers = self.channels.get(destination)
        return powers.manages if powers else self.may_change

    def for_all(self) -> "Asker":
        """Return them asking for all who read along: of private channels, that one alone is shown."""
        return replace(self, unseen=frozenset(self.private) - {self.destination})


OPERATOR = Asker(CONSOLE, may_change=True, may_appoint=True, workspace=CONSOLE)
"""Whoever runs the bot, at the console or on the command line."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a command may use."""

    store: Store
    clock: Clock
    make_matcher: Callable[[Sequence[Claim], Sequence[Prototype]], Matcher]
    """Of a register and of what people taught, over the lexicon that ships."""
    scout: Scout
    """Looks at addresses."""
    asker: Asker = OPERATOR
    spelled: Spelling = PROMPT
    """How commands are typed where the answer is shown."""
    full_text: bool = True
    """The pages of stories can be read: the extra is installed."""
    timezone: str = "UTC"
    """IANA name: how moments are written."""
    platforms: Mapping[str, str] = field(default_factory=dict)
    """Those that are switched on by name, with why one cannot run, or nothing where it does."""
    find_place: FindPlace = anywhere
    """Asks the platform of a destination what it says of it."""
    edit: EditCard = unedited
    """Has a message show another card; one that cannot be edited stays as it is."""
    find_message: FindMessage = unaddressed
    """Asks the platform of a destination for the web address of a message there."""
    subscribed: Collection[str] = ()
    """Destinations that the settings name, whatever became of them in chat."""
    shared_register: bool = False
    """What a workspace other than the console says and adds is everybody's."""
    who: Who = field(kw_only=True)
    """Whom names mean (`claims.standing`)."""

    @property
    def workspace(self) -> str:
        """Return whose subscriptions, verdicts, snoozes and added claims are meant."""
        return self.asker.workspace


Suggest = Callable[[Context, str], Awaitable[Sequence[Option]]]
"""Gets what is typed so far; returns at most `bot.controls.OPTIONS`, the best first, within a second."""


class Reach(Enum):
    """How far a value goes on where it is typed with its name, without quotation marks round it."""

    WORD = auto()
    """It is one word, and what follows is typed by its place again."""
    WORDS = auto()
    """To the next name: `source=Sample Wire since=2025`, `source: Sample Wire since: 2025`."""
    TEXT = auto()
    """As `WORDS`, but `name:` in it may be part of it, so that nobody knows."""
    QUERY = auto()
    """To the next `name=`: quotation marks and `name:` in it are its own."""


@dataclass(frozen=True, slots=True)
class Param:
    """One word, or with `rest` all remaining words, that a command takes."""

    name: str
    help: str
    required: bool = True
    rest: bool = False
    named: bool = False
    """It is typed as `name=words`, in any order; never required."""
    attached: bool = False
    """It is the address of a file that was attached to the question, so that it is never typed."""
    choices: tuple[str, ...] = ()
    """All that it can be, where that is little; at most 25."""
    channel: bool = False
    """It is a channel, picked where the platform can; typed it is a mention or an id."""
    suggest: Suggest | None = None
    """Finds what it could be from what is typed so far."""
    several: bool = False
    """It is a list with commas between, of which the last name is suggested."""
    reach: Reach = Reach.WORDS

    @property
    def is_word(self) -> bool:
        """Say whether it is one word where it is typed, or stands in quotation marks."""
        return self.reach is Reach.WORD or bool(self.choices) or not (self.named or self.rest)


PAGE = Param("page", N_("which page, counted from 1"), required=False, named=True, reach=Reach.WORD)
"""Of a command whose answer may be long."""


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table: `claim show`, or a single word such as `help`."""

    path: tuple[str, ...]
    """One or two words: the group, if any, and the name."""
    summary: str
    """One sentence of at most 100 characters (Discord's limit on a description)."""
    run: Callable[[Context, Mapping[str, str]], Awaitable[Card]]
    """Gets the values by parameter name; raises `AskerError` for what the asker can mend."""
    params: tuple[Param, ...] = ()
    needs: Needs = Needs.NOTHING
    """Whoever is not allowed that is refused before anything is done."""
    changes: bool = False
    """Something is otherwise afterwards: once it is, that is noted in the audit log."""
    sure: str = ""
    """The parameter that has to be `yes`: without it the command only asks, and nothing is noted."""
    bare: bool = False
    """Where it is typed, the word of its group is enough."""
    on_message: str = ""
    """Its name in the menu of a message, where it can be asked of one: it gets `text` and `url`."""
    form_of_message: str = ""
    """The action that then opens its form instead, with the message's `text` and `url` as entries."""
    shortcut: str = ""
    """Its name among Slack's shortcuts, the same in every language; at most 24 characters."""

    @property
    def guarded(self) -> bool:
        """Say whether only those who may change things are answered."""
        return self.needs is not Needs.NOTHING

    def is_noted(self, args: Mapping[str, str]) -> bool:
        """Say whether the audit log is told of it, asked with these values."""
        return self.changes and (not self.sure or args.get(self.sure) == "yes")

    @property
    def name(self) -> str:
        """Return the words that are typed: `claim show`."""
        return " ".join(self.path)

    @property
    def usage(self) -> str:
        """Return the command with its parameters: `claim list [page=N]`, `feed add URL [NAME=WORDS...]`."""
        words = [p.name.upper() if p.required else f"[{p.name.upper()}]" for p in self.typed]
        if self.named:
            words.append("[page=N]" if self.named == (PAGE,) else "[NAME=WORDS...]")
        return " ".join([self.name, *words])

    @property
    def typed(self) -> tuple[Param, ...]:
        """Return the parameters that are typed by their place."""
        return tuple(param for param in self.params if not (param.named or param.attached))

    @property
    def named(self) -> tuple[Param, ...]:
        """Return the parameters that are typed with their names."""
        return tuple(param for param in self.params if param.named)
