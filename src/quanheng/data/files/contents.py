"""What stands in a book, sorted by what it is, before anything but the scheme is understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quanheng.data.tables.table import Raw
from quanheng.data.telling.changes import Stamp
from quanheng.findings.value import Value, field
from quanheng.scheme.tree.scheme import Scheme


class Copy(Value):
    """The `sheet` of a workbook for `round` that says again what was published and lies frozen beside it.

    `seal` is that of the publication.
    """

    round: str
    sheet: Raw
    seal: str


class Contents(Value):
    """The scheme (None where its form is wrong), the tables by what they are; how each file lay there.

    `standing` is what stands of the scheme even so. `ledgers` and `history` are by the name of the ledger and
    of the round; so are `awards`, who got those of earlier rounds, where the scheme looks at them. `said`
    has, of a book that is one workbook, the digest of what each sheet of data says, by file and sheet:
    whoever saves it anew has changed its bytes, and no figure. `copies` are sheets that say again what lies
    frozen beside the book.
    """

    scheme: Scheme | None
    standing: Scheme | None = None
    units: Sequence[Raw] = ()
    data: Sequence[Raw] = ()
    targets: Sequence[Raw] = ()
    adjustments: Sequence[Raw] = ()
    calendar: Sequence[Raw] = ()
    ledgers: Mapping[str, Sequence[Raw]] = field(default_factory=dict)
    history: Mapping[str, Sequence[Raw]] = field(default_factory=dict)
    awards: Mapping[str, Sequence[Raw]] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    copies: Sequence[Copy] = ()

    @property
    def hashed(self) -> dict[str, str]:
        """The digests by which the data are known: of files, and of the sheets of a workbook."""
        files = {name: digest for name, digest in self.digests.items() if name not in self.said}
        sheets = {
            name_of_sheet(file, sheet): digest
            for file, digests in self.said.items()
            for sheet, digest in digests.items()
        }
        return files | sheets


def name_of_sheet(file: str, sheet: str) -> str:
    """Return the name of a sheet among files.

    Examples:
        >>> name_of_sheet("册.xlsx", "历史-2023")
        '册.xlsx!历史-2023'
    """
    return f"{file}!{sheet}"
