"""A claim's dossier as people read it, whole and as a terminal shows it."""

from dataclasses import replace
from textwrap import dedent

from bot.answers.dossier import dossier_card
from bot.card import Card, plain
from bot.render.console import render
from bot.render.discord import EMBED
from bot.render.discord import render as on_discord
from claims.dossier import Dossier, Told, dossier
from claims.model import Bound, Claim, Direction, Evidence, Member, Reference, Review, Stance
from claims.standing import as_written
from claims.when import Day
from tests.support.build import at, claim, event_id, figure, member, source

DENIAL = claim("denial-moscow", said_by="Kremlin", said_on=Day(2023, 10, 17), denial=True)


def told(told_by: Member, stance: Stance = Stance.SUPPORTS, **changes: object) -> Told:
    """Return a story that takes this stance towards its one claim, with its event."""
    (link,) = told_by.reading.evidence
    turned = replace(link, stance=stance, **changes)  # type: ignore[arg-type]  # any field of a link
    reading = replace(told_by.reading, evidence=(turned,))
    return replace(told_by, reading=reading), turned, event_id(told_by)


def found(asked: Claim, *bearing: Told, others: tuple[Claim, ...] = ()) -> Dossier:
    """Return the dossier of a claim of which these stories tell, newest first, among others."""
    return dossier(asked, bearing, {}, {each.id: each for each in (asked, *others)}, [], as_written)


def names(card: Card) -> list[str]:
    """Return the names of a card's fields."""
    return [field.name for field in card.fields]


def test_a_claim_with_all_that_is_kept() -> None:
    """A dossier has who said it, how it stands and why, figures, relations, reviews, evidence and sources."""
    asked = claim(
        direction=Direction.TO_RUSSIA,
        items=("containers", "munitions"),
        places=("Najin", "Dunay"),
        vessels=("Angara",),
        figures=(figure(1_000, bound=Bound.AT_LEAST, period="7 September to 1 October 2023"),),
        resolutions=("1874",),
        tags=("munitions",),
        parent="deliveries",
        disputed_by=(DENIAL.id,),
        sources=(Reference("Sample report", "Sample Daily", Day(2023, 10), "https://sample.example/r"),),
        reviews=(Review("Sample Check", "Mostly true", "https://check.example/1", Day(2024, 1, 5)),),
    )
    others = (
        claim("deliveries", statement="Arms were delivered"),
        claim("by-rail", parent=asked.id, statement="Some went by rail"),
        DENIAL,
    )
    ours = member(
        "Sample count of containers",
        origin="Sample institute",
        figures=[figure(13_000, body="Sample institute")],
        url="https://sample-herald.example/1",
    )
    theirs = member(
        "Отрицают",
        origin="Sample ministry",
        language="ru",
        source=source("Sample Agency", state_media=True),
        url="https://sample-agency.example/1",
    )

    card = dossier_card(found(asked, told(theirs, Stance.DISPUTES), told(ours), others=others), "Asia/Seoul")

    assert render(card, 100, colour=False) == dedent(
        """
        CLAIM · containers-2023
        At least 1,000 containers of munitions went from Najin to Dunay
          Said by       White House, 13 October 2023
          Standing      disputed; corroborated by 1 independent origin
          Corroborated  Sample institute, 27 August 2024
                        https://sample-herald.example/1
          Denied        Kremlin, 17 October 2023 (denial-moscow)
          Disputed      Sample ministry, 27 August 2024
                        https://sample-agency.example/1
          Direction     North Korea to Russia
          Items         containers, munitions
          Places        Najin, Dunay; ships: Angara
          Resolutions   1874
          Tags          munitions
          Figures       at least 1,000 containers (7 September to 1 October 2023)
          Since then    13,000 containers (Sample institute, 27 August 2024)
          Part of       deliveries (Arms were delivered)
          Its parts     by-rail (Some went by rail)
          Reviews       Sample Check: Mostly true, 5 January 2024
                        https://check.example/1
          Evidence      1 in support, 1 against, 2 happenings
          Supports      Sample count of containers · Sample Herald, 27 August 2024 · according to Sample
                        institute
                        https://sample-herald.example/1
          Disputes      Отрицают · Sample Agency (state media), 27 August 2024, in Russian · according to
                        Sample ministry
                        https://sample-agency.example/1
          Sources       Sample report · Sample Daily, October 2023
                        https://sample.example/r
        """
    ).lstrip("\n")


