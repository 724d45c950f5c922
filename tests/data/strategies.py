"""Hypothesis strategies: cells as people write them, and small valid books of any shape."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

NOT_APPLICABLE = ("/", "／", "n/a", "N/A", "不适用", "—", "-")
MISSING = ("", " ", "　")
WORDS = ("many", "约5", "1,23", "12,34,567", "3 5", "nan", "inf", "#DIV/0!", "5%%", "０x1", "待定", "1e999")
"""Texts that are no number, however kindly read."""

_FULL_WIDTH = str.maketrans("0123456789+-.,%", "０１２３４５６７８９＋－．，％")


@dataclass(frozen=True, slots=True)
class Written:
    """A number and a text that means it."""

    text: str
    number: float


@st.composite
def written_numbers(draw: st.DrawFn) -> Written:
    """Return a number as somebody may write it: grouped, signed, in full width, with blanks around."""
    whole = draw(st.integers(min_value=0, max_value=10**9))
    decimals = draw(st.integers(min_value=0, max_value=4))
    fraction = (
        f".{draw(st.integers(min_value=0, max_value=10**decimals - 1)):0{decimals}}" if decimals else ""
    )
    sign = draw(st.sampled_from(["", "+", "-"]))
    number = float(f"{sign}{whole}{fraction}")
    grouping = draw(st.sampled_from(["", ",", " "]))
    text = sign + f"{whole:,}".replace(",", grouping) + fraction
    if draw(st.booleans()):
        text = text.translate(_FULL_WIDTH)
    around = draw(st.sampled_from(["", " ", "　"]))
    return Written(f"{around}{text}{around}", number)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallBook:
    """A valid book: its files by name, and the figures that stand in it by item, unit and period."""

    files: dict[str, str]
    figures: dict[tuple[str, str, str], float | None]


@st.composite
def books(draw: st.DrawFn) -> SmallBook:
    """Return a valid book of one to five units and items, long or wide, with or without periods."""
    units = [f"U{number}" for number in range(draw(st.integers(1, 5)))]
    items = [f"item_{number}" for number in range(draw(st.integers(1, 4)))]
    periods = draw(st.sampled_from([["2023"], ["2022", "2023"], ["2022-Q4", "2023-Q3", "2023-Q4"]]))
    value = st.none() | st.floats(min_value=1, max_value=9).map(lambda number: round(number, 3))
    figures = {(item, unit, period): draw(value) for item in items for unit in units for period in periods}
    first = (items[0], units[0], periods[-1])
    figures[first] = figures[first] or 5.0
    for item in items:
        figures[item, units[0], periods[-1]] = figures[item, units[0], periods[-1]] or 5.0
    form = draw(st.sampled_from(["long", "wide"]))
    data = _long(figures) if form == "long" else _wide(figures, items, units, periods)
    return SmallBook(
        files={
            "scheme.yaml": _scheme(items),
            "units.csv": "unit,name\n" + "".join(f"{unit},单位{unit}\n" for unit in units),
            "data/figures.csv": data,
        },
        figures=figures,
    )


def _scheme(items: list[str]) -> str:
    head = "quanheng: 1\nid: generated\ntitle: generated\nround: 2023\nweights: relative\n"
    named = "".join(f"  {item}: 数据{item}\n" for item in items)
    leaves = "".join(f"  node_{item}: {{weight: 1, measure: {item}, rule: percentile}}\n" for item in items)
    return f"{head}items:\n{named}indicators:\n{leaves}"


def _long(figures: dict[tuple[str, str, str], float | None]) -> str:
    rows = (
        f"{item},{unit},{period},{'' if value is None else value}\n"
        for (item, unit, period), value in figures.items()
    )
    return "item,unit,period,value\n" + "".join(rows)


def _wide(
    figures: dict[tuple[str, str, str], float | None], items: list[str], units: list[str], periods: list[str]
) -> str:
    rows = []
    for unit in units:
        for period in periods:
            values = (figures[item, unit, period] for item in items)
            cells = ("" if value is None else str(value) for value in values)
            rows.append(",".join([unit, period, *cells]))
    return "\n".join([",".join(["unit", "period", *items]), *rows, ""])
