"""What a private channel is told, at the desk: shown to those who may know of it alone."""

from dataclasses import replace

import pytest

from bot.actions.model import Press
from bot.actions.table import ACTIONS
from bot.commands.desk import Desk
from bot.commands.model import Asker, Context
from bot.commands.table import COMMANDS
from bot.places import Place
from tests.support.build import (
    NOW,
    alert,
    claim,
    digest,
    event_id,
    feed,
    member,
    outcome,
    subscription,
    visit,
)
from tests.support.chat import buttons, finder, shown, words

STORY = member("Sample ship leaves", ["containers-2023"])
DISCORD = Asker("discord:902", workspace="discord:500", destination="discord:600", private={"discord:601"})
SLACK = Asker("slack:U0READER", workspace="slack:T0", destination="slack:C0ALERTS", private={"slack:C0DESK"})
SURFACES = {
    "watch list": "quiet-claim",
    "watch test channel={private}": "quiet-claim",
    "health": "{private}",
    "story why {story}": "{private}",
    "event show {event}": "{private}",
}
"""What is asked, and what of a private channel it shows those who are in it."""


@pytest.fixture(params=[DISCORD, SLACK], ids=["discord", "slack"])
async def inside(request: pytest.FixtureRequest, context: Context) -> Asker:
    """Have two channels told of a story; return a plain reader who is in both, the second a private one."""
    reader: Asker = request.param
    store = context.store
    await store.sync_feeds([feed()])
    await store.sync_claims([claim(), claim("quiet-claim", statement="Nothing")])
    ours = {"workspace": reader.workspace, "by_people": True}
    await store.subscribe(subscription(reader.destination, **ours))
    for channel in reader.private:
        await store.subscribe(subscription(channel, "containers-2023", "quiet-claim", **ours))
        await store.raise_digest(digest(channel), NOW)
    await store.record_visit(visit(outcome(STORY, alert(STORY))))
    return reader


def desk_of(context: Context, asker: Asker) -> Desk:
    """Return a desk that finds the channels of the asker's workspace."""
    places = {each: Place(each, asker.workspace) for each in (asker.destination, *asker.private)}
    return Desk(COMMANDS, replace(context, find_place=finder(places)), ACTIONS)


async def read(context: Context, asker: Asker) -> dict[str, bool]:
    """Return which surfaces show somebody what the private channel is told."""
    desk = desk_of(context, asker)
    (private,) = asker.private
    named = {"private": private, "story": STORY.story.id, "event": event_id(STORY)}
    found = {}
    for asked, secret in SURFACES.items():
        card = await desk.answer_text(asked.format(**named), asker)
        found[asked] = secret.format(**named) in words(card)
    home = "".join(words(card) for card in await desk.home(asker))
    return {**found, "home": private in home}


async def test_a_private_channel_is_shown_to_those_who_may_know_of_it(
    context: Context, inside: Asker
) -> None:
    """Whoever does not see it finds no trace of it; whoever is in it finds all."""
    seen, unseen = await read(context, inside), await read(context, replace(inside, unseen=inside.private))

    assert seen == dict.fromkeys(seen, True)
    assert unseen == dict.fromkeys(unseen, False)


async def test_what_is_shared_shows_of_private_channels_that_one_alone(
    context: Context, inside: Asker
) -> None:
    """Whoever is in one shows nothing of it in another channel; there, all may read it."""
    (private,) = inside.private
    found = {}
    for here in (inside.destination, private):
        asker = replace(inside, destination=here)
        desk = desk_of(context, inside)
        answer = await desk.answer("watch list", {}, asker)
        shared = await desk.act(buttons(answer)["Share"].action, Press(""), asker)
        found[here] = private in words(shown(shared))

    assert found == {inside.destination: False, private: True}
