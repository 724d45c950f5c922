from __future__ import annotations

import narwhals as nw
import polars as pl

from quanheng.process.moves import changes, may_begin, may_move, states_after
from quanheng.scheme.ledgers.ledger import States

STATES = States(
    column="state",
    moves={"受理": ("办理",), "办理": ("办结", "退回"), "退回": ("办理",), "办结": ()},
    first=("受理",),
    done=("办结",),
)


def frame(**columns: list[str | None]) -> nw.DataFrame[pl.DataFrame]:
    return nw.from_native(pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)), eager_only=True)


def test_a_move_is_allowed_if_the_ledger_lists_it_or_nothing_moves() -> None:
    moves = frame(
        before=["受理", "受理", "办理", "办结", "办结", None, None, "别处", None],
        after=["办理", "办结", "退回", "办理", "办结", "受理", "办结", "受理", None],
    )

    told = moves.select(may=may_move(STATES, nw.col("before"), nw.col("after")))["may"].to_list()

    assert told == [True, False, True, False, True, True, False, True, False]


def test_a_record_begins_in_a_first_state_only() -> None:
    told = frame(state=["受理", "办理", None]).select(may=may_begin(STATES, nw.col("state")))["may"]

    assert told.to_list() == [True, False, False]


def test_the_states_a_record_may_go_to_are_offered() -> None:
    assert states_after(STATES, "办理") == ("办结", "退回")
    assert states_after(STATES, "别处") == ("受理",)
    assert states_after(STATES, "办结") == ()


def test_changes_are_told_cell_by_cell() -> None:
    there = frame(no=["1", "2"], state=["受理", "受理"], closed=[None, "2023-01-05"], owner=["李", "/"])
    arriving = frame(
        no=["2", "1", "3"],
        state=["受理", "办理", "受理"],
        closed=["/", None, "/"],
        owner=["/", "", None],
        extra=["x", None, "y"],
    ).with_columns(nw.when(nw.col("owner") != "").then(nw.col("owner")).alias("owner"))

    told = changes(there, arriving, key="no", columns=["no", "state", "closed", "owner", "extra", "absent"])

    # 1 moves on; 2 stays, its closing date is emptied and its owner was empty in effect; 3 is new
    assert told.rows() == [
        ("2", "closed", "2023-01-05", None),
        ("2", "extra", None, "x"),
        ("1", "state", "受理", "办理"),
        ("3", "state", None, "受理"),
        ("3", "extra", None, "y"),
    ]


def test_nothing_changes_where_only_keys_arrive() -> None:
    told = changes(frame(no=["1"], state=["受理"]), frame(no=["1", "2"]), key="no", columns=["no"])

    assert (told.columns, told.rows()) == (["key", "column", "before", "after"], [])


def test_nothing_changes_where_the_same_arrives_again() -> None:
    there = frame(no=["1"], state=["受理"])

    assert changes(there, there, key="no", columns=["no", "state"]).rows() == []
