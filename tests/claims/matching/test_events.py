import pytest

from claims.matching.events import event_id, measured
from claims.matching.matcher import Matcher
from claims.model import Event, Member
from tests.support.build import at, story
from tests.support.encoder import Meaning

DAY = 24 * 60


def member(
    matcher: Matcher, title: str, minutes: float = 0, language: str = "en", summary: str = ""
) -> Member:
    """Return a story so many minutes after now, with what the matcher read in it."""
    told = story(title, summary=summary, language=language, published_at=at(minutes))
    return Member(told, matcher.read(told))


def event(*members: Member) -> Event:
    """Return the event that these stories make."""
    return Event(event_id(members[0].story), members)


def test_rewrite_joins(matcher: Matcher) -> None:
    """Another outlet's wording of the same news joins its event."""
    first = event(member(matcher, "Seoul says North Korea shipped 9,000 containers to Russia"))
    rewrite = member(matcher, "North Korea shipped 9,000 containers to Russia, Seoul says", 30)
    assert matcher.group(rewrite, [first]) == first


def test_other_language_joins(matcher: Matcher) -> None:
    """The same news in another language joins too."""
    first = event(member(matcher, "Seoul: North Korea shipped 9,000 containers of shells to Russia"))
    abroad = member(matcher, "Сеул: КНДР отправила в Россию 9 тыс. контейнеров со снарядами", 60, "ru")
    assert matcher.group(abroad, [first]) == first


def test_one_denial_in_two_languages_is_one_event(matcher: Matcher) -> None:
    """A denial told in English and in Korean is one happening."""
    summary = "A vice director of the defence ministry calls it a rumour, KCNA reports."
    first = event(member(matcher, "North Korea denies arms dealings with Russia", summary=summary))
    title, told = (
        "북한 국방성 “러시아와 무기거래 한 적 없다”",
        "조선중앙통신이 국방성 부국장의 담화를 실었다.",
    )
    assert matcher.group(member(matcher, title, 30, "ko", told), [first]) == first


def test_other_news_opens_its_own(matcher: Matcher) -> None:
    """Another matter between the same countries on the same day stays apart."""
    first = event(member(matcher, "Seoul: North Korea shipped 9,000 containers of shells to Russia"))
    other = member(matcher, "North Korean workers build drones at Alabuga in Russia", 30)
    assert matcher.group(other, [first]) is None


def test_denial_of_the_news_stands_apart(matcher: Matcher) -> None:
    """A reaction of another actor is a happening of its own."""
    first = event(member(matcher, "Seoul: North Korea shipped 9,000 containers of shells to Russia"))
    denial = member(matcher, "Kremlin rejects as baseless that North Korea shipped arms to Russia", 60)
    assert matcher.group(denial, [first]) is None


def test_window(matcher: Matcher) -> None:
    """The same headline eight days later is another happening."""
    title = "Seoul says North Korea shipped 9,000 containers to Russia"
    first = event(member(matcher, title))
    assert matcher.group(member(matcher, title, 7 * DAY), [first]) == first
    assert matcher.group(member(matcher, title, 8 * DAY), [first]) is None


def test_nearest_event_wins(matcher: Matcher) -> None:
    """Among several events the most alike one is joined, whatever their order."""
    ships = event(member(matcher, "Seoul says North Korea shipped 9,000 containers to Russia"))
    troops = event(member(matcher, "Kyiv says North Korean soldiers fight in Kursk"))
    story_of_ships = member(matcher, "Seoul: North Korea shipped 9,000 containers to Russia", 20)
    assert matcher.group(story_of_ships, [ships, troops]) == ships
    assert matcher.group(story_of_ships, [troops, ships]) == ships


def test_id_is_made_from_content(matcher: Matcher) -> None:
    """The same story names the same event, another story another one."""
    one, other = story("Ships leave Rajin"), story("Trains leave Rajin")
    assert event_id(one) == event_id(story("Ships leave Rajin"))
    assert event_id(one) != event_id(other)
    assert event_id(one).startswith("e-")


