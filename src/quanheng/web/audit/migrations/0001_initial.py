"""The first tables of the log, which only grow."""

from __future__ import annotations

from django.db import migrations, models

from quanheng.web.audit.append_only import append_only, no_longer


class Migration(migrations.Migration):
    """The first tables of the log, which only grow."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("chain", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(blank=True, default="", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chain", models.CharField(max_length=80)),
                ("number", models.PositiveBigIntegerField()),
                ("at", models.CharField(max_length=40)),
                ("who", models.CharField(max_length=150)),
                ("roles", models.CharField(max_length=150)),
                ("address", models.CharField(max_length=60)),
                ("action", models.CharField(max_length=80)),
                ("about", models.CharField(max_length=400)),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                ("outcome", models.CharField(max_length=10)),
                ("reasons", models.TextField()),
                ("algorithm", models.CharField(max_length=10)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at"], name="audit_entry_at_06beca_idx"),
                    models.Index(fields=["who", "at"], name="audit_entry_who_fb37a4_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "number"), name="entry_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["done", "refused"])), name="entry_outcome"
                    ),
                ],
            },
        ),
        migrations.RunPython(append_only("audit_entry"), no_longer("audit_entry")),
    ]
