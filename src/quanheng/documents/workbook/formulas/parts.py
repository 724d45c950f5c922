"""Parts of formulas that know which cells they need and what they give where one is absent (absence §1).

A `Strict` part holds wherever all its cells hold numbers and can stand inside another formula. A `Whole`
formula says itself what it gives where something is absent and therefore needs a cell of its own.
`in_a_cell` closes a strict part: where a cell is absent it gives `/` if one of them is not applicable, else
the mark of what cannot be computed, else an empty text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias, assert_never

from quanheng.documents.workbook.formulas.cells import MISSING, NOT_APPLICABLE, UNDEFINED, quoted
from quanheng.findings.value import Value
from quanheng.scheme.formulas.tree import ComparisonSign


class Strict(Value):
    """A formula that holds where all `cells` hold numbers.

    `checks` are conditions under which it gives a state instead (0/0 is not applicable), `truth` says
    that it is true or false, `counts` that it counts records, so that 0 means there is nothing to divide by.
    """

    text: str
    cells: tuple[str, ...] = ()
    checks: tuple[tuple[str, str], ...] = ()
    truth: bool = False
    counts: bool = False


class Whole(Value):
    """A formula that says for itself what it gives where something is absent."""

    text: str
    counts: bool = False


Part: TypeAlias = Strict | Whole


def in_a_cell(part: Part) -> str:
    """Return `part` as a complete formula of a cell: a number, or the state of what is absent."""
    match part:
        case Whole(text=text):
            return text
        case Strict(text=text, cells=cells, checks=checks, truth=truth):
            value = f"IF({text},1,0)" if truth else text
            for condition, state in reversed(checks):
                value = f"IF({condition},{quoted(state)},{value})"
            return where_present(value, cells)
        case _:
            assert_never(part)


def where_present(value: str, cells: Sequence[str]) -> str:
    """Return the formula that is `value` where all `cells` hold numbers, else the state of the absent."""
    if not cells:
        return value
    if len(cells) == 1:
        return f"IF(ISNUMBER({cells[0]}),{value},{cells[0]}&{quoted(MISSING)})"
    return f"IF(COUNT({','.join(cells)})={len(cells)},{value},{state_of(cells)})"


def as_truth(part: Strict) -> str:
    """Return `part` as something that is true or false: a number is true unless it is 0."""
    return part.text if part.truth else f"({part.text}<>0)"


def division(top: Strict, bottom: Strict) -> Strict:
    """Divide by absence §5: 0/0 and a denominator that counts nothing are not applicable."""
    text = f"({top.text}/{bottom.text})"
    if not bottom.cells and _is_above_zero(bottom.text):
        return joined([top, bottom], text)
    zero = f"{bottom.text}=0"
    if bottom.counts:
        return joined([top, bottom], text, checks=((zero, NOT_APPLICABLE),))
    checks = ((f"AND({zero},{top.text}=0)", NOT_APPLICABLE), (zero, UNDEFINED))
    return joined([top, bottom], text, checks=checks)


def _is_above_zero(text: str) -> bool:
    """Return whether `text` is a plain number above 0, by which one can always divide."""
    try:
        return float(text) > 0.0
    except ValueError:
        return False


def as_written(sign: ComparisonSign, left: str, right: str) -> str:
    """Return the comparison of two texts or days, exactly as they are."""
    return f"{left}{_SIGNS[sign]}{right}"


def settled(value: str, *, size: str = "") -> str:
    """Return `value` at 15 significant digits of `size`, by default its own (comparing §1)."""
    return f"ROUND({value},14-INT(LOG10(MAX({size or f'ABS({value})'},1E-280))))"


def settled_sum(terms: Sequence[str]) -> str:
    """Return the sum of `terms`, some with a minus before them, at the digits of the greatest (comparing §1).

    Examples:
        >>> settled_sum(["A1", "-B1"])
        'ROUND(A1-B1,14-INT(LOG10(MAX(ABS(A1),ABS(-B1),1E-280))))'
    """
    total = "+".join(terms).replace("+-", "-")
    return settled(total, size=",".join(f"ABS({term})" for term in terms))


def compared(sign: ComparisonSign, left: str, right: str) -> str:
    """Return the comparison of two numbers, equal within 1e-12 of their size (comparing §2).

    Examples:
        >>> compared(">=", "A1", "0.3")
        'A1-0.3>=-1E-12*(ABS(A1)+ABS(0.3))'
    """
    distance, slack = f"{left}-{right}", f"1E-12*(ABS({left})+ABS({right}))"
    match sign:
        case "==":
            return f"ABS({distance})<={slack}"
        case "!=":
            return f"ABS({distance})>{slack}"
        case "<" | ">=":
            return f"{distance}{sign}-{slack}"
        case "<=" | ">":
            return f"{distance}{sign}{slack}"
        case _:
            assert_never(sign)


def ordering(value: str) -> str:
    """Return `value` at 12 significant digits, as the engine compares computed values."""
    return f"IF({value}=0,0,ROUND({value},11-INT(LOG10(ABS({value})))))"


def joined(
    parts: Sequence[Strict],
    text: str,
    *,
    checks: tuple[tuple[str, str], ...] = (),
    truth: bool = False,
    counts: bool = False,
) -> Strict:
    """Return `text`, in which `parts` stand, with all that they need and `checks` of its own."""
    every = [*(check for part in parts for check in part.checks), *checks]
    # not applicable comes before what cannot be computed
    every.sort(key=lambda check: check[1] != NOT_APPLICABLE)
    return Strict(text=text, cells=cells_in(parts), checks=tuple(every), truth=truth, counts=counts)


def cells_in(parts: Sequence[Strict]) -> tuple[str, ...]:
    """Return the cells that `parts` need, each once."""
    return tuple(dict.fromkeys(cell for part in parts for cell in part.cells))


def state_of(cells: Sequence[str], *, every: bool = False) -> str:
    """Return the formula of the state of what needs `cells`, one of which is absent.

    It is not applicable if one of them is, or with `every` only if all are.
    """
    absent = ",".join(f"{cell}={quoted(NOT_APPLICABLE)}" for cell in cells)
    broken = ",".join(f"{cell}={quoted(UNDEFINED)}" for cell in cells)
    test = "AND" if every else "OR"
    rest = f"IF(OR({broken}),{quoted(UNDEFINED)},{quoted(MISSING)})"
    return f"IF({test}({absent}),{quoted(NOT_APPLICABLE)},{rest})"


_SIGNS: Final = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
