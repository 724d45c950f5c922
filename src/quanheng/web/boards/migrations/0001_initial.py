"""What units say of the figures reported about them; it only grows."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from quanheng.web.audit.append_only import append_only, no_longer


class Migration(migrations.Migration):
    """The table of words, which only grows."""

    initial = True

    dependencies = [("rounds", "0004_evidence")]

    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("message", models.TextField(blank=True)),
                ("who", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="rounds.change",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "confirmed"),
                            models.Q(("kind", "doubted"), models.Q(("message", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="word_kind",
                    )
                ],
            },
        ),
        migrations.RunPython(append_only("boards_word"), no_longer("boards_word")),
    ]
