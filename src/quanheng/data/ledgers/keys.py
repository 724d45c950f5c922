"""What identifies a record: keys that are the same but for their spelling, and keys that a spreadsheet cut.

Spreadsheets drop zeros in front (`001` becomes 1), programs write numbers with a point (`1.0`), people write
in full width, in capitals and with blanks; of a number of more than 15 digits a spreadsheet keeps 15.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl

from quanheng.data.book import frames
from quanheng.data.ledgers.arrivals import Arrivals
from quanheng.data.ledgers.records import Cells, Records
from quanheng.data.telling.half_width import loose
from quanheng.data.telling.names import shown
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Kind, Location

_SCIENTIFIC: Final = r"^[0-9](?:\.[0-9]+)?[eE]\+[0-9]{2,3}$"
_NUMBER: Final = r"^[0-9]"
_LONG: Final = r"^[0-9]{16,40}$"
_CUT: Final = r"^[0-9]{15}0{1,25}$"
_KEPT: Final = 15
"""The digits of a number that a spreadsheet keeps."""
_FEW: Final = 3
"""So many keys of 16 digits that all end in 0 are no chance."""
_OVERLOOKED: Final = r"[^!-~]|^0+[0-9]|\.0+$"
"""What an identity overlooks, but for capitals: blanks, full width, zeros in front and behind the point."""
_MAY_BE_ODD: Final = rf"[a-z]|{_OVERLOOKED}"
_WORTH_A_LOOK: Final = rf"{_NUMBER}|{_MAY_BE_ODD}"
"""What keys that a spreadsheet has cut have, and keys that differ from others in their spelling only."""
_IDENTITY: Final = " identity"


def identity_of(key: pl.Expr) -> pl.Expr:
    """Return what is the same for keys that differ in spelling only.

    Examples:
        >>> keys = pl.DataFrame({"key": ["001", "1", "1.0", "Ａ-01 ", "a-01", "0"]})
        >>> keys.select(identity_of(pl.col("key")))["key"].to_list()
        ['1', '1', '1', 'a-01', 'a-01', '0']
    """
    narrow = loose(key).str.replace_all(r"\s", "").str.to_lowercase()
    return narrow.str.replace(r"^([0-9]+)\.0+$", "$1").str.replace(r"^0+([0-9]+)$", "$1")


KEY_CUT: Final = Kind(
    code="QH482",
    severity="error",
    en="the {column!r} {text!r} is a number of which a spreadsheet kept 15 digits; the rest is lost",
    zh="“{column}”{text} 是被表格软件只保留15位的长数字，其余位数已丢失",
    hint_en="take the keys from where they come from, into cells formatted as text",
    hint_zh="请把单元格设为文本格式，再从来源重新取得编号",
)
KEY_ENDS_IN_ZEROS: Final = Kind(
    code="QH483",
    severity="warning",
    en="the {column!r} {text!r} ends in zeros after 15 digits, as if a spreadsheet had cut it",
    zh="“{column}”{text} 自第16位起全为0，可能被表格软件截断",
    hint_en="compare it with where it comes from",
    hint_zh="请与来源核对",
)
KEY_ALIKE: Final = Kind(
    code="QH484",
    severity="warning",
    en="the {column!r} {text!r} differs from {twin!r} at {other} in its spelling only",
    zh="“{column}”{text} 与 {other} 的 {twin} 只是写法不同",
    hint_en="if it is the same record, keep one of the two: both are counted",
    hint_zh="若为同一事项请只保留一条；目前两条都计入",
)


def check_identities(records: Records) -> None:
    """Add a finding for each key that was cut, and each that another one before it is but for spelling."""
    key = records.ledger.key
    if key is None or not records.has(key) or not records.frame[key].str.contains(_WORTH_A_LOOK).any():
        return
    check_cut(records.frame, key, records.cells, records.collector)
    twins = _twins(records.frame, key)
    first = {row[_IDENTITY]: row for row in twins.unique(_IDENTITY, keep="first").iter_rows(named=True)}
    records.collector.tell(
        KEY_ALIKE,
        twins.filter(~pl.col(_IDENTITY).is_first_distinct()),
        lambda row: records.cells.location(row, key),
        lambda row: {
            "column": key,
            "text": shown(row[key]),
            "twin": shown(first[row[_IDENTITY]][key]),
            "other": records.cells.location(first[row[_IDENTITY]], key),
        },
    )


def check_cut(frame: pl.DataFrame, key: str, cells: Cells, collector: Collector) -> None:
    """Add a finding for each key that a spreadsheet has cut, or may have."""
    text = pl.col(key)
    if not frame[key].str.contains(_NUMBER).any():
        return
    scientific = text.str.contains(_SCIENTIFIC).fill_null(value=False)
    long = frame.filter(text.str.contains(_LONG))[key]
    cut = long.filter(long.str.contains(_CUT))
    longer = cut.filter(cut.str.len_chars() > _KEPT + 1)
    none_whole = len(cut) == len(long) and (len(longer) > 0 or len(cut) >= _FEW)
    ends = text.str.contains(_CUT).fill_null(value=False)
    ended = ends & (text.str.len_chars() > _KEPT + 1)
    sorts = (
        (KEY_CUT, scientific | ends if none_whole else scientific),
        (KEY_ENDS_IN_ZEROS, pl.lit(value=False) if none_whole else ended),
    )
    for kind, wrong in sorts:
        collector.tell(
            kind,
            frame.filter(wrong),
            lambda row: cells.location(row, key),
            lambda row: {"column": key, "text": shown(row[key])},
        )


KEY_TAKEN_FOR: Final = Kind(
    code="QH485",
    severity="warning",
    en="{count} keys are spelled otherwise than in the ledger and taken for its own: {text!r} for {twin!r}",
    zh="{count}个编号与台账只是写法不同，已按台账中的事项处理：如 {text} 视为 {twin}",
    hint_en="nothing if they are these records; --dry-run shows what changes, and keys are best kept as text",
    hint_zh="若确为这些事项无需处理；编号请设为文本格式，可先用 --dry-run 试导入核对",
)
KEY_OF_SEVERAL: Final = Kind(
    code="QH486",
    severity="error",
    en="the {column!r} {text!r} may be the record {twin!r} or {other!r} of the ledger",
    zh="“{column}”{text} 可能是台账中的 {twin} 或 {other}",
    hint_en="write the key as the ledger does",
    hint_zh="请按台账中的写法填写",
)
KEY_ARRIVES_TWICE: Final = Kind(
    code="QH487",
    severity="error",
    en="the {column!r} {text!r} is the record {twin!r} at {other} but for its spelling",
    zh="“{column}”{text} 与 {other} 的 {twin} 只是写法不同，是同一事项",
    hint_en="keep one of the two",
    hint_zh="请只保留一条",
)


def with_keys_of(ledger: pl.Series, arrivals: Arrivals, collector: Collector) -> Arrivals:
    """Return `arrivals` with the keys of the `ledger` where they differ in spelling only; that is told.

    A key that is written exactly as in the ledger is that record. No key becomes a second record because of
    its spelling: what may be two records, or arrives twice, is an error.
    """
    key, cells = ledger.name, Cells(arrivals.tables)
    check_cut(arrivals.records, key, cells, collector)
    own = pl.col(key)
    of_ledger = ledger.drop_nulls().to_frame().with_columns(identity_of(own).alias(_IDENTITY))
    arrived = arrivals.records.select(key, *frames.RECORD_SOURCE, identity_of(own).alias(_IDENTITY))
    others = arrived.join(of_ledger.select(key), on=key, how="anti", maintain_order="left")
    if others.is_empty():
        return arrivals
    meant = (
        of_ledger.join(others.select(_IDENTITY).unique(), on=_IDENTITY, how="semi", maintain_order="left")
        .group_by(_IDENTITY, maintain_order=True)
        .agg(own.alias("meant"))
    )
    known = others.join(meant, on=_IDENTITY, how="left", maintain_order="left")
    several = known.filter(pl.col("meant").list.len() > 1)
    collector.tell(
        KEY_OF_SEVERAL,
        several,
        lambda row: cells.location(row, key),
        lambda row: {
            "column": key,
            "text": shown(row[key]),
            "twin": shown(row["meant"][0]),
            "other": shown(row["meant"][1]),
        },
    )
    _tell_twice(arrived, others, of_ledger, cells, collector)
    one = known.filter(pl.col("meant").list.len() == 1).with_columns(pl.col("meant").list.first())
    if one.is_empty():
        return arrivals
    first = one.row(0, named=True)
    collector.add(
        KEY_TAKEN_FOR.at(
            cells.location(first, key), count=one.height, text=shown(first[key]), twin=shown(first["meant"])
        )
    )
    renamed = own.replace(one[key], one["meant"])
    return replace(
        arrivals,
        records=arrivals.records.with_columns(renamed),
        texts=arrivals.texts.with_columns(renamed),
    )


def _tell_twice(
    arrived: pl.DataFrame, others: pl.DataFrame, ledger: pl.DataFrame, cells: Cells, collector: Collector
) -> None:
    """Tell each key that the `ledger` does not have and that another one is but for its spelling."""
    key = ledger.columns[0]
    twins = _twins(arrived, key).join(others.select(_IDENTITY).unique(), on=_IDENTITY, how="semi")
    groups: dict[str, list[tuple[str, Location]]] = {}
    for row in twins.iter_rows(named=True):
        groups.setdefault(row[_IDENTITY], []).append((row[key], cells.location(row, key)))
    collector.tell(
        KEY_ARRIVES_TWICE,
        others.join(twins.select(_IDENTITY).unique(), on=_IDENTITY, how="semi", maintain_order="left").filter(
            ~pl.col(_IDENTITY).is_first_distinct() | pl.col(_IDENTITY).is_in(_met(arrived, ledger))
        ),
        lambda row: cells.location(row, key),
        lambda row: _twin_of(row[key], key, groups[row[_IDENTITY]]),
    )


def _met(arrived: pl.DataFrame, ledger: pl.DataFrame) -> list[str]:
    """Return the identities of keys that arrive just as the ledger writes them."""
    key = ledger.columns[0]
    return arrived.join(ledger.select(key), on=key, how="semi")[_IDENTITY].to_list()


def _twin_of(text: str, key: str, group: list[tuple[str, Location]]) -> dict[str, object]:
    twin, where = next((each for each in group if each[0] != text), group[0])
    return {"column": key, "text": shown(text), "twin": shown(twin), "other": where}


def _twins(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return the records whose key another key is but for its spelling, with the identity they share."""
    own = frame.filter(pl.col(key).is_not_null()) if frame[key].has_nulls() else frame
    identities = _identities(own[key])
    if identities is None:
        return own.clear().with_columns(pl.lit(None, pl.String()).alias(_IDENTITY))
    own = own.with_columns(identities)
    alike = own.filter(pl.col(_IDENTITY).is_duplicated())
    return alike.filter(pl.col(key).n_unique().over(_IDENTITY) > 1) if alike.height else alike


def _identities(keys: pl.Series) -> pl.Series | None:
    """Return the identity of each key; nothing where the spelling of no key differs from its identity's.

    Millions of keys are looked at once for what an identity overlooks, and only such keys are spelled anew.
    """
    if not keys.str.contains(_MAY_BE_ODD).any():
        return None
    odd = keys.str.contains(_OVERLOOKED)
    if not odd.any() and not keys.str.contains("[A-Z]").any():
        return None
    lower = keys.str.to_lowercase()
    if not odd.any():
        return lower.alias(_IDENTITY)
    spelled = keys.filter(odd).to_frame().select(identity_of(pl.col(keys.name))).to_series()
    return lower.scatter(odd.arg_true(), spelled).alias(_IDENTITY)
