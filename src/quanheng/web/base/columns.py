"""The kinds of columns of our tables, as the type checker reads them: `name: Words = models.CharField(...)`.

The published types of Django know them only by a plugin that loads the settings of a site each time; said
here, they need none.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from django.db import models

Words: TypeAlias = "models.Field[str, str]"
Count: TypeAlias = "models.Field[int, int]"
Flag: TypeAlias = "models.Field[bool, bool]"
Moment: TypeAlias = "models.Field[dt.datetime, dt.datetime]"
MaybeDay: TypeAlias = "models.Field[dt.date | None, dt.date | None]"
MaybeMoment: TypeAlias = "models.Field[dt.datetime | None, dt.datetime | None]"
Facts: TypeAlias = "models.Field[dict[str, object], dict[str, object]]"
