"""What helps a person who fills in a sheet: a note on each heading, and choices where codes are expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from quanheng.data.conversion.leaves import Leaf, Part
from quanheng.data.tables.headings import ADJUSTMENTS, CALENDAR, LONG_DATA, TARGETS, UNITS, Column, plain
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.scheme.fields.value_words import word_of_value
from quanheng.scheme.items.item import Reported
from quanheng.scheme.tree.scheme import Scheme

_MOST_LETTERS: Final = 255
"""What the choices of a drop-down may come to, with the commas between them."""
TABLES: Final[Mapping[Part, tuple[Column, ...]]] = {
    "units": UNITS,
    "data": LONG_DATA,
    "targets": TARGETS,
    "adjustments": ADJUSTMENTS,
    "calendar": CALENDAR,
}
"""The columns of each table, every one of which has a note."""
_NOTES: Final[Mapping[str, Text]] = {
    "unit": Text(
        zh="单位代码，在“单位”表中登记；目标表中 * 表示全部单位",
        en="the code of a unit on the sheet of units; in targets * means all",
    ),
    "name": Text(zh="单位名称", en="what the unit is called"),
    "group": Text(zh="分组代码，见“分组”表", en="the code of a group of the scheme"),
    "alias": Text(zh="曾用名、简称，可空", en="other names it goes by; may be empty"),
    "from": Text(zh="首日或期间，空为一直存在", en="its first day, or a period; empty: always"),
    "to": Text(zh="末日或期间，空为仍存在", en="its last day, or a period; empty: still there"),
    "into": Text(zh="并入的单位，可空", en="the unit it went into; may be empty"),
    "item": Text(zh="数据项代码，见“数据项”表", en="the code of an item of the scheme"),
    "period": Text(
        zh="2023年、2023年上半年、2023年三季度、2023年6月", en="2023, 2023-H1, 2023-Q3 or 2023-06"
    ),
    "measured_in": Text(
        zh="计量单位，与方案核对，可空", en="the measuring unit, compared with the scheme's; may be empty"
    ),
    "known_on": Text(
        zh="从哪天起知道这个数，如 2024-01-20；空为一直如此。修订另起一行",
        en="from which day this was known, such as 2024-01-20; empty: always. A revision is a further row",
    ),
    "value": Text(
        zh="数值；空为缺失，/ 为不适用",
        en="a number; empty is missing, / is not applicable",
    ),
    "indicator": Text(zh="指标代码，见“指标”表", en="the code of an indicator of the scheme"),
    "target": Text(zh="目标值；/ 为不适用", en="the target; / is not applicable"),
    "floor": Text(zh="底线值，可空", en="the least that is expected; may be empty"),
    "stretch": Text(zh="挑战值，可空", en="what is hoped for; may be empty"),
    "set_on": Text(
        zh="下达日期，如 2023-07-01；空为一直如此。调整另起一行",
        en="when it was set, such as 2023-07-01; empty: always. A revision is a further row",
    ),
    "kind": Text(zh="加分、扣分或一票否决", en="bonus, penalty or veto"),
    "marks": Text(zh="分值，写正数", en="the marks, as a positive number"),
    "reason": Text(zh="事由；目标表中为调整原因", en="why; in targets why it was changed"),
    "node": Text(zh="加减在哪个节点，空为总分", en="the node it counts at; empty is the total"),
    "category": Text(zh="属于方案中的哪一分类，可空", en="a category of the scheme; may be empty"),
    "date": Text(zh="日期，如 2023-06-30", en="a date such as 2023-06-30"),
    "day": Text(zh="放假，或调休上班", en="off, or work made up"),
    "holiday": Text(zh="节日名称，可空", en="the holiday; may be empty"),
    "evidence": Text(zh="依据文件", en="the paper that shows it"),
    "note": Text(zh="备注，不参与计算", en="a remark; not computed with"),
}

_DAYS: Final = (Text(zh="放假", en="off"), Text(zh="上班", en="work"))


class Help(Value):
    """A note on a cell, and what may be chosen (empty for anything): below a heading, or beside a key.

    `row` is 0 for a heading; what stands beside the key of a row is in the next column.
    """

    column: int
    note: str
    choices: tuple[str, ...] = ()
    row: int = 0

    @property
    def below(self) -> int:
        """The column of what may be chosen."""
        return self.column if self.row == 0 else self.column + 1


def fitting(choices: tuple[str, ...]) -> tuple[str, ...]:
    """Return `choices` if a drop-down can hold them, else none."""
    return choices if len(",".join(choices)) <= _MOST_LETTERS else ()


def helps_of(leaf: Leaf, scheme: Scheme, language: Language) -> Iterator[Help]:
    """Yield the help for each column of a table whose heading, in the first row, is known."""
    known = {spelling: each.key for each in TABLES.get(leaf.part, ()) for spelling in each.spellings}
    headings = leaf.cells.row(0) if leaf.cells.height else ()
    for column, heading in enumerate(headings):
        key = known.get(plain(heading or ""))
        if key is not None:
            yield Help(
                column=column,
                note=_NOTES[key].in_language(language),
                choices=_choices(leaf, key, scheme, language),
            )


def _choices(leaf: Leaf, key: str, scheme: Scheme, language: Language) -> tuple[str, ...]:
    match leaf.part, key:
        case "units", "group":
            codes = tuple(group.code for group in scheme.groups)
        case "data", "item":
            codes = tuple(item.code for item in scheme.items if isinstance(item.source, Reported))
        case "targets", "indicator":
            codes = tuple(indicator.code for indicator in scheme.indicators)
        case "adjustments", "kind":
            kinds = ("bonus", "penalty", "veto")
            codes = tuple(word_of_value("kind", kind) for kind in kinds) if language == "zh" else kinds
        case "calendar", "day":
            codes = tuple(each.in_language(language) for each in _DAYS)
        case "adjustments", "category":
            of_kinds = (scheme.adjustments.categories_of(kind) for kind in ("bonus", "penalty"))
            codes = tuple(dict.fromkeys(each.code for categories in of_kinds for each in categories))
        case "adjustments", "node":
            codes = tuple(node.code for node in scheme.nodes)
        case _:
            codes = ()
    return fitting(codes)
