"""What may be photographed in a walk: its lead says so once, when it is planned."""

from collections.abc import Mapping
from typing import Any

from walkapp.sync.errors import Refusal

from .fault import pointer

NONE = "none"
MEDIA = (NONE,)


def refuse_photos(body: Mapping[str, Any], values: Mapping[str, Any], above: str) -> Refusal | None:
    """Where no photos may be taken, none is kept; one that stands may be taken away."""
    if body.get("media") != NONE:
        return None
    whole = bool(values.get("photos"))
    paths = [path for path, one in values.items() if path.startswith("photos/") and one is not None]
    if whole or paths:
        return Refusal("photos-off", pointer(above, "photos" if whole else paths[0]))
    return None
