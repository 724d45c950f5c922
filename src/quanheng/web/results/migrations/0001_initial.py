"""Runs of the score, what they took and what came of it; they only grow."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from quanheng.web.audit.append_only import append_only, no_longer

_TABLES = ("results_keptrun", "results_taken", "results_score")


class Migration(migrations.Migration):
    """Runs of the score, what they took and what came of it; they only grow."""

    initial = True

    dependencies = [
        ("jobs", "0001_initial"),
        ("library", "0001_initial"),
        ("rounds", "0002_values"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("state", models.CharField(max_length=20)),
                ("is_preview", models.BooleanField(default=False)),
                ("asked_by", models.CharField(max_length=64)),
                ("read_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("folder", models.CharField(max_length=80)),
                ("files", models.JSONField(default=dict)),
                ("findings", models.JSONField(default=list)),
                ("seal", models.CharField(max_length=64)),
                ("figures", models.PositiveIntegerField(default=0)),
                ("job", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="jobs.job")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="rounds.keptround",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="library.version"),
                ),
            ],
            options={
                "ordering": ["round", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("node", models.CharField(max_length=200)),
                ("level", models.PositiveIntegerField()),
                ("line", models.PositiveIntegerField()),
                ("marks", models.FloatField(null=True)),
                ("points", models.FloatField(null=True)),
                ("score", models.FloatField(null=True)),
                ("place", models.PositiveIntegerField(null=True)),
                ("tier", models.CharField(blank=True, max_length=200)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="results.keptrun",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="rounds.askedunit"),
                ),
            ],
            options={
                "ordering": ["run", "line"],
            },
        ),
        migrations.CreateModel(
            name="Taken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cell", models.CharField(max_length=150)),
                (
                    "change",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="rounds.change"),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken",
                        to="results.keptrun",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="keptrun",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="run_once"),
        ),
        migrations.AddConstraint(
            model_name="keptrun",
            constraint=models.UniqueConstraint(fields=("job",), name="run_of_one_job"),
        ),
        migrations.AddConstraint(
            model_name="keptrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["ended", "failed"])), name="run_state"
            ),
        ),
        migrations.AddIndex(
            model_name="score",
            index=models.Index(fields=["run", "level", "line"], name="score_by_level"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(fields=("run", "unit", "node"), name="score_once"),
        ),
        migrations.AddConstraint(
            model_name="taken",
            constraint=models.UniqueConstraint(fields=("run", "change"), name="taken_once"),
        ),
        migrations.RunPython(append_only(*_TABLES), no_longer(*_TABLES)),
    ]
