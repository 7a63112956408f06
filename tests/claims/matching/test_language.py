import pytest

from claims.matching.language import language_of
from claims.matching.lexicon import Lexicon
from claims.matching.page import lay_out


@pytest.mark.parametrize(
    ("text", "stated", "code"),
    [
        ("The ships left the port of Rajin and sailed to the east", "und", "en"),
        ("北, 러시아에 무기 지원", "und", "ko"),
        ("Суда вышли из порта и не вернулись, объявил представитель", "und", "ru"),
        ("Кораблі вийшли з порту і не повернулися", "und", "uk"),
        ("船は港を出た", "und", "ja"),
        ("貨船離開港口", "und", "zh"),
        ("Die Schiffe sind aus dem Hafen und nicht zurück", "und", "de"),
        ("Les navires ont quitté le port dans la nuit", "und", "fr"),
        ("Los barcos salieron del puerto y no volvieron según la prensa", "und", "es"),
        ("Pyongyang Moskau Kim", "de", "de"),
        ("북한 러시아", "en", "ko"),
        ("السفن غادرت الميناء", "ar", "ar"),
        ("", "und", "und"),
    ],
)
def test_language(lexicon: Lexicon, text: str, stated: str, code: str) -> None:
    """Script, letters and common words tell the language; what a feed states holds where the script fits."""
    assert language_of(lay_out(text, ""), stated, lexicon.languages.values()) == code
