r"""Number formats that show another number than is stored: 12 000 as 12 in `0,`, as 1.2 in `0!.0,`.

A comma behind the digits divides by a thousand. A point that is only written, `!.`, `\.` or `"."`, divides
by ten for each digit behind it: `0!.0,` is how a workbook shows yuan in 万元.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from quanheng.findings.patterns import bounded
from quanheng.findings.value import Value

_LONGEST_FORMAT: Final = 1_000
_LITERAL: Final = bounded(r'"([^"]*)"?|[\\!](.)|[_*].|\[[^\[\]]*\]', re.DOTALL, most=1_000)
_CONDITION: Final = bounded(r"\[\s*(>=|<=|<>|>|<|=)\s*(-?\d{1,15}(?:\.\d{1,15})?)\s*\]", most=1_000)
_POINT, _WRITTEN_POINT = ".", "\u00b7"
_DIGITS: Final = "0#?"
_THOUSAND: Final = 1_000
_MOST: Final = 15
"""Powers of ten beyond which a format is none that anybody uses."""


class Scale(Value, kw_only=False):
    """A section of a number format: by what it divides, and which numbers it is for."""

    divisor: int
    sign: str = ""
    bound: float = 0

    def fits(self, number: float) -> bool:
        """Return whether a number meets the condition."""
        match self.sign:
            case ">=":
                return number >= self.bound
            case ">":
                return number > self.bound
            case "<=":
                return number <= self.bound
            case "<":
                return number < self.bound
            case "=":
                return number == self.bound
            case "<>":
                return number != self.bound
            case _:
                return True


Scales: TypeAlias = tuple[Scale, ...]
"""The sections of a number format; none where it divides nothing."""


def scales_of(code: str) -> Scales:
    r"""Return the sections of the number format `code`, none if it shows every number as it is.

    Examples:
        >>> [divisor_of(scales_of(code), 12_000) for code in ("0,", "#,##0", "0.0,,", "0!.0,", r"0\.0000")]
        [1000, 1, 1000000, 10000, 10000]
        >>> some = scales_of("[>=10000]0!.0,;0")
        >>> divisor_of(some, 12_000), divisor_of(some, 9_000)
        (10000, 1)
    """
    if "," not in code and "0" not in code:
        return ()
    marked = _LITERAL.sub(_kept, code[:_LONGEST_FORMAT])
    sections: list[Scale] = []
    for section in marked.split(";"):
        said = _CONDITION.search(section)
        divisor = _divisor(_CONDITION.sub("", section))
        sections.append(Scale(divisor, said[1], float(said[2])) if said else Scale(divisor))
    return tuple(sections) if any(section.divisor != 1 for section in sections) else ()


def divisor_of(scales: Scales, number: float) -> int:
    """Return by what `number` is divided where it is shown in a format with these sections."""
    if not scales:
        return 1
    if not any(scale.sign for scale in scales):
        return scales[1 if number < 0 and len(scales) > 1 else 0].divisor
    return next((scale.divisor for scale in scales if scale.fits(number)), 1)


def _kept(found: re.Match[str]) -> str:
    """Return what counts of a literal: a condition, and a point that is only written."""
    if found[0].startswith("["):
        return found[0] if _CONDITION.fullmatch(found[0]) else ""
    return _WRITTEN_POINT if _POINT in (found[1], found[2]) else ""


def _divisor(section: str) -> int:
    body = "".join(sign for sign in section if sign in f"{_DIGITS},{_POINT}{_WRITTEN_POINT}")
    if not any(digit in body for digit in _DIGITS):
        return 1
    whole, point, _ = body.partition(_POINT)
    commas = len(body) - len(body.rstrip(","))
    if point:
        commas += len(whole) - len(whole.rstrip(","))
    behind = body.partition(_WRITTEN_POINT)[2]
    digits = sum(sign in _DIGITS for sign in behind) if not point else 0
    power = 3 * commas + digits
    return 1 if power > _MOST else int(10**power)


def divisor_between(number: float, shown: str) -> int:
    """Return by what `number` was divided where it is shown as `shown`, by thousands; 1 if by nothing.

    Examples:
        >>> [divisor_between(12_345, shown) for shown in ("12", "12.3 千", "1.2", "12,345", "x", "0")]
        [1000, 1000, 10000, 1, 1, 1]
    """
    found = _SHOWN.match(shown.strip())
    if found is None:
        return 1
    text = found[0].replace(",", "")
    decimals = len(text.partition(".")[2])
    value = float(text)
    within = 0.5000001 / 10**decimals
    if not value or abs(number - value) <= within:
        return 1
    return next((by for by in _DIVISORS if abs(number / by - value) <= within), 1)


_SHOWN: Final = bounded(r"[+-]?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,15})?", most=1_000)
_DIVISORS: Final = (_THOUSAND, 10_000, 1_000_000, 100_000_000, 1_000_000_000)
