"""The chain of the log: each entry's hash covers what it tells and the hash of the entry before it.

So a changed, missing or moved entry does not fit its neighbours, and can be found by anybody who has the
entries: no key is needed, and no trust in whoever keeps the database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, TypeAlias

from quanheng.findings.text import Text
from quanheng.findings.value import Value

Algorithm: TypeAlias = Literal["sha256", "sm3"]
ALGORITHMS: Final[tuple[Algorithm, ...]] = ("sha256", "sm3")
START: Final = ""
"""What stands for the hash before the first entry."""
FACTS: Final = (
    "chain",
    "number",
    "at",
    "who",
    "roles",
    "address",
    "action",
    "about",
    "before",
    "after",
    "outcome",
    "reasons",
    "algorithm",
)
"""What a hash covers, beside the hash before; a new fact needs a new name of the way of writing it down."""


class Link(Value):
    """An entry as the chain sees it: what it tells, the hash it names as the one before, and its own."""

    facts: Mapping[str, object]
    previous: str
    hash: str

    @property
    def chain(self) -> str:
        """The name of its chain."""
        return str(self.facts["chain"])

    @property
    def number(self) -> int:
        """Its number in the chain; the first is 1."""
        return int(str(self.facts["number"]))


class Fault(Value):
    """What is wrong with a chain, and at which entry."""

    chain: str
    number: int
    what: Text


def hash_of(facts: Mapping[str, object], previous: str) -> str:
    """Return the hash of an entry that tells `facts` and follows the one with the hash `previous`.

    Examples:
        >>> facts = dict.fromkeys(FACTS, "") | {"algorithm": "sha256"}
        >>> hash_of(facts, START)[:16] == hash_of(facts, "another")[:16]
        False
    """
    told = {name: facts[name] for name in FACTS}
    written = json.dumps([previous, told], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new(str(facts["algorithm"]), written.encode()).hexdigest()


def faults_of(links: Iterable[Link], heads: Mapping[str, tuple[int, str]]) -> Iterator[Fault]:
    """Yield what is wrong with the entries of one or more chains, each chain in the order it was stored.

    Args:
        links: the entries, those of a chain one after the other.
        heads: of each chain the number and the hash of its last entry, as kept elsewhere.
    """
    last: dict[str, tuple[int, str]] = {}
    for link in links:
        number, previous = last.get(link.chain, (0, START))
        if link.number != number + 1:
            yield Fault(chain=link.chain, number=link.number, what=_gap(number + 1, link.number))
        elif link.previous != previous:
            yield Fault(chain=link.chain, number=link.number, what=_DOES_NOT_FOLLOW)
        if not _fits(link):
            yield Fault(chain=link.chain, number=link.number, what=_CHANGED)
        last[link.chain] = (link.number, link.hash)
    for chain, head in heads.items():
        if last.get(chain, (0, START)) != head:
            yield Fault(chain=chain, number=head[0], what=_END_IS_MISSING)


_CHANGED: Final = Text(
    zh="内容与其校验值不符：记录被改动过", en="it does not have its hash: the entry was changed"
)
_DOES_NOT_FOLLOW: Final = Text(
    zh="与前一条记录接不上：前一条被替换，或次序被调整",
    en="it does not follow the entry before it: that was replaced, or the order was changed",
)
_END_IS_MISSING: Final = Text(
    zh="末尾记录与封存的校验值不符：末尾被删除或替换",
    en="its end is not the one that was kept: entries at the end were deleted or replaced",
)


def _gap(expected: int, found: int) -> Text:
    return Text(
        zh=f"应为第{expected}条，却是第{found}条：有记录缺失，或次序被调整",
        en=f"entry {expected} should stand here, not {found}: entries are missing, or out of order",
    )


def _fits(link: Link) -> bool:
    return link.facts["algorithm"] in ALGORITHMS and hash_of(link.facts, link.previous) == link.hash
