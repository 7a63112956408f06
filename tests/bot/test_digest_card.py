"""What people read of a digest, whole and as a terminal shows it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from textwrap import dedent

import pytest

from bot.answers.digest_details import SHOWN, details_page, details_whole, digest_details_card
from bot.card import plain
from bot.controls import Button
from bot.digest_card import digest_card
from bot.language import speaking
from bot.render.console import render
from bot.render.discord import render as on_discord
from bot.render.slack import render as on_slack
from claims.candidates import Untracked
from claims.changes import Backed, Conceded, Denial, NewFigure
from claims.digest import ClaimNews, Summary, Told
from claims.feeds import FeedState, FeedStatus, Pulse
from claims.independence import tally
from claims.model import Bound, Correction, Direction, FigureChange, Reason, Sighting, Story
from claims.outgoing import Development, Digest, Held, Period, TakenBack
from claims.routing import Hold
from claims.subscriptions import Importance
from claims.when import Day
from tests.support.build import (
    NOW,
    alert,
    at,
    checkpoint,
    claim,
    digest,
    event,
    feed,
    figure,
    member,
    source,
    story,
)

SEOUL = "Sample Ministry"
COUNT = figure(13_000, bound=Bound.AT_LEAST, body=SEOUL)
BEFORE = Sighting(figure(6_700), SEOUL, Day(2024, 2))
TWO = tally([member("Oil"), member("Oil, says another", source=source("Sample Post"))])


def told(title: str, *claims: str, **changes: object) -> Told:
    """Return a happening that two outlets tell."""
    return Told(title, story(title, **changes), Importance.NOTABLE, TWO, claims or ("containers-2023",))


def denial(found: Story, **changes: object) -> Denial:
    """Return a first denial by the Kremlin after 41 days."""
    day = NOW.date()
    usual = Denial("Kremlin", True, ("containers-2023",), False, day, found, day - timedelta(days=41))
    return replace(usual, **changes)


BUSY = Summary(
    happenings=5,
    stories=14,
    figures=(
        NewFigure(FigureChange("containers-2023", COUNT, BEFORE), SEOUL, story("Seoul counts"), stated=True),
    ),
    denials=(denial(story("Kremlin calls it baseless")),),
    backed=(Backed("shell-volume", 3, 1, ("Sample Institute", "Sample Body"), story("Shells seen")),),
    candidates=(Untracked(event(member("Oil deliveries rise above the cap")), TWO, ("oil",)),),
    claims=(
        ClaimNews(claim(), (told("Kremlin calls it baseless"), told("Ship leaves Rason", language="ko"))),
        ClaimNews(claim("troops-labour"), (told("Workers arrive", "troops-labour"),)),
    ),
    recalled={"containers-2023": 2, "troops-labour": 1},
    others=(event(member("Bread deliveries rise")),),
    troubled=(
        FeedStatus(
            feed(title="Sample Agency (ru)"),
            checkpoint(state=FeedState.FAILING, error="It refuses us (403).", last_success_at=at(-123)),
        ),
        FeedStatus(
            feed(title="Sample Tabloid"),
            checkpoint(state=FeedState.GONE, error="It is gone (410)", last_success_at=None),
        ),
        FeedStatus(feed(title="Sample Wire"), checkpoint(pulse=Pulse(NOW - timedelta(days=2), 200, 3_600))),
    ),
    held=(Held(alert(member("Late ship")), Hold.QUIET),),
    register={
        each: claim(each, direction=Direction.TO_RUSSIA)
        for each in ("containers-2023", "shell-volume", "troops-labour")
    },
)


def shown(summary: Summary, told_of: Digest | None = None, zone: str = "Asia/Seoul", **more: str) -> str:
    """Return a digest as a terminal shows it, without addresses."""
    card = digest_card(told_of or digest(), summary, zone, **more)
    lines = render(card, 300, colour=False).splitlines()
    return "".join(f"{line}\n" for line in lines if not line.lstrip().startswith("https://"))


def text(block: str) -> str:
    """Return a block of the test's source without its indentation."""
    return dedent(block).lstrip("\n")