def test_a_claim_with_only_a_statement() -> None:
    """What is not known takes no room."""
    card = dossier_card(found(DENIAL), "UTC")

    assert render(card, 100, colour=False) == dedent(
        """
        DENIAL · denial-moscow
        At least 1,000 containers of munitions went from Najin to Dunay
          Said by   Kremlin, 17 October 2023
          Standing  a denial: who says otherwise is told under the claims that it answers
          Evidence  no story yet
        """
    ).lstrip("\n")


def test_a_ship_is_no_place() -> None:
    """Where a claim names no place, its ships stand under their own name."""
    card = dossier_card(found(claim(places=(), vessels=("Angara", "Sample Star"))), "UTC")

    (ships,) = (plain(field.value) for field in card.fields if field.name == "Ships")
    assert ships == "Angara, Sample Star"
    assert "Places" not in names(card)


def test_the_fullest_claim_fits_what_chats_show() -> None:
    """Discord takes 25 fields and 6,000 characters of a message; all kinds of fields are shown."""
    long = "word " * 100
    admitted = {"containers-2023": Stance.SUPPORTS, DENIAL.id: Stance.DISPUTES}
    party = member("Admitted", list(admitted), origin="Kremlin", published_at=at(50))
    links = tuple(replace(e, stance=admitted[e.claim_id]) for e in party.reading.evidence)
    origin = party.reading.origin
    assert origin
    party = replace(party, reading=replace(party.reading, evidence=links, origin=replace(origin, party=True)))
    bearing = [
        (party, links[0], event_id(party)),
        *(
            told(
                member(
                    f"Sample story {n} {long}",
                    origin=f"Sample body {n} {long}",
                    figures=[figure(n, body=f"Sample body {n} {long}")],
                    url=f"https://sample-herald.example/{n}/{'a' * 120}",
                ),
                list(Stance)[n % 3],
            )
            for n in range(60)
        ),
        *(told(member(f"Sample unsure {n}"), suggested=True) for n in range(5)),
    ]
    asked = claim(
        statement=long.strip(),
        direction=Direction.TO_RUSSIA,
        items=("item",) * 10,
        places=("place",) * 10,
        resolutions=("1874",),
        tags=("munitions",),
        figures=(figure(1_000),),
        parent="parent",
        disputed_by=(DENIAL.id,),
        reviews=(Review(long, long, "https://check.example/1", Day(2024)),) * 9,
        sources=(Reference(long, "Sample Daily", Day(2023), "https://sample.example/r"),) * 9,
    )
    children = tuple(claim(f"child-{n}", parent=asked.id, statement=long) for n in range(20))

    card = dossier_card(found(asked, *bearing, others=(claim("parent"), *children, DENIAL)), "UTC")

    assert len(card.fields) <= 25
    assert {"Conceded", "Corroborated", "Denied", "Disputed", "Since then", "Its parts"} < set(names(card))
    assert (names(card).count("Supports"), names(card).count("Disputes")) == (3, 2)
    (embed,) = on_discord(card)["embeds"]
    assert [each["name"] for each in embed["fields"]] == names(card)
    assert sum(len(each["name"]) + len(each["value"]) for each in embed["fields"]) < EMBED


def test_who_is_counted_can_be_counted_again() -> None:
    """Bodies of one government stand behind its name; where there is room, everybody is named."""
    governments = {"Sample army": "Sampleland", "Sample fleet": "Sampleland"}
    bodies = ("Sample army", "Sample fleet", *(f"Sample institute {n}" for n in range(5)))
    bearing = [
        told(member(f"Told by {body}", origin=body, source=source(f"Paper {body}"), published_at=at(-n)))
        for n, body in enumerate(bodies)
    ]
    asked = claim()
    all_of_it = dossier(
        asked,
        bearing,
        {},
        {asked.id: asked},
        [],
        lambda words: frozenset({governments.get(words, words)}),
    )

    def corroborated(*, whole: bool) -> str:
        card = dossier_card(all_of_it, "UTC", whole=whole)
        return next(plain(field.value) for field in card.fields if field.name == "Corroborated")

    named = corroborated(whole=True).split("; ")
    assert len(named) == all_of_it.standing.independent == 6
    assert "Sampleland (Sample fleet, Sample army), 27 August 2024" in named
    assert corroborated(whole=False).endswith("; +2 more: Sample institute 0, Sampleland")


