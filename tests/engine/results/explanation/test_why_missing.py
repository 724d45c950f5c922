"""What is told of figures that are away although there are records, and of the best of several periods."""

from __future__ import annotations

from pathlib import Path

from quanheng.data.load import load
from quanheng.engine.results.score import score

SCHEME = """\
quanheng: 1
id: panel
title: An invented book
round: 2023
lowest_first: true
items:
  mark: {mean: marks.panel, trim: 1}
  pm: {kind: rate, every: day}
  x: {every: month, kind: flow}
  kind: {attribute: kind}
weights: equal
defaults: {rule: given, direction: less, gaps: {missing: redistribute}}
indicators: {a: {measure: mark}, b: {measure: 'mean(best(3, months(x)))'}, c: {measure: pm}}
"""


def test_what_is_away_is_said_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "b"
    for name, text in {
        "scheme.yaml": SCHEME,
        "units.csv": "unit,kind\nA,town\nB,park\n",
        "data/x.csv": "unit,period,x\nA,2023-01,1\nB,2023-01,3\n",
        "data/pm.csv": "unit,period,pm\nA,2023-01-01,1\n",
        "ledgers/marks.csv": "unit,panel\nA,7\nA,8\nB,1\nB,2\nB,3\n",
        "adjustments.csv": "unit,kind,marks,reason\nA,bonus,2,x\nB,bonus,2,y\nA,veto,,z\n",
    }.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")

    book = load(folder)
    result = score(book)

    told = str(result.explain("A"))
    assert "mark = missing, no record is left between the ends  [ledgers/marks.csv" in told
    assert "pm = missing, too few readings  [data/pm.csv" in told
    assert "measure: mark = —" in told
    assert "mean(best(3, months(x))) = —  [data/x.csv" in told
    of_periods = next(finding for finding in result.findings if finding.code == "QH664")
    assert "no figure of mean(best(3, months(x)))" in of_periods.message("en")
    # a text that nothing uses is told once, not for each unit
    of_items = [finding for finding in book.findings if finding.code in {"QH221", "QH327"}]
    assert [(finding.code, finding.message("en")) for finding in of_items] == [
        ("QH221", "no formula uses the item 'kind'")
    ]
    # a bonus makes the total higher, and the lowest is first
    against = [str(finding.where) for finding in book.findings if finding.code == "QH875"]
    assert against == ["adjustments.csv!2:marks"]
