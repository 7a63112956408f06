"""Why an alert is not posted, or a channel is paused, in the reader's language.

The store keeps the sentence that `claims.wanting` and others wrote, in English; here it is recognised by its
form and said again with the same names in it. One of another form is shown as it was written.
"""

from bot import phrases
from bot.card import Line, Span, plain
from bot.language import N_, _
from bot.lines import filled, stance_words
from bot.mistakes import mistake_words
from bot.platforms.slack_refusals import SHUT
from bot.said import who
from bot.sentences import Sentences
from claims.model import Stance
from claims.subscriptions import Importance
from claims.workspaces import CONSOLE

PAUSED = N_("{person} paused it on {day}")
"""Of a channel that somebody paused."""

_KNOWN = Sentences(
    PAUSED,
    N_("It came in quiet hours."),
    N_("It was over the budget of messages an hour."),
    N_("It came while the channel was paused."),
    N_("It was more than a day old when the channel went on."),
    N_("It was withdrawn."),
    N_("All that it bears on was taken out by people here, or is another workspace's."),
    N_("It bears on no claim that is followed here."),
    N_("It {stances} what is followed here; wanted is what {wanted} it."),
    N_("It is {grade}; wanted is what is {least} at least."),
    N_("It was snoozed until {moment} by {person}."),
    N_("Its claim was snoozed until {moment} by {person}."),
    N_("Its source was snoozed until {moment} by {person}."),
    N_("No story of it is in {names}."),
    N_("No story of it is by {names}."),
    N_("It has no story any more."),
    N_("It was subscribed only after the alert was raised."),
    N_("The message that it follows is not there."),
    N_("The words of the subscription cannot be read: {mistake}."),
    N_("The words of the subscription do not fit: {terms}."),
    N_("Channel {channel} does not exist on Discord, or no longer: change the subscription"),
    N_("Claimwatch cannot see channel {channel}: invite it to that server and give it View Channel"),
    N_(
        "Claimwatch may not post in channel {channel}: give it View Channel, Send Messages, Embed Links and "
        "Read Message History"
    ),
    N_("The bot was removed from the server"),
    N_("The channel was deleted on Discord"),
    *SHUT,
)
_OR = " or "


def reason_line(reason: str) -> Line:
    """Return why something is not posted now, a sentence; nothing for nothing."""
    found = _KNOWN.found(reason)
    if found is None:
        return (reason,) if reason else ()
    sentence, parts = found
    return filled(_(sentence), **{name: _part(name, words) for name, words in parts.items()})


def reason_words(reason: str) -> str:
    """Return the same without what a platform shows in its own way."""
    return plain(reason_line(reason))


def importance(grade: Importance) -> str:
    """Return a grade of importance in words."""
    return {
        Importance.ROUTINE: _("routine"),
        Importance.NOTABLE: _("notable"),
        Importance.MAJOR: _("major"),
    }[grade]


def _part(name: str, words: str) -> Span:
    match name:
        case "person":
            return who(words, CONSOLE, CONSOLE)
        case "stances" | "wanted":
            return phrases.either([stance_words(Stance(each)) for each in words.split(_OR)])
        case "grade" | "least":
            return importance(Importance[words.upper()])
        case "names":
            return phrases.either(words.split(_OR))
        case "mistake":
            return mistake_words(words)
    return words
