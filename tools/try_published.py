"""Score the schemes of published methods with published data, and say how many figures are as published.

    python -m tools.try_published DIR [CASE …]      of each case: expected.csv, its books
    python -m tools.try_published DIR --show 20     and the first figures that differ

The schemes stand in `tests/published/<case>/scheme.yaml`, in our own words; the data of the publishers do
not. DIR/<case> has what was published (`expected.csv`) and, in one folder or several, `units.*`, `data/` and
`ledgers/`, as their publishers give them. They are laid beside our scheme in a book that is thrown away.
`tests/published/<case>/published.yaml` says which folders, what of a result each column of `expected.csv` is
compared with, and how many rows have matched so far: fewer are a failure.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Final, Literal, TypeAlias

import narwhals as nw
from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

import quanheng as qh

ROOT: Final = Path(__file__).resolve().parent.parent
SCHEMES: Final = ROOT / "tests" / "published"
TOTAL: Final = "total"
Row: TypeAlias = Mapping[str, str]
Figures: TypeAlias = Mapping[tuple[str, str], Mapping[str, object]]


class Column(BaseModel):
    """What of a result is compared with a column of what was published."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    node: str | None = None
    """The node; if not given, that of the row's column `node`, else the total."""
    value: Literal["score", "points", "place", "place_from_below", "place_among", "tier"]
    """`place_from_below`: where the least is the best, the place counted from the least; `place_among`: the
    place of a total among the units that are published."""
    times: float = 1
    within: float = 1e-9
    decimals: int | None = None
    """Round ours half up to so many decimals first, as it was printed."""
    missing: str = ""
    """What stands where there is no figure, beside an empty cell; ours has to be absent there."""


class Published(BaseModel):
    """How a case is compared."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    books: tuple[str, ...] = ("book",)
    """The folders of the case whose data and ledgers are taken; units are those of the first."""
    moved: dict[str, str] = {}
    """Where a file is to lie, if not where the folder has it."""
    columns: dict[str, Column]
    noted: tuple[str, ...] | None = None
    """The columns that are not compared in rows with a note; if not given, such rows are left out."""
    matches: int = Field(ge=1)
    """So many rows match, or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of comparing a case."""

    case: str
    rows: int
    differing: tuple[str, ...]
    left_out: int
    wanted: int

    @property
    def matching(self) -> int:
        """How many rows are as published."""
        return self.rows - len(self.differing)

    @property
    def sound(self) -> bool:
        """Whether as many match as have before."""
        return self.matching >= self.wanted

    def __str__(self) -> str:
        """Return the line that is printed."""
        left_out = f", {self.left_out} with a note left out" if self.left_out else ""
        fewer = "" if self.sound else f"; {self.wanted} matched before"
        return f"{self.case}: {self.matching} of {self.rows}{left_out}{fewer}"


def cases() -> list[str]:
    """Return the names of the cases that have a scheme."""
    return sorted(path.parent.name for path in SCHEMES.glob("*/scheme.yaml"))


def published_of(case: str) -> Published:
    """Return how `case` is compared."""
    text = (SCHEMES / case / "published.yaml").read_text(encoding="utf-8")
    return Published.model_validate(YAML(typ="safe").load(text))


def lay_out(case: str, given: Path, book: Path) -> None:
    """Lay units, data and ledgers of the folder `given` beside our scheme of `case`, in the folder `book`."""
    book.mkdir()
    shutil.copy(SCHEMES / case / "scheme.yaml", book)
    published = published_of(case)
    for units in sorted((given / published.books[0]).glob("units.*")):
        shutil.copy(units, book)
    for name in published.books:
        source = given / name
        for path in sorted([*source.glob("data/*"), *source.glob("ledgers/*")]):
            own = path.relative_to(source).as_posix()
            target = book / published.moved.get(own, own)
            target.parent.mkdir(exist_ok=True)
            shutil.copy(path, target.with_name(f"{name}-{path.name}") if target.exists() else target)


def try_case(case: str, given: Path) -> Outcome:
    """Return what comes of scoring `case` with the data of the folder `given`."""
    published = published_of(case)
    with (given / "expected.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with tempfile.TemporaryDirectory() as made:
        lay_out(case, given, Path(made) / "book")
        book = qh.load(Path(made) / "book")
        figures = {
            period: _figures(result, published, [row for row in rows if (row.get("period") or "") == period])
            for period, result in _results(book, rows)
        }
    compared = [row for row in rows if published.noted is not None or not row.get("note")]
    differing = (_difference(row, figures[row.get("period") or ""], published) for row in compared)
    return Outcome(
        case=case,
        rows=len(compared),
        differing=tuple(line for line in differing if line),
        left_out=len(rows) - len(compared),
        wanted=published.matches,
    )


def main() -> int:
    """Return 1 if a case has fewer matches than before."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="so many differences of each case")
    asked = parser.parse_args()
    unknown = sorted({*asked.cases} - {*cases()})
    if unknown:
        parser.error(f"there is no scheme of {', '.join(unknown)}; there are {', '.join(cases())}")
    sound = True
    for case in asked.cases or cases():
        outcome = try_case(case, asked.folder / case)
        print(outcome, flush=True)
        for line in outcome.differing[: asked.show]:
            print(f"  {line}")
        sound = sound and outcome.sound
    return 0 if sound else 1


