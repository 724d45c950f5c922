"""What is made of the records of a unit: a closed union of statistics, each of which answers for itself.

How they are computed stands in the engine (`engine/figures/looked_up/records.py`); here stands what they are.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Final, Literal, TypeAlias

from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value

Looked: TypeAlias = Literal["records", "numbers", "values"]
"""What a statistic looks at: the records alone, numbers that they have, or values of any sort."""


class Tally(Value):
    """What every statistic of a ledger answers; one that does not is refused by the type checker."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The word of the scheme language, which is the key of an item."""

    @property
    @abstractmethod
    def words(self) -> Text:
        """What the figure is."""

    @property
    @abstractmethod
    def looks_at(self) -> Looked:
        """What of the records it looks at: nothing but them, numbers, or what cells hold."""

    @property
    @abstractmethod
    def counts(self) -> bool:
        """Whether something is counted: 0 where there is none."""

    @property
    @abstractmethod
    def accumulates(self) -> bool:
        """Whether the figure begins the year at 0 and grows with each record."""

    @property
    @abstractmethod
    def misses_amounts(self) -> bool:
        """Whether a record without an amount makes the figure less than it is."""

    @property
    def of_none(self) -> bool:
        """Whether it is a figure of no records too; if not, it does not apply there."""
        return self.counts or self.accumulates

    def in_words(self, language: Language) -> str:
        """Return what the figure is."""
        return self.words.in_language(language)


class Count(Tally):
    """The number of records; 0 where there is none."""

    name: ClassVar[str] = "count"
    words: ClassVar[Text] = Text(zh="事项数", en="number of records")
    looks_at: ClassVar[Looked] = "records"
    counts: ClassVar[bool] = True
    accumulates: ClassVar[bool] = True
    misses_amounts: ClassVar[bool] = False


class Sum(Tally):
    """The sum of a column; 0 where there is no record."""

    name: ClassVar[str] = "sum"
    words: ClassVar[Text] = Text(zh="事项合计", en="sum over records")
    looks_at: ClassVar[Looked] = "numbers"
    counts: ClassVar[bool] = False
    accumulates: ClassVar[bool] = True
    misses_amounts: ClassVar[bool] = True


class Mean(Tally):
    """The mean of a column over the records that have a number there; missing where there is none."""

    name: ClassVar[str] = "mean"
    words: ClassVar[Text] = Text(zh="事项均值", en="mean over records")
    looks_at: ClassVar[Looked] = "numbers"
    counts: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    misses_amounts: ClassVar[bool] = False


class TrimmedMean(Tally):
    """The mean without the greatest and the least: `records` at either end, or a `share` of them."""

    records: int = 0
    share: float = 0.0
    name: ClassVar[str] = "mean"
    looks_at: ClassVar[Looked] = "numbers"
    counts: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    misses_amounts: ClassVar[bool] = False

    @property
    def words(self) -> Text:
        """What the figure is."""
        if self.share:
            share = f"{round(self.share * 100, 9):g}%"
            return Text(
                zh=f"两端各去掉{share}后的事项均值",
                en=f"mean over records without {share} at either end",
            )
        return Text(
            zh=f"去掉最高、最低各{self.records}件后的事项均值",
            en=f"mean over records without the {self.records} greatest and {self.records} least",
        )


class Median(Tally):
    """The middle number of the records, or the mean of the two in the middle."""

    name: ClassVar[str] = "median"
    words: ClassVar[Text] = Text(zh="事项中位数", en="median over records")
    looks_at: ClassVar[Looked] = "numbers"
    counts: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    misses_amounts: ClassVar[bool] = False


class Percentile(Tally):
    """The number below which a part `at` of the records lie, between two in proportion (ledgers §6 a)."""

    at: float = 0.5
    name: ClassVar[str] = "percentile"
    looks_at: ClassVar[Looked] = "numbers"
    counts: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    misses_amounts: ClassVar[bool] = False

    @property
    def words(self) -> Text:
        """What the figure is."""
        at = f"{round(self.at * 100, 9):g}"
        return Text(zh=f"事项的第{at}百分位数", en=f"percentile {at} over records")


class Greatest(Tally):
    """The greatest number that a record has."""

    name: ClassVar[str] = "max"
    words: ClassVar[Text] = Text(zh="事项最大值", en="greatest of the records")
    looks_at: ClassVar[Looked] = "numbers"
    counts: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    misses_amounts: ClassVar[bool] = False


class Least(Tally):
    """The least number that a record has."""

    name: ClassVar[str] = "min"
    words: ClassVar[Text] = Text(zh="事项最小值", en="least of the records")
    looks_at: ClassVar[Looked] = "numbers"
    counts: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    misses_amounts: ClassVar[bool] = False


class Last(Tally):
    """The number of the latest of readings; no key of an item says it, `kind: stock` does."""

    name: ClassVar[str] = "last"
    words: ClassVar[Text] = Text(zh="最近一次读数", en="latest reading")
    looks_at: ClassVar[Looked] = "numbers"
    counts: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    misses_amounts: ClassVar[bool] = False


class Distinct(Tally):
    """How many different values the records have in a column; empty cells are none."""

    name: ClassVar[str] = "distinct"
    words: ClassVar[Text] = Text(zh="不同取值数", en="number of different values")
    looks_at: ClassVar[Looked] = "values"
    counts: ClassVar[bool] = True
    accumulates: ClassVar[bool] = False
    misses_amounts: ClassVar[bool] = False


LedgerStatistic: TypeAlias = (
    Count | Sum | Mean | TrimmedMean | Median | Percentile | Greatest | Least | Distinct | Last
)

_ALL: Final[tuple[LedgerStatistic, ...]] = (
    *(Count(), Sum(), Mean(), Median(), Percentile(), Greatest(), Least(), Distinct()),
)
STATISTICS: Final[Mapping[str, LedgerStatistic]] = {statistic.name: statistic for statistic in _ALL}
"""The statistic of each key of an item; a mean with `trim` is a `TrimmedMean`, `at` says which percentile."""
