"""What is stored of results; Django finds its models here."""

from __future__ import annotations

from quanheng.web.results.models.part import KeptPart as KeptPart
from quanheng.web.results.models.run import KeptRun as KeptRun
from quanheng.web.results.models.score import Score as Score
from quanheng.web.results.models.taken import Taken as Taken