def half_up(number: float, decimals: int) -> float:
    """Return `number`, as it stands on paper, rounded half up.

    Examples:
        >>> half_up(2.675, 2), half_up(-0.5, 0)
        (2.68, -1.0)
    """
    return float(Decimal(f"{number:.15g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _results(book: qh.Book, rows: Sequence[Row]) -> Iterator[tuple[str, qh.Result]]:
    """Yield the result of each period that is published, all scored at once; `""` stands for the scheme's."""
    periods = sorted({row["period"] for row in rows if row.get("period")})
    if not periods:
        yield "", qh.score(book)
        return
    panel = qh.score_rounds(book, ", ".join(periods))
    yield from ((period, panel.results[period]) for period in periods)


def _figures(result: qh.Result, published: Published, rows: Sequence[Row]) -> Figures:
    """Return by unit and node what is compared: of the total as it is ranked, of others as scored."""
    nodes = {TOTAL, *(column.node for column in published.columns.values()), *(r.get("node") for r in rows)}
    scores = result.scores.filter(nw.col("node").is_in([node for node in nodes if node]))
    below = nw.col("score").rank("min", descending=False).over("node").alias("place_from_below")
    figures = {(row["unit"], row["node"]): row for row in scores.with_columns(below).rows(named=True)}
    told = {row["unit"] for row in rows}
    places = sorted(
        row["place"] for row in result.ranking.rows(named=True) if row["unit"] in told and row["place"]
    )
    for row in result.ranking.rows(named=True):
        among = 1 + bisect_left(places, row["place"]) if row["place"] else None
        figures[row["unit"], TOTAL] = {**figures[row["unit"], TOTAL], **row, "place_among": among}
    return figures


def _difference(row: Row, figures: Figures, published: Published) -> str:
    """Return how a row differs from ours, or nothing.

    A row without a score is of a unit that was listed and not ranked.
    """
    unit = row["unit"]
    if row.get("score") == "":
        place = figures[unit, TOTAL]["place"]
        return "" if place is None else f"{unit}: not ranked; ours has place {place}"
    noted = published.noted or () if row.get("note") else ()
    lines = []
    for name, column in published.columns.items():
        text = row[name]
        if name in noted or not text:
            continue
        ours = figures[unit, column.node or row.get("node") or TOTAL][column.value]
        if not _is_same(text, ours, column):
            lines.append(f"{name} {text}, ours {ours}")
    return f"{unit} {row.get('period', '')}: {'; '.join(lines)}" if lines else ""


def _is_same(text: str, ours: object, column: Column) -> bool:
    if text == column.missing or ours is None:
        return text == column.missing and ours is None
    if column.value == "tier":
        return text == ours
    number = float(str(ours)) * column.times
    if column.decimals is not None:
        number = half_up(number, column.decimals)
    return abs(number - float(text)) <= column.within


if __name__ == "__main__":
    sys.exit(main())
