"""The small file that freezes a round: what was published, by whom, when, and the hash of each file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from quanheng.data.files.hashes import hash_of
from quanheng.findings.patterns import bounded
from quanheng.findings.value import Value
from quanheng.findings.visible import json_text
from quanheng.scheme.files.ordinary import read_ordinary

PUBLICATION: Final = "published.json"
_MOST_BYTES: Final = 1_000_000
_DIGEST: Final = bounded(r"[0-9a-f]{64}")


class Publication(Value):
    """What was published of a `round`: `on` a day, `by` somebody, and the digest of each of its `files`.

    `number` counts from 1; a later one says the `reason` why it replaces the earlier one, which `replaces`
    names by its seal.
    """

    round: str
    on: dt.date
    by: str
    files: Mapping[str, str]
    number: int = 1
    reason: str | None = None
    replaces: str | None = None

    @property
    def seal(self) -> str:
        """Sixteen characters that stand for all of it: to be written into minutes and bulletins."""
        said = (self.round, self.on.isoformat(), self.by, str(self.number), self.reason, self.replaces)
        return hash_of({**self.files, "\n": json.dumps(said, ensure_ascii=False)})[:16]


def text_of(publication: Publication) -> str:
    """Return the text of the file that says `publication`."""
    record = {
        "round": publication.round,
        "on": publication.on.isoformat(),
        "by": publication.by,
        "number": publication.number,
        "reason": publication.reason,
        "replaces": publication.replaces,
        "seal": publication.seal,
        "files": dict(sorted(publication.files.items())),
    }
    return json_text(record) + "\n"


def read_publication(path: Path) -> Publication | None:
    """Return what the file at `path` says; None if it says it otherwise than `text_of`, or was changed."""
    try:
        record = json.loads(read_ordinary(path, _MOST_BYTES).decode())
        publication = Publication(
            round=_text(record["round"]),
            on=dt.date.fromisoformat(_text(record["on"])),
            by=_text(record["by"]),
            files={_text(name): _digest(digest) for name, digest in record["files"].items()},
            number=int(record["number"]),
            reason=None if record["reason"] is None else _text(record["reason"]),
            replaces=None if record["replaces"] is None else _text(record["replaces"]),
        )
    except (OSError, ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None
    return publication if record.get("seal") == publication.seal else None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _digest(value: object) -> str:
    if _DIGEST.fullmatch(_text(value)) is None:
        raise ValueError(value)
    return str(value)
