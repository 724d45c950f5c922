"""Checking the log: its chains, and whether it still is the log that was sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from quanheng.findings.finding import Finding, Location
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.web.audit.findings import BROKEN, NO_SEAL, SEAL_BROKEN
from quanheng.web.audit.links import faults_of
from quanheng.web.audit.models import Entry, Head
from quanheng.web.audit.seals import Seal, read_seal, root_of

_AT_A_TIME: Final = 2000


class Verified(Value):
    """What a check of the log found, over how many entries, chains and seals."""

    entries: int
    chains: int
    seals: int
    findings: tuple[Finding, ...]


def verify_log(*folders: Path) -> Verified:
    """Check every entry of every chain, and the log against the seals in `folders`."""
    heads = ends_of_chains()
    findings = [
        BROKEN.at(chain=fault.chain, number=fault.number, what=fault.what)
        for fault in faults_of((entry.as_link() for entry in _entries_as_stored()), heads)
    ]
    files = sorted({file.resolve() for folder in folders for file in folder.glob("*.json")})
    for file in files:
        findings.extend(_faults_of_seal(file))
    if not files and heads:
        findings.append(NO_SEAL.at())
    count = Entry.objects.for_the_program().count()
    return Verified(entries=count, chains=len(heads), seals=len(files), findings=tuple(findings))


def ends_of_chains() -> Mapping[str, tuple[int, str]]:
    """Return of each chain the number and the hash of its last entry, as kept beside the entries."""
    return {head.chain: (head.number, head.hash) for head in Head.objects.for_the_program().order_by("chain")}


def _entries_as_stored() -> Iterator[Entry]:
    """Yield the entries chain by chain, in the order they were stored."""
    yield from Entry.objects.for_the_program().order_by("chain", "id").iterator(chunk_size=_AT_A_TIME)


def _faults_of_seal(file: Path) -> Iterator[Finding]:
    here = Location(file=str(file))
    seal = read_seal(file)
    if seal is None:
        yield SEAL_BROKEN.at(here, what=Text(zh="文件无法读取", en="the file cannot be read"))
        return
    if seal.root != root_of(seal.heads):
        yield SEAL_BROKEN.at(
            here, what=Text(zh="文件内容与其根值不符", en="the file does not fit its own root")
        )
    for chain, number, digest in _differing(seal):
        said = Text(
            zh=f"日志链“{chain}”第{number}条的校验值应为 {digest}",
            en=f"entry {number} of chain {chain!r} should have the hash {digest}",
        )
        yield SEAL_BROKEN.at(here, what=said)


def _differing(seal: Seal) -> Iterator[tuple[str, int, str]]:
    for chain, (number, digest) in seal.heads.items():
        found = Entry.objects.for_the_program().filter(chain=chain, number=number).first()
        if found is None or found.hash != digest:
            yield chain, number, digest
