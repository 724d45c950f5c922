"""Questions about figures and their answers; changes that put an appeal into effect."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from quanheng.web.audit.append_only import append_only, no_longer


class Migration(migrations.Migration):
    """Questions about figures and their answers; changes that put an appeal into effect."""

    dependencies = [
        ("rounds", "0002_values"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="appeal",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="change",
            name="decided_by",
            field=models.CharField(blank=True, max_length=64, null=True),
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("who", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
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
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("who", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="rounds.question",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["round"], name="question_of_round"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="question_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="answer_has_words"
            ),
        ),
        migrations.RunPython(
            append_only("rounds_question", "rounds_answer"), no_longer("rounds_question", "rounds_answer")
        ),
    ]
