"""How files are read, as far as a scheme says so: marks, censored figures, headings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from quanheng.findings.value import Value, field
from quanheng.scheme.formulas.tree import Formula, names_in

CensoredWord: TypeAlias = Literal["error", "limit", "half", "missing"]


class FileReading(Value):
    """How one file is read.

    `ignore` are headings that are passed over without a word; `missing_marks` is what stands in cells for a
    missing figure (None: nothing was said of it); `censored` is what `<5` means; `unit_heading` are further
    headings of the column of units; `where` says which rows are read.
    """

    ignore: tuple[str, ...] = ()
    missing_marks: tuple[str, ...] | None = None
    censored: CensoredWord = "error"
    unit_heading: tuple[str, ...] = ()
    where: Formula | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """The headings that are looked at although they are nothing else that is asked for."""
        return () if self.where is None else names_in(self.where.tree)


class Reading(Value):
    """How the files of a book are read: all of them, and single ones by their name or that of a sheet."""

    everywhere: FileReading = FileReading()
    files: Mapping[str, FileReading] = field(default_factory=dict)

    def of(self, file: str, sheet: str | None = None) -> FileReading:
        """Return how the table in `file`, on the `sheet` if it has some, is read.

        Examples:
            >>> reading = Reading(files={"a.csv": FileReading(censored="half")})
            >>> [reading.of(file).censored for file in ("data/a.csv", "a.csv", "data/b.csv")]
            ['half', 'half', 'error']
        """
        names = (sheet or "", file, file.rpartition("/")[2])
        return next((self.files[name] for name in names if name in self.files), self.everywhere)


AS_USUAL: Final = Reading()
"""How files are read where the scheme says nothing of it."""
