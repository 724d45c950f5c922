"""The documents beside a result: which they are, and whether they are of this result or an earlier one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from quanheng.data.files.hashes import digest_of
from quanheng.data.telling.names import shown
from quanheng.documents.tables.record import DOCUMENTS, FILES
from quanheng.findings.finding import Finding, Kind, Location

RECORD: Final = "documents.json"
"""Which result the documents of a folder were made of, and the hash of each."""
RESULT: Final = "result"
"""The key under which the hash of that result stands …"""
FIGURES: Final = "figures"
"""… and that over its figures: in another language, or by another program, they may be the same."""
_TABLES: Final = ("scores.csv", "tiers.csv", "awards.csv", "weights.csv", "reviews.csv")
_MOST_BYTES: Final = 10_000_000
_NAMED: Final = 5

OUTDATED: Final = Kind(
    code="QH850",
    severity="warning",
    en="documents beside the result are of an earlier one: {names}",
    zh="结果旁的文书依据的是较早的结果：{names}",
    hint_en="make them anew with 'quanheng report', or remove them; do not hand them out as they are",
    hint_zh="请用 quanheng report 重新生成，或删除；不要照原样印发",
)


def known_papers(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return what the record in the folder of documents says of each; nothing if there is none to be read."""
    file = folder / RECORD
    try:
        if file.stat().st_size > _MOST_BYTES:
            return {}
        record = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    known = record.get("documents") if isinstance(record, dict) else None
    return {n: t for n, t in known.items() if isinstance(t, dict)} if isinstance(known, dict) else {}


def figures_of(record: Mapping[str, Any]) -> str:
    """Return the hash over the figures of the result that `record` identifies, whatever language it is in."""
    files = record.get(FILES)
    known = files if isinstance(files, dict) else {}
    return digest_of(json.dumps([known.get(name) for name in _TABLES]).encode())


def outdated_papers(folder: Path, record: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield that documents beside the result in `folder`, which `record` identifies, have other figures."""
    papers, figures = folder / DOCUMENTS, figures_of(record)
    old = sorted(
        name
        for name, told in known_papers(papers).items()
        if told.get(FIGURES) != figures and Path(name).name == name and (papers / name).is_file()
    )
    if old:
        more = f", … ({len(old)})" if len(old) > _NAMED else ""
        yield OUTDATED.at(Location(file=DOCUMENTS), names=f"{', '.join(map(shown, old[:_NAMED]))}{more}")
