"""Files that people handed in, kept by their hash below the folder of the site; none is ever deleted."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import models
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from quanheng.web.base.columns import Count, MaybeMoment, Moment, Words

_PRIVATE: Final = 0o600
_FANNED: Final = 2


class HeldFile(models.Model):
    """A file that somebody handed in; one that is withdrawn stays, and says so."""

    name: Words = models.CharField(max_length=150)
    digest: Words = models.CharField(max_length=64)
    """The hash (sha256) of what it holds, by which it is kept."""
    size: Count = models.PositiveIntegerField()
    who: Words = models.CharField(max_length=64)
    at: Moment = models.DateTimeField()
    withdrawn_by: Words = models.CharField(max_length=64, blank=True)
    withdrawn_at: MaybeMoment = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A table of its own for each kind of thing it belongs to."""

        abstract = True

    def __str__(self) -> str:
        """Return its name."""
        return self.name


def keep_content(content: bytes) -> str:
    """Keep what a file holds, and return its hash; the file is there as a whole or not at all."""
    digest = hashlib.sha256(content).hexdigest()
    place = _place(digest)
    if place.exists():
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.parent / f".{digest}-{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return digest


def content_of(held: HeldFile) -> bytes:
    """Return what a file holds.

    Raises:
        OSError: it is no longer where it was kept, or no longer what was kept.
    """
    content = _place(held.digest).read_bytes()
    if hashlib.sha256(content).hexdigest() != held.digest:
        raise OSError(f"{held.name} is not what was kept")
    return content


def as_download(held: HeldFile) -> HttpResponse:
    """Return a file as something to be saved: no browser opens it as a page of the site.

    Raises:
        OSError: it is no longer where it was kept, or no longer what was kept.
    """
    response = HttpResponse(content_of(held), content_type="application/octet-stream")
    named = content_disposition_header(as_attachment=True, filename=held.name)
    response.headers["Content-Disposition"] = named or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _place(digest: str) -> Path:
    folder: Path = settings.EVIDENCE_FOLDER
    return folder / digest[:_FANNED] / digest
