"""What is stored of schemes; Django finds its models here."""

from __future__ import annotations

from quanheng.web.library.models.version import KeptScheme as KeptScheme
from quanheng.web.library.models.version import Version as Version
