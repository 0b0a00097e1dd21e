"""Photos as the server keeps them: sent in pieces, redrawn, shown to those who see their record."""

from .access import file_for, is_member, may_send
from .keeping import Receipt, Sender, keep_whole
from .looking import Looked, look
from .picture import DrawingBusy, NotAPicture
from .shelf import Shelf, folder_of, is_hash
from .sweeping import sweep_if_due
from .uploads import Chunk, Progress, progress, take

__all__ = [
    "Chunk", "DrawingBusy", "Looked", "NotAPicture", "Progress", "Receipt", "Sender", "Shelf",
    "file_for", "folder_of", "is_hash", "is_member", "keep_whole", "look", "may_send", "progress",
    "sweep_if_due", "take",
]  # fmt: skip
