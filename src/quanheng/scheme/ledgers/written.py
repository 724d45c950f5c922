"""What stands in `sum`, `mean` and the like: a ledger, and a column of it or a formula over its columns.

`projects.paid` is a column; `marks.panel * factor` and `tickets.where(paid >= 10, 20, 10)` are formulas. The
ledger may be named before each column: `marks.panel * marks.factor`. Whatever reads as no formula is a
column by that heading, and so is a name or a number alone and what stands in back quotes. A formula that is
also the heading of a column of the ledger means that column: it did so before there were formulas here.
"""

from __future__ import annotations

from typing import Final

from quanheng.findings.patterns import bounded
from quanheng.findings.value import Value
from quanheng.scheme.formulas.parse import parse_formula
from quanheng.scheme.formulas.scopes import LEDGER_WORDS
from quanheng.scheme.formulas.tokens import FormulaError
from quanheng.scheme.formulas.tree import Expression, Name, names_in
from quanheng.scheme.formulas.worded.chinese import FUNCTION_WORDS, in_chinese, in_english

_BEFORE_A_COLUMN: Final = bounded(r"(?<![\w.`'\"])([^\W\d]\w{0,60})\.(?=[^\W\d]|`)", most=5_000)
_CALL: Final = bounded(r"\b([a-z]{2,20})[(（]", most=5_000)


class Taken(Value):
    """What is taken from the records of `ledger`.

    `column` is the text behind the ledger, as a heading; `tree` its formula, if it may be one; `is_unread`
    if it was meant as a formula and is none.
    """

    ledger: str
    column: str
    tree: Expression | None = None
    is_unread: bool = False


def taken_apart(written: str) -> Taken:
    """Return the ledger and what is taken from its records.

    Examples:
        >>> taken_apart("projects.实际投资（万元）")
        Taken(ledger='projects', column='实际投资（万元）', tree=None, is_unread=False)
        >>> taken_apart("marks.panel * marks.factor").tree
        Arithmetic(sign='*', left=Name(name='panel'), right=Name(name='factor'))
        >>> taken_apart("projects.`paid on`").column
        'paid on'
    """
    ledger, _, rest = written.partition(".")
    column = rest.strip()
    if column.startswith("`") and column.endswith("`") and column.count("`") == 2:  # noqa: PLR2004  a pair
        return Taken(ledger=ledger, column=column[1:-1])
    formula = _BEFORE_A_COLUMN.sub(lambda found: "" if found[1] == ledger else found[0], column)
    try:
        tree = parse_formula(formula).tree if column else None
    except FormulaError:
        return Taken(ledger=ledger, column=column, is_unread=_is_meant(formula))
    if isinstance(tree, Name) or tree is None or not names_in(tree):
        return Taken(ledger=ledger, column=column)
    return Taken(ledger=ledger, column=column, tree=tree)


def ledger_text_in_chinese(written: str) -> str:
    """Return what is taken from a ledger with Chinese words for functions.

    Examples:
        >>> ledger_text_in_chinese("tickets.where(paid >= 10, 20, 10)")
        'tickets.若(paid >= 10, 20, 10)'
        >>> ledger_text_in_chinese("projects.sum(x)")
        'projects.sum(x)'
    """
    ledger, dot, rest = written.partition(".")
    if taken_apart(written).tree is None:
        return written
    return f"{ledger}{dot}{in_chinese(rest, scope=LEDGER_WORDS)}"


def ledger_text_in_english(written: str) -> str:
    """Return what is taken from a ledger with the words of the language for Chinese ones.

    Examples:
        >>> ledger_text_in_english("台账.若(投资 ≥ 10, 20, 10)"), ledger_text_in_english("台账.合计(万元)")
        ('台账.where(投资 ≥ 10, 20, 10)', '台账.合计(万元)')
    """
    ledger, dot, rest = written.partition(".")
    told = f"{ledger}{dot}{in_english(rest, scope=LEDGER_WORDS)}"
    return told if taken_apart(told).tree is not None else written


def _is_meant(text: str) -> bool:
    """Return whether a text that is no formula was meant as one: it calls a function of the language."""
    return any(found[1] in FUNCTION_WORDS for found in _CALL.finditer(text))
