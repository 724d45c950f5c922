"""Triggers that let rows of a table be added and nothing else, on SQLite and on PostgreSQL.

A migration names its tables: `migrations.RunPython(append_only("audit_entry"), no_longer("audit_entry"))`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Change = Callable[[Apps, BaseDatabaseSchemaEditor], None]

_SQLITE: Final = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} only grows'); END
"""
_POSTGRESQL: Final = (
    """
    CREATE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{table} only grows'; END $$
    """,
    """
    CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()
    """,
)


def append_only(*tables: str) -> Change:
    """Return the change that makes `tables` grow only."""

    def change(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            if editor.connection.vendor == "postgresql":
                for statement in _POSTGRESQL:
                    editor.execute(statement.format(table=table))
            else:
                for event in ("update", "delete"):
                    editor.execute(_SQLITE.format(table=table, event=event))

    return change


def no_longer(*tables: str) -> Change:
    """Return the change that takes it back."""

    def change(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            if editor.connection.vendor == "postgresql":
                editor.execute(f"DROP FUNCTION {table}_only_grows() CASCADE")
            else:
                for event in ("update", "delete"):
                    editor.execute(f"DROP TRIGGER {table}_no_{event}")

    return change
