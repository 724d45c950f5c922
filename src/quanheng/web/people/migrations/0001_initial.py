"""The first tables of people."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables of people."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("code", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="unit_has_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="unit_has_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("code", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("email", models.EmailField(blank=True, default="", max_length=254)),
                ("is_active", models.BooleanField(default=True)),
                ("as_administrator", models.BooleanField(default=False)),
                ("as_office", models.BooleanField(default=False)),
                ("as_reporter", models.BooleanField(default=False)),
                ("as_unit", models.BooleanField(default=False)),
                ("as_leader", models.BooleanField(default=False)),
                ("as_auditor", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("units", models.ManyToManyField(blank=True, related_name="accounts", to="people.unit")),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="OneTimeLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("secret", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("made_at"))), name="link_has_time"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), _negated=True),
                    ("code", django.db.models.functions.text.Lower("code")),
                ),
                name="account_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="account_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("as_administrator", False),
                    models.Q(
                        ("as_auditor", False),
                        ("as_leader", False),
                        ("as_office", False),
                        ("as_reporter", False),
                        ("as_unit", False),
                    ),
                    _connector="OR",
                ),
                name="administrator_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("as_auditor", False),
                    models.Q(
                        ("as_leader", False), ("as_office", False), ("as_reporter", False), ("as_unit", False)
                    ),
                    _connector="OR",
                ),
                name="auditor_alone",
            ),
        ),
    ]
