"""The first tables of rounds."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables of rounds."""

    initial = True

    dependencies = [
        ("library", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=64)),
                ("version", models.PositiveIntegerField(default=1)),
                ("title", models.CharField(max_length=200)),
                ("period", models.CharField(max_length=12)),
                ("state", models.CharField(default="draft", max_length=20)),
                ("due", models.DateTimeField()),
                ("corrects", models.PositiveIntegerField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("window_begins", models.DateTimeField(blank=True, null=True)),
                ("window_ends", models.DateTimeField(blank=True, null=True)),
                ("publish_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=64)),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="library.version",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AskedUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.CharField(max_length=200)),
                ("place", models.PositiveIntegerField()),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.unit")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="units",
                        to="rounds.keptround",
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.CreateModel(
            name="AskedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=200)),
                ("names", models.JSONField(default=dict)),
                ("measured_in", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(max_length=20)),
                ("period", models.CharField(max_length=12)),
                ("department", models.CharField(blank=True, max_length=200)),
                ("scope", models.TextField(blank=True)),
                ("groups", models.JSONField(default=list)),
                ("place", models.PositiveIntegerField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="rounds.keptround",
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due", models.DateTimeField(blank=True, null=True)),
                ("state", models.CharField(default="given", max_length=20)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="rounds.askeditem",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="rounds.keptround",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="rounds.askedunit",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="keptround",
            constraint=models.UniqueConstraint(fields=("code", "version"), name="round_once"),
        ),
        migrations.AddConstraint(
            model_name="keptround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), _negated=True), models.Q(("title", ""), _negated=True)
                ),
                name="round_has_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="keptround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "open", "checking", "provisional", "final", "published"])
                ),
                name="round_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="keptround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("window_begins", None), ("window_ends", None)),
                    ("window_begins__lt", models.F("window_ends")),
                    _connector="OR",
                ),
                name="round_window",
            ),
        ),
        migrations.AddConstraint(
            model_name="askedunit",
            constraint=models.UniqueConstraint(fields=("round", "unit"), name="unit_once_in_round"),
        ),
        migrations.AddConstraint(
            model_name="askeditem",
            constraint=models.UniqueConstraint(fields=("round", "code"), name="item_once_in_round"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["round", "reporter"], name="task_of_reporter"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "given")), fields=("item", "unit"), name="task_of_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["given", "ended"])), name="task_state"
            ),
        ),
    ]
