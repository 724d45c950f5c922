"""Compare the results of two checkouts on the same books: for changes that must not change a single one.

    python -m tools.compare_results OTHER_CHECKOUT [BOOKS …]           this checkout beside another one
    python -m tools.compare_results --keep FOLDER [BOOKS …]            keep what this checkout gives
    python -m tools.compare_results --against FOLDER [BOOKS …]         this checkout beside what was kept

BOOKS are books or folders in which books lie; without any, all example books. Of each book the scheme's
round and, if it has reviews, each quarter's review is scored. Compared are ranking, scores, tiers, awards,
weights and the trace, as text with twelve digits, and word for word, in both languages, the findings and the
explanations of the first units. It only uses `import quanheng`, so that the two may be built as differently
as they like.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

import quanheng as qh

ROOT: Final = Path(__file__).resolve().parent.parent
TABLES: Final = ("ranking", "scores", "tiers", "awards", "weights", "trace")
EXPLAINED: Final = 2
"""So many units of a ranking are explained, in each language."""


def books_in(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Yield each book at or below `paths`, with the name its results are kept by."""
    for path in paths:
        schemes = sorted(path.rglob("scheme.yaml")) if path.is_dir() else []
        for scheme in schemes:
            book = scheme.parent
            shelf = path.parent if book == path else path  # a book has one name, alone and among others
            yield "-".join(book.relative_to(shelf.parent).parts), book


def keep(paths: Sequence[Path], folder: Path) -> None:
    """Write what this checkout gives for each book into a folder of its own below `folder`."""
    for name, book in books_in(paths):
        try:
            loaded = qh.load(book)
        except qh.FindingsError as error:
            _write(folder / name, "refused.txt", str(error))
            continue
        for round_ in _rounds(loaded):
            target = folder / name / (round_ or "round")
            try:
                _keep_result(qh.score(loaded, round=round_), target)
            except qh.FindingsError as error:
                _write(target, "refused.txt", str(error))


def differences(ours: Path, theirs: Path) -> Iterator[str]:
    """Yield each file below the two folders that is not the same in both."""
    names = {path.relative_to(root) for root in (ours, theirs) for path in root.rglob("*") if path.is_file()}
    for name in sorted(names):
        if not (ours / name).is_file() or not (theirs / name).is_file():
            yield f"{name}: only in {'theirs' if (theirs / name).is_file() else 'ours'}"
        elif not filecmp.cmp(ours / name, theirs / name, shallow=False):
            yield f"{name}: differs, {_first_difference(ours / name, theirs / name)}"


def main() -> int:
    """Return 1 if anything differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--against", type=Path, metavar="FOLDER")
    parser.add_argument("paths", nargs="*", type=Path)
    given = parser.parse_args()
    other = given.paths.pop(0) if given.keep is None and given.against is None and given.paths else None
    books = [path.resolve() for path in given.paths] or [ROOT / "books"]
    if given.keep is not None:
        keep(books, given.keep)
        return 0
    with tempfile.TemporaryDirectory() as made:
        ours, theirs = Path(made) / "ours", given.against
        keep(books, ours)
        if other is not None:
            theirs = Path(made) / "theirs"
            _keep_of(other.resolve(), books, theirs)
        if theirs is None:
            parser.error("name another checkout, or --keep or --against a folder")
        kept = {path.name for path in ours.iterdir()}
        found = [line for name in sorted(kept) for line in differences(ours / name, theirs / name)]
        files = sum(1 for path in ours.rglob("*") if path.is_file())
    for line in found:
        print(line)
    print(f"compared results: {files} files of {len(kept)} books, {len(found) or 'no'} differences")
    return 1 if found else 0


def _rounds(book: qh.Book) -> Iterator[str | None]:
    yield None
    reviews = book.scheme.reviews
    if reviews is not None and str(book.scheme.round).isdigit():
        yield from (f"{book.scheme.round}-Q{quarter}" for quarter in (1, 2, 3, 4))


def _keep_result(result: qh.Result, target: Path) -> None:
    target.mkdir(parents=True)
    for name in TABLES:
        table = getattr(result, name).lazy().to_native().collect()
        floats = pl.selectors.float()
        text = table.with_columns(floats.round_sig_figs(12)).select(pl.all().cast(pl.String))
        text.sort(pl.all(), nulls_last=True).write_csv(target / f"{name}.csv")
    for language in ("en", "zh"):
        lines = sorted("|".join(finding.as_record(language).values()) for finding in result.findings)
        _write(target, f"findings.{language}.txt", "\n".join(lines))
        units = result.ranking["unit"].to_list()[:EXPLAINED]
        _write(
            target, f"explained.{language}.txt", "\n".join(result.explain(u).text(language) for u in units)
        )


def _keep_of(checkout: Path, books: Sequence[Path], folder: Path) -> None:
    """Let another checkout keep its results: this script, the other program."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(checkout / "src"), str(ROOT)])}
    command = [sys.executable, "-m", "tools.compare_results", "--keep", str(folder), *map(str, books)]
    subprocess.run(command, env=environment, check=True)


def _write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def _first_difference(ours: Path, theirs: Path) -> str:
    pairs = zip(ours.read_text("utf-8").splitlines(), theirs.read_text("utf-8").splitlines(), strict=False)
    for number, (our, their) in enumerate(pairs, start=1):
        if our != their:
            return f"line {number}: {our!r}, before {their!r}"
    return "one is longer"


if __name__ == "__main__":
    sys.exit(main())
