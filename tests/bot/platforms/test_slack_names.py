"""People on Slack by name, in what all of a channel read."""

from bot.card import Card, Field, Person
from claims.sqlite import SQLiteStore
from tests.support.slack_blocks import pings, seen
from tests.support.slack_places import ADMIN, EDITORS, READER
from tests.support.slack_platform import CHANNEL, KEY, slack_platform
from tests.support.slack_server import Fault, SlackServer


def judged(*people: str) -> Card:
    """Return a card that names people."""
    spans = [Person(f"slack:{each}", f"slack:{each}") for each in people]
    return Card("t", ((spans[0], " said so"),), (Field("Right", (*spans[1:],)),))


async def test_people_and_groups_are_named_in_posts_and_edits(slack: SlackServer, books: SQLiteStore) -> None:
    """As they are called on Slack, in plain words that call nobody, and without asking twice."""
    slack.members[READER].name = "<!channel> *Ada*"
    platform = slack_platform(slack, books)
    receipt = await platform.send(CHANNEL, judged(READER, ADMIN), KEY, again=False)
    [message] = slack.messages
    admin = slack.members[ADMIN].name
    assert seen(message) == f"t\n<!channel> *Ada* said so\nRight  {admin}"
    asked = len(slack.calls)
    await platform.edit(CHANNEL, receipt, judged(READER, READER))
    assert len(slack.calls) == asked + 1
    await platform.edit(CHANNEL, receipt, judged(READER, EDITORS))
    assert seen(message).endswith(f"Right  @{slack.groups[EDITORS].handle}")
    assert pings(message) == []


async def test_a_card_is_posted_where_nobody_can_be_asked(slack: SlackServer, books: SQLiteStore) -> None:
    """Whoever is not known is somebody, as all are to a platform that hears nobody."""
    slack.fail("users.info", Fault(status=503), Fault(error="user_not_found"))
    await slack_platform(slack, books).send(CHANNEL, judged(READER, ADMIN), KEY, again=False)
    await slack_platform(slack).send(CHANNEL, judged(READER, ADMIN), "alert-2", again=False)
    assert [seen(each) for each in slack.messages] == ["t\nsomebody said so\nRight  somebody"] * 2
