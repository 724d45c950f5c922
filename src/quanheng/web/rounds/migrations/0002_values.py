"""Figures and their changes; changes only grow."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from quanheng.web.audit.append_only import append_only, no_longer


class Migration(migrations.Migration):
    """Figures and their changes; changes only grow."""

    dependencies = [
        ("rounds", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("who", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("who", "key"), name="form_once")],
            },
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("state", models.CharField(max_length=20)),
                ("nature", models.CharField(max_length=20)),
                ("number", models.FloatField(blank=True, null=True)),
                ("written", models.CharField(blank=True, max_length=100)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("entered_by", models.CharField(blank=True, max_length=64)),
                ("accepted_by", models.CharField(blank=True, max_length=64)),
                ("changed_at", models.DateTimeField()),
                ("due", models.DateTimeField(blank=True, null=True)),
                ("message", models.TextField(blank=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cells",
                        to="rounds.askeditem",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cells",
                        to="rounds.keptround",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cells",
                        to="rounds.askedunit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("item", "unit"), name="cell_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["empty", "saved", "submitted", "accepted", "returned"])
                        ),
                        name="cell_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nature__in", ("value", "missing", "not_applicable"))),
                        name="cell_nature",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nature", "value"), ("number__isnull", False)),
                            models.Q(models.Q(("nature", "value"), _negated=True), ("number", None)),
                            _connector="OR",
                        ),
                        name="cell_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("move", models.CharField(max_length=20)),
                ("state", models.CharField(max_length=20)),
                ("nature", models.CharField(max_length=20)),
                ("number", models.FloatField(blank=True, null=True)),
                ("written", models.CharField(blank=True, max_length=100)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("who", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("file", models.CharField(blank=True, max_length=150)),
                ("message", models.TextField(blank=True)),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="rounds.askeditem"),
                ),
                (
                    "round",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="rounds.keptround"),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="rounds.askedunit"),
                ),
            ],
            options={
                "ordering": ["version"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "unit", "version"), name="change_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["empty", "saved", "submitted", "accepted", "returned"])
                        ),
                        name="change_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nature__in", ("value", "missing", "not_applicable"))),
                        name="change_nature",
                    ),
                ],
            },
        ),
        migrations.RunPython(append_only("rounds_change"), no_longer("rounds_change")),
    ]
