"""The first tables of schemes; versions only grow."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from quanheng.web.audit.append_only import append_only, no_longer


class Migration(migrations.Migration):
    """The first tables of schemes; versions only grow."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="KeptScheme",
            fields=[
                ("code", models.CharField(max_length=200, primary_key=True, serialize=False)),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="scheme_has_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("titles", models.JSONField(default=dict)),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("units", models.JSONField(default=list)),
                ("file", models.CharField(blank=True, max_length=150)),
                ("who", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="library.keptscheme",
                    ),
                ),
            ],
            options={
                "ordering": ["scheme", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "number"), name="version_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="version_from_1"),
                ],
            },
        ),
        migrations.RunPython(append_only("library_version"), no_longer("library_version")),
    ]
