"""All methods, with the numbers of the settings."""

from __future__ import annotations

from collections.abc import Mapping

from quanheng.studies.opinions.form import MethodWord, OpinionsForm
from quanheng.studies.opinions.methods.aras import Aras
from quanheng.studies.opinions.methods.copeland import Copeland
from quanheng.studies.opinions.methods.copras import Copras
from quanheng.studies.opinions.methods.means import ArithmeticMean, GeometricMean, HarmonicMean
from quanheng.studies.opinions.methods.method import Method
from quanheng.studies.opinions.methods.product import Product
from quanheng.studies.opinions.methods.promethee import Promethee
from quanheng.studies.opinions.methods.topsis import TopsisMinMax, TopsisVector
from quanheng.studies.opinions.methods.vikor import Vikor


def methods_asked(settings: OpinionsForm) -> tuple[Method, ...]:
    """Return the methods that `settings` name, each once, in the order of the tables."""
    promethee = Promethee(
        preference=settings.preference, indifference=settings.indifference, strict=settings.strict
    )
    every: tuple[Method, ...] = (
        TopsisVector(),
        TopsisMinMax(),
        Vikor(v=settings.vikor),
        promethee,
        Product(),
        Copras(),
        Aras(),
        Copeland(),
        ArithmeticMean(),
        GeometricMean(),
        HarmonicMean(),
    )
    known: Mapping[MethodWord, Method] = {method.name: method for method in every}
    return tuple(method for word, method in known.items() if word in settings.methods)
