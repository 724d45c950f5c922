"""Laws of readings of days and hours: what may be asked of the records that they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from quanheng.findings.finding import Finding, Kind
from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.periods.every import READINGS_IN_CHINESE, EveryReading
from quanheng.scheme.formulas.scopes import LEDGER_WORDS
from quanheng.scheme.items.item import DATE, HOUR, LEDGERS_OF_READINGS, FromLedger, readings_of
from quanheng.scheme.tree.settle import Settled

EVERY_READING: Final[Mapping[EveryReading, Text]] = {
    every: Text(en=every, zh=zh) for every, zh in READINGS_IN_CHINESE.items()
}
"""How often an item is read, in words."""
LEDGER_OF_READINGS: Final = Kind(
    code="QH882",
    severity="error",
    en="the ledger '{ledger}' is that of the items of 'every: {every}', and cannot be another one beside",
    zh="台账“{ledger}”由按{every}报送的数据项构成，不能再另设同名台账",
    hint_en="give the other ledger another name, or keep its columns as items of 'every: {every}'",
    hint_zh="请给另一台账改名，或把其中各列设为按{every}报送的数据项",
)
NO_SUCH_READING: Final = Kind(
    code="QH883",
    severity="error",
    en="'{name}' is no item of 'every: {every}', which the records of '{ledger}' are made of",
    zh="“{name}”不是按{every}报送的数据项，“{ledger}”中没有该列",
    hint_en="{suggest}",
    hint_zh="{suggest}",
)


def check_readings(settled: Settled) -> Iterator[Finding]:
    """Yield a QH882 for a ledger beside readings under their name, a QH883 for columns that are none."""
    scheme = settled.scheme
    columns = {
        name: [DATE] if every == "day" else [DATE, HOUR] for name, every in LEDGERS_OF_READINGS.items()
    }
    read = set[str]()
    for item in scheme.items:
        if readings_of(item) is not None and isinstance(item.source, FromLedger):
            columns[item.source.ledger].append(item.code)
            read.add(item.source.ledger)
    for ledger in scheme.ledgers:
        if ledger.code in read:
            every = EVERY_READING[LEDGERS_OF_READINGS[ledger.code]]
            yield LEDGER_OF_READINGS.at(ledger.where, ledger=ledger.code, every=every)
    for item in scheme.items:
        source = item.source
        if not isinstance(source, FromLedger) or source.readings is None or source.readings.is_reported:
            continue
        known = columns[source.ledger]
        for name in source.named:
            if name not in known and name not in LEDGER_WORDS:
                facts = {"every": EVERY_READING[source.readings.every], "ledger": source.ledger}
                yield NO_SUCH_READING.at(item.where, name=name, **facts, **suggestion(name, known))


READING_LAWS: Final[tuple[Callable[[Settled], Iterator[Finding]], ...]] = (check_readings,)
