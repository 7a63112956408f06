"""Who gives a number."""

import pytest

from claims.matching.matcher import Matcher
from tests.support.build import story

SEOUL, KYIV = "National Intelligence Service", "Ukrainian military intelligence"


@pytest.mark.parametrize(
    ("language", "text", "bodies"),
    [
        ("en", "Beijing said so after a US warning of up to 9,000 containers from North Korea.", [None]),
        (
            "en",
            "Seoul counted 9,000 containers, it said. The White House said there were 1,000 containers.",
            ["Seoul", "White House"],
        ),
        ("en", "Shells went north. It carried 9,000 containers.", [None]),
        ("ko", "국정원은 컨테이너 9천 개를 보냈다고 밝혔다.", [SEOUL]),
        ("ru", "По данным ГУР, отправлено 9 тыс. контейнеров.", [KYIV]),
        # Police are no prosecutors.
        ("en", "Kharkiv police say that 2 missiles from North Korea fell.", ["Ukrainian police"]),
        ("en", "Ukrainian prosecutors say that 2 missiles from North Korea fell.", ["Ukrainian prosecutors"]),
        ("uk", "Поліція Харківщини повідомила про 2 ракети з КНДР.", ["Ukrainian police"]),
        ("ko", "우크라이나 경찰은 북한 미사일 2발이 떨어졌다고 밝혔다.", ["Ukrainian police"]),
        # Who cites another gives that one's number.
        (
            "en",
            "The Pentagon, citing NATO, says that 9,000 containers went. The Pentagon says 1,000 containers.",
            ["NATO", "Pentagon"],
        ),
        ("de", "Das Pentagon spricht unter Berufung auf die Nato von 9.000 Containern.", ["NATO"]),
        ("ru", "Пентагон со ссылкой на НАТО сообщил о 9 тыс. контейнеров.", ["NATO"]),
        ("ko", "국정원은 나토 자료를 인용해 컨테이너 9천 개를 보냈다고 밝혔다.", ["NATO"]),
        # A body behind the number ends what was said; one that goes on there speaks of something else.
        ("en", "More than 9,000 containers went, the Pentagon says.", ["Pentagon"]),
        ("en", "More than 9,000 containers went, and the Pentagon speaks of an airlift.", [None]),
        ("ko", "컨테이너 9천 개였고 국정원은 컨테이너 1만2천 개를 보냈다고 밝혔다.", [None, SEOUL]),
        # Whoever stands nearer takes it, or leaves it with nobody.
        (
            "en",
            "China says that it knows of no shipment, after Washington put it at 9,000 containers.",
            [None],
        ),
        ("en", "The White House doubts it; Seoul says that 9,000 containers went.", ["Seoul"]),
        ("en", "The Pentagon said so. So Seoul says that 9,000 containers went.", ["Seoul"]),
        # An outlet tells what others counted, and a party's capital is named for what its state does.
        ("en", "Sample News and Yonhap reported 9,000 containers.", [None]),
        ("en", "Moscow is accused of having fetched 9,000 containers.", [None]),
    ],
)
def test_a_number_is_given_by_whoever_the_story_says_so_of_beside_it(
    matcher: Matcher, language: str, text: str, bodies: list[str | None]
) -> None:
    """In whatever language; where the words beside it name nobody, nobody gives it."""
    reading = matcher.read(story("North Korea and Russia", summary=text, language=language))
    assert [figure.body for figure in reading.figures] == bodies


@pytest.mark.parametrize(
    ("summary", "body"),
    [
        ("It fell to the Pentagon to say so, the Pentagon said.", "Pentagon"),
        ("The Pentagon said so, as did the White House, the White House said.", None),
        ("It is a matter of course. The Pentagon said so.", None),
        ("The Russian Defence Ministry said so.", None),
        ("The Kremlin says nothing, the Pentagon said.", "Pentagon"),
        ("The Kremlin says nothing, Washington said.", None),
    ],
)
def test_a_headlines_number_is_that_of_the_only_body_that_speaks_in_the_first_sentence(
    matcher: Matcher, summary: str, body: str | None
) -> None:
    """Of two it is neither's, nor is it a party's, or that of whoever speaks further down."""
    reading = matcher.read(story("North Korea sent Russia 9,000 containers", summary=summary))
    assert [figure.body for figure in reading.figures] == [body]


@pytest.mark.parametrize(
    ("language", "summary", "body"),
    [
        ("en", "The port is full, the Pentagon said. More than 9,000 containers went north.", "Pentagon"),
        (
            "de",
            "Der Hafen sei voll, sagte das Pentagon. Insgesamt seien 9.000 Container gefahren.",
            "Pentagon",
        ),
        ("ru", "Порт полон, сообщил Пентагон. Всего ушло более 9 тыс. контейнеров.", "Pentagon"),
        ("uk", "Порт повний, повідомив Пентагон. Усього пішло понад 9 тис. контейнерів.", "Pentagon"),
        ("ko", "국정원은 항구가 꽉 찼다고 밝혔다. 컨테이너 9천 개가 넘어갔다.", SEOUL),
        (
            "en",
            "The port is full, the Pentagon said. Sample Post wrote of 9,000 containers, Reuters reports.",
            None,
        ),
        ("en", "The port is full, the Pentagon said. Seoul denies it; over 9,000 containers went.", None),
        ("en", "The port is full, the Pentagon said. It is cold there. Over 9,000 containers went.", None),
        ("en", "The port is full, the Kremlin said. Over 9,000 containers went north.", None),
    ],
)
def test_a_number_of_the_second_sentence_is_that_of_who_speaks_in_the_first(
    matcher: Matcher, language: str, summary: str, body: str | None
) -> None:
    """Unless somebody else speaks there before it, even an outlet; further down it is nobody's."""
    reading = matcher.read(story("North Korea and Russia", summary=summary, language=language))
    assert [figure.body for figure in reading.figures] == [body]


def test_a_party_gives_no_number_that_it_denies(matcher: Matcher) -> None:
    """It speaks of what others counted."""
    denied = story(
        "Kremlin denies receiving North Korean arms",
        summary="The Kremlin said that talk of 9,000 containers of weapons from North Korea was false.",
    )
    assert [figure.body for figure in matcher.read(denied).figures] == [None]
