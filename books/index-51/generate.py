"""Invent the countries and figures of this book.

    python books/index-51/generate.py [--seed N] [--out DIR]

A country is rich or poor, open or closed, careful or wasteful, large or small; each figure leans on these
four traits and has its own noise. Everything follows from one seed, so that a run writes the same files byte
for byte. The scheme is written by hand and not touched.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
SHIPPED_SEED = 51
PERIOD = "2024"

Column: TypeAlias = NDArray[np.float64]

REGIONS: Mapping[str, str] = {
    "east": "角宿 Jiao,亢宿 Kang,氐宿 Di,房宿 Fang,心宿 Xin,尾宿 Wei,箕宿 Ji,"
    "立春 Lichun,雨水 Yushui,惊蛰 Jingzhe,春分 Chunfen,清明 Qingming,谷雨 Guyu",
    "south": "井宿 Jing,鬼宿 Gui,柳宿 Liu,星宿 Xing,张宿 Zhang,翼宿 Yi,轸宿 Zhen,"
    "立夏 Lixia,小满 Xiaoman,芒种 Mangzhong,夏至 Xiazhi,小暑 Xiaoshu,大暑 Dashu",
    "west": "奎宿 Kui,娄宿 Lou,胃宿 Wei,昴宿 Mao,毕宿 Bi,觜宿 Zi,参宿 Shen,"
    "立秋 Liqiu,处暑 Chushu,白露 Bailu,秋分 Qiufen,寒露 Hanlu,霜降 Shuangjiang",
    "north": "斗宿 Dou,牛宿 Niu,女宿 Nü,虚宿 Xu,危宿 Wei,室宿 Shi,壁宿 Bi,"
    "立冬 Lidong,小雪 Xiaoxue,大雪 Daxue,小寒 Xiaohan,大寒 Dahan",
}
"""The lunar mansions of each side of the sky, and the solar terms of its season, but Dongzhi."""

# item: per what, the middle, the spread, and how it leans on (rich, open, careful, large)
AMOUNTS: Mapping[str, tuple[str, float, float, tuple[float, float, float, float]]] = {
    "flight_seats": ("population", 0.9, 0.35, (0.5, 0.6, 0.0, -0.1)),
    "border_crossings": ("area", 0.12, 0.5, (0.1, 0.5, 0.0, -0.2)),
    "power_trade": ("energy", 0.11, 0.5, (0.1, 0.4, 0.1, -0.2)),
    "gas_trade": ("energy", 0.16, 2.0, (0.1, 0.3, -0.1, 0.0)),
    "goods_trade": ("gdp", 0.55, 0.25, (0.0, 0.35, 0.0, -0.15)),
    "services_trade": ("gdp", 0.16, 0.3, (0.15, 0.4, 0.0, -0.1)),
    "foreign_investment": ("gdp", 0.035, 0.4, (0.05, 0.4, 0.0, -0.1)),
    "remittances": ("gdp", 0.02, 0.5, (-0.35, 0.2, 0.0, -0.1)),
    "portfolio": ("gdp", 0.5, 0.5, (0.5, 0.45, 0.0, 0.0)),
    "students": ("population", 0.0022, 0.35, (0.4, 0.45, 0.1, -0.05)),
    "joint_papers": ("gdp", 0.026, 0.3, (0.25, 0.3, 0.2, 0.0)),
    "joint_patents": ("gdp", 0.0014, 0.5, (0.5, 0.35, 0.1, 0.1)),
    "culture_services": ("gdp", 0.0021, 0.45, (0.3, 0.4, 0.1, 0.0)),
    "culture_goods": ("gdp", 0.009, 0.45, (0.25, 0.3, 0.1, 0.0)),
    "visitors": ("population", 0.55, 0.4, (0.3, 0.5, 0.1, -0.15)),
    "migrants": ("population", 0.06, 0.4, (0.4, 0.3, 0.0, -0.1)),
    "emissions": ("population", 5.6, 0.3, (0.3, 0.0, -0.35, 0.05)),
    "material": ("population", 14.0, 0.3, (0.3, 0.0, -0.3, 0.0)),
    "associations": ("population", 0.004, 0.4, (0.4, 0.4, 0.2, -0.05)),
}
# item: the least and the most, the middle (between 0 and 1), the spread, and the same four
LEVELS: Mapping[str, tuple[float, float, float, float, tuple[float, float, float, float]]] = {
    "logistics": (1, 5, 0.55, 0.25, (0.6, 0.2, 0.1, 0.2)),
    "shipping": (1, 160, 0.3, 0.5, (0.3, 0.3, 0.0, 0.5)),
    "line_speed": (1, 30, 0.4, 0.3, (0.6, 0.2, 0.1, 0.0)),
    "mobile_cover": (20, 100, 0.85, 0.6, (0.8, 0.2, 0.0, -0.1)),
    "embassies": (10, 190, 0.45, 0.3, (0.4, 0.2, 0.0, 0.7)),
    "memberships": (60, 330, 0.5, 0.25, (0.4, 0.4, 0.1, 0.3)),
    "votes_shared": (20, 60, 0.5, 0.3, (0.1, 0.3, 0.3, 0.0)),
    "border_cost": (20, 900, 0.25, 0.4, (-0.6, -0.4, 0.0, 0.0)),
    "tariff": (0.2, 16, 0.28, 0.4, (-0.5, -0.5, 0.0, 0.1)),
    "barriers": (5, 1500, 0.3, 0.5, (0.3, 0.1, 0.1, 0.4)),
    "customs_days": (0.5, 20, 0.28, 0.4, (-0.6, -0.4, 0.0, 0.0)),
    "trade_pacts": (2, 48, 0.5, 0.3, (0.4, 0.5, 0.0, 0.1)),
    "visa_free": (5, 160, 0.5, 0.4, (0.3, 0.7, 0.0, -0.2)),
    "languages": (1, 40, 0.35, 0.5, (0.0, 0.3, 0.0, 0.2)),
    "renewables": (1, 75, 0.28, 0.5, (-0.2, 0.0, 0.6, 0.0)),
    "forest_loss": (0.1, 20, 0.25, 0.4, (-0.1, 0.0, -0.5, 0.1)),
    "poverty": (0.1, 40, 0.08, 0.5, (-1.0, -0.1, -0.1, 0.1)),
    "inequality": (0.8, 3.2, 0.3, 0.3, (-0.4, 0.0, -0.3, 0.1)),
    "graduates": (4, 55, 0.45, 0.3, (0.6, 0.2, 0.1, 0.0)),
    "press_limits": (8, 85, 0.35, 0.3, (-0.5, -0.4, -0.3, 0.1)),
    "intolerance": (1, 9.5, 0.4, 0.3, (-0.4, -0.3, -0.4, 0.1)),
    "integrity": (15, 92, 0.5, 0.25, (0.8, 0.2, 0.2, -0.1)),
    "women_work": (0.3, 1, 0.75, 0.35, (0.1, 0.2, 0.3, -0.1)),
    "women_seats": (3, 50, 0.45, 0.35, (0.2, 0.1, 0.5, 0.0)),
    "public_debt": (10, 200, 0.25, 0.4, (0.2, 0.0, -0.1, 0.2)),
    "private_debt": (20, 300, 0.35, 0.35, (0.6, 0.2, 0.0, 0.1)),
    "growth": (0.2, 8.5, 0.4, 0.35, (-0.4, 0.2, 0.1, 0.0)),
    "research": (0.1, 4.8, 0.3, 0.35, (0.7, 0.1, 0.2, 0.1)),
    "idle_youth": (2.5, 42, 0.3, 0.35, (-0.5, -0.1, -0.2, 0.0)),
}
MISSING = 0.025
NEVER_MISSING = ("population", "area", "gdp")
PLANTED: Mapping[str, tuple[tuple[str, float], ...]] = {
    "S02": (("visitors", 9.0), ("flight_seats", 5.0)),
    "N05": (("portfolio", 14.0),),
    "W01": (("migrants", 7.0),),
    "N12": (("border_crossings", 12.0),),
}
"""Outliers: a figure so many times what it was."""


def main() -> None:
    """Write `units.csv` and `data/figures.csv`; without arguments, those this book ships with."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=SHIPPED_SEED, help=f"from which seed ({SHIPPED_SEED})")
    parser.add_argument("--out", type=Path, default=HERE, help="the folder to write into (this book's)")
    asked = parser.parse_args()
    out: Path = asked.out
    (out / "data").mkdir(parents=True, exist_ok=True)
    countries, figures = invent(seed=asked.seed)
    countries.write_csv(out / "units.csv")
    figures.write_csv(out / "data" / "figures.csv")
    print(f"wrote {countries.height} invented countries into {out}")


