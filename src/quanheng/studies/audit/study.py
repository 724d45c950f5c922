"""The audit of a scheme on its data: whether it measures what it means to, and what it makes worth doing."""

from __future__ import annotations

from typing import Final

import numpy as np

from quanheng.data.book.book import Book
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text
from quanheng.studies.audit.audited import audited
from quanheng.studies.audit.pool import pools_of
from quanheng.studies.audit.problems import problems_of
from quanheng.studies.audit.settings import AuditForm
from quanheng.studies.audit.told.charts import charts_of
from quanheng.studies.audit.told.incentives import incentive_tables
from quanheng.studies.audit.told.indicators import indicator_tables
from quanheng.studies.audit.told.influences import influence_tables
from quanheng.studies.audit.told.notes import notes_on
from quanheng.studies.audit.told.relations import relation_tables
from quanheng.studies.audit.told.sentences import problem_table, sentences_of
from quanheng.studies.study import Study
from quanheng.studies.variants.edits import node_called

FORM: Final = AuditForm


def run(book: Book, settings: AuditForm) -> Study:
    """Return the audit of the scheme of `book` on its data.

    Raises:
        FindingsError: the book cannot be scored.
        UsageError: the settings name what the scheme does not have, or there is no unit.
    """
    return audit_of(score(book), settings)


def audit_of(result: Result, settings: AuditForm) -> Study:
    """Return the audit of a result: its figures, points and scores, group by group.

    Raises:
        UsageError: the settings name what the scheme does not have, or there is no unit.
    """
    intended = {node_called(result.scheme, code).code: share for code, share in settings.intended.items()}
    settings = settings.model_copy(update={"intended": intended})
    pools = pools_of(result)
    if not pools:
        raise UsageError("there is no unit to audit the scheme on", "没有可供审视方案的单位")
    groups = [
        audited(pool, settings, random=np.random.default_rng((settings.seed, place)))
        for place, pool in enumerate(pools)
    ]
    problems = [problem for found in groups for problem in problems_of(found, settings)]
    return Study(
        name="audit",
        title=Text(en="Audit of the scheme on its data", zh="方案审视"),
        settings=settings,
        sentences=sentences_of(groups, problems),
        tables=(
            problem_table(problems),
            *influence_tables(groups),
            *indicator_tables(groups),
            *relation_tables(groups),
            *incentive_tables(groups, settings.little),
        ),
        charts=charts_of(groups, settings),
        findings=tuple(finding for found in groups for finding in notes_on(found, settings)),
    )
