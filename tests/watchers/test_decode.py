"""The characters of a feed, whatever its bytes, its declaration and its server say they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.decode import decode

KOREAN = "북한 표본 선박, 포탄 컨테이너 1만3천 개 싣고 출항"
RUSSIAN = "Образец: судно с контейнерами вышло из порта Раджин"
UKRAINIAN = "Зразок: судно з контейнерами вийшло з порту"
JAPANESE = "見本の船、羅津港を出港　コンテナ①個"
CHINESE = "样本：货船离开罗津港，载有集装箱"
TRADITIONAL = "樣本：貨船離開羅津港，載有貨櫃"


def xml(words: str, encoding: str | None = None) -> str:
    """Return a document that declares an encoding, truly or not."""
    declared = f' encoding="{encoding}"' if encoding else ""
    return f'<?xml version="1.0"{declared}?><rss><title>{words}</title></rss>'


@pytest.mark.parametrize(
    ("words", "written", "declared", "header", "language"),
    [
        (RUSSIAN, "cp1251", "windows-1251", None, "en"),
        (RUSSIAN, "cp1251", None, "text/xml; charset=windows-1251", "en"),
        (RUSSIAN, "cp1251", "utf-8", None, "ru"),
        (RUSSIAN, "cp1251", "no-such-code", None, "ru"),
        (RUSSIAN, "cp1251", "hex", None, "ru"),
        (RUSSIAN, "cp1251", "idna", None, "ru"),
        (RUSSIAN, "cp1251", "undefined", None, "ru"),
        (RUSSIAN, "koi8-r", "koi8-r", "text/xml", "ru"),
        (RUSSIAN, "utf-8", "windows-1251", "text/xml; charset=windows-1251", "ru"),
        (RUSSIAN, "utf-8", "us-ascii", "text/xml; charset=iso-8859-1", "en"),
        (UKRAINIAN, "koi8-u", "koi8-u", None, "uk"),
        (UKRAINIAN, "cp1251", None, None, "uk"),
        (KOREAN, "euc-kr", "euc-kr", None, "en"),
        (KOREAN, "cp949", "ks_c_5601-1987", None, "en"),
        (KOREAN, "cp949", "windows-949", None, "en"),
        (KOREAN, "euc-kr", "utf-8", "text/xml; charset=utf-8", "ko"),
        (KOREAN, "euc-kr", None, 'text/xml; charset="EUC-KR"', "en"),
        (KOREAN, "utf-8", "euc-kr", "text/xml; charset=euc-kr", "ko"),
        (JAPANESE, "cp932", "shift_jis", None, "en"),
        (JAPANESE, "cp932", "x-sjis", None, "en"),
        (JAPANESE, "euc_jis_2004", "euc-jp", None, "en"),
        (JAPANESE, "cp932", "utf-8", None, "ja"),
        (CHINESE, "gb18030", "gb2312", None, "en"),
        (CHINESE, "gbk", "GBK", None, "en"),
        (CHINESE, "gb18030", None, None, "zh"),
        (TRADITIONAL, "big5", "big5", None, "en"),
        (KOREAN, "utf-16", "utf-16", None, "en"),
        (KOREAN, "utf-16-le", "utf-16", None, "en"),
        (KOREAN, "utf-16-be", "utf-8", None, "en"),
        (KOREAN, "utf-8", "utf-16", None, "en"),
        (KOREAN, "utf-32", None, None, "en"),
        (KOREAN, "utf-8-sig", "euc-kr", None, "en"),
        ("Café", "latin-1", None, None, "en"),
        ("“Quoted” – dash", "cp1252", "iso-8859-1", None, "en"),
    ],
)
def test_the_bytes_are_believed_before_what_is_said_of_them(
    words: str, written: str, declared: str | None, header: str | None, language: str
) -> None:
    """Marks, declarations, headers and the language are believed where the bytes agree with them."""
    document = xml(words, declared)
    assert decode(document.encode(written), header, language) == document


@pytest.mark.parametrize(
    ("words", "encoding"),
    [(KOREAN, "utf-8"), (KOREAN, "euc-kr"), (JAPANESE, "shift_jis"), (CHINESE, "gb18030")],
)
def test_a_broken_character_is_damage_and_no_other_encoding(words: str, encoding: str) -> None:
    """One bad byte costs one character of a long text."""
    body = xml(words * 3, encoding).encode(encoding, "ignore").replace(b"</title>", b"\x81</title>")
    text = decode(body, None, "en")
    assert words[:5] in text
    assert text.count("\ufffd") == 1


@given(st.binary(max_size=80), st.none() | st.text(max_size=30), st.sampled_from(["ko", "ru", "und", ""]))
def test_any_bytes_become_text(body: bytes, header: str | None, language: str) -> None:
    """Nothing that a server sends fails to be text."""
    assert isinstance(decode(body, header, language), str)