def test_a_busy_day() -> None:
    """What changed comes first, old beside new, then what happened by claim, counts, feeds, what waited."""
    assert shown(BUSY) == text(
        """
        DIGEST
        27 August 2024 · 5 happenings, told in 14 stories
          What changed
          containers-2023  White House, 2023: At least 1,000 containers of munitions went from Najin to Dunay
          • At least 13,000 containers, according to Sample Ministry; was 6,700 (February 2024). “Seoul counts” — Sample Herald
          • Denied by Kremlin, for the first time since 17 July 2024. “Kremlin calls it baseless” — Sample Herald
          shell-volume  White House, 2023: At least 1,000 containers of munitions went from Najin to Dunay
          • Now corroborated by 3 independent origins other than its sayer, was 1; new: Sample Institute, Sample Body. “Shells seen” — Sample Herald
          No claim yet
          • “Oil deliveries rise above the cap” — Sample Herald; 2 independent origins
          In the news
          troops-labour  White House, 2023: At least 1,000 containers of munitions went from Najin to Dunay
          • “Workers arrive” — Sample Herald; 2 independent origins
          containers-2023  the claim that is told above
          • “Ship leaves Rason” — Sample Herald, in Korean; 2 independent origins; 1 more happening on this claim
          Also     1 happening fits no claim; 3 stories only mention claims
          Feeds    Sample Agency (ru): It refuses us (403), last read 27 August 18:10 KST; Sample Tabloid: gone for good, It is gone (410), never read; Sample Wire: nothing new since 25 August 20:13 KST
          Waited   1 alert waited for this digest: 1 in quiet hours. Late ship
          Origins  independent are those who say it, not outlets repeating them; one government or publisher counts once
        From 26 August 20:13 KST to 27 August 20:13 KST
        """  # noqa: E501 - lines as they are read
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"conceded": (Conceded("troops-labour", "Sample General Staff", story("Moscow confirms")),)},
            "Conceded by Sample General Staff, a party to the matter, after denials",
        ),
        (
            {"denials": (denial(story("A"), last=None),)},
            "Denied by Kremlin, for the first time on record by this source. “A”",
        ),
        (
            {"denials": (denial(story("A"), party=False, body="Sample Institute"),)},
            "Disputed by Sample Institute, for the first time since 17 July 2024.",
        ),
        (
            {"denials": (denial(story("A"), claims=("troops-labour", "x", "y")),)},
            "Denied by Kremlin, for the first time since 17 July 2024 (also x, y). “A”",
        ),
        (
            {"denials": (denial(story("A"), repeats=True, claims=("denial-moscow",)),)},
            "Repeated by Kremlin, for the first time since 17 July 2024.",
        ),
        (
            {
                "figures": (
                    NewFigure(
                        FigureChange("x", COUNT, replace(BEFORE, said_by="White House")),
                        SEOUL,
                        story(),
                        stated=True,
                    ),
                )
            },
            (
                "At least 13,000 containers, according to Sample Ministry;"
                " White House had 6,700 (February 2024)."
            ),
        ),
        (
            {"figures": (NewFigure(FigureChange("x", COUNT), SEOUL, story("A"), stated=True),)},
            "At least 13,000 containers, according to Sample Ministry. “A”",
        ),
        (
            {"figures": (NewFigure(FigureChange("x", COUNT), None, story("A"), "Beijing", stated=True),)},
            "At least 13,000 containers, in a story of Sample Herald. “A”",
        ),
        (
            {"figures": (NewFigure(FigureChange("x", COUNT), None, story("A"), stated=True),)},
            "At least 13,000 containers, in a story of Sample Herald. “A”",
        ),
        (
            {"backed": (Backed("x", 1, 0, ("Sample Body",), story("A")),)},
            "Corroborated for the first time, by 1 independent origin other than its sayer: Sample Body. “A”",
        ),
    ],
)
def test_what_changed(changes: dict[str, object], says: str) -> None:
    """Each kind of change is said of what was read out of stories."""
    assert f"• {says}" in shown(replace(Summary(1, 1), **changes))


def test_what_is_no_transfer_is_rejected() -> None:
    """A party denies its own conduct; it cannot deny that others condemn it."""
    condemned = {"containers-2023": claim()}
    refused = Summary(1, 1, denials=(denial(story("A")),), register=condemned)

    assert "• Rejected by Kremlin" in shown(refused)
    assert "• Disputed by Kremlin" in shown(
        replace(refused, denials=(denial(story("A"), party=False),)),
    )


def test_a_claim_that_was_said_only_later_says_so() -> None:
    """Of an archive a digest is of days when it was not known."""
    late = {"containers-2023": claim(said_on=Day(2025, 1))}

    assert "[said later: January 2025]" in shown(replace(BUSY, register={**BUSY.register, **late}))
    assert "said later" not in shown(BUSY)


