"""Jobs, as they are stored first."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Jobs, as they are stored first."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                ("arguments", models.JSONField(default=dict)),
                ("about", models.CharField(max_length=200)),
                ("chain", models.CharField(max_length=80)),
                ("state", models.CharField(default="waiting", max_length=20)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("heard_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.JSONField(default=dict)),
                ("worker", models.CharField(blank=True, max_length=40)),
                ("asked_by", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "indexes": [models.Index(fields=["state", "asked_at"], name="job_by_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        fields=("key",),
                        name="job_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "running", "ended", "failed", "stopped"])
                        ),
                        name="job_state",
                    ),
                ],
            },
        ),
    ]