def test_new_count_opens_its_own(matcher: Matcher) -> None:
    """Another number of the same things is news of its own, however alike the words; the same one joins."""
    first = event(member(matcher, "Seoul: North Korea shipped 9,000 containers of shells to Russia"))
    higher = member(matcher, "Seoul: North Korea shipped 12,000 containers of shells to Russia", 60)
    same = member(matcher, "Seoul: North Korea shipped 9,000 containers of shells to Russia, 50 ships", 60)
    assert matcher.group(higher, [first]) is None
    assert matcher.group(same, [first]) == first


def test_long_event_is_known_by_its_first_and_newest(matcher: Matcher) -> None:
    """A rewrite joins however many have; what only the middle of a long event was like opens its own."""
    title = "Seoul says North Korea shipped 9,000 containers to Russia"
    ships = [member(matcher, title, n) for n in range(40)]
    strays = [member(matcher, "Kyiv says North Korean soldiers fight in Kursk", 50 + n) for n in range(3)]
    long = event(*ships, *strays, *(member(matcher, title, 60 + n) for n in range(40)))
    assert matcher.group(member(matcher, title, 200), [long]) == long
    assert matcher.group(member(matcher, "Kyiv: North Korean soldiers fight in Kursk", 200), [long]) is None


def test_vectors_bring_tellings_of_one_happening_together(matcher: Matcher) -> None:
    """Words that share too little join where sentence vectors say the same, and only there."""
    told = member(matcher, "North Korean workers build drones at Alabuga in Russia")
    retold = member(matcher, "Moscow employs workers from Pyongyang in thousands", 60)
    same, other = Meaning("workers"), Meaning("zoo")
    first = event(told)

    assert matcher.group(retold, [first]) is None
    assert matcher.group(retold, [first], {told.story.id: same, retold.story.id: same}) == first
    assert matcher.group(retold, [first], {told.story.id: same, retold.story.id: other}) is None


def test_vectors_keep_another_happening_apart(matcher: Matcher) -> None:
    """Words that are alike do not join where sentence vectors say otherwise."""
    told = member(matcher, "North Korean workers build drones at Alabuga in Russia")
    like = member(matcher, "Thousands of North Koreans to assemble drones in Russia", 60)
    first = event(told)
    vectors = {told.story.id: Meaning("one"), like.story.id: Meaning("another")}

    assert matcher.group(like, [first]) == first
    assert matcher.group(like, [first], vectors) is None


@pytest.mark.parametrize("known", ["told", "like", ""])
def test_a_story_without_a_vector_goes_by_words(matcher: Matcher, known: str) -> None:
    """Where one of two has none, or both, what is said in words decides as it did."""
    stories = {
        "told": member(matcher, "Seoul: North Korea shipped 9,000 containers of shells to Russia"),
        "like": member(matcher, "Сеул: КНДР отправила в Россию 9 тыс. контейнеров со снарядами", 60, "ru"),
    }
    vectors = {m.story.id: Meaning(name) for name, m in stories.items() if name == known}
    first = event(stories["told"])

    assert matcher.group(stories["like"], [first], vectors) == first


TROOPS = (
    "Seoul's spy agency says North Korea sent 1,500 troops to Russia",
    "The National Intelligence Service said special forces arrived in Vladivostok by ship.",
)
DENIAL = (
    "North Korea denies arms dealings with Russia",
    "A vice director of the defence ministry calls it a rumour, KCNA reports.",
)


