"""What is made of the records of a unit: a closed union of statistics, each of which answers for itself.

How they are computed stands in the engine (`engine/figures/looked_up/records.py`); here stands what they are.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Final, TypeAlias

from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value


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
    def counts(self) -> bool:
        """Whether records are counted; others look at the numbers of a column."""

    @property
    @abstractmethod
    def accumulates(self) -> bool:
        """Whether the figure begins the year at 0 and grows with each record."""

    @property
    @abstractmethod
    def misses_amounts(self) -> bool:
        """Whether a record without an amount makes the figure less than it is."""

    def in_words(self, language: Language) -> str:
        """Return what the figure is."""
        return self.words.in_language(language)


class Count(Tally):
    """The number of records; 0 where there is none."""

    name: ClassVar[str] = "count"
    words: ClassVar[Text] = Text(zh="事项数", en="number of records")
    counts: ClassVar[bool] = True
    accumulates: ClassVar[bool] = True
    misses_amounts: ClassVar[bool] = False


class Sum(Tally):
    """The sum of a column; 0 where there is no record."""

    name: ClassVar[str] = "sum"
    words: ClassVar[Text] = Text(zh="事项合计", en="sum over records")
    counts: ClassVar[bool] = False
    accumulates: ClassVar[bool] = True
    misses_amounts: ClassVar[bool] = True


class Mean(Tally):
    """The mean of a column over the records that have a number there; missing where there is none."""

    name: ClassVar[str] = "mean"
    words: ClassVar[Text] = Text(zh="事项均值", en="mean over records")
    counts: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    misses_amounts: ClassVar[bool] = False


LedgerStatistic: TypeAlias = Count | Sum | Mean

_ALL: Final[tuple[LedgerStatistic, ...]] = (Count(), Sum(), Mean())
STATISTICS: Final[Mapping[str, LedgerStatistic]] = {statistic.name: statistic for statistic in _ALL}
"""The statistic of each key of an item."""
