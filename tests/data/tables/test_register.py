from __future__ import annotations

from tests.data.registers import register

from quanheng.data.tables.register import in_per_cent, source_text


def test_a_register_knows_codes_and_names() -> None:
    own = register()

    assert own.unit_roster.codes.to_list() == ["T1", "T2", "P1"]
    assert own.indicator_roster.codes.to_list() == [
        "output",
        "growth",
        "opening",
        "density",
        "hazards",
        "parking",
    ]
    assert own.node_roster.codes.to_list()[0] == "total"
    assert str(own.round) == "2023"


def test_items_say_how_they_are_measured_and_where_they_come_from() -> None:
    own = register()

    assert [item.code for item in own.scheme.items if in_per_cent(item)] == ["gdp_growth"]
    assert [source_text(own.item(index)) for index in (0, 3, 4)] == ["data", "units", "ledgers/hazards"]
