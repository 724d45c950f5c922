"""The last change of a figure when a run read them."""

from __future__ import annotations

from django.db import migrations, models

from quanheng.web.audit.append_only import append_only, no_longer

_RUNS = "results_keptrun"


class Migration(migrations.Migration):
    """The last change of a figure when a run read them."""

    dependencies = [
        ("results", "0002_parts"),
    ]

    # SQLite makes a table anew to add a column, and forgets its triggers.
    operations = [
        migrations.RunPython(no_longer(_RUNS), append_only(_RUNS)),
        migrations.AddField(
            model_name="keptrun",
            name="figures_mark",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.RunPython(append_only(_RUNS), no_longer(_RUNS)),
    ]
