"""What look-ups answer, from a real store."""

import pytest

from bot.card import Card, Tone, plain
from bot.commands.model import Context
from claims.feeds import FeedState
from tests.support.build import alert, claim, feed, figure, member, outcome, visit
from tests.support.chat import ask, fields, words


def ids(card: Card) -> list[str]:
    """Return the claims that a list names."""
    return [plain(line).partition(":")[0] for line in card.lines]


@pytest.fixture
async def register(context: Context) -> None:
    """Keep three claims, one of which denies another."""
    await context.store.sync_claims(
        [
            claim(disputed_by=("denial-moscow", "retired"), items=("containers",)),
            claim("shell-volume", statement="Russia may have 1.6 million shells", said_by="Sample Institute"),
            claim("denial-moscow", statement="Russia gets no arms", said_by="Kremlin", denial=True),
        ]
    )


@pytest.mark.usefixtures("register")
async def test_show_a_claim_with_its_evidence(context: Context) -> None:
    """A claim comes with its figures since, its listed denials, and the stories that bear on it."""
    await context.store.sync_feeds([feed()])
    told = member("Seoul counts", origin="Sample ministry", figures=[figure(body="Sample ministry")])
    await context.store.record_visit(visit(outcome(told)))

    card = await ask(context, "claim show Containers-2023")

    assert card.heading == "CLAIM · containers-2023"
    assert fields(card)["Since then"] == "13,000 containers (Sample ministry, 27 August 2024)"
    assert fields(card)["Standing"] == "disputed; corroborated by 1 independent origin"
    assert fields(card)["Corroborated"] == "Sample ministry, 27 August 2024"
    assert fields(card)["Denied"] == "Kremlin, 13 October 2023 (denial-moscow)"
    assert fields(card)["Evidence"] == "1 in support, 1 happening"
    assert (
        fields(card)["Supports"]
        == "Seoul counts · Sample Herald, 27 August 2024 · according to Sample ministry"
    )


@pytest.mark.usefixtures("register")
async def test_a_mistyped_claim_is_answered_with_the_nearest(context: Context) -> None:
    """Whoever mistypes an id is told which one may be meant, or where all are."""
    near = await ask(context, "claim show container-2022")
    far = await ask(context, "claim show zzz")

    assert (near.title, near.tone) == ("There is no claim “container-2022”", Tone.TROUBLE)
    assert plain(near.lines[0]).startswith("Did you mean: containers-2023")
    assert plain(far.lines[0]) == "claim list names all claims"


@pytest.mark.usefixtures("register")
async def test_search_finds_claims_with_every_word(context: Context) -> None:
    """Statement, sayer and items are searched, case aside."""
    card = await ask(context, "claim search SHELLS institute")

    assert card.title == "1 claim with “SHELLS institute”"
    assert ids(card) == ["shell-volume"]


@pytest.mark.usefixtures("register")
async def test_search_falls_back_to_the_closest_and_says_so(context: Context) -> None:
    """Where no claim has all words, those with the most of them are offered."""
    card = await ask(context, "claim search shells million moonbase")

    assert card.title == "No claim has all of “shells million moonbase”; these have some of it"
    assert ids(card) == ["shell-volume"]


@pytest.mark.usefixtures("register")
async def test_search_for_what_nobody_claims(context: Context) -> None:
    """Nothing found is an answer with a way on; hostile words are only words."""
    for typed in ("moonbase", "%", "'; drop table claims; --", "@everyone"):
        card = await ask(context, f"claim search {typed}")
        assert card.title == f"No claim has any word of “{typed}”"
        assert card.lines == (("claim list names all claims",),)

    assert len((await ask(context, "claim list")).lines) == 3


@pytest.mark.usefixtures("register")
async def test_list_names_claims_in_the_order_of_the_register(context: Context) -> None:
    """Every claim is listed."""
    card = await ask(context, "claim list")

    assert card.title == "3 claims tracked"
    assert ids(card) == ["containers-2023", "shell-volume", "denial-moscow"]


async def test_an_empty_store_answers_everything(context: Context) -> None:
    """A bot that was just set up says that it has nothing, and never fails."""
    titles = {text: (await ask(context, text)).title for text in ("claim list", "feed list", "digest")}

    assert titles == {
        "claim list": "No claim is tracked",
        "feed list": "No feed is listed",
        "digest": "DIGEST · 27 August 2024 · nothing new",
    }
    assert (await ask(context, "claim show x")).tone is Tone.TROUBLE
    assert (await ask(context, "claim search x")).tone is Tone.TROUBLE


async def test_one_feed_is_shown_by_words_that_fit_it(context: Context) -> None:
    """Its state is told in the zone of the asker, and so is whoever added it."""
    await context.store.add_feeds([feed()], by="discord:901")
    await context.store.record_visit(visit(paced_by="ttl"))

    card = await ask(context, "feed show herald")
    shown = {field.name: plain(field.value) for field in card.fields}

    assert (card.heading, card.title) == ("FEED · answering", "Sample Herald: world")
    assert shown["Last read"].startswith("27 August 20:13 KST")
    assert (shown["Next try"], shown["Added by"]) == ("in 15 minutes (ttl)", "discord:901")


async def test_feeds_are_listed_with_their_state(context: Context) -> None:
    """What the last visit brought is what is said."""
    await context.store.sync_feeds([feed(), feed("https://b.example/rss", title="Sample Post")])
    await context.store.record_visit(
        visit(feed_url=feed().url, state=FeedState.FAILING, failures=1, error="It refuses us (403)")
    )

    card = await ask(context, "feed list")

    assert card.title == "2 feeds: 1 failing, 1 not visited yet"
    assert plain(card.lines[0]) == (
        "Sample Herald: world: failing: It refuses us (403); last read less than a minute ago;"
        " 1 failure in a row; next try in 15 minutes"
    )


@pytest.mark.usefixtures("register")
async def test_digest_is_of_the_last_day(context: Context) -> None:
    """Asked for at any moment, it tells the 24 hours before, in the zone of the bot."""
    await context.store.sync_feeds([feed()])
    told = member("Seoul counts", figures=[figure()])
    await context.store.record_visit(visit(outcome(told, alert(told))))

    card = await ask(context, "digest")

    assert card.title == "27 August 2024 · 1 happening, told in 1 story"
    assert "• 13,000 containers, in a story of Sample Herald. “Seoul counts” — Sample Herald" in words(card)
    assert card.footer == "From 26 August 20:13 KST to 27 August 20:13 KST"
