"""Headline figures and forecasts on boards, with figures whose answers are computed by hand.

Output to March, and of the year, of three years before:

              2021          2022          2023       2024    each year's end is        so 2024 ends with
    T1     60 → 240      80 → 320      90 → 360       100    4, 4, 4 times March       400
    T2    50 → 100      50 → 200      60 → 480        50     2, 4, 8 times: ∛64 = 4    200

The target of both is 400, of which a quarter is due by March: 100.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest
from django.urls import reverse
from pytest_django import Settings
from tests.web.boards.test_board import page_of
from tests.web.boards.test_charts import rows_of
from tests.web.boards.test_whatif import shown
from tests.web.people_of_all_roles import NOW, signed_in, somebody
from tests.web.results.world import OFFICE, RUN_AT, a_checked_round, run
from tests.web.rounds.world import UNITS

from quanheng.web.library.domain.versions import keep_version
from quanheng.web.people.models import Unit
from quanheng.web.results.domain.parts import keep_parts
from quanheng.web.rounds.models import KeptRound

SCHEME: Final = """\
quanheng: 1
id: small
title: {zh: 小考核, en: A small one}
round: 2024
items:
  gdp: {name: {zh: 产值, en: Output}, measured_in: 亿元, kind: cumulative, every: quarter}
  gdp_growth: {name: {zh: 产值增速, en: Growth of output}, measured_in: '%', kind: rate, every: quarter}
indicators:
  output: {name: 总量, measure: gdp, weight: 60, rule: {scale: {worst: 0, best: 200}}}
  growth: {name: 增速, measure: gdp_growth, weight: 40, rule: {scale: {worst: 0, best: 10}}}
"""
YEARS: Final = {
    "T1": {2021: (60, 240), 2022: (80, 320), 2023: (90, 360)},
    "T2": {2021: (50, 100), 2022: (50, 200), 2023: (60, 480)},
}
BEFORE: Final = "item,unit,period,value\n" + "".join(
    f"gdp,{unit},{year}-Q1,{march}\ngdp,{unit},{year}-Q4,{december}\n"
    for unit, years in YEARS.items()
    for year, (march, december) in years.items()
)
TARGETS: Final = "unit,indicator,period,target\nT1,output,2024,400\nT2,output,2024,400\n"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> KeptRound:
    monkeypatch.setattr("django.utils.timezone.now", lambda: RUN_AT + dt.timedelta(hours=1))
    settings.RUNS_FOLDER = tmp_path / "runs"
    keep_version(by=OFFICE, at=NOW, text=SCHEME, units=UNITS, seen=0)
    figures = {"gdp T1": "100", "gdp_growth T1": "6", "gdp T2": "50", "gdp_growth T2": "3"}
    kept = a_checked_round(figures)
    parts = {"targets.csv": TARGETS.encode(), "data/before.csv": BEFORE.encode()}
    keep_parts(by=OFFICE, at=RUN_AT, pk=kept.pk, name="before", parts=parts)
    run(kept)
    return shown(kept)


def test_headline_figures_have_place_growth_as_published_and_share(kept: KeptRound) -> None:
    client = signed_in(somebody("leader"))
    address = reverse("board", args=[kept.pk])

    page = page_of(client, address)

    table = page.partition("<h2>主要指标</h2>")[2].partition("</table>")[0]
    one, two = table.partition("<tbody>")[2].split("</tr>")[:2]
    # 100 of 150, and 50 of 150
    assert [one.count(text) for text in ("镇1", ">1<", ">100<", ">6.0%<", ">66.7%<")] == [1] * 5
    assert [two.count(text) for text in ("镇2", ">2<", ">50<", ">3.0%<", ">33.3%<")] == [1] * 5
    drawn = rows_of(client.get(address).context["figures"], "headline-0")
    # a year before it was 90 of 150: the share of T1 is 1/15 higher, that of T2 as much lower
    assert [row[:5] for row in drawn] == [[1, "T1", "镇1", 100.0, 0.06], [2, "T2", "镇2", 50.0, 0.03]]
    assert [row[5] for row in drawn] == pytest.approx([1 / 15, -1 / 15])


@pytest.mark.parametrize(
    ("unit", "light", "completion", "expected", "shares"),
    [
        ("T1", "正常", "100.0%", ">400<", [25.0, 25.0, 100.0]),
        ("T2", "告警", "50.0%", ">200<", [12.5, 25.0, 50.0]),
    ],
)
def test_a_unit_sees_where_its_year_is_going(
    kept: KeptRound, unit: str, light: str, completion: str, expected: str, shares: list[float]
) -> None:
    account = somebody("unit")
    account.units.set(Unit.objects.for_the_program().filter(code=unit))
    client = signed_in(account)
    address = reverse("own_board", args=[kept.pk])

    page = page_of(client, address)

    row = next(line for line in page.split("<tr>") if "总量</th>" in line and light in line)
    assert (completion in row, expected in row, ">100<" in row) == (True, True, True)
    drawn = rows_of(client.get(address).context["charts"], "pace")
    assert drawn[0][1:] == pytest.approx(shares)
