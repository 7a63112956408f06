"""The link that takes the bot to a server, with what it needs there and no more: plain data."""

from urllib.parse import urlencode

SCOPES = ("bot", "applications.commands")
"""https://discord.com/developers/docs/topics/oauth2#shared-resources-oauth2-scopes"""
PERMISSIONS = {
    "View Channels": 1 << 10,
    "Send Messages": 1 << 11,
    "Embed Links": 1 << 14,
    "Attach Files": 1 << 15,
    "Read Message History": 1 << 16,
    "Create Public Threads": 1 << 35,
    "Send Messages in Threads": 1 << 38,
}
"""As Discord's settings call them (https://discord.com/developers/docs/topics/permissions): to post cards and
pictures, to look for what may have been posted, and to follow a message up in its thread."""


def invitation(application: int | None) -> str:
    """Return the link for the bot of an application."""
    bits = sum(PERMISSIONS.values())
    query = urlencode({"client_id": application, "scope": " ".join(SCOPES), "permissions": bits})
    return f"https://discord.com/oauth2/authorize?{query}"
