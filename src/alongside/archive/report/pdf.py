"""The page as a tagged PDF (PDF/UA-1), which screen readers and archives can read."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from .lists import whole

MISSING = (
    "report.pdf was not written, because the library Pango is missing: install it"
    " (Debian and Ubuntu: `apt install libpango-1.0-0 libpangoft2-1.0-0`) and make the report again"
)


class NoPango(RuntimeError):
    """the library that sets the type is missing"""


def write(path: Path, html: str) -> None:
    """Write the PDF. Raises ``NoPango`` where WeasyPrint can't find its libraries."""
    try:
        weasyprint = import_module("weasyprint")
    except (ImportError, OSError) as missing:
        path.unlink(missing_ok=True)  # an older one would be taken for this one
        raise NoPango(MISSING) from missing
    document = weasyprint.HTML(string=html, url_fetcher=_nothing)
    with whole(path, "wb") as file:
        document.write_pdf(file, pdf_variant="pdf/ua-1", custom_metadata=False)


def _nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    """Everything that the page needs is in it."""
    raise ValueError(f"the report fetches nothing, and not `{url}`")
