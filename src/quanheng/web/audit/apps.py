"""The log, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, when and from where, in an order that nobody can change unseen."""

    name = "quanheng.web.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
