"""Forms that are built where the first scheme has such a part: most schemes have few of all there are."""

from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_plain_validator_function

from quanheng.scheme.fields.fields import Form


class _Late:
    """Reads a form as a whole; pydantic builds it when that is asked for the first time."""

    def __get_pydantic_core_schema__(self, form: type[Form], _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return what reads the form."""
        return no_info_plain_validator_function(form.model_validate)


_OfForm = TypeVar("_OfForm")
Late: TypeAlias = Annotated[_OfForm, _Late()]
"""A form that is read late. That of nodes cannot be: what stands inside itself is told where it is read."""


def late(form: Any) -> Any:  # noqa: ANN401  # what pydantic reads
    """Return what reads `form` late, if it is a form of ours."""
    return Annotated[form, _Late()] if isinstance(form, type) and issubclass(form, Form) else form
