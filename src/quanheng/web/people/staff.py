"""People as a workbook tells them: units, people with their roles, and who reports what of whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias, TypeVar

from quanheng.data.files.spreadsheets import read_workbook
from quanheng.data.parts.unit_names import tell_look_alikes, tell_names, with_plain_names
from quanheng.data.tables.cutting import cut_table, has_heading
from quanheng.data.tables.headings import Column
from quanheng.data.tables.table import ROW, Sheet, Table
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, Location
from quanheng.findings.nearest import did_you_mean
from quanheng.findings.value import Value
from quanheng.process.rounds.people import ROLES, Role
from quanheng.web.people.findings import NO_SHEET, UNKNOWN_ROLE
from quanheng.web.people.roles import KEPT

PEOPLE: Final = (
    Column(key="code", zh="登录名", others=("账号", "用户名"), needed=True),
    Column(key="name", zh="姓名", others=("人员", "名字"), needed=True),
    Column(key="roles", zh="角色", others=("role",), needed=True),
    Column(key="units", zh="单位", others=("unit", "所属单位", "单位代码")),
    Column(key="email", zh="电子邮箱", others=("邮箱", "e-mail")),
)
RESPONSIBILITIES: Final = (
    Column(key="code", zh="登录名", others=("账号", "用户名", "填报人"), needed=True),
    Column(key="items", zh="指标", others=("item", "事项", "填报事项", "数据项"), needed=True),
    Column(key="units", zh="单位", others=("unit", "填报单位", "单位代码")),
)
UNITS: Final = (
    Column(key="unit", zh="单位", others=("code", "单位代码", "代码"), needed=True),
    Column(key="name", zh="名称", others=("单位名称",), needed=True),
)
Made = TypeVar("Made")
_BETWEEN: Final = "、，,；;/\n"
"""What stands between several roles, units or items of a cell."""

Placed: TypeAlias = tuple[str, Location]
"""A word, and where it was written."""


class ToldUnit(Value):
    """A unit of the workbook."""

    code: str
    name: str
    where: Location


class ToldPerson(Value):
    """A person of the workbook; the units are as they were written, by code or by name."""

    code: str
    name: str
    roles: frozenset[Role]
    units: tuple[Placed, ...]
    email: str
    where: Location


class ToldResponsibility(Value):
    """Who reports an item, of which units; of all where none is written."""

    code: str
    item: str
    units: tuple[Placed, ...]
    where: Location


class Staff(Value):
    """All that a workbook tells of people."""

    units: tuple[ToldUnit, ...] = ()
    people: tuple[ToldPerson, ...] = ()
    responsibilities: tuple[ToldResponsibility, ...] = ()


def read_staff(content: bytes, *, file: str) -> tuple[Staff, tuple[Finding, ...]]:
    """Return what the workbook `content` tells of people, and what is wrong with it.

    Its sheets are known by their headings, whatever they are called. It is read in a process of its own, as
    all workbooks of strangers are.
    """
    collector = Collector()
    units: list[ToldUnit] = []
    people: list[ToldPerson] = []
    responsibilities: list[ToldResponsibility] = []
    for sheet in read_workbook(content, file=file, collector=collector):
        if has_heading(sheet, [PEOPLE]):
            people += _rows(sheet, PEOPLE, collector, lambda table, row: _person(table, row, collector))
        elif has_heading(sheet, [RESPONSIBILITIES]):
            for found in _rows(sheet, RESPONSIBILITIES, collector, _responsibilities):
                responsibilities += found
        elif has_heading(sheet, [UNITS]):
            units += _rows(sheet, UNITS, collector, _unit)
        else:
            collector.add(NO_SHEET.at(sheet.location))
    staff = Staff(units=tuple(units), people=tuple(people), responsibilities=tuple(responsibilities))
    return staff, tuple(collector.findings())


_Row: TypeAlias = Mapping[str, object]


def _rows(
    sheet: Sheet, form: tuple[Column, ...], collector: Collector, read: Callable[[Table, _Row], Made]
) -> Iterator[Made]:
    """Yield what `read` makes of each row below the heading that holds anything."""
    table = cut_table(sheet, [form], collector=collector)
    if table is None:
        return
    table = with_plain_names(table)
    if form is UNITS:
        tell_names(table, collector)
        tell_look_alikes(table, collector)
    columns = {column.key: table.texts(column.key) for column in form}
    for index, number in enumerate(table.body[ROW].to_list()):
        row = {key: column[index] or "" for key, column in columns.items()}
        if any(row.values()):
            yield read(table, {**row, ROW: number})


def _unit(table: Table, row: _Row) -> ToldUnit:
    return ToldUnit(code=str(row["unit"]), name=str(row["name"]), where=_place(table, row, "unit"))


def _person(table: Table, row: _Row, collector: Collector) -> ToldPerson:
    where = _place(table, row, "roles")
    roles: set[Role] = set()
    for word in _words(row["roles"]):
        role = role_of(word)
        if role is None:
            names = [ROLES[known].zh for known in KEPT] + [ROLES[known].en for known in KEPT]
            collector.add(UNKNOWN_ROLE.at(where, word=word, meant=did_you_mean(word, names)))
        else:
            roles.add(role)
    return ToldPerson(
        code=str(row["code"]).casefold(),
        name=str(row["name"]),
        roles=frozenset(roles),
        units=_placed(table, row),
        email=str(row["email"]),
        where=_place(table, row, "code"),
    )


def _responsibilities(table: Table, row: _Row) -> list[ToldResponsibility]:
    where = _place(table, row, "code")
    code = str(row["code"]).casefold()
    return [
        ToldResponsibility(code=code, item=item, units=_placed(table, row), where=where)
        for item in _words(row["items"]) or [""]
    ]


def role_of(word: str) -> Role | None:
    """Return the role that `word` names in either language; None if it names none.

    Examples:
        >>> role_of("考核办"), role_of("Auditor"), role_of("boss")
        ('office', 'auditor', None)
    """
    plain = word.strip().casefold()
    return next((role for role in KEPT if plain in {role, ROLES[role].zh, ROLES[role].en}), None)


def _words(cell: object) -> list[str]:
    text = str(cell)
    for mark in _BETWEEN[1:]:
        text = text.replace(mark, _BETWEEN[0])
    return [word.strip() for word in text.split(_BETWEEN[0]) if word.strip()]


def _placed(table: Table, row: _Row) -> tuple[Placed, ...]:
    return tuple((word, _place(table, row, "units")) for word in _words(row["units"]))


def _place(table: Table, row: _Row, key: str) -> Location:
    return table.location_of(int(str(row[ROW])), key)
