from __future__ import annotations

import numpy as np
import pytest
from tests.engine.schemes import item

from quanheng.insight.unusual.changes import Changes
from quanheng.insight.unusual.signs import against_others, copies, falls, jumps, landings
from quanheng.insight.years.chain_ladder import Floats
from quanheng.insight.years.series import Series
from quanheng.scheme.items.item import ItemKind


def moved(change: list[list[float]], least: float = 0.02) -> Changes:
    values = np.array(change, dtype=float)
    return Changes(parts=values, change=values, back=1, least=least, logarithmic=True)


def quarters(values: Floats, kind: ItemKind = "cumulative") -> Series:
    return Series(item=item("x", kind, "quarter"), first=2020 * 12 + 2, step=3, values=values)


def test_a_jump_is_far_from_the_units_own_earlier_changes() -> None:
    # eight changes of ±0.04 around 0.1: median 0.1, mad 0.04, spread 1.4826·0.04 = 0.0593; then 0.5: z = 6.75
    past = [0.06, 0.14, 0.06, 0.14, 0.06, 0.14, 0.1, 0.1]
    sign = jumps(moved([[*past, 0.5]]))
    # deviations 0.04 six times, 0 twice: their median is 0.04
    assert sign.strength[0, 8] == pytest.approx(0.4 / (1.4826 * 0.04))
    assert sign.seen[0].tolist() == [False] * 8 + [True]
    # seven earlier changes are not enough to know what is usual
    assert not jumps(moved([[*past[1:], 0.5]])).looked.any()


def test_what_hits_all_units_alike_is_no_jump() -> None:
    steady = [0.1] * 8
    everybody = jumps(moved([[*steady, 0.6]] * 6))
    one = jumps(moved([[*steady, 0.6]] + [[*steady, 0.1]] * 5))

    assert not everybody.seen.any()
    assert one.seen[:, 8].tolist() == [True] + [False] * 5
    # a spread of nothing counts as 2 %: 0.5/0.02
    assert one.strength[0, 8] == pytest.approx(25.0)


def test_a_cumulative_figure_falls_only_inside_its_year() -> None:
    values = np.array([[10.0, 25, 24, 40, 5, 6], [1, 2, 3, 4, 1, 2]])
    sign = falls(quarters(values))

    assert np.argwhere(sign.seen).tolist() == [[0, 2]]
    assert sign.strength[0, 2] == pytest.approx(1 / 25)
    # the first quarter of the second year is compared with nothing
    assert sign.looked.sum() == 2 * 4
    assert not falls(quarters(values, "flow")).looked.any()


def test_a_loss_that_grows_is_no_fall() -> None:
    values = np.array([[-5.0, -10, -15, -20, -5, -6], [-5, -10, -8, -20, 5, -1], [0, -1, np.nan, -2, -3, -1]])
    sign = falls(quarters(values))

    assert np.argwhere(sign.seen).tolist() == [[1, 3], [1, 5]]


def test_a_copy_counts_where_figures_are_hardly_ever_repeated() -> None:
    # 40 units × 4 quarters, rising: at the fourth quarter 80 earlier pairs, no repetition: 2/84 > 2 %;
    # with 60 units 120 pairs: 2/124 < 2 %
    few = np.arange(40)[:, None] + np.array([100.0, 200, 300, 300])
    many = np.arange(60)[:, None] + np.array([100.0, 200, 300, 400])
    many[7, 3] = many[7, 2]

    assert not copies(quarters(few), back=1).seen.any()
    sign = copies(quarters(many), back=1)
    assert np.argwhere(sign.seen).tolist() == [[7, 3]]
    assert sign.facts["count"].tolist() == [0, 0, 60, 120]
    # where one in ten figures is a repetition, one more says nothing
    often = many.copy()
    often[:6, 1] = often[:6, 0]
    often[:6, 2] = often[:6, 1]
    assert not copies(quarters(often), back=1).seen.any()


def test_zeros_are_no_copies() -> None:
    values = np.arange(60)[:, None] + np.array([100.0, 200, 300, 400])
    values[7, 2:] = 0.0

    assert not copies(quarters(values, "flow"), back=1).seen.any()


def test_one_that_falls_while_all_rise_moves_against_them() -> None:
    # nine rise by 8 to 12 %, one falls by 20 %: all 9 others go the other way
    change = [[0.08], [0.09], [0.09], [0.1], [0.1], [0.1], [0.11], [0.11], [0.12], [-0.2]]
    sign = against_others(moved(change))

    assert sign.seen[:, 0].tolist() == [False] * 9 + [True]
    assert sign.facts["share"][9, 0] == 1.0
    assert sign.facts["count"].tolist() == [9]
    # sorted the middle is 0.1; distances 0.02 0.01 0.01 0 0 0 0.01 0.01 0.02 0.3: mad 0.01, the least is 0.02
    assert sign.strength[9, 0] == pytest.approx(0.3 / 0.02)


def test_where_units_go_both_ways_nobody_moves_against_all() -> None:
    change = [[0.3], [0.2], [0.1], [0.1], [0.1], [-0.1], [-0.1], [-0.1], [-0.2], [-3.0]]

    assert not against_others(moved(change)).seen.any()


def test_landing_again_and_again_is_held_against_the_other_units() -> None:
    # one unit lands 3 of 4 times, nine others never: the rate is at least 2 %, so the odds of 3 or more of 4
    # are 4·0.02³·0.98 + 0.02⁴ = 3.15e-5
    values, near = np.full((10, 4), 1.0), np.zeros((10, 4), dtype=bool)
    near[0] = [True, False, True, True]
    sign = landings(values, near)

    assert np.argwhere(sign.seen).tolist() == [[0, 3]]
    assert 10 ** -sign.strength[0, 3] == pytest.approx(4 * 0.02**3 * 0.98 + 0.02**4)
    assert sign.facts["hits"][0].tolist() == [1, 1, 2, 3]


def test_where_everybody_lands_nobody_is_asked() -> None:
    values, near = np.full((10, 4), 1.0), np.ones((10, 4), dtype=bool)

    assert not landings(values, near).seen.any()