def invent(*, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return who the countries are, and their figures."""
    rng = np.random.default_rng(seed)
    named = [
        (f"{region[0].upper()}{number:02}", name, region)
        for region, names in REGIONS.items()
        for number, name in enumerate(names.split(","), start=1)
    ]
    codes = [code for code, _, _ in named]
    count = len(named)
    traits = rng.normal(0, 1, (4, count))
    items = _denominators(rng, traits)
    for item, (per, middle, spread, leans) in AMOUNTS.items():
        noise = spread * rng.normal(0, 1, count)
        items[item] = items[per] * middle * np.exp(np.array(leans) @ traits + noise)
    for item, (least, most, middle, spread, leans) in LEVELS.items():
        tilt = np.log(middle / (1 - middle)) + np.array(leans) @ traits + spread * rng.normal(0, 1, count)
        items[item] = least + (most - least) / (1 + np.exp(-tilt))
    for code, outliers in PLANTED.items():
        for item, times in outliers:
            items[item][codes.index(code)] *= times
    income = np.select([traits[0] > 0.5, traits[0] > -0.5], ["high", "middle"], "low")
    countries = pl.DataFrame(
        {
            "unit": codes,
            "name": [name for _, name, _ in named],
            "region": [region for _, _, region in named],
            "income": income,
            "size": np.select([traits[3] > 0.6, traits[3] > -0.6], ["large", "medium"], "small"),
        }
    )
    columns = []
    for item, column in items.items():
        gone = rng.random(count) < (0.0 if item in NEVER_MISSING else MISSING)
        columns.append(pl.Series(item, np.where(gone, np.nan, _shown(column)), nan_to_null=True))
    figures = pl.DataFrame([pl.Series("unit", codes), *columns])
    return countries, figures.select("unit", pl.lit(PERIOD).alias("period"), pl.exclude("unit"))


def _denominators(rng: np.random.Generator, traits: Column) -> dict[str, Column]:
    """Return population (thousands), area (thousand km²), product (millions) and use of energy (kt)."""
    rich, _, careful, large = traits
    count = rich.size
    population = 9_000 * np.exp(1.2 * large + 0.2 * rng.normal(0, 1, count))
    area = 0.02 * population * np.exp(0.8 * rng.normal(0, 1, count))
    gdp = population * 14 * np.exp(0.9 * rich + 0.15 * rng.normal(0, 1, count))
    energy = gdp * 0.11 * np.exp(-0.25 * rich - 0.25 * careful + 0.25 * rng.normal(0, 1, count))
    return {"population": population, "area": area, "gdp": gdp, "energy": energy}


def _shown(column: Column) -> Column:
    """Return `column` at four significant digits, as statistics print it."""
    return np.array([float(f"{value:.4g}") for value in column])


if __name__ == "__main__":
    main()
