"""A book: everything of one assessment as values, each figure with the location it was written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import narwhals as nw

from quanheng.data.book import frames
from quanheng.data.book.frames import Frame
from quanheng.data.book.panels import Panel
from quanheng.findings.finding import Finding, Location
from quanheng.findings.showing import Shows
from quanheng.findings.value import Value, field
from quanheng.periods.calendar import Calendar
from quanheng.scheme.tree.scheme import Scheme


def _no_versions() -> Frame:
    return nw.from_native(frames.empty(frames.VERSIONS), eager_only=True)


def _no_target_versions() -> Frame:
    return nw.from_native(frames.empty(frames.TARGET_VERSIONS), eager_only=True)


class Book(Value, Shows):
    """What is assessed and what was observed, with the source of every figure.

    Frames (Polars behind Narwhals; `data/book/frames.py` lists their columns and types):

    - `units`: unit, name, group (a code of the scheme's groups), then the attributes under their own
      headings: Float64 where every cell is a number, Date where every cell is a date, else text
    - `spells`: None where every unit exists at all times; else a row for each time of a unit, with the
      columns of `units` as they are in it and those of `spells.py`. `units` has each unit once, as it is at
      the end of the scheme's round
    - `observations`: item, unit, period (canonical text, see `Period`), value (null unless the state is
      `value`), state (`value`, `missing`, `not_applicable`), file, sheet (null unless a workbook), cell;
      at most one row for each item, unit and period. For an item of kind `date` the value is the count of
      days since 1970-01-01
    - `versions`: all that was known of these and when: the same columns and `known_on` (Date, null: from the
      beginning); at most one row for each item, unit, period and day
    - `targets`: unit, indicator, period, target, floor, stretch, state, file, sheet, cell. `*` is settled:
      a row for every unit of the indicator's groups, a unit's own row before the row for all. Where the
      measure is an item of kind `date`, a target is the day of the round's year (1 is 1 January)
    - `target_versions`: the same columns, `set_on` (Date, null: from the beginning) and `reason`; those of
      one unit, indicator and period in the order of their days
    - `adjustments`: unit, kind (`bonus`, `penalty`, `veto`), marks (never negative; 0 for a veto without
      marks), reason, node (`total` if not given), date (Date), evidence, file, sheet, cell
    - `ledgers`, by name, those that the scheme uses: the columns under their own headings, typed like the
      attributes of units, dates with times of day as Datetime (the column that names the unit holds unit
      codes), then source_file, source_sheet, source_row
    - `calendar`, no frame, the days off and made up, if the book says any
    - `history`: round (canonical text), unit, score, place, tier; rounds that end no later than the
      scheme's, with itself once it is published
    - `awards`, by round: unit, award; who got which award of earlier rounds as it was published, where the
      scheme looks at those of reviews and the history has them
    - `reviewed`: None but where a round is scored whose formulas look at the reviews inside it: what each
      unit reached in these, with the columns of `reviewed.py`

    `observations` and `targets` are what was known and set on the day `as_of`; None: the latest of all.
    Adjustments dated after that day are left out.

    `panels` hold what is too big to be turned into observations. `findings` are warnings and notes only.
    `hash` is the SHA-256 of the data as it was read; `hashes_without` are, by round, those of the data
    without what was published of that round.
    """

    scheme: Scheme
    units: Frame
    observations: Frame
    targets: Frame
    adjustments: Frame
    history: Frame
    awards: Mapping[str, Frame] = field(default_factory=dict)
    spells: Frame | None = None
    reviewed: Frame | None = None
    versions: Frame = field(default_factory=_no_versions)
    target_versions: Frame = field(default_factory=_no_target_versions)
    as_of: dt.date | None = None
    panels: tuple[Panel, ...] = ()
    ledgers: Mapping[str, Frame] = field(default_factory=dict)
    calendar: Calendar | None = None
    findings: tuple[Finding, ...] = ()
    hash: str = ""
    hashes_without: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None

    def hash_for(self, round: str) -> str:  # noqa: A002 - the word of the language
        """Return the hash of the data that a result of `round` is made of: all but what was published of it.

        So it is the same before and after its publication.
        """
        return self.hashes_without.get(round, self.hash)

    def source_of(self, item: str, unit: str, period: str) -> tuple[Location, ...]:
        """Return the locations the value of `item` for `unit` in `period` was read from; empty if none."""
        here = (nw.col("item") == item) & (nw.col("unit") == unit) & (nw.col("period") == period)
        in_panels = (panel.source_of(item, unit, period) for panel in self.panels)
        return locations_in(self.observations.filter(here)) + tuple(
            location for locations in in_panels for location in locations
        )

    def target_source(self, indicator: str, unit: str, period: str) -> tuple[Location, ...]:
        """Return the locations the target of `indicator` for `unit` in `period` was read from."""
        here = (nw.col("indicator") == indicator) & (nw.col("unit") == unit) & (nw.col("period") == period)
        return locations_in(self.targets.filter(here))


def locations_in(rows: Frame) -> tuple[Location, ...]:
    """Return the location of each of `rows`, a part of a frame with the columns file, sheet and cell."""
    return tuple(
        Location(file=row["file"], sheet=row["sheet"], cell=row["cell"])
        for row in rows.select("file", "sheet", "cell").iter_rows(named=True)
    )
