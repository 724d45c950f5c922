"""A report of a unit says where it stands and why, adds up, and tells a unit nothing of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.documents.subjects import subject
from tests.documents.units.hostile import BOOK, NAMES

from quanheng.documents.blocks import Note, Paragraph, Table
from quanheng.documents.compose.units.compose import unit_reports
from quanheng.documents.compose.units.report import Effects, Strip, UnitReport
from quanheng.documents.compose.waterfall import Waterfall
from quanheng.documents.studied import Certainty, Need, Robustness, Studies
from quanheng.documents.subject import Audience, Subject
from quanheng.engine.results.score import score
from quanheng.findings.text import Language, Text
from quanheng.scheme.document.published import Part


def report_of(of: Subject, unit: str, language: Language = "zh", *, trace: bool = False) -> UnitReport:
    (found,) = unit_reports(of, [unit], language, alerts=None, trace=trace)
    return found


def lines(report: UnitReport) -> list[str]:
    return [
        line for page in (*report.pages, report.appendix) for section in page for line in _of(section.parts)
    ]


def _of(parts: tuple[object, ...]) -> Iterator[str]:
    for part in parts:
        match part:
            case Paragraph(text=text, lead=lead):
                yield lead + text
            case Note(text=text):
                yield text
            case Table(rows=rows):
                yield from (" ".join(row) for row in rows)
            case Strip(sentence=sentence):
                yield sentence
            case Waterfall():
                steps = " ".join(f"{step.label.zh} {step.change:+}" for step in part.steps)
                yield f"{part.start_label.zh} {part.start} {steps} {part.end_label.zh} {part.end}"
            case Effects(rows=rows):
                yield from (
                    f"{row.name} {row.points} {row.group} {row.difference} {row.shown}" for row in rows
                )
            case _:
                raise TypeError(part)


def hostile(folder: Path, audience: Audience) -> Subject:
    return Subject(result=score(BOOK.loaded(folder)), record={}, audience=audience)


def published(of: Subject, *parts: Part) -> Subject:
    scheme = replace(of.result.scheme, publish=frozenset(parts))
    return replace(of, result=replace(of.result, scheme=scheme))


def test_the_office_sees_how_a_unit_stands_and_why(tmp_path: Path) -> None:
    report = report_of(subject(tmp_path), "A")

    assert [(key.label, key.figure, key.note) for key in report.keys] == [
        ("位次（本组3个）", "1", ""),
        ("得分", "88.00", "满分100，组均81.00"),
        ("等次", "第一等次", ""),
        ("位次升降", "↑1", "上期（2022年）第2名"),
    ]
    # the mean is (88 + 80 + 75) ÷ 3 = 81, of the economy 49, of order 31.33, of marks given 0.67
    assert lines(report) == [
        "本组另有0个单位高于本单位，2个低于本单位，得分不低于组均。",
        "注：结果旁没有该结果的稳健性研究，未列位次区间和等次的把握。",
        "组均 81.00 经济 +5.00 秩序 +0.67 加分 +1.33 甲镇 88.00",
        "工作 90.0 81.7 +8.3 +5.00",
        "秩序 80.0 78.3 +1.7 +0.67",
        "经济 60.00 54.00 90.0 81.7",
        "秩序 40.00 32.00 80.0 78.3",
        "与2022年相比，得分增加16分，由第2名升至第1名。",
        "工作 42 54 +12",
        "秩序 28 32 +4",
        "合计   +16",
        "注：方案没有序时进度，或没有期末进度可查，未列预警。",
        "已居本组第一。",
    ]


def test_studies_say_how_sure_it_is_and_what_is_needed(tmp_path: Path) -> None:
    study = Robustness(
        level=0.9,
        replicates=64,
        varied=Text(zh="权重（±25%）", en="weights (±25%)"),
        units={
            "B": Certainty(place=3, low=2, high=3, level_with=2, tiers={"第二等次": 0.75}),
            "C": Certainty(place=2, low=2, high=3, level_with=2),
            "A": Certainty(place=1, low=1, high=1, level_with=1),
        },
    )
    need = Need(
        goal="place",
        wanted="2",
        item="work",
        indicators=("work",),
        before=85.0,
        after=93.3333333,
        in_spreads=0.8,
        seen=False,
        score=80.0,
        place=2,
        tier="第二等次",
    )
    known = replace(subject(tmp_path), studies=Studies(robustness=study, needs={"B": (need,)}))

    office, unit = report_of(known, "B"), report_of(replace(known, audience="unit"), "B")

    assert [key.note for key in office.keys[:3]] == [
        "90%的重复在第2—3名",
        "满分100，组均81.00",
        "75%的重复在此等次",
    ]
    assert any(line.startswith("与丙镇难分高下。变动权重（±25%），重复计分64次") for line in lines(office))
    assert any(line.startswith("与本组另1个单位难分高下。") for line in lines(unit))
    assert "距第2名差5.00分。" in lines(office)
    assert "第2名 work 85 93.3333 否" in lines(office)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("unit", ["Q1", "P1", "H01", "H05", "T01"])
def test_a_unit_is_told_nothing_of_another(unit: str, language: Language, tmp_path: Path) -> None:
    kept_back = published(hostile(tmp_path, "unit"), "place", "tier")

    report = report_of(kept_back, unit, language, trace=True)

    said = "\n".join((*lines(report), *(f"{key.figure} {key.note}" for key in report.keys)))
    rows = kept_back.result.ranking.rows(named=True)
    others = [row for row in rows if row["unit"] != unit]
    assert [row["name"] for row in others if row["name"] in said] == []
    own = next(row["score"] for row in rows if row["unit"] == unit)
    totals = {f"{row['score']:.2f}" for row in others if row["score"] not in (None, own)}
    assert [total for total in totals if total in said] == []
    if unit in {"Q1", "P1"}:  # three units and one: no mean, neither of totals nor of points
        assert not any(isinstance(part, Waterfall | Strip | Effects) for part in _parts(report))


def _parts(report: UnitReport) -> list[object]:
    return [part for page in report.pages for section in page for part in section.parts]


def test_the_office_is_told_of_what_a_unit_is_not(tmp_path: Path) -> None:
    office = report_of(hostile(tmp_path, "internal"), "Q1")

    assert any(isinstance(part, Waterfall) for part in _parts(office))


def test_a_mean_of_points_needs_five_units_with_points(tmp_path: Path) -> None:
    of = published(hostile(tmp_path, "unit"), "place")

    found = [line for line in lines(report_of(of, "H01")) if line.startswith("秩序")]

    assert found == ["秩序 40.0 49.0 -9.0 -3.60", "秩序 40.00 16.00 40.0 49.0"]


def test_a_unit_without_a_score_and_a_tie_of_thirty_have_reports(tmp_path: Path) -> None:
    of = hostile(tmp_path, "internal")

    nothing, tied = report_of(of, "H05"), report_of(of, "T07")

    assert [key.figure for key in nothing.keys] == ["—", "—", "—"]
    assert "注：本单位没有得分，未与本组比较。" in lines(nothing)
    assert "本单位未参加排序。" in lines(nothing)
    assert tied.keys[0].figure == "5"
    assert "本组另有4个单位高于本单位，0个低于本单位，29个同分，得分低于组均。" in lines(tied)
    assert nothing.name == NAMES["H05"]
