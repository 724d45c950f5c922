"""Appeals, their steps, which only grow, and their evidence."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from quanheng.web.audit.append_only import append_only, no_longer


class Migration(migrations.Migration):
    """Appeals, their steps, which only grow, and their evidence."""

    initial = True

    dependencies = [
        ("rounds", "0004_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptAppeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("about", models.CharField(max_length=200)),
                ("names", models.JSONField(default=dict)),
                ("grounds", models.TextField()),
                ("filed_by", models.CharField(max_length=64)),
                ("filed_at", models.DateTimeField()),
                ("state", models.CharField(max_length=20)),
                ("decision", models.CharField(blank=True, max_length=20)),
                ("decided_by", models.CharField(blank=True, max_length=64)),
                ("reasons", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="rounds.keptround",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="rounds.askedunit"),
                ),
            ],
            options={
                "ordering": ["-filed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AppealStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("move", models.CharField(max_length=20)),
                ("who", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="appeals.keptappeal",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AppealEvidence",
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
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="appeals.keptappeal",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="keptappeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["filed", "heard", "upheld", "partly", "rejected", "withdrawn", "done"])
                ),
                name="appeal_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="keptappeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("item", "node"))), name="appeal_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="keptappeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("grounds", ""), _negated=True), models.Q(("about", ""), _negated=True)
                ),
                name="appeal_has_grounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="keptappeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", ""), ("decision", ""), ("reasons", "")),
                    models.Q(
                        ("decision__in", ("upheld", "partly", "rejected")),
                        models.Q(("decided_by", ""), _negated=True),
                        models.Q(("reasons", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="appeal_decided",
            ),
        ),
        migrations.RunPython(append_only("appeals_appealstep"), no_longer("appeals_appealstep")),
    ]
