"""What the groups of the table of commands are about, for platforms that show that."""

from collections.abc import Mapping

from bot.language import N_

GROUPS: Mapping[str, str] = {
    "claim": N_("Claims that are tracked: look one up, find one, or track one of your own."),
    "story": N_("Stories that came in: find them, and learn why one was told or not."),
    "event": N_("Happenings, and the stories that report them."),
    "feed": N_("Feeds that are read: how they are doing, and which are watched."),
    "watch": N_("What a channel is told of."),
    "digest": N_("What a day brought, now or each day at an hour."),
    "snooze": N_("What is not told for a while."),
    "workspace": N_("How this workspace is set up."),
}
"""One sentence each of at most 100 characters (Discord's limit on a description)."""
