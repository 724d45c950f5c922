"""The second wall: rules of rows in PostgreSQL, laid by a migration that names the tables.

`migrations.RunPython(walls("rounds_cell"), no_walls("rounds_cell"))`. SQLite has no such rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from quanheng.web.site.walls.rules import FUNCTIONS, RULES

Change = Callable[[Apps, BaseDatabaseSchemaEditor], None]

_TAKEN: Final = (
    "DROP POLICY IF EXISTS quanheng_whole ON {table}",
    "DROP POLICY IF EXISTS quanheng_person ON {table}",
)
_LAID: Final = (
    """
    CREATE POLICY quanheng_whole ON {table}
    USING ((SELECT current_setting('quanheng.whole', true) = 'on'))
    WITH CHECK ((SELECT current_setting('quanheng.whole', true) = 'on'))
    """,
    "CREATE POLICY quanheng_person ON {table} FOR SELECT USING ((SELECT quanheng_is('office')) OR ({rule}))",
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",  # also for the role that owns it: the site's own
)
_GONE: Final = (
    "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
)


def walls(*tables: str) -> Change:
    """Return the change that lays the rules of `tables`, or lays them anew."""

    def change(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        for name, body in FUNCTIONS.items():
            editor.execute(f"CREATE OR REPLACE FUNCTION {name} {body}")
        for table in tables:
            for statement in (*_TAKEN, *_LAID):
                editor.execute(statement.format(table=table, rule=RULES[table]))

    return change


def no_walls(*tables: str) -> Change:
    """Return the change that takes them away."""

    def change(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        for table in tables:
            for statement in (*_TAKEN, *_GONE):
                editor.execute(statement.format(table=table))

    return change