def test_who_is_not_counted_stands_apart() -> None:
    """Of several bodies that one publisher alone tells of the first is counted, and why the other is not."""
    bearing = [
        told(member(f"Told by {body}", origin=body, published_at=at(n)))
        for n, body in enumerate(("Sample army", "Sample institute"))
    ]
    card = dossier_card(found(claim(), *bearing), "UTC")

    (named,) = (plain(field.value) for field in card.fields if field.name == "Corroborated")
    assert named == (
        "Sample army, 27 August 2024; Not counted, told only by publishers that already count for another:"
        " Sample institute, 27 August 2024"
    )


def test_neither_side_hides_the_other() -> None:
    """A few stories of each stance are shown, however many there are of the other."""
    stances = [Stance.SUPPORTS] * 8 + [Stance.DISPUTES] * 2
    bearing = [told(member(f"Sample story {n}"), stance) for n, stance in enumerate(stances)]

    shown = [name for name in names(dossier_card(found(claim(), *bearing), "UTC")) if name.endswith("s")]

    assert shown[-5:] == ["Supports"] * 3 + ["Disputes"] * 2


def test_who_tells_of_a_denial_does_not_support_it() -> None:
    """Stories that have it, an accuser's among them, are told as telling of it."""
    bearing = told(member("Sample side denies containers"))

    card = dossier_card(found(DENIAL, bearing), "UTC")

    assert "Tells of it" in names(card)
    assert "Supports" not in names(card)
    assert next(plain(each.value) for each in card.fields if each.name == "Evidence").startswith(
        "1 told of it"
    )


def test_what_speaks_against_a_denial_may_be_of_another_matter() -> None:
    """An admission is told beside what was denied, as unjudged until a person says that it is the same."""
    against = told(member("Sample soldiers admitted"), Stance.DISPUTES)

    def disputes(asked: Claim, link: Evidence) -> str:
        card = dossier_card(found(asked, (against[0], link, against[2])), "UTC")
        return next(
            plain(field.value)
            for field in card.fields
            if field.name == ("Against it" if asked.denial else "Disputes")
        )

    doubt = "perhaps of another matter, not reviewed yet"
    assert disputes(DENIAL, against[1]).endswith(doubt)
    assert doubt not in disputes(DENIAL, replace(against[1], judge="console"))
    assert doubt not in disputes(claim(), against[1])


def test_since_then_has_each_body_once_as_most_outlets_round_it() -> None:
    """A body's newest number is the one that most outlets give, not the rounding of the last of them."""
    first = [
        told(
            member(
                f"Sample {n}",
                origin="Sample ministry",
                figures=[figure(13_000, body="Sample ministry")],
                source=source(f"Sample outlet {n}"),
                published_at=at(n),
            )
        )
        for n in range(3)
    ]
    rounded = told(
        member(
            "Sample rounded",
            origin="Sample ministry",
            figures=[figure(13_400, body="Sample ministry")],
            published_at=at(60),
        )
    )
    earlier = told(
        member(
            "Earlier",
            origin="Sample ministry",
            figures=[figure(6_700, body="Sample ministry")],
            published_at=at(-300_000),
        )
    )

    card = dossier_card(found(claim(items=("containers",)), rounded, *first, earlier), "UTC")

    (since,) = (plain(field.value) for field in card.fields if field.name == "Since then")
    assert since == "13,000 containers (Sample ministry, 27 August 2024)"


def test_since_then_is_what_the_claim_counts() -> None:
    """And is of that alone: a body's newest count, outlets last, what it could hold behind."""
    counts = [
        ("Sample ministry", figure(13_000, body="Sample ministry"), 0),
        ("Sample ministry", figure(15_000, body="Sample ministry"), 3 * 24 * 60),
        (None, figure(14_000), 9 * 24 * 60),
        ("Sample ministry", figure(30, unit="ships", body="Sample ministry"), 9 * 24 * 60),
        ("Sample ministry", figure(16_000, bound=Bound.CAPACITY), 9 * 24 * 60),
    ]
    bearing = [
        told(member(f"Sample {n}", figures=[replace(number, body=origin)], published_at=at(minutes)))
        for n, (origin, number, minutes) in enumerate(counts)
    ]

    card = dossier_card(found(claim(figures=(figure(1_000),)), *bearing[::-1]), "UTC")

    (since,) = (plain(field.value) for field in card.fields if field.name == "Since then")
    assert since == (
        "15,000 containers (Sample ministry, 30 August 2024);"
        " 14,000 containers (told by Sample Herald, 5 September 2024);"
        " room for 16,000 containers (Sample ministry, 5 September 2024)"
    )
