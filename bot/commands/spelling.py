"""What a reader types to give a command: the same words, place by place."""

from collections.abc import Mapping
from dataclasses import dataclass

from claims.workspaces import CONSOLE

ROOT = "claimwatch"
"""The word that Slack and the shell want before every command; it may be left out elsewhere."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How commands are typed in one place; texts name them as the table of commands does."""

    before: str = ""
    """What stands before every command."""
    others: tuple[tuple[str, str], ...] = ()
    """What a command begins with in the table, and there; the first that fits counts."""
    option: str = "{}=yes"
    """How a parameter that is `yes` or nothing is typed."""

    def __call__(self, command: str) -> str:
        """Return a command, perhaps with its words (`feed show FEED`), as it is typed here."""
        fits = ((there + command[len(ours) :]) for ours, there in self.others if command.startswith(ours))
        return self.before + next(fits, command)

    def yes(self, param: str) -> str:
        """Return a parameter that is `yes` as it is typed here."""
        return self.option.format(param)


PROMPT = Spelling()
"""Of the console."""
COMMAND_LINE = Spelling(
    f"{ROOT} ",
    (("claim candidates", "candidates"), ("story why", "why"), ("claim ", "claims "), ("feed ", "feeds ")),
    "--{}",
)
_OF: Mapping[str, Spelling] = {
    CONSOLE: PROMPT,
    "discord": Spelling("/", option="{}:yes"),
    "slack": Spelling(f"/{ROOT} "),
}


def spelling(reference: str) -> Spelling:
    """Return how commands are typed where a person or a destination is: `slack:U0READER`, `console`."""
    return _OF.get(reference.partition(":")[0], PROMPT)
