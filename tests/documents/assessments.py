"""Small books as a scheme author writes them, scored by the engine, for the tests of documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A book as the texts of its files."""

    name: str
    scheme: str
    data: str
    units: str = ""
    targets: str = ""
    adjustments: str = ""
    ledgers: tuple[tuple[str, str], ...] = ()

    def written(self, folder: Path) -> Path:
        """Write the files into `folder` and return the folder of the book."""
        book = folder / self.name
        (book / "data").mkdir(parents=True)
        files = {
            "scheme.yaml": f"quanheng: 1\nid: {self.name}\ntitle: {self.name}\nround: 2023\n{self.scheme}",
            "units.csv": self.units or _units_in(self.data),
            "data/figures.csv": self.data,
            "targets.csv": self.targets,
            "adjustments.csv": self.adjustments,
            **{f"ledgers/{name}.csv": text for name, text in self.ledgers},
        }
        for name, text in files.items():
            if text:
                path = book / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
        return book

    def loaded(self, folder: Path) -> Book:
        """Return the book."""
        return load(self.written(folder))

    def scored(self, folder: Path) -> Result:
        """Return the engine's result."""
        return score(self.loaded(folder))


def _units_in(data: str) -> str:
    units = dict.fromkeys(line.split(",")[0] for line in data.strip().splitlines()[1:])
    return "unit,name\n" + "".join(f"{unit},unit {unit}\n" for unit in units)
