"""Points that a method cannot weigh are told beside everything else that is wrong, not instead of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.texts import scored
from tests.usecase.ledger_books import write

from quanheng.data.load import load
from quanheng.engine.results.rounds import score_rounds
from quanheng.engine.results.score import score
from quanheng.findings.finding import FindingsError
from quanheng.periods.stretch import stretch_of

SCHEME = """
items: {{x: {{}}, y: {{}}, z: {{}}}}
weights: relative
indicators:
  above:
    weight: 1
    weights: {method}
    children:
      first: {{measure: x, weight: 1, rule: {{scale: {{worst: 2, best: 4, clamp: none}}}}}}
      second: {{measure: y, weight: 1, rule: given}}
  turned: {{measure: z, weight: 1, rule: {{scale: {{worst: 5}}}}}}
"""
CELLS = {"unit": ["a", "b"], "x": [1.0, 4.0], "y": [50.0, 60.0]}
"""Of `first`, a has 100·(1 − 2) ÷ (4 − 2) = −50."""


def _errors(raised: pytest.ExceptionInfo[FindingsError]) -> list[str]:
    return sorted(finding.code for finding in raised.value.findings if finding.severity == "error")


@pytest.mark.parametrize("method", ["entropy", "bod"])
def test_negative_points_hide_nothing_else(method: str) -> None:
    with pytest.raises(FindingsError) as raised:
        scored(SCHEME.format(method=method), {**CELLS, "z": [1.0, 2.0]})
    # the observed best, 2, is worse than the stated worst of 5
    assert _errors(raised) == ["QH526", "QH559"]


@pytest.mark.parametrize("method", ["entropy", "bod"])
def test_negative_points_alone_stop_a_frame_a_book_and_several_rounds(method: str, tmp_path: Path) -> None:
    scheme = SCHEME.format(method=method)
    heading = "quanheng: 1\nid: refused\ntitle: Refused\nround: 2023"
    rows = "unit,period,x,y,z\na,2023,1,50,6\nb,2023,4,60,7\n"
    book = load(
        write(tmp_path, {"scheme.yaml": heading + scheme, "units.csv": "unit\na\nb\n", "data/f.csv": rows})
    )

    with pytest.raises(FindingsError) as of_frame:
        scored(scheme, {**CELLS, "z": [6.0, 7.0]})
    with pytest.raises(FindingsError) as of_book:
        score(book)
    with pytest.raises(FindingsError) as of_rounds:
        score_rounds(book, {"2023": stretch_of("2023")}, lenient=True)
    assert [_errors(each) for each in (of_frame, of_book, of_rounds)] == [["QH526"]] * 3
