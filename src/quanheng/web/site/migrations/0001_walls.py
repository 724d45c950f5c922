"""The second wall around figures and what hangs on them, where the site is kept in PostgreSQL."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from quanheng.web.site.walls.policies import no_walls, walls

_TABLES = (
    "rounds_task",
    "rounds_cell",
    "rounds_change",
    "rounds_question",
    "rounds_answer",
    "rounds_evidence",
    "results_keptrun",
    "results_score",
    "results_taken",
    "results_keptpart",
    "appeals_keptappeal",
    "appeals_appealstep",
    "appeals_appealevidence",
    "publication_keptpublication",
    "boards_word",
)


class Migration(migrations.Migration):
    """It changes no row."""

    dependencies: ClassVar = [
        ("people", "0002_responsibility"),
        ("rounds", "0004_evidence"),
        ("results", "0003_figures_mark"),
        ("appeals", "0001_initial"),
        ("publication", "0001_initial"),
        ("boards", "0001_initial"),
    ]
    operations: ClassVar = [migrations.RunPython(walls(*_TABLES), no_walls(*_TABLES))]
