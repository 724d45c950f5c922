"""Words of conditions against the texts of records: what differs in capitals only, what no record says.

A condition compares texts as they are written. `Closed` beside `closed` would be counted as something else
without a word, so it is an error; a word that no record has is a note, and a warning where it looks like a
slip of one that records do have.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import polars as pl

from quanheng.data.ledgers.needs import Needs
from quanheng.data.ledgers.records import Cells
from quanheng.data.telling.half_width import loose
from quanheng.data.telling.names import Nearness, shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import NOWHERE, Kind, Location
from quanheng.scheme.formulas.scopes import LEDGER_WORDS
from quanheng.scheme.formulas.tree import Comparison, Expression, Formula, Name, OneOf, Words, parts_of

_ALIKE: Final = 0.75
"""How alike a word and a text must be for the one to be a slip of the other; 已办结 and 未办结 are less."""
_COMPARED: Final = 2_000
_LOOKED_AT: Final = 60
_TEXT: Final = "text"


def check_words(frame: pl.DataFrame, needs: Needs, cells: Cells, collector: Collector) -> None:
    """Add a finding for each text that differs loosely from a word of a condition, and each unheard word."""
    choices = _choices(needs)
    for column, words in sorted(_words_of(needs.conditions).items()):
        if column not in frame.columns or frame[column].dtype != pl.String:
            continue
        texts = frame[column].drop_nulls().unique().sort().alias(_TEXT)
        near = _tell_spellings(frame, column, words, texts, cells, collector)
        known = choices.get(column, ()) or texts.to_list()
        unheard = [word for word in words if word not in known and word not in near] if known else []
        item = needs.columns.get(column)
        _tell_unheard(column, unheard, known, NOWHERE if item is None else item.where, collector)


WORD_SPELT_OTHERWISE: Final = Kind(
    code="QH479",
    severity="error",
    en="under {column!r} stands {text!r} ({count} times), where the scheme asks for {word!r}",
    zh="“{column}”写作“{text}”（共{count}处），方案的条件为“{word}”",
    hint_en="they differ in capitals, width or blanks only and would not count: write them alike",
    hint_zh="两者只差大小写、全半角或空格，不会计入：请改为一致",
)


def _tell_spellings(
    frame: pl.DataFrame,
    column: str,
    words: tuple[str, ...],
    texts: pl.Series,
    cells: Cells,
    collector: Collector,
) -> frozenset[str]:
    """Tell each of `texts` that is a word of the scheme in another spelling; return those words."""
    of_scheme = pl.DataFrame({"word": words}).with_columns(key=loose(pl.col("word")))
    others = texts.to_frame().filter(~pl.col(_TEXT).is_in(list(words))).with_columns(key=loose(pl.col(_TEXT)))
    pairs = others.join(of_scheme.unique("key", keep="first", maintain_order=True), on="key").sort(_TEXT)
    if pairs.is_empty():
        return frozenset()
    counts: Mapping[str, int] = dict(
        frame[column].alias(_TEXT).to_frame().join(pairs, on=_TEXT).group_by(_TEXT).len().iter_rows()
    )
    first = frame.unique(column, keep="first", maintain_order=True)
    rows = first.join(pairs.rename({_TEXT: column}), on=column, how="inner", maintain_order="left")
    collector.tell(
        WORD_SPELT_OTHERWISE,
        rows,
        lambda row: cells.location(row, column),
        lambda row: {
            "text": shown(row[column]),
            "word": shown(row["word"]),
            "column": shown(column),
            "count": counts[row[column]],
        },
    )
    return frozenset(pairs["word"])


NO_RECORD_SAYS: Final = Kind(
    code="QH480",
    severity="note",
    en="no record has {word!r} under {column!r}, which a condition of the scheme asks for",
    zh="没有事项的“{column}”为“{word}”，而方案的条件用到它",
    hint_en="nothing if there is none yet; else correct the word",
    hint_zh="若确实尚无此类事项可忽略，否则请更正",
)
LIKELY_SLIP: Final = Kind(
    code="QH481",
    severity="warning",
    en="no record has {word!r} under {column!r}, which a condition of the scheme asks for{near}",
    zh="没有事项的“{column}”为“{word}”，而方案的条件用到它{near}",
    hint_en="correct the word in the scheme, or in the records",
    hint_zh="请更正方案或台账中的写法",
)


def _tell_unheard(
    column: str, words: Sequence[str], known: Sequence[str], where: Location, collector: Collector
) -> None:
    near = Nearness(known[:_COMPARED])
    for word in words:
        facts = {"word": shown(word), "column": shown(column)}
        if difflib.get_close_matches(word[:_LOOKED_AT], known[:_COMPARED], n=1, cutoff=_ALIKE):
            collector.add(LIKELY_SLIP.at(where, **facts, **near.facts(word)))
        else:
            collector.add(NO_RECORD_SAYS.at(where, **facts))


def _words_of(conditions: tuple[Formula, ...]) -> dict[str, tuple[str, ...]]:
    """Return the words that each column is compared with, sorted."""
    found: dict[str, set[str]] = {}
    for condition in conditions:
        for column, word in _compared(condition.tree):
            found.setdefault(column, set()).add(word)
    return {column: tuple(sorted(words)) for column, words in found.items()}


def _compared(tree: Expression) -> Iterator[tuple[str, str]]:
    for part in parts_of(tree):
        match part:
            case Comparison(_, Name(column), Words(word)) | Comparison(_, Words(word), Name(column)):
                pairs = [(column, word)]
            case OneOf(Name(column), choices):
                pairs = [(column, choice.value) for choice in choices if isinstance(choice, Words)]
            case _:
                continue
        yield from ((column, word) for column, word in pairs if word and column not in LEDGER_WORDS)


def _choices(needs: Needs) -> dict[str, tuple[str, ...]]:
    """Return what columns may say by the declaration of the ledger; what else they say is told elsewhere."""
    if needs.ledger is None:
        return {}
    states = needs.ledger.states
    found = {own.column: tuple(own.one_of) for own in needs.ledger.fields if own.one_of}
    return found if states is None else {**found, states.column: tuple(states.names)}
