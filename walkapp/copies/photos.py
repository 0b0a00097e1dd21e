"""Photos out of a copy: kept like any that a tablet sends, as their author's."""

from collections import Counter
from hashlib import sha256

from ..config import Config
from ..database import reading
from ..disk import has_room
from ..files import DrawingBusy, NotAPicture, Sender, Shelf, keep_whole, may_send
from ..files.keeping import kept_file
from ..files.limits import LEAST_FREE_BYTES, MOST_BYTES
from .content import Photo
from .opening import Opened

TAKEN, THERE, REFUSED = "taken", "there", "refused"


def enter_photos(config: Config, opened: Opened, now: int) -> Counter[str]:
    """Keep each photo once; what cannot be kept stays in the file."""
    sender = Sender(opened.space, opened.content.account)
    with reading() as session:
        is_allowed = may_send(session, sender, now)
    return Counter(
        _enter(config, sender, photo, now) if is_allowed else REFUSED
        for photo in opened.content.photos
    )


def _enter(config: Config, sender: Sender, photo: Photo, now: int) -> str:
    if sha256(photo.bytes).hexdigest() != photo.sha or len(photo.bytes) > MOST_BYTES:
        return REFUSED
    with reading() as session:
        if kept_file(session, Shelf.of(config, sender.space), sender, photo.sha):
            return THERE
    if not has_room(config.home, LEAST_FREE_BYTES + len(photo.bytes)):
        return REFUSED
    try:
        keep_whole(config, sender, photo.bytes, now)
    except (NotAPicture, DrawingBusy):
        return REFUSED
    return TAKEN
