"""Every command that writes, on small books: what is there before, and what is asked."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.usecase.ledger_books import write

from quanheng.data.writing.writing import Writing
from quanheng.usecase.books.convert import convert
from quanheng.usecase.books.new import new_book
from quanheng.usecase.ledgers.import_ import import_records
from quanheng.usecase.results.assess import assess
from quanheng.usecase.results.publish import publish
from quanheng.usecase.year.progress import draw, watch

_ON: Final = dt.date(2023, 3, 1)
_ARRIVING: Final = (
    "ticket,handled_by,officer,received_on,state\n003,T2,孙,2023-02-05,办理\n004,T1,周,2023-02-07,受理\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What `lay` puts into a folder, and the `tokens` of the command that is run there.

    `next_command` writes to the same place, and so has to tidy up what was left.
    """

    name: str
    lay: Callable[[Path], None]
    tokens: tuple[str, ...]
    next_command: tuple[str, ...] = ("schema", "book/schema.json")


def _book(folder: Path) -> None:
    write(folder)
    (folder / "arriving.csv").write_text(_ARRIVING, encoding="utf-8")


def _scored(folder: Path) -> None:
    _book(folder)
    assess(folder / "book")
    (folder / "book/results/2023/notes.txt").write_text("ours\n", encoding="utf-8")
    units = folder / "book/units.csv"
    units.write_text(units.read_text(encoding="utf-8").replace("乙镇", "丙镇"), encoding="utf-8")


def _imported(folder: Path) -> None:
    _book(folder)
    arriving = folder / "first.csv"
    arriving.write_text("ticket,officer\n001,赵\n", encoding="utf-8")
    import_records(folder / "book", "requests", arriving, on=_ON)


def _without_ledger(folder: Path) -> None:
    write(folder, {"ledgers/requests.csv": None})
    first, _, last = _ARRIVING.splitlines()
    (folder / "arriving.csv").write_text(f"{first}\n{last}\n", encoding="utf-8")


def _workbook(folder: Path) -> None:
    _book(folder)
    convert(folder / "book", folder / "book.xlsx", language="zh")
    shutil.rmtree(folder / "book")


def _scorable(folder: Path) -> None:
    _book(folder)
    assess(folder / "book", workbook=False)


def _published(folder: Path) -> None:
    _scorable(folder)
    publish(folder / "book", on=_ON, by="office")
    units = folder / "book/units.csv"
    units.write_text(units.read_text(encoding="utf-8").replace("乙镇", "丙镇"), encoding="utf-8")
    assess(folder / "book", workbook=False)
    (folder / "book/history/2023/signed.txt").write_text("ours\n", encoding="utf-8")


def _workbook_scored(folder: Path) -> None:
    _workbook(folder)
    assess(folder / "book.xlsx", workbook=False)


def _workbook_published(folder: Path) -> None:
    _workbook_scored(folder)
    publish(folder / "book.xlsx", on=_ON, by="office")


def _signable(folder: Path) -> None:
    _scorable(folder)
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(text)


def _watched(folder: Path) -> None:
    new_book(folder / "book", language="en")


def _watched_again(folder: Path) -> None:
    _watched(folder)
    watched = watch(folder / "book", at="2024-03", language="en")
    draw(watched, folder / "book/p.svg", language="zh", writing=Writing())


def _nothing(folder: Path) -> None:
    del folder


_IMPORT: Final = ("ledgers", "import", "book", "requests", "arriving.csv", "--on", "2023-03-02")
_PUBLISH: Final = ("publish", "book", "--by", "office", "--on", "2023-03-02")
_IN_WORKBOOK: Final = ("new", "other.xlsx")
CASES: Final = (
    Case(name="score first", lay=_book, tokens=("score", "book", "--no-workbook")),
    Case(name="score again", lay=_scored, tokens=("score", "book", "--no-workbook")),
    Case(
        name="score out",
        lay=_book,
        tokens=("score", "book", "--out", "result", "--no-workbook"),
        next_command=("schema", "schema.json"),
    ),
    Case(name="import", lay=_book, tokens=_IMPORT),
    Case(name="import again", lay=_imported, tokens=_IMPORT),
    Case(name="import first", lay=_without_ledger, tokens=_IMPORT),
    Case(
        name="import workbook",
        lay=_workbook,
        tokens=("ledgers", "import", "book.xlsx", "requests", "arriving.csv", "--on", "2023-03-02"),
        next_command=_IN_WORKBOOK,
    ),
    Case(name="publish", lay=_scorable, tokens=_PUBLISH),
    Case(name="publish again", lay=_published, tokens=(*_PUBLISH, "--reason", "corrected")),
    Case(
        name="publish workbook",
        lay=_workbook_scored,
        tokens=("publish", "book.xlsx", *_PUBLISH[2:]),
        next_command=_IN_WORKBOOK,
    ),
    Case(
        name="publish workbook again",
        lay=_workbook_published,
        tokens=("publish", "book.xlsx", *_PUBLISH[2:], "--reason", "corrected"),
        next_command=_IN_WORKBOOK,
    ),
    Case(name="sign", lay=_signable, tokens=("sign", "book/results/2023", "--key", "key.pem")),
    Case(
        name="split",
        lay=_watched,
        tokens=("targets", "split", "book", "--every", "quarter", "--out", "book/targets.csv"),
    ),
    Case(name="new", lay=_nothing, tokens=("new", "book"), next_command=("schema", "schema.json")),
    Case(
        name="new workbook",
        lay=_nothing,
        tokens=("new", "book.xlsx"),
        next_command=("schema", "schema.json"),
    ),
    Case(
        name="convert folder",
        lay=_book,
        tokens=("convert", "book", "book.xlsx"),
        next_command=("schema", "schema.json"),
    ),
    Case(
        name="convert workbook",
        lay=_workbook,
        tokens=("convert", "book.xlsx", "folder"),
        next_command=("schema", "schema.json"),
    ),
    Case(
        name="progress",
        lay=_watched_again,
        tokens=("progress", "book", "--at", "2024-06", "--svg", "book/p.svg"),
    ),
    Case(
        name="list",
        lay=_book,
        tokens=("ledgers", "list", "book", "requests", "--on", "2023-03-01", "--csv", "book/list.csv"),
    ),
    Case(name="schema", lay=_nothing, tokens=("schema", "s.json"), next_command=("schema", "schema.json")),
)