def test_a_claim_that_was_said_in_the_span_is_new() -> None:
    """Once it is sure that it was: a month may have begun before."""

    def said(on: Day, **span: object) -> bool:
        summary = replace(BUSY, register={**BUSY.register, "containers-2023": claim(said_on=on)})
        return "• A new claim, of " in shown(summary, digest(**span))

    assert said(Day(2024, 8, 27))
    assert not said(Day(2024, 8, 26))
    assert not said(Day(2024, 8))
    month = {"since": datetime(2024, 8, 1, tzinfo=UTC), "until": datetime(2024, 9, 1, tzinfo=UTC)}
    assert said(Day(2024, 8), period=Period.MONTH, **month)
    assert not said(Day(2024), period=Period.MONTH, **month)


def test_lines_have_their_days_where_the_digest_has_several() -> None:
    """In its time zone; of one day they need none."""
    late = replace(BUSY, figures=(replace(BUSY.figures[0], story=story("Seoul counts", published_at=NOW)),))
    week = digest(period=Period.WEEK, since=NOW - timedelta(days=7))

    assert "“Seoul counts” — Sample Herald, 27 August" in shown(late, week)
    assert "“Seoul counts” — Sample Herald\n" in shown(late)


def test_what_is_of_a_later_claim_comes_last_of_its_kind() -> None:
    """The reader of an archive learns first what was known then."""
    later = replace(BUSY.figures[0].change, claim_id="later")
    figures = (replace(BUSY.figures[0], change=later, outlets=9), *BUSY.figures)
    register = {**BUSY.register, "later": claim("later", said_on=Day(2026))}
    said = shown(replace(BUSY, figures=figures, register=register))

    assert said.index("  containers-2023  ") < said.index("  later  ")


def test_a_number_of_another_matter_stands_in_the_details_alone() -> None:
    """A claim that was stated without containers is told of without them, and has not moved."""
    summary = Summary(1, 1, figures=(NewFigure(FigureChange("x", COUNT), SEOUL, story("A")),))
    card = digest_details_card(details_page(summary, digest(), ""), digest(), summary, "UTC")

    assert "13,000" not in shown(summary)
    assert summary.moved == frozenset()
    assert [plain(line) for line in card.lines] == [
        "Other numbers",
        "x",
        "• At least 13,000 containers, according to Sample Ministry. “A” — Sample Herald",
    ]


def test_what_was_taken_back() -> None:
    """A withdrawal and a correction say what was told before."""
    first = alert(member("Ship leaves"))
    withdrawn = Development("k#1", "k", NOW, Reason.WITHDRAWN, None)
    correction = Correction("s", was=figure(15_000), now=figure(13_000))
    corrected = replace(withdrawn, reason=Reason.NEW_FIGURE, correction=correction)
    taken = (TakenBack(withdrawn, first), TakenBack(corrected, first))

    said = shown(Summary(1, 1, taken_back=taken, register=BUSY.register))
    assert "  containers-2023  White House" in said
    assert "• Withdrawn: “Ship leaves”\n" in said
    assert "• Corrected by the outlet: “Ship leaves”: 13,000 containers (was 15,000)\n" in said


def test_a_story_is_quoted_once() -> None:
    """What else it changed leads there by its outlet, in whatever order the changes are told."""
    again = story("Seoul counts", language="ko")
    summary = Summary(1, 1, figures=BUSY.figures, backed=(Backed("x", 1, 0, (SEOUL,), again),))

    said = shown(summary)
    assert said.count("Seoul counts") == 1
    assert "other than its sayer: Sample Ministry. (Sample Herald, in Korean)\n" in said


def test_what_is_told_of_a_claim_stands_together() -> None:
    """Claims come in the order of their gravest lines, each said once, whatever kind the lines are of."""
    denials = tuple(denial(story(each), claims=(each,)) for each in ("troops-labour", "containers-2023"))
    summary = replace(BUSY, denials=denials)

    lines = [plain(line) for line in digest_card(digest(), summary, "UTC").lines]
    assert [line.partition(":")[0] for line in lines if not line.startswith("•")] == [
        "What changed",
        "containers-2023",
        "troops-labour",
        "shell-volume",
        "No claim yet",
        "In the news",
        "containers-2023",
        "troops-labour",
    ]
    assert len([line for line in lines if "White House" in line]) == 3