@pytest.mark.parametrize(
    ("told", "language", "title", "summary"),
    [
        (
            TROOPS,
            "ko",
            "국정원 “북한 특수부대 1천500명 러시아 도착”",
            "국가정보원은 북한군이 러시아 함정으로 블라디보스토크에 들어갔다고 밝혔다.",
        ),
        (
            TROOPS,
            "ja",
            "北朝鮮兵1500人がロシアに到着　韓国の国家情報院",
            "特殊部隊が艦艇でウラジオストクに入ったという。",
        ),
        (
            TROOPS,
            "de",
            "Südkoreas Geheimdienst: Nordkorea schickt 1.500 Soldaten nach Russland",
            "Die Spezialkräfte seien per Schiff in Wladiwostok eingetroffen.",
        ),
        (
            DENIAL,
            "ru",
            "КНДР отвергла обвинения в поставках оружия России",
            "Слухи распространяют враждебные силы, заявили в КНДР, передает ТАСС со ссылкой на ЦТАК.",
        ),
    ],
    ids=["ko", "ja", "de", "a wire that quotes a wire"],
)
def test_one_act_abroad_joins(
    matcher: Matcher, told: tuple[str, str], language: str, title: str, summary: str
) -> None:
    """What one actor did or said is one happening, whoever relays it in whatever language."""
    first = event(member(matcher, told[0], summary=told[1]))
    assert matcher.group(member(matcher, title, 120, language, summary), [first]) == first


@pytest.mark.parametrize(
    ("told", "title", "summary", "minutes"),
    [
        (
            (
                "White House: North Korea delivered rockets to Wagner",
                "The first delivery came in November, John Kirby said.",
            ),
            "Britain condemns North Korea over rockets for Wagner",
            "Foreign Secretary James Cleverly backed the American assessment.",
            120,
        ),
        (
            TROOPS,
            "Kremlin calls reports of North Korean troops contradictory",
            "Peskov said that Seoul says one thing and the Pentagon another.",
            3 * DAY,
        ),
        (
            TROOPS,
            "China says it knows nothing of North Korean troops in Russia",
            "Foreign ministry spokesman Lin Jian was asked about it.",
            6 * DAY,
        ),
        (
            TROOPS,
            "Seoul's spy agency: 3,000 North Korean troops now in Russia",
            "The National Intelligence Service told lawmakers that more have followed.",
            5 * DAY,
        ),
    ],
    ids=["London on Washington", "Moscow on Seoul", "Beijing on Seoul", "a later count"],
)
def test_reaction_and_follow_up_stand_apart(
    matcher: Matcher, told: tuple[str, str], title: str, summary: str, minutes: float
) -> None:
    """Another actor's answer, and the same actor's next news, are happenings of their own."""
    first = event(member(matcher, told[0], summary=told[1]))
    assert matcher.group(member(matcher, title, minutes, summary=summary), [first]) is None


def test_reprint_joins_days_later(matcher: Matcher) -> None:
    """What repeats headline and summary is the same news, a day late or four."""
    title = "North Korean ships carry shells to a Russian port, images show"
    summary = "Ships carried shells from Rajin to the port of Vostochny."
    first = event(member(matcher, title, summary=summary))
    for days in (1, 4):
        reprint = member(matcher, f"{title} - Sample Post", days * DAY, summary=summary)
        assert matcher.group(reprint, [first]) == first


def test_headlines_without_a_summary_are_not_alike_for_that(matcher: Matcher) -> None:
    """Two empty summaries are no shared text."""
    first = member(matcher, "Seoul: North Korea shipped 9,000 containers of shells to Russia")
    other = member(matcher, "North Korean workers build drones at Alabuga in Russia")
    assert measured(first, other)["text"] == 0


def test_actors_stand_in_the_order_of_the_text(matcher: Matcher) -> None:
    """Who is named first in the headline, or in the first sentence, comes first there."""
    read = member(
        matcher,
        "Britain condemns North Korea over arms for Russia",
        summary="Russia was armed by Pyongyang, Washington had said. Japan agreed.",
    ).reading
    assert read.actors[0] == "nato-eu"
    assert read.lead_actors[0] == "russia"
    assert "japan" not in read.lead_actors
