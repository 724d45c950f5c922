"""What is stored of boards; Django finds its models here."""

from __future__ import annotations

from quanheng.web.boards.models.word import Word as Word