def test_a_page_of_the_details_names_the_claim_that_it_goes_on_with() -> None:
    """In full, since the page before is not seen with it."""
    told_of = ClaimNews(claim(), tuple(told(f"Ship {number} leaves") for number in range(SHOWN + 1)))
    summary = Summary(SHOWN + 1, SHOWN + 1, claims=(told_of,), register=BUSY.register)
    card = digest_details_card(details_page(summary, digest(), "2"), digest(), summary, "UTC")

    assert [plain(line) for line in card.lines] == [
        "In the news",
        f"containers-2023: {claim().statement}. White House, 13 October 2023",
        f"• “Ship {SHOWN} leaves” — Sample Herald; 2 independent origins",
    ]


def test_the_details_name_a_claim_as_it_is_typed() -> None:
    """Though what a line says begins with a capital."""
    card = digest_details_card(details_whole(BUSY, digest()), digest(), BUSY, "UTC")

    assert "• containers-2023: 2 stories" in map(plain, card.lines)


def test_how_origins_are_counted_is_said_where_they_are() -> None:
    """Once, and not where nothing counts them."""
    assert shown(BUSY).count("outlets repeating them") == 1
    assert "outlets repeating them" not in shown(Summary(1, 1, denials=BUSY.denials))


def test_an_empty_digest_is_one_line() -> None:
    """With feeds in trouble it is a card all the same, for somebody has to know."""
    assert shown(Summary(0, 0)) == "DIGEST · 27 August 2024 · nothing new\n"
    assert "Sample Tabloid" in shown(Summary(0, 0, troubled=BUSY.troubled))


@pytest.mark.parametrize(
    ("period", "since", "until", "title"),
    [
        (
            Period.WEEK,
            "2024-08-20T08:00Z",
            "2024-08-27T08:00Z",
            "OF THE WEEK\n20–27 Aug 2024",
        ),
        (Period.MONTH, "2024-08-01T00:00Z", "2024-09-01T00:00Z", "OF THE MONTH\nAugust 2024"),
        (Period.MONTH, "2023-12-15T00:00Z", "2024-01-15T00:00Z", "15 Dec 2023 – 14 Jan 2024"),
        (Period.YEAR, "2024-01-01T00:00Z", "2025-01-01T00:00Z", "OF THE YEAR\n2024"),
        (Period.DAY, "2024-08-26T00:00Z", "2024-08-27T00:00Z", "DIGEST\n26 August 2024"),
        (Period.DAY, "2024-10-26T07:00Z", "2024-10-27T08:00Z", "DIGEST\n27 October 2024"),
        (Period.DAY, "2024-08-23T08:00Z", "2024-08-26T08:00Z", "DIGEST\n23–26 Aug 2024"),
    ],
)
def test_a_digest_says_of_which_days_it_is(period: Period, since: str, until: str, title: str) -> None:
    """What ends at midnight is of the day before; and a longer one is compared with the one before."""
    span = digest(period=period, since=datetime.fromisoformat(since), until=datetime.fromisoformat(until))
    said = shown(Summary(14, 40, before=None if period is Period.DAY else 9), span, "UTC")

    counts = (
        "14 happenings, told in 40 stories"
        if period is Period.DAY
        else f"14 happenings (9 the {period} before), told in"
    )
    assert f"{title} · {counts}" in said


@pytest.mark.parametrize(
    ("minutes", "late"), [(5, ""), (200, "Late by 3 hours: it was due 27 August 11:13 UTC")]
)
def test_a_late_digest_says_so(minutes: int, late: str) -> None:
    """Also where there is nothing to tell."""
    raised = digest(raised_at=at(minutes))

    for summary in (BUSY, Summary(0, 0)):
        footer = digest_card(raised, summary, "UTC").footer
        assert footer.partition(" · ")[0].startswith(late)
        assert ("Late" in footer) == bool(late)


def test_the_rest_is_behind_a_button() -> None:
    """Where there is one, and something to show."""
    (row,) = digest_card(digest(), BUSY, "UTC", "digest:k").controls
    assert row == (Button("Details", "digest:k"),)
    assert digest_card(digest(), BUSY, "UTC").controls == ()
    assert digest_card(digest(), Summary(0, 0), "UTC", "digest:k").controls == ()


