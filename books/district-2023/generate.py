"""Invent the district of this book: its units, two years of figures, ledgers, targets and earlier results.

    python books/district-2023/generate.py [--out DIR]

Everything is made up and follows from one seed, so that a run writes the same files byte for byte. The
scheme is written by hand and not touched.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from invention.desks import with_desks
from invention.economy import Figures, invent_economy
from invention.files import Table, long, rows_of, wide, write_csv, write_parquet, write_workbook
from invention.goals import invent_adjustments, invent_history, invent_targets
from invention.months import invent_months
from invention.planted import invent_revisions, plant_odd_reports, revenue_targets, with_revisions
from invention.registers import invent_ledgers
from invention.units import Unit, invent_units
from invention.welfare import invent_welfare

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Write every file of the book but the scheme and the readme."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=HERE, help="the folder to write into (this book's)")
    out: Path = parser.parse_args().out
    units = invent_units()
    figures = invent_economy(units) | invent_welfare(units)
    months = invent_months(units, figures)
    plant_odd_reports(months)
    targets = invent_targets(units, figures)
    with_revenue = {unit.code: unit.group for unit in units if unit.group != "departments"}
    targets += revenue_targets(with_revenue, figures)
    revisions = invent_revisions(figures)

    write_csv(out / "units.csv", _unit_table(units))
    _write_figures(out / "data", units, figures)
    _write_months(out / "data", months)
    write_csv(out / "data" / "revisions.csv", rows_of(revisions))
    write_csv(out / "targets.csv", rows_of(with_revisions(targets)))
    write_csv(out / "adjustments.csv", rows_of(invent_adjustments()))
    for name, records in with_desks(invent_ledgers(units), units).items():
        write_csv(out / "ledgers" / f"{name}.csv", rows_of(records))
    for year, records in invent_history(units).items():
        write_csv(out / "history" / f"{year}.csv", rows_of(records))
    print(f"wrote the book's files into {out}")


def _unit_table(units: Sequence[Unit]) -> Table:
    columns = {
        "unit": [unit.code for unit in units],
        "name": [unit.name for unit in units],
        "group": [unit.group for unit in units],
        "part": [unit.part for unit in units],
        "leader": [unit.leader for unit in units],
        "deputy": [unit.deputy for unit in units],
        "land": [unit.land or None for unit in units],
        "difficulty": [unit.difficulty or None for unit in units],
        "pm25_limit": [unit.pm25_limit or None for unit in units],
        "beds_goal": [unit.beds_goal or None for unit in units],
    }
    return [list(columns), *zip(*columns.values(), strict=True)]


def _write_figures(data: Path, units: Sequence[Unit], figures: Figures) -> None:
    """Write the figures the way offices keep them: each file in a form of its own."""
    _write_economy(data / "economy.csv", figures)
    _write_revenue(data / "revenue.xlsx", units, figures)
    innovation = ("rd_spend", "turnover", "patents", "talents", "population", "elderly")
    write_parquet(data / "innovation.parquet", wide(figures, {item: item for item in innovation}))
    environment = {
        "pm25": "PM2.5平均浓度",
        "good_air": "空气质量优良天数比率",
        "water": "断面水质优良比例",
        "recycle": "工业固废综合利用率",
        "energy": "能源消费总量",
    }
    in_chinese = ("数据项", "单位", "时期", "数值")
    write_csv(data / "environment.csv", long(figures, environment, headings=in_chinese), encoding="gb18030")
    livelihood = ("income", "rural_income", "jobs", "elder_beds")
    write_csv(data / "livelihood.csv", wide(figures, {item: item for item in livelihood}))
    write_csv(data / "tea.csv", long(figures, {"tea_open": "tea_open"}))
    safety = ("deaths", "petitions")
    write_csv(data / "safety.csv", wide(figures, {item: item for item in safety}))
    quarterly = ("online_rate", "late_reports", "court_cases", "court_lost")
    write_csv(data / "departments.csv", wide(figures, {item: item for item in quarterly}))
    rated = ("budget_execution", "survey", "openness", "digital", "discipline", "learning")
    write_csv(data / "panels.csv", long(figures, {item: item for item in rated}))


def _write_months(data: Path, months: Figures) -> None:
    """Write the monthly series: revenue of earlier years, investment between the quarters, power."""
    in_chinese = ("单位", "时期")
    before = {"revenue_before": "一般公共预算收入"}
    write_csv(data / "revenue-before.csv", wide(months, before, headings=in_chinese), encoding="utf-8-sig")
    investment = {"investment": "固定资产投资"}
    write_csv(data / "investment-monthly.csv", wide(months, investment, headings=in_chinese))
    write_csv(data / "power.csv", wide(months, {"power": "power"}))


def _write_economy(path: Path, figures: Figures) -> None:
    """Wide, with Chinese headings and the byte order mark that Excel wants."""
    items = {
        "gdp": "地区生产总值",
        "gdp_growth": "地区生产总值增速",
        "industry": "规上工业增加值",
        "industry_growth": "规上工业增加值增速",
        "retail": "社会消费品零售总额",
        "retail_growth": "社会消费品零售总额增速",
        "investment": "固定资产投资",
        "project_invest": "重点项目完成投资",
        "fdi": "实际使用外资",
    }
    write_csv(path, wide(figures, items, headings=("单位", "时期")), encoding="utf-8-sig")


def _write_revenue(path: Path, units: Sequence[Unit], figures: Figures) -> None:
    """Write a workbook with a sheet a matter, units by name, periods in words, a row of measuring units."""
    names = {unit.code: unit.name for unit in units}

    def sheet(item: str, heading: str, measured_in: str) -> Table:
        headings, *rows = wide(figures, {item: heading}, headings=("单位", "时期"))
        named = [[names[str(unit)], _in_words(str(period)), *cells] for unit, period, *cells in rows]
        return [headings, ["", "", measured_in], *named]

    write_workbook(
        path,
        {
            "月度收入": sheet("revenue", "一般公共预算收入", "亿元"),
            "同口径增速": sheet("revenue_growth", "一般公共预算收入同口径增速", "%"),
        },
    )


def _in_words(period: str) -> str:
    year, part = period.split("-")
    return f"{year}年第{'一二三四'[int(part[1]) - 1]}季度" if part[0] == "Q" else f"{year}年{int(part)}月"


if __name__ == "__main__":
    main()
