"""What a book may take of the disk and of memory, counted for all of it, before memory is taken."""

from __future__ import annotations

from typing import Final

from quanheng.data.telling import limits
from quanheng.data.telling.findings import TOO_BIG
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.text import Text

_MEBI: Final = 1024 * 1024

BOOK_TOO_BIG: Final = Kind(
    code="QH620",
    severity="error",
    en="with this file the book has {size} MiB of texts and workbooks, of which {most} MiB are read",
    zh="连同此文件，考核册的文本和工作簿共 {size} MiB，超过可读取的 {most} MiB",
    hint_en="keep only what belongs to this round; hand in big tables as parquet",
    hint_zh="请只保留本考核期的文件；大表请用 parquet 格式",
)
TOO_MUCH_ROOM: Final = Kind(
    code="QH621",
    severity="error",
    en="laid out, {what} would take {size} MiB of memory, far more than a file of this size needs",
    zh="{what}展开后需 {size} MiB 内存，远超这一大小的文件所需",
    hint_en="delete stray cells and empty rows and columns far from the figures; write long texts once",
    hint_zh="请删除远离数据的零散单元格和空行空列；长文字不要逐行重复",
)
THE_TABLE: Final = Text(en="its table", zh="其表格")
THE_TEXTS: Final = Text(en="the texts of its cells", zh="其单元格文字")


class Room:
    """What is left for further files of a book; a workbook that is opened alone has a room of its own."""

    def __init__(self) -> None:
        """Begin with the room of a whole book."""
        self._bytes = self._files = 0
        self.memory = limits.ROOM

    def has_one_more_file(self) -> bool:
        """Return whether the book may have one more file, and count it."""
        self._files += 1
        return self._files <= limits.FILES

    def refuse_size(self, size: int, most: int, where: Location) -> Finding | None:
        """Return why a file of `size` bytes is not read, and count it if there is nothing against it."""
        if size > most:
            return TOO_BIG.at(where, size=size // _MEBI, most=most // _MEBI)
        if self._bytes + size > limits.BOOK_BYTES:
            facts = {"size": (self._bytes + size) // _MEBI, "most": limits.BOOK_BYTES // _MEBI}
            return BOOK_TOO_BIG.at(where, **facts)
        self._bytes += size
        return None

    def refuse_table(self, cells: int, text: int, due: int, where: Location) -> Finding | None:
        """Return why a table of so many `cells` and bytes of `text` is not laid out, or count it.

        `due` is what a file of its size may take without being counted.

        Examples:
            >>> room = Room()
            >>> room.refuse_table(5_000_000, 0, 0, Location()), room.refuse_table(0, 0, 0, Location())
            (None, None)
            >>> room.refuse_table(5_000_000, 0, 0, Location()).code
            'QH621'
        """
        needed = cells * limits.CELL_BYTES + text
        if needed - due > self.memory:
            return TOO_MUCH_ROOM.at(where, what=THE_TABLE, size=needed // _MEBI)
        self.take(needed - due)
        return None

    def take(self, memory: int) -> None:
        """Count `memory` that a file takes beyond its due."""
        self.memory -= max(0, memory)
