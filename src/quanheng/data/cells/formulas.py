"""Texts that a spreadsheet runs as a formula when it opens the file they stand in."""

from __future__ import annotations

from typing import Final

import narwhals as nw
import polars as pl

LIKE_A_FORMULA: Final = (
    r"(?s)^\s*(?:[=@＝＠]"
    r"|[-+＋－](?:\s*[A-Za-z]|.*[(!|=@$'\"\[]|.*[-+*/^&<>,;:]\s*[A-Za-z]))"
)
"""Such a text, as a regular expression: what begins as a formula and may call or look up something.

Behind a sign a formula may begin with a number: `-2+3+cmd|'/C calc'!A0`. A number with its sign is none, nor
are `-5%`, `- 未报` and the telephone number `+86-510-1234`: they call nothing. In some settings the signs
of full width count, too.
"""
_BEGINS: Final = r"^\s*[-=@+＝＠＋－]"
"""What a spreadsheet reads as something else than a text, as a regular expression."""
_NUMBER_OR_DASH: Final = r"^\s*[-+＋－]\s*(?:[0-9][0-9.,\s]*[%‰]?|\.[0-9]+[%‰]?|[-+]*)\s*$"
"""But for what is a number with its sign, or a dash alone, whatever reads it."""


def inert(column: str) -> nw.Expr:
    """Return the texts of `column` with an apostrophe in front of what a spreadsheet would run or compute.

    Examples:
        >>> texts = pl.DataFrame({"text": ["=1+1", "-5%", "- x", "A"]})
        >>> nw.from_native(texts).select(inert("text"))["text"].to_list()
        ["'=1+1", '-5%', "'- x", 'A']
    """
    text = nw.col(column)
    runs = text.str.contains(_BEGINS) & ~text.str.contains(_NUMBER_OR_DASH)
    return nw.when(runs).then(nw.concat_str(nw.lit("'"), text)).otherwise(text).alias(column)


def names_nothing_to_run(texts: pl.Series) -> bool:
    """Return whether none of `texts` runs as a formula.

    Examples:
        >>> names_nothing_to_run(pl.Series(["-5%", "+1", None])), names_nothing_to_run(pl.Series(["=A1"]))
        (True, False)
    """
    return not texts.str.contains(LIKE_A_FORMULA).any()
