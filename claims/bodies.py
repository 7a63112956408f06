"""Who is who among those whom stories name for a number. Pure.

Names are those of the lexicon (`seeds/lexicon/*/names.toml`); one that it does not know stands for itself.
"""

from claims.text import fold

_OFFICES = {
    "South Korean ": ("Seoul", "National Intelligence Service"),
    "US ": ("Washington", "White House", "Pentagon"),
    "Ukrainian ": ("Kyiv", "Ukraine", "Security Service of Ukraine"),
    "Russian ": ("Moscow", "Kremlin"),
    "North Korean ": ("Pyongyang", "KCNA", "Kim Jong Un", "Kim Yo Jong"),
    "British ": ("London",),
    "Japanese ": ("Tokyo",),
    "Chinese ": ("Beijing",),
}
"""By how a state's offices begin: its capital, and those offices that go by another name."""


_PARTIES = ("Russian ", "North Korean ")
"""Those whose conduct the register is about."""


def same_body(one: str, other: str) -> bool:
    """Say whether two names are one body's: the same, or one of them without its country.

    `Defense Intelligence Agency` is `South Korean Defense Intelligence Agency` where both are named.
    """
    a, b = fold(one), fold(other)
    return a == b or a.endswith(f" {b}") or b.endswith(f" {a}")


def same_state(one: str, other: str) -> bool:
    """Say whether two names are offices of one state, or its capital that stands for them."""
    state = _state(one)
    return state is not None and state == _state(other)


def is_party(name: str) -> bool:
    """Say whether it is an office of a state whose conduct the register is about."""
    return _state(name) in _PARTIES


def is_capital(name: str) -> bool:
    """Say whether it is a capital, which stands for its state in whatever that does."""
    return any(name == others[0] for others in _OFFICES.values())


def _state(name: str) -> str | None:
    return next(
        (start for start, others in _OFFICES.items() if name.startswith(start) or name in others), None
    )
