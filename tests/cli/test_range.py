"""Every command over figures of any size in the range: an answer, and JSON that is JSON (numbers §3)."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from tests.cli.commands import answer_to

SCHEME = """quanheng: 1
id: big
title: big
round: 2023
items:
  f: {name: f, kind: flow, every: quarter}
  s: {name: s, kind: stock, every: quarter}
  cu: {name: cu, kind: cumulative, every: quarter}
  cost: {sum: tasks.cost}
defaults: {gaps: {missing: redistribute}}
pace: {curve: even, every: quarter}
indicators:
  i1: {name: i1, weight: 30, measure: f, rule: {target: {cap: 120}}}
  i2: {name: i2, weight: 20, measure: s, rule: {scale: {base: 60}}}
  i3: {name: i3, weight: 20, measure: cu, rule: {target: {cap: 100}}}
  i4: {name: i4, weight: 20, measure: growth(s), rule: zscore}
  i5: {name: i5, weight: 10, measure: cost, rule: percentile}
adjustments: {rules: [{name: b, kind: bonus, marks: s}]}
tiers: [{name: A, top: 50%}, {name: B}]
"""
SIZES = {
    "billions": (9.3e9, 9.3e9, 9.3e9),
    "trillions": (1e12, 1e12, 1e12),
    "the greatest": (9.99e14, 9.99e14, 9.99e14),
    "tiny": (1e-12, 1e-12, 1e-12),
    "all together": (9.99e14, 1e-12, -1.0),
}
PARTS = (1.0, 0.5, 0.25)


def written(sizes: tuple[float, float, float], folder: Path) -> Path:
    """Write a book whose units have figures of these sizes."""
    figures, targets, costs = ["unit,period,f,s,cu"], ["unit,indicator,period,target"], ["unit,cost"]
    for unit, size, part in zip("ABC", sizes, PARTS, strict=True):
        for year in (2021, 2022, 2023):
            for quarter in (1, 2, 3, 4):
                value = size * part * (1 + 0.05 * ((year * 3 + quarter + ord(unit)) % 4)) / 1.25
                figures.append(f"{unit},{year}-Q{quarter},{value / 4!r},{value!r},{value * quarter / 4!r}")
        targets += [f"{unit},{code},2023,{float(f'{abs(size) * 0.8:.12g}')!r}" for code in ("i1", "i3")]
        costs += [f"{unit},{size * 0.9!r}"] * 3
    files = {
        "scheme.yaml": SCHEME,
        "units.csv": "unit,name\nA,a\nB,b\nC,c\n",
        "data/figures.csv": "\n".join(figures),
        "targets.csv": "\n".join(targets),
        "ledgers/tasks.csv": "\n".join(costs),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text(f"{text}\n", encoding="utf-8")
    return folder


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check", "{book}"),
    ("score", "{book}"),
    ("explain", "{book}", "A"),
    ("moves", "{book}"),
    ("moves", "{book}", "--unit", "A"),
    ("progress", "{book}", "--at", "2023-09", "--forecast"),
    ("progress", "{book}", "--at", "2023-06", "--alerts"),
    ("progress", "{book}", "--backtest"),
    ("unusual", "{book}", "--at", "2023-Q4"),
    ("headline", "{book}", "--item", "s", "--unit", "A"),
    ("targets", "split", "{book}", "--every", "quarter", "--unit", "A"),
    ("targets", "split", "{book}", "--every", "month", "--curve", "seasonal", "--unit", "B"),
    ("targets", "split", "{book}", "--indicator", "i1", "--whole", "999000000000000", "--every", "quarter"),
    ("targets", "list", "{book}", "--unit", "A"),
    ("records", "{book}", "A", "i5"),
    ("ledgers", "list", "{book}"),
)
NO_NUMBER = re.compile(r"(?i)\b(nan|inf|infinity)\b|-0(\.0+)?(?![\d.])")


def refused(constant: str) -> float:
    message = f"{constant} is no JSON"
    raise AssertionError(message)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("sizes", ["billions", "the greatest", "tiny", "all together"])
def test_every_command_works_in_the_range(command: tuple[str, ...], sizes: str, tmp_path: Path) -> None:
    book = str(written(SIZES[sizes], tmp_path / "book"))

    answer = answer_to(*(part.format(book=book) for part in command), "--json")

    assert answer.code == 0, answer.err
    json.loads(answer.out, parse_constant=refused)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_screen_shows_what_is_no_number(command: tuple[str, ...], tmp_path: Path) -> None:
    book = str(written(SIZES["all together"], tmp_path / "book"))

    screen = answer_to(*(part.format(book=book) for part in command))

    assert screen.code == 0, screen.err
    assert not NO_NUMBER.search(screen.out.replace(book, ""))


def test_a_result_of_great_figures_is_recomputed_with_its_workbook(tmp_path: Path) -> None:
    book = written(SIZES["the greatest"], tmp_path / "book")

    done = answer_to("score", str(book), "--out", str(tmp_path / "out"), "--workbook")
    verified = answer_to("verify", str(tmp_path / "out"), "--book", str(book), "--json")

    assert (done.code, verified.code) == (0, 0), done.err + verified.err


def test_what_moved_great_totals_adds_up_exactly(tmp_path: Path) -> None:
    book = written(SIZES["the greatest"], tmp_path / "book")

    record = json.loads(answer_to("moves", str(book), "--json").out, parse_float=Decimal)

    for unit in record["units"]:
        assert sum(cause["change"] for cause in unit["causes"]) == unit["change"]


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (("--whole", "nan"), 2, "a whole is 0 or of a size from 1e-15 up to below 1e15, not nan"),
        (("--whole", "inf"), 2, "not inf"),
        (("--whole", "1e30"), 2, "not 1e+30"),
        (("--whole", "1e-20"), 2, "not 1e-20"),
        (("--whole", "80", "--decimals", "18"), 2, "a target has 0 to 12 decimals, not 18"),
        (("--whole", "80", "--decimals", "-1"), 2, "a target has 0 to 12 decimals, not -1"),
        (("--whole", "9000", "--decimals", "12"), 1, "QH365"),
    ],
)
def test_a_whole_and_its_decimals_are_in_their_range(
    options: tuple[str, ...], code: int, told: str, tmp_path: Path
) -> None:
    book = written(SIZES["trillions"], tmp_path / "book")

    answer = answer_to("targets", "split", str(book), "--indicator", "i1", *options)

    assert answer.code == code
    assert told in answer.err + answer.out


def test_a_whole_of_many_decimals_adds_up(tmp_path: Path) -> None:
    # 80 in steps of 10^-12: 26.666666666667 twice and 26.666666666666
    book = written(SIZES["trillions"], tmp_path / "book")

    answer = answer_to(
        *("targets", "split", str(book), "--indicator", "i1", "--whole", "80", "--decimals", "12", "--json")
    )

    parts = [row["target"] for row in json.loads(answer.out, parse_float=Decimal)["targets"]]
    assert sum(parts) == 80
    assert [str(part) for part in parts] == ["26.666666666667", "26.666666666667", "26.666666666666"]
