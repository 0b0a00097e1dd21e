"""Copies of unsent work (`.walk` files): opened by the server they were closed for, and entered.

Entering goes the way of every change: by its cid, under the rules, as the person who wrote it.
A copy entered twice, here or on another tablet, in whatever order, changes nothing the second time.
"""

from .content import Content, Photo
from .entering import Entered, Seen, enter, look
from .envelope import MOST_FILE_BYTES
from .keys import public_key, voucher
from .opening import Opened, one_at_a_time, open_copy
from .staging import drop, keep, kept

__all__ = [
    "MOST_FILE_BYTES",
    "Content",
    "Entered",
    "Opened",
    "Photo",
    "Seen",
    "drop",
    "enter",
    "keep",
    "kept",
    "look",
    "one_at_a_time",
    "open_copy",
    "public_key",
    "voucher",
]
