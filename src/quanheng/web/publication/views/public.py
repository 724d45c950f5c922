"""What everybody reads without signing in: frozen files alone, no table of the site."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quanheng.web.base.access import ANYBODY, open_to
from quanheng.web.publication.frozen import Frozen, all_frozen, of_round
from quanheng.web.publication.served import name_of, sent


@open_to(ANYBODY)
@require_GET
def all_published(request: HttpRequest) -> HttpResponse:
    """List the rounds that were published, the newest first."""
    newest = [versions[0] for versions in all_frozen(settings.PUBLIC_FOLDER)]
    return render(request, "publication/all.html", {"published": newest})


@open_to(ANYBODY)
@require_GET
def newest(request: HttpRequest, code: str) -> HttpResponse:
    """Show the newest publication of a round."""
    versions = of_round(settings.PUBLIC_FOLDER, code)
    if not versions:
        raise Http404
    return _page(request, versions[0], versions)


@open_to(ANYBODY)
@require_GET
def version_of(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Show the publication of a version; one that was put right says by which."""
    versions = of_round(settings.PUBLIC_FOLDER, code)
    return _page(request, _one(versions, version), versions)


@open_to(ANYBODY)
@require_GET
def file_of(request: HttpRequest, code: str, version: int, name: str) -> FileResponse:  # noqa: ARG001  Django calls it so
    """Send a file of a publication."""
    found = _one(of_round(settings.PUBLIC_FOLDER, code), version)
    files = found.about["files"]
    if name not in files:
        raise Http404
    return sent(found.folder, name, str(files[name]))


def _one(versions: tuple[Frozen, ...], version: int) -> Frozen:
    found = next((each for each in versions if each.version == version), None)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Frozen, versions: tuple[Frozen, ...]) -> HttpResponse:
    files = [
        {
            "name": name,
            "called": name_of(name),
            "sha256": digest,
            "kilobytes": max(1, round((found.folder / name).stat().st_size / 1000)),
        }
        for name, digest in found.about["files"].items()
        if (found.folder / name).is_file()
    ]
    shown = {"found": found, "files": files, "versions": versions}
    return render(request, "publication/one.html", shown)
