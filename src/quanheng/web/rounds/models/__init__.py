"""What is stored of rounds; Django finds its models here."""

from __future__ import annotations

from quanheng.web.rounds.models.assignment import Task as Task
from quanheng.web.rounds.models.evidence import Evidence as Evidence
from quanheng.web.rounds.models.question import Answer as Answer
from quanheng.web.rounds.models.question import Question as Question
from quanheng.web.rounds.models.round import AskedItem as AskedItem
from quanheng.web.rounds.models.round import AskedUnit as AskedUnit
from quanheng.web.rounds.models.round import KeptRound as KeptRound
from quanheng.web.rounds.models.value import Cell as Cell
from quanheng.web.rounds.models.value import Change as Change
from quanheng.web.rounds.models.value import SentForm as SentForm
