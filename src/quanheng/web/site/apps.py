"""The site as a whole, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Its start page, its guard and its settings."""

    name = "quanheng.web.site"
    label = "site"
