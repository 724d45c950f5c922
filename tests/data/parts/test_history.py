from __future__ import annotations

import polars as pl
from tests.data.books import HISTORY, gathered
from tests.data.registers import csv, register

from quanheng.data.book import frames
from quanheng.data.parts.history import read_history
from quanheng.data.tables.table import Raw
from quanheng.findings.collector import Collector


def read(rounds: dict[str, tuple[Raw, ...]]) -> tuple[pl.DataFrame, list[str]]:
    collector = Collector()
    own = register()
    return read_history(rounds, own.unit_roster, own.round, collector=collector), gathered(collector)


def test_a_round_is_read_from_one_table() -> None:
    history, found = read({"2022": csv(HISTORY)})

    assert history.schema == frames.HISTORY
    assert history.rows() == [("2022", "T1", 88.5, 1, "A"), ("2022", "T2", 80.0, 2, "B")]
    assert found == []


def test_a_round_is_read_from_a_result_folder() -> None:
    scores = "unit,node,score,place\nT1,total,88,1\nT1,growth,10,2\nT2,total,,\n"
    tiers = "unit,name,group,place,tier\nT1,甲镇,towns,1,A\nT2,乙镇,towns,,B\n"

    history, _ = read({"2022": (*csv(scores), *csv(tiers))})

    assert sorted(history.rows()) == [("2022", "T1", 88.0, 1, "A"), ("2022", "T2", None, None, "B")]


def test_units_of_then_keep_their_texts_and_known_ones_become_codes() -> None:
    history, _ = read({"2021年": csv("单位,等次\n甲镇,一等\n旧镇,二等\n")})

    assert history.rows() == [("2021", "T1", None, None, "一等"), ("2021", "旧镇", None, None, "二等")]


def test_rounds_inside_the_year_come_before_the_year() -> None:
    history, found = read({"2023-Q1": csv(HISTORY), "2023-Q4": csv(HISTORY)})

    assert history["round"].unique().sort().to_list() == ["2023-Q1", "2023-Q4"]
    assert found == []


def test_what_is_a_later_round_or_none_is_told() -> None:
    history, found = read({"2023": csv(HISTORY), "2024-Q1": csv(HISTORY), "spring": csv(HISTORY)})

    assert history["round"].unique().to_list() == ["2023"]  # the round itself, once it is published
    assert found == ["QH428 a.csv", "QH329 a.csv"]
