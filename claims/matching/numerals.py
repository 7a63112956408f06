"""A number as a language writes it: digits, words and characters, with the scales behind them."""

import re

from claims.matching.numbers import Numbers

_MAX_SCALES = 3
"""Words that multiply one number: `hundred thousand million`."""
_MYRIAD = 10_000
"""East Asian numerals are grouped by ten thousands: a scale from here on multiplies all before it."""


def read_number(text: str, at: int, numbers: Numbers) -> tuple[float, int]:
    """Return the value of the number at an offset, and where it ends; 0 where none stands there.

    Parts of falling scale add up, the last one may have none: 1만3천, 1万3000, 3 million 200 thousand,
    twenty-five. A myriad multiplies the thousands and hundreds before it: 1천200만.
    """
    value, last, end = 0.0, float("inf"), at
    while True:
        found = numbers.number.match(text, at)
        if not found:
            break
        scale, after = _scale(text, found.end(), numbers)
        apart, myriads = at > end and text[end] == " ", last < _MYRIAD <= scale
        if after == at or (scale >= last and not myriads) or (apart and (scale == 1.0 or myriads)):
            break
        part = _value(found, numbers)
        if scale == 1.0 and part >= last:
            break
        size = next((n for n in (_MYRIAD**2, _MYRIAD) if n <= scale), 1) if myriads else 1
        value, last, end = value * size + part * scale, scale, after
        if scale == 1.0:
            ones, end = _ones(text, end, numbers) if _in_tens(found, part) else (0.0, end)
            value += ones
            break
        joins = (" ", "-") if text[found.end()] == "-" else (" ",)
        at = end + 1 if text[end : end + 1] in joins else end
    return value, max(end, at if not value else end)


def _scale(text: str, at: int, numbers: Numbers) -> tuple[float, int]:
    """Return by what the words at an offset multiply the number before them, and where they end."""
    scale = 1.0
    for _ in range(_MAX_SCALES):
        times = numbers.scale.match(text, at)
        if not times or times.end() == at:
            break
        scale *= _lookup(times.group().lstrip(" -"), numbers)
        at = times.end()
    return scale, at


def low_end(low: float, high: float) -> float:
    """Return the lower end of a range with the scale that only the upper one names: `10 to 12 thousand`."""
    scale = 1.0
    while low and low * scale * 1000 <= high:
        scale *= 1000
    return low * scale


def _in_tens(found: re.Match[str], value: float) -> bool:
    return found["digits"] is None and found["han"] is None and 20 <= value < 100 and value % 10 == 0


def _ones(text: str, at: int, numbers: Numbers) -> tuple[float, int]:
    """Return the word of a number below ten behind a space or a hyphen, and where it ends."""
    found = numbers.number.match(text, at + 1) if text[at : at + 1] in ("-", " ") else None
    value = _lookup(found.group(), numbers) if found and found["digits"] is None else 0.0
    return (value, found.end()) if found and 1 <= value < 10 else (0.0, at)


def _value(found: re.Match[str], numbers: Numbers) -> float:
    if found["han"]:
        return _han(found["han"], numbers)
    digits = found["digits"]
    if digits is None:
        return _lookup(found.group(), numbers)
    if found["mark"]:
        digits = digits.replace(found["mark"], "")
    return float(digits.replace(",", "."))


def _han(run: str, numbers: Numbers) -> float:
    """Return the value of Han numerals: 一萬二千 is 12,000 and 十五万 is 150,000."""
    total = section = digit = 0.0
    for character in run:
        size = numbers.values.get(character, 0.0)
        if not size:
            digit = numbers.digits[character]
        elif size < _MYRIAD:
            section, digit = section + (digit or 1.0) * size, 0.0
        else:
            total, section, digit = total + (section + digit or 1.0) * size, 0.0, 0.0
    return total + section + digit


def _lookup(word: str, numbers: Numbers) -> float:
    return next((value for begins, value in numbers.values.items() if word.startswith(begins)), 1.0)
