"""A sentence in the reader's language with a figure of its row in each gap, column by column."""

from __future__ import annotations

from string import Formatter

import narwhals as nw

from quanheng.findings.text import Language, Text


def worded(text: Text, language: Language, **parts: nw.Expr) -> nw.Expr:
    """Return `text` in `language` with a text of the row for each `{name}` in it.

    Examples:
        >>> import polars as pl
        >>> text = Text(en="{done} of what is due", zh="应达进度的{done}")
        >>> rows = nw.from_native(pl.DataFrame({"done": ["94%"]}))
        >>> rows.select(said=worded(text, "zh", done=nw.col("done")))["said"].to_list()
        ['应达进度的94%']
    """
    pieces: list[nw.Expr] = []
    for plain, name, _, _ in Formatter().parse(text.in_language(language)):
        pieces += [nw.lit(plain)] if plain else []
        pieces += [parts[name]] if name else []
    return nw.concat_str(*pieces)
