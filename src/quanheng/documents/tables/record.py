"""`result.json`: what this is the result of, the hash of every file beside it, and one over itself.

A signature, if somebody signs the result, is of the same text as that hash, and is no part of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from quanheng.data.files.hashes import digest_of
from quanheng.findings.visible import json_text

IDENTITY: Final = "result.json"
FILES: Final = "files"
"""The key under which the hash of each file of the result stands, by its name."""
HASH: Final = "hash"
SIGNATURE: Final = "signature"
DOCUMENTS: Final = "documents"
"""The folder beside the files of a result in which the documents made of it lie."""
STUDIES: Final = "studies"
"""The folder beside them in which studies of it may lie."""
COMPANIONS: Final = frozenset({DOCUMENTS, STUDIES})
"""Folders that are no part of a result, and are known."""


def sealed(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return `record` with the hash over all that it says.

    Examples:
        >>> record = sealed({"round": "2023"})
        >>> record["hash"] == own_hash(record), record["hash"] == own_hash({**record, "round": "2022"})
        (True, False)
    """
    return {**record, HASH: own_hash(record)}


def own_hash(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 over what `record` says, but for its hash and signature."""
    return digest_of(said(record))


def said(record: Mapping[str, Any]) -> bytes:
    """Return what is hashed and signed: all keys but those two, in order, without blanks, as UTF-8."""
    own = {key: value for key, value in record.items() if key not in (HASH, SIGNATURE)}
    text = json.dumps(own, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def text_of(record: Mapping[str, Any]) -> str:
    """Return the text of the file that says `record`."""
    return json_text(record, sort_keys=True) + "\n"
