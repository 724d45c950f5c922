"""Parts of a round's book beside its figures."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from quanheng.web.audit.append_only import append_only, no_longer

_RUNS = "results_keptrun"


class Migration(migrations.Migration):
    """Parts of a round's book beside its figures."""

    dependencies = [
        ("results", "0001_initial"),
        ("rounds", "0004_evidence"),
    ]

    # SQLite makes a table anew to add a column, and forgets its triggers.
    operations = [
        migrations.RunPython(no_longer(_RUNS), append_only(_RUNS)),
        migrations.AddField(
            model_name="keptrun",
            name="parts_mark",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.CreateModel(
            name="KeptPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("who", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("withdrawn_by", models.CharField(blank=True, max_length=64)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("path", models.CharField(max_length=150)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="rounds.keptround",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.RunPython(append_only(_RUNS), no_longer(_RUNS)),
    ]
