"""Rules that offices apply to their ledgers, scored from records; the figures are worked out by hand."""

from __future__ import annotations

from pathlib import Path

from tests.usecase.ledger_books import write

from quanheng.data.load import load
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score

DOMAIN = Path(__file__).parents[1] / "scheme/domain"
PROJECTS = """\
quanheng: 1
id: projects
title: 项目建设
round: 2023
marks: 16
items:
  to_start: {name: 应开工, count: projects, where: plan_start >= period_start and plan_start <= period_end}
  started: {name: 已开工, count: projects, where: plan_start >= period_start and started_on <= period_end}
  late_start:
    name: 未按期开工
    count: projects
    where: plan_start >= period_start and plan_start <= period_end and not (started_on <= plan_start)
  to_finish: {name: 应竣工, count: projects, where: plan_end >= period_start and plan_end <= period_end}
  finished: {name: 按期竣工, count: projects, where: plan_end >= period_start and finished_on <= plan_end}
  invested: {name: 完成投资, sum: projects.paid}
gaps: {missing: redistribute}
indicators:
  start:
    name: 开工率
    measure: started / to_start - where(to_start >= 6, 70%, 80%)
    weight: 5
    rule: {bands: [[-0.2, 60], [0, 100], [0.2, 140]]}
  finish:
    name: 竣工率
    measure: finished / to_finish
    weight: 10
    rule: {steps: [[60%, 60], [80%, 80], [1, 100]]}
  volume:
    name: 投资位次
    measure: invested
    weight: 1
    rule: {place: {table: {1-3: 700, 4-6: 500, 7-10: 300}, otherwise: 0}}
adjustments:
  rules: [{name: 未按期开工, kind: penalty, marks: 3 * late_start, node: start}]
"""


def scored(root: Path, scheme: str, **files: str) -> Result:
    paths = {"units": "units.csv", "data": "data/data.csv", "targets": "targets.csv"}
    written = {paths.get(name, f"ledgers/{name}.csv"): text for name, text in files.items()}
    return score(load(write(root, {"ledgers/requests.csv": None, **written, "scheme.yaml": scheme})))


def scores(result: Result, *nodes: str) -> dict[str, tuple[float | None, ...]]:
    rows = result.wide.select("unit", *(f"score|{node}" for node in nodes)).rows()
    return {
        unit: tuple(None if value is None else round(value, 9) for value in values) for unit, *values in rows
    }


def test_hotline_requests_are_rated_on_time_and_satisfaction_with_floors(tmp_path: Path) -> None:
    # C1: ten due in June, nine closed in time, all closed in June, nine satisfied
    # C2: two due, one in time; of the two closed in June one satisfied
    # D1: four due, all in time and satisfied; one of July counts for nothing; O1 has no request
    requests = ["unit,due_on,closed_on,satisfied"]
    requests += ["C1,2023-06-20,2023-06-19,1"] * 9 + ["C1,2023-06-20,2023-06-21,0"]
    requests += ["C2,2023-06-01,2023-06-01,1", "C2,2023-06-30,2023-07-01,", "C2,2023-05-30,2023-06-02,0"]
    requests += ["D1,2023-06-10,2023-06-09,1"] * 4 + ["D1,2023-07-10,2023-07-20,0"]
    result = scored(
        tmp_path,
        (DOMAIN / "citizens_hotline.yaml").read_text(encoding="utf-8"),
        units="unit,name,group\nC1,一县,counties\nC2,二县,counties\nD1,开发区,districts\nO1,某局,departments\n",
        data="unit,period,signed_in,replied,visits\n"
        "C1,2023-06,100,100,80\nC2,2023-06,100,100,100\nD1,2023-06,100,100,100\n",
        targets="unit,indicator,period,target\n*,satisfied,2023-06,95\n",
        requests="\n".join(requests) + "\n",
    )

    # C1: 90 % in time, 5 points under 95: 20 - 5; 90 % satisfied, 5 under 95: 25 - 2.5; 80 % of 85 marks
    # C2: 50 % in time: 20 - 45 is not under 0; 50 % satisfied: 25 - 22.5, but not under half; D1: everything
    assert scores(result, "closing", "satisfied", "sign_in", "reply", "on_site", "total") == {
        "C1": (15.0, 22.5, 10.0, 10.0, 68.0, 125.5),
        "C2": (0.0, 12.5, 10.0, 10.0, 85.0, 117.5),
        "D1": (20.0, 25.0, 10.0, 10.0, 35.0, 100.0),
        "O1": (None, None, None, None, None, None),
    }
    assert result.ranking.select("unit", "place").rows() == [("C1", 1), ("C2", 2), ("D1", 1), ("O1", None)]


