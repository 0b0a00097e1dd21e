"""Reports: numbers over many visits as a page, CSV, XLSX and PDF, all made of one document."""

from . import saying
from .building import build
from .document import Document
from .filters import Filter, asked
from .gathering import Material, gather
from .readers import Reader, reader_of

__all__ = [
    "Document", "Filter", "Material", "Reader", "asked", "build", "gather", "reader_of", "saying",
]  # fmt: skip
