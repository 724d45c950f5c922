"""Seals: the ends of all chains on a day, in a file that can be kept where the site cannot write.

Whoever replaced the whole log, hashes and all, cannot replace a seal that was printed, sent or copied away.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from quanheng.findings.value import Value

Heads = Mapping[str, tuple[int, str]]


class Seal(Value):
    """The ends of all chains at a moment, and one hash over them."""

    at: str
    heads: Heads
    root: str


def root_of(heads: Heads) -> str:
    """Return the hash over the ends of all chains.

    Examples:
        >>> root_of({"site": (1, "ab")}) == root_of({"site": (1, "ac")})
        False
    """
    told = json.dumps(sorted((chain, *head) for chain, head in heads.items()), ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def write_seal(folder: Path, heads: Heads, *, at: dt.datetime) -> Path | None:
    """Write the seal of the day of `at`, unless there is one; return its file, None if there was."""
    file = folder / f"{at:%Y-%m-%d}.json"
    if file.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "at": at.isoformat(timespec="seconds"),
        "root": root_of(heads),
        "heads": {chain: {"number": number, "hash": digest} for chain, (number, digest) in heads.items()},
    }
    beside = folder / f".{file.name}-{os.getpid()}"
    with beside.open("w", encoding="utf-8") as written:
        written.write(json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n")
        written.flush()
        os.fsync(written.fileno())
    beside.replace(file)
    return file


def read_seal(file: Path) -> Seal | None:
    """Return the seal of `file`; None if it is none."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        heads = {
            str(chain): (int(head["number"]), str(head["hash"])) for chain, head in told["heads"].items()
        }
        return Seal(at=str(told["at"]), heads=heads, root=str(told["root"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
