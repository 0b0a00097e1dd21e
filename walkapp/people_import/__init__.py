"""Schools, rooms and people from a CSV file: looked at first, then entered whole or not at all.

The file is UTF-8 text with commas. Its header says what it holds:

    school_code,school_name
    school_code,room_code[,room_name][,grade_band][,subject]
    name,email,role[,school_code]        one line a role; no school_code: the whole district

A file adds and changes. It never archives, and what it does not name stays as it is.
"""

from .enter import apply
from .outcome import Fault, Line, Preview
from .planning import preview
from .shapes import MOST_BYTES, MOST_ROWS, SHAPES

__all__ = ["MOST_BYTES", "MOST_ROWS", "SHAPES", "Fault", "Line", "Preview", "apply", "preview"]
