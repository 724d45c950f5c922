"""How files are read, as it is written: for all files at the top of a scheme, for one file under `files`."""

from typing import Annotated, Final, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema

from quanheng.findings.patterns import linear
from quanheng.findings.text import Text
from quanheng.scheme.fields.fields import Form, FormulaText, Line, text_of_number
from quanheng.scheme.reading.reading import CensoredWord

_LINES: Final = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_MARK: Final = {"type": ["string", "number", "null"]}


_BETWEEN: Final = linear("[、，；;\n]", why="one character each")


def _lines(value: object) -> object:
    """Return a single text as a list: of one, or of what stands between Chinese commas."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in _BETWEEN.split(value) if part.strip())


def _marks(value: object) -> object:
    """Return the marks as texts; a bare `null` is the word that stands in the cells."""
    parts = _lines(value)
    parts = parts if isinstance(parts, list | tuple) else (parts,)
    return tuple("null" if part is None else text_of_number(part) for part in parts)


Lines: TypeAlias = Annotated[tuple[Line, ...], BeforeValidator(_lines), WithJsonSchema(_LINES)]
"""One text or a list of texts."""

_Marks: TypeAlias = Annotated[
    tuple[Line, ...],
    BeforeValidator(_marks),
    WithJsonSchema({"anyOf": [{"type": ["string", "number"]}, {"type": "array", "items": _MARK}]}),
]
Ignored: TypeAlias = Annotated[
    Lines | None,
    Text(
        en="Headings of columns that are passed over without a word.",
        zh="不读取、也不提示的列的表头。",
    ),
]
MissingMarks: TypeAlias = Annotated[
    _Marks | None,
    Text(
        en="What stands in cells for a missing figure, such as `[NA, '..', -999]`; "
        "`[]` says that there is nothing of the sort.",
        zh="单元格中表示缺失的写法，如 `[NA, '..', -999]`；`[]` 表示没有这类写法。",
    ),
]
Censored: TypeAlias = Annotated[
    CensoredWord | None,
    Text(
        en="What `<5` or `>95` in a cell means: nothing that can be read, the limit, half of it, or missing "
        "(error).",
        zh="单元格中 `<5`、`>95` 如何读取：报错、取限值、取限值的一半、作缺失（报错）。",
    ),
]
UnitHeading: TypeAlias = Annotated[
    Lines | None,
    Text(
        en="The heading of the column of units, where it is none of those that are known.",
        zh="单位列的表头，用于不在通用写法之列的。",
    ),
]


class ReadingForm(Form, zh="文件如何读取。"):
    """How files are read."""

    ignore: Ignored = None
    missing_marks: MissingMarks = None
    censored: Censored = None
    unit_heading: UnitHeading = None


class FileForm(ReadingForm, zh="一个文件或一张工作表如何读取；这里写的优先于方案的同名项。"):
    """How one file or sheet is read; what it says goes before the same key of the scheme."""

    where: Annotated[
        FormulaText | None,
        Text(
            en="Which rows are read, by its columns: `kind == 'large'`; the others are passed over.",
            zh="读取哪些行，可用各列名：`kind == '规上'`；其余各行不读。",
        ),
    ] = None


Files: TypeAlias = Annotated[
    dict[Line, FileForm],
    Text(
        en="How single files are read: by their name (`data/a.csv`, `a.csv`) or that of a sheet.",
        zh="个别文件如何读取：写文件名（`data/a.csv`、`a.csv`）或工作表名。",
    ),
]
