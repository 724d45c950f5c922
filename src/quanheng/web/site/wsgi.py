"""Where a web server finds the site: `gunicorn quanheng.web.site.wsgi`, with `QUANHENG_SITE` set."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quanheng.web.site.settings")
application = get_wsgi_application()
