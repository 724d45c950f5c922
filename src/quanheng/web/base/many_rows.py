"""Writing thousands of rows at once: one statement for all of them, each column prepared by its own kind.

Django's `bulk_create` makes an object of each row and puts a statement together for every few hundred
values, which takes most of the time in which a large table is saved.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from django.db import connection, models


def write_rows(
    model: type[models.Model], columns: Mapping[str, Sequence[Hashable]], *, unique: tuple[str, ...] = ()
) -> None:
    """Add rows to the table of `model`, or let them take the place of those that have the same `unique`.

    Args:
        model: what the rows are; its columns hold plain kinds of values.
        columns: the values of each column by the name of its field, all of one length. A column that is not
            among them has its default in a row that is new, and stays as it is in one that is replaced.
        unique: the columns by which a row is known, if one that is there already is replaced.

    Raises:
        KeyError: there is no such column.
        ValueError: the columns are not of one length.
    """
    about = model._meta  # noqa: SLF001  Django documents it as the way to a model's columns
    fields: dict[str, models.Field[Any, Any]] = {field.name: field for field in about.concrete_fields}
    lengths = {len(values) for values in columns.values()}
    if len(lengths) != 1:
        raise ValueError("the columns are not of one length")
    if lengths == {0}:
        return
    absent = [name for name, field in fields.items() if name not in columns and not field.primary_key]
    quoted = {name: connection.ops.quote_name(field.column) for name, field in fields.items()}
    written = [quoted[name] for name in chain(columns, absent)]
    words = ["INSERT INTO", connection.ops.quote_name(about.db_table), _listed(written)]
    words += ["VALUES", _listed(["%s"] * len(written))]
    if unique:
        replaced = [f"{quoted[name]} = excluded.{quoted[name]}" for name in columns if name not in unique]
        words += ["ON CONFLICT", _listed([quoted[name] for name in unique])]
        words += ["DO UPDATE SET", ", ".join(replaced)]
    given = [_prepared(fields[name], values) for name, values in columns.items()]
    defaults = [
        repeat(fields[name].get_db_prep_save(fields[name].get_default(), connection)) for name in absent
    ]
    with connection.cursor() as cursor:
        cursor.executemany(" ".join(words), list(zip(*given, *defaults, strict=False)))


def _prepared(field: models.Field[Any, Any], values: Sequence[Hashable]) -> list[object]:
    """Return `values` as the database takes them; most columns have few different ones."""
    known = {value: field.get_db_prep_save(value, connection) for value in dict.fromkeys(values)}
    return [known[value] for value in values]


def _listed(words: Sequence[str]) -> str:
    return f"({', '.join(words)})"
