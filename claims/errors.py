"""The errors that a person can act on.

    ClaimwatchError
    ├── AskerError            whoever typed the command can mend it: answered with a card
    │   ├── NotFound          no such claim, feed or story
    │   │   └── NotThere      asked for rightly, and what stands at an address cannot be had or read
    │   ├── UsageError        the words of a command do not fit it
    │   ├── OpmlError         a list of feeds cannot be read; names the file and the line
    │   └── ExchangeError     a file of claims cannot be read; names the file, and the line or the key
    └── OperatorError         whoever runs the bot can mend it: one line and exit code 2
        ├── SettingsError     a setting is wrong; names the file or variable, and the key
        ├── SeedError         a seed file is wrong; names the file, the entry and the key
        ├── RowError          a file of stories is wrong; names the file and the line
        └── StoreError        the database cannot be used as it is

`watchers` and `bot` keep the errors of their own stages beside what raises them. A failure to fetch is
not an error but a value (`watchers.fetched.FetchFailed`): it happens every day.
"""

from collections.abc import Mapping


class ClaimwatchError(Exception):
    """Base of every error that carries a sentence for a person."""


class AskerError(ClaimwatchError):
    """Whoever asked can mend it."""


class NotFound(AskerError):
    """Nothing is kept under that name."""


class NotThere(NotFound):
    """What stands at an address cannot be had, or not read as what it should be."""


class UsageError(AskerError):
    """A command was typed in a way that it does not understand."""

    def __init__(self, words: str, wrong: Mapping[str, str] | None = None) -> None:
        """Keep what is said, and by the name of a value what is wrong with it, where that is known."""
        super().__init__(words)
        self.wrong = wrong or {}


class OpmlError(AskerError):
    """A list of feeds is no OPML that can be read."""


class ExchangeError(AskerError):
    """A file of claims cannot be read, or not be taken as it is."""


class OperatorError(ClaimwatchError):
    """Whoever runs the bot can mend it."""


class SettingsError(OperatorError):
    """A setting is missing, unknown or wrong."""


class SeedError(OperatorError):
    """A seed file is missing or holds a mistake."""


class RowError(OperatorError):
    """A file of stories cannot be read, or a line of it holds a mistake."""


class StoreError(OperatorError):
    """The database is locked, damaged, unreadable or from a newer version."""
