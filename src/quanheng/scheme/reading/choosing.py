"""Which conditions choose the rows of a file: columns compared with words or numbers, and these joined."""

from __future__ import annotations

from quanheng.scheme.formulas.tree import (
    Comparison,
    Expression,
    Logic,
    Name,
    Negated,
    Not,
    Number,
    OneOf,
    Words,
)


def chooses_rows(tree: Expression) -> bool:
    """Return whether `tree` can be asked of the rows of a file.

    Examples:
        >>> from quanheng.scheme.formulas.parse import parse_formula
        >>> [
        ...     chooses_rows(parse_formula(text).tree)
        ...     for text in (
        ...         "kind == '规上' and not (size < 3)",
        ...         "kind in ('a', 'b')",
        ...         "a > b",
        ...         "kind",
        ...         "a + 1 > 2",
        ...     )
        ... ]
        [True, True, False, False, False]
    """
    match tree:
        case Logic(_, left, right):
            return chooses_rows(left) and chooses_rows(right)
        case Not(operand):
            return chooses_rows(operand)
        case Comparison(sign, Name(), Words()) | Comparison(sign, Words(), Name()):
            return sign in {"==", "!="}
        case Comparison(_, Name(), constant) | Comparison(_, constant, Name()):
            return _is_number(constant)
        case OneOf(Name(), choices):
            words = all(isinstance(choice, Words) for choice in choices)
            return words or all(_is_number(choice) for choice in choices)
        case _:
            return False


def _is_number(tree: Expression) -> bool:
    return isinstance(tree, Number) or (isinstance(tree, Negated) and isinstance(tree.operand, Number))
