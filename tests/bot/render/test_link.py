"""Which addresses become links."""

import pytest

from bot.render.link import web_address


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://h.example/a?b=c#d", "https://h.example/a?b=c#d"),
        ("https://h.example/a_(b)", "https://h.example/a_%28b%29"),
        ("https://h.example/a%20b", "https://h.example/a%20b"),
        ("https://h.example/a b\"<>'*`|@", "https://h.example/a%20b%22%3C%3E%27%2A%60%7C%40"),
        ("https://h.example/소식", "https://h.example/%EC%86%8C%EC%8B%9D"),
        ("https://소식.example/", "https://xn--9l4b4x.example/"),
        ("HTTP://H.example:8080", "http://h.example:8080"),
        ("https://discord.com@evil.example/", None),
        ("https://evil.example)/", None),
        ("javascript:alert(1)", None),
        ("ftp://h.example/", None),
        ("//h.example/", None),
        ("https:///path", None),
        ("https://h.example:port/", None),
        ("https://[::1", None),
        (f"https://{'a' * 64}.example/", None),
        ("", None),
    ],
)
def test_only_web_addresses_become_links(url: str, address: str | None) -> None:
    """An address is encoded so that it cannot leave its link; what is no http(s) address is no link."""
    assert web_address(url) == address
