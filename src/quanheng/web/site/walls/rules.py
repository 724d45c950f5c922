"""Who sees which rows, as PostgreSQL asks it of each: the same rules as `visible_to`, in its own words.

A table that is asked within a rule has its own: what hangs on a figure is seen by whoever sees the figure.
What stands in `(SELECT …)` and hangs on no row is found once in a statement.
"""

from __future__ import annotations

from typing import Final

RULES: Final[dict[str, str]] = {
    "rounds_task": """
        (SELECT quanheng_is('reporter')) AND reporter_id = (SELECT quanheng_self())
        AND round_id IN (SELECT r.id FROM rounds_keptround r WHERE r.state <> 'draft')
    """,
    "rounds_cell": """
        round_id IN (SELECT r.id FROM rounds_keptround r WHERE r.state <> 'draft') AND (
            (item_id, unit_id) IN (SELECT t.item_id, t.unit_id FROM rounds_task t
                WHERE t.reporter_id = (SELECT quanheng_self()))
            OR state = 'accepted'
                AND ((SELECT quanheng_is('leader')) OR unit_id IN (SELECT quanheng_own_units()))
        )
    """,
    "rounds_change": """
        EXISTS (SELECT 1 FROM rounds_cell c
            WHERE c.item_id = rounds_change.item_id AND c.unit_id = rounds_change.unit_id)
    """,
    "rounds_question": """
        (item_id, unit_id) IN (SELECT t.item_id, t.unit_id FROM rounds_task t
            WHERE t.reporter_id = (SELECT quanheng_self()) AND t.state = 'given')
    """,
    "rounds_answer": "question_id IN (SELECT q.id FROM rounds_question q)",
    "rounds_evidence": """
        withdrawn_at IS NULL AND (
            EXISTS (SELECT 1 FROM rounds_cell c
                WHERE c.item_id = rounds_evidence.item_id AND c.unit_id = rounds_evidence.unit_id)
            OR (item_id, unit_id) IN (SELECT t.item_id, t.unit_id FROM rounds_task t
                WHERE t.reporter_id = (SELECT quanheng_self()) AND t.state = 'given')
        )
    """,
    "results_keptrun": """
        ((SELECT quanheng_is('leader')) OR (SELECT quanheng_is('unit')))
        AND id IN (SELECT quanheng_runs_that_count())
        AND round_id IN (SELECT r.id FROM rounds_keptround r
            WHERE r.state IN ('provisional', 'final', 'published') AND (
                (SELECT quanheng_is('leader'))
                OR r.id IN (SELECT t.round_id FROM rounds_task t
                    WHERE t.reporter_id = (SELECT quanheng_self()))
                OR r.id IN (SELECT u.round_id FROM rounds_askedunit u
                    WHERE u.id IN (SELECT quanheng_own_units()))
            ))
    """,
    "results_score": """
        run_id IN (SELECT k.id FROM results_keptrun k)
        AND ((SELECT quanheng_is('leader')) OR unit_id IN (SELECT quanheng_own_units()))
    """,
    "results_taken": """
        run_id IN (SELECT k.id FROM results_keptrun k)
        AND ((SELECT quanheng_is('leader')) OR change_id IN
            (SELECT c.id FROM rounds_change c WHERE c.unit_id IN (SELECT quanheng_own_units())))
    """,
    "results_keptpart": "false",
    "appeals_keptappeal": """
        unit_id IN (SELECT quanheng_own_units()) OR ((SELECT quanheng_is('leader')) AND decision <> '')
    """,
    "appeals_appealstep": "appeal_id IN (SELECT p.id FROM appeals_keptappeal p)",
    "appeals_appealevidence": "appeal_id IN (SELECT p.id FROM appeals_keptappeal p)",
    "publication_keptpublication": "false",
    "boards_word": """
        change_id IN (SELECT c.id FROM rounds_change c WHERE c.unit_id IN (SELECT quanheng_own_units()))
    """,
}
"""The rows of each table that others than the office see; the office sees all."""

FUNCTIONS: Final[dict[str, str]] = {
    "quanheng_self()": """
        RETURNS bigint LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
        SELECT id FROM people_account
        WHERE code = current_setting('quanheng.person', true) AND is_active
        $$
    """,
    "quanheng_is(role text)": """
        RETURNS boolean LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
        SELECT EXISTS (SELECT 1 FROM people_account
            WHERE code = current_setting('quanheng.person', true) AND is_active AND CASE role
                WHEN 'office' THEN as_office WHEN 'reporter' THEN as_reporter
                WHEN 'unit' THEN as_unit WHEN 'leader' THEN as_leader END)
        $$
    """,
    "quanheng_own_units()": """
        RETURNS SETOF bigint LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
        SELECT u.id FROM people_account a
        JOIN people_account_units o ON o.account_id = a.id
        JOIN rounds_askedunit u ON u.unit_id = o.unit_id
        WHERE a.code = current_setting('quanheng.person', true) AND a.is_active AND a.as_unit
        $$
    """,
    # Asked as a whole, and only there: a rule cannot ask its own table.
    "quanheng_runs_that_count()": """
        RETURNS SETOF bigint LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
        DECLARE before text := coalesce(current_setting('quanheng.whole', true), '');
        BEGIN
            PERFORM set_config('quanheng.whole', 'on', true);
            RETURN QUERY SELECT DISTINCT ON (round_id) id FROM results_keptrun
                WHERE state = 'ended' AND NOT is_preview ORDER BY round_id, number DESC;
            PERFORM set_config('quanheng.whole', before, true);
        END
        $$
    """,
}
"""What rules ask: who reads, with which role, for which units as they stand in rounds; the last good runs."""