def test_a_hazard_found_above_that_the_unit_missed_sets_its_safety_to_nothing(tmp_path: Path) -> None:
    def hazards(unit: str, in_time: int, late: int) -> list[str]:
        return [f"{unit},2023-05-01,2023-04-30,自查,一般"] * in_time + [
            f"{unit},2023-05-01,2023-05-02,自查,一般"
        ] * late

    records = ["unit,due_on,closed_on,found_by,level", *hazards("T1", 2, 0), *hazards("T2", 9, 1)]
    records += [*hazards("T3", 4, 0), "T3,2023-05-01,2023-04-30,上级检查,重大"]
    records += [*hazards("T4", 4, 0), "T4,2023-05-01,2023-04-30,上级检查,一般"]
    deaths = "".join(
        f"{unit},2023-{month:02},{int(unit == 'T2' and month == 7)}\n"
        for unit in ("T1", "T2", "T3", "T4")
        for month in range(1, 13)
    )
    result = scored(
        tmp_path,
        (DOMAIN / "hazards.yaml").read_text(encoding="utf-8"),
        units="unit,name,control_number\nT1,甲,0\nT2,乙,1\nT3,丙,0\nT4,丁,0\n",
        data=f"unit,period,deaths\n{deaths}",
        hazards="\n".join(records) + "\n",
    )

    # T2: 9 of 10 in time: 80 × 0.10 ÷ 0.15 = 53.333 points of 60 marks are 32; one death: 80 of 40 is 32
    # T3: all in time and nobody died, but a grave hazard was found from above: nothing; T4's was a plain one
    assert scores(result, "closing", "accidents", "safety") == {
        "T1": (60.0, 40.0, 100.0),
        "T2": (32.0, 32.0, 64.0),
        "T3": (60.0, 40.0, 0.0),
        "T4": (60.0, 40.0, 100.0),
    }
    assert set(result.awards["unit"].to_list()) == {"T1", "T2", "T4"}


def test_projects_are_rated_by_plan_and_by_bands_of_places(tmp_path: Path) -> None:
    # A: five to start, four in time, one not at all; five to finish, four in time
    # B: ten to start, eight in time and two later in the year; three to finish, two in time
    a = ["A,2023-03-01,2023-02-01,,,0"] * 4 + ["A,2023-03-01,,,,0"]
    a += ["A,2022-03-01,2022-03-01,2023-08-01,2023-08-01,0"] * 4 + ["A,2022-03-01,,2023-08-01,2023-08-02,70"]
    b = ["B,2023-03-01,2023-03-01,,,0"] * 8 + ["B,2023-03-01,2023-12-31,,,0"] * 2
    b += ["B,2022-03-01,,2023-08-01,2023-07-01,0"] * 2 + ["B,2022-03-01,,2023-08-01,,60"]
    rest = [f"{unit},2022-03-01,,,,{paid}" for unit, paid in zip("CDEFG", (50, 50, 30, 20, 10), strict=True)]
    result = scored(
        tmp_path,
        PROJECTS,
        units="unit\n" + "".join(f"{unit}\n" for unit in "ABCDEFG"),
        projects="\n".join(["unit,plan_start,started_on,plan_end,finished_on,paid", *a, *b, *rest]) + "\n",
    )

    # A starts 80 % of the 80 % asked of up to five: 5 marks, less 3 for the one that was not begun in time;
    # finishes 80 %: 8 of 10. B starts 100 % of 70 % asked of six or more: 140 points, 7 marks, less 2 × 3;
    # finishes 67 %: 6 of 10. Places by investment: 1, 2, then two share the third, 5, 6, 7
    told = scores(result, "start", "finish", "volume")
    assert told["A"] == (2.0, 8.0, 7.0)
    assert told["B"] == (1.0, 6.0, 7.0)
    points = result.wide.select("unit", "points|volume").rows()
    assert dict(points) == {
        "A": 700.0,
        "B": 700.0,
        "C": 700.0,
        "D": 700.0,
        "E": 500.0,
        "F": 500.0,
        "G": 300.0,
    }
