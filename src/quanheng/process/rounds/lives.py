"""All things of a round that have a life, in the order in which they come to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from quanheng.process.rounds.appeal import APPEAL
from quanheng.process.rounds.assignment import ASSIGNMENT
from quanheng.process.rounds.life import Life
from quanheng.process.rounds.publication import PUBLICATION
from quanheng.process.rounds.reported import REPORTED
from quanheng.process.rounds.round import ROUND
from quanheng.process.rounds.run import RUN

LIVES: Final[Mapping[str, Life]] = {
    "round": ROUND,
    "assignment": ASSIGNMENT,
    "value": REPORTED,
    "run": RUN,
    "appeal": APPEAL,
    "publication": PUBLICATION,
}
"""The life of each thing by its name."""
