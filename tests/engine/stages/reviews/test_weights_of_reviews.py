"""Reviews with parts of their own in the year's total (reviews §2 f)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.documents.assessments import Assessment

from quanheng.engine.replicates.prepared import folded, prepared_from, total_of
from quanheng.engine.results.result import Result
from quanheng.findings.finding import FindingsError

FIGURES = "unit,period,x\n" + "".join(
    f"{unit},2023-Q{quarter},{value}\n"
    for unit, values in {"a": (80, 60, 70, 90), "b": (50, 70, 90, 60)}.items()
    for quarter, value in enumerate(values, start=1)
)
EACH = "{Q1: 10%, Q2: 20%, Q3: 30%, Q4: 40%}"


def scored(tmp_path: Path, fold: str, *, data: str = FIGURES, more: str = "") -> Result:
    scheme = f"""\
items: {{x: {{kind: rate, every: quarter}}}}
reviews: {{every: quarter, {more}fold: {fold}}}
gaps: {{missing: redistribute}}
indicators:
  k: {{measure: x, weight: 100, rule: given}}
"""
    return Assessment(name="folded", scheme=scheme, data=data).scored(tmp_path)


def totals(result: Result) -> dict[str, float]:
    return dict(result.ranking.select("unit", "score").rows())


def test_each_review_has_a_part_of_its_own(tmp_path: Path) -> None:
    # a has 8, 12, 21 and 36 marks of its reviews, b 5, 14, 27 and 24
    assert totals(scored(tmp_path, f"{{reviews: {EACH}, year: 0%}}")) == pytest.approx({"a": 77, "b": 70})


def test_with_a_part_of_the_year(tmp_path: Path) -> None:
    fold = "{reviews: {Q1: 5%, Q2: 10%, Q3: 15%, Q4: 20%}, year: 50%}"

    # half of the mean above, and half of the year's own, which is the last quarter's
    assert totals(scored(tmp_path, fold)) == pytest.approx({"a": 38.5 + 45, "b": 35 + 30})


def test_equal_parts_are_the_plain_mean(tmp_path: Path) -> None:
    each = "{Q1: 10%, Q2: 10%, Q3: 10%, Q4: 10%}"

    apart = totals(scored(tmp_path / "apart", f"{{reviews: {each}, year: 60%}}"))
    assert apart == pytest.approx(totals(scored(tmp_path / "together", "{reviews: 40%, year: 60%}")))


def test_what_a_unit_was_not_in_weighs_for_its_others(tmp_path: Path) -> None:
    data = FIGURES.replace("b,2023-Q3,90\n", "")

    # b has 5, 14 and 24 of parts that make 70 %
    found = totals(scored(tmp_path, f"{{reviews: {EACH}, year: 0%}}", data=data))
    assert found["b"] == pytest.approx(43 / 0.7)


def test_the_explanation_adds_up(tmp_path: Path) -> None:
    told = scored(tmp_path, f"{{reviews: {EACH}, year: 0%}}").explain("a").text("en")

    for amount in ("8", "12", "21", "36"):
        assert amount in told
    assert "= 77" in told


def test_replicates_fold_by_the_same_parts(tmp_path: Path) -> None:
    result = scored(tmp_path, f"{{reviews: {EACH}, year: 0%}}")
    held = result.held
    assert held is not None
    codes = prepared_from(result, result.book).base.codes

    own = total_of(held, "2023-Q1", codes)
    each = {name: total_of(held, name, codes) for name in held.rounds}
    assert folded(own, each, held, None).tolist()[0] == pytest.approx([77, 70])


@pytest.mark.parametrize(
    ("fold", "more", "code"),
    [
        ("{reviews: {Q1: 50%, Q2: 50%}, year: 0%}", "", "QH867"),
        ("{reviews: {H1: 50%, H2: 50%}, year: 0%}", "", "QH867"),
        (f"{{reviews: {EACH}, year: 10%}}", "", "QH257"),
        (f"{{reviews: {EACH}, year: 0%}}", "through: half, ", "QH133"),
    ],
)
def test_misuse_is_told(tmp_path: Path, fold: str, more: str, code: str) -> None:
    with pytest.raises(FindingsError) as error:
        scored(tmp_path, fold, more=more)

    assert code in [each.code for each in error.value.findings]
