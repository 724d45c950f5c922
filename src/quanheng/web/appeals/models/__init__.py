"""What is stored of appeals; Django finds its models here."""

from __future__ import annotations

from quanheng.web.appeals.models.appeal import AppealStep as AppealStep
from quanheng.web.appeals.models.appeal import KeptAppeal as KeptAppeal
from quanheng.web.appeals.models.evidence import AppealEvidence as AppealEvidence
