"""The three kinds of file, told apart by their header."""

from dataclasses import dataclass

MOST_ROWS = 5_000
MOST_BYTES = 300_000


@dataclass(frozen=True, slots=True)
class Shape:
    """`key` is what names a line: two lines with the same key are one line too many."""

    kind: str
    sign: str  # the column that only this kind of file has
    required: tuple[str, ...]
    optional: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.required + self.optional


SHAPES = (
    Shape("people", "email", ("name", "email", "role"), ("school_code",),
          ("email", "role", "school_code")),
    Shape("rooms", "room_code", ("school_code", "room_code"),
          ("room_name", "grade_band", "subject"), ("school_code", "room_code")),
    Shape("schools", "school_name", ("school_code", "school_name"), (), ("school_code",)),
)  # fmt: skip