def busiest() -> Summary:
    """Return a month in which everything happened twenty times, in long words."""
    title = (
        "Sample ministry says that sample ships carried sample containers from one harbour to another again"
    )

    def leading(words: str) -> Story:
        """Return a story whose address has its headline, as those of outlets have."""
        headline = f"{title} {words}"
        return story(
            headline,
            url=f"https://sample-herald.example/en/news/world/2026/03/{headline.replace(' ', '-')}.html",
        )

    bodies = ("Sample Institute for the Study of Samples",) * 5
    claims = [f"sample-claim-{n}" for n in range(20)]
    return replace(
        BUSY,
        happenings=400,
        figures=tuple(
            NewFigure(FigureChange(c, COUNT, BEFORE), SEOUL, leading(c), stated=True) for c in claims
        ),
        denials=tuple(denial(leading(f"{c} denied"), claims=(c,)) for c in claims),
        backed=tuple(Backed(c, 9, 2, bodies, leading(f"{c} backed")) for c in claims),
        claims=tuple(
            ClaimNews(claim(c), (replace(told("", c), story=leading(f"{c} told")),) * 9) for c in claims
        ),
        troubled=BUSY.troubled * 10,
        held=BUSY.held * 20,
        register={c: claim(c) for c in claims},
    )


def test_a_month_of_twenty_claims_is_read_in_a_minute() -> None:
    """Three hundred words or so, whole on each platform, and each cut can be seen."""
    card = digest_card(digest(period=Period.MONTH), busiest(), "UTC", "digest:k")
    words = " ".join(map(plain, (*card.lines, *(field.value for field in card.fields))))

    assert len(words.split()) < 310
    assert len(card.lines) + len(card.fields) <= 22
    assert [plain(line) for line in card.lines if plain(line).startswith("+")] == [
        "+56 more changes",
        "+18 more claims in the news",
    ]
    assert "…" not in on_discord(card)["embeds"][0]["description"][-3:]
    assert len(on_slack(card)["blocks"]) <= 6


def test_a_year_is_whole_on_discord() -> None:
    """It tells more than a month, and no less than it counts."""
    card = digest_card(digest(period=Period.YEAR), busiest(), "UTC", "digest:k")

    assert on_discord(card)["embeds"][0]["description"].endswith("\n\\+18 more claims in the news")
    assert [plain(line) for line in card.lines if plain(line).startswith("+")] == [
        "+53 more changes",
        "+18 more claims in the news",
    ]


def test_no_line_of_the_details_is_lost() -> None:
    """However long lines and statements are, each page is whole, and together they tell everything."""
    longest = replace(
        claim(), statement="A sample " * 40, said_by="Sample Institute, by a sample speaker, " * 3
    )
    busy = busiest()
    summary = replace(busy, denials=(), backed=(), register=dict.fromkeys(busy.register, longest))
    first = details_page(summary, digest(), "")
    said = [plain(entry.line) for entry in details_whole(summary, digest()).items]

    shown: list[str] = []
    for number in range(1, first.of + 1):
        page = details_page(summary, digest(), str(number))
        shown += [plain(entry.line) for entry in page.items]
        description = on_discord(digest_details_card(page, digest(), summary, "UTC"))["embeds"][0][
            "description"
        ]
        assert not description.endswith("…")
        assert len(page.items) <= SHOWN
    assert shown == said


@pytest.mark.parametrize("language", ["ko", "ru", "uk"])
def test_a_digest_is_read_in_ones_own_language(language: str) -> None:
    """Every word of ours is; names and headlines stay as they were written."""
    with speaking(language):
        card = digest_card(digest(), BUSY, "UTC", "digest:k")
        words = " ".join([card.heading, card.title, *map(plain, card.lines), *(f.name for f in card.fields)])

    for ours in (
        "digest",
        "happening",
        "changed",
        "denied",
        "origin",
        "first time",
        "waited",
        "no claim",
        "told above",
    ):
        assert ours not in words.casefold(), ours
    for theirs in ("Kremlin calls it baseless", "Sample Institute", "containers-2023"):
        assert theirs in words


def test_the_day_of_a_denial_is_that_of_its_first_story() -> None:
    """However late the story came out that is quoted."""
    late = denial(story("A", published_at=NOW + timedelta(days=3)), last=date(2024, 8, 20))

    assert "for the first time since 20 August 2024" in shown(Summary(1, 1, denials=(late,)))
