"""The commits a tablet heard of: the last ones all, of older ones ever fewer."""

from dataclasses import dataclass, field

KEPT_WHOLE, LONGEST = 8, 64


@dataclass
class Trail:
    heard: int = 0
    kept: list[tuple[int, str]] = field(default_factory=list)  # newest first

    def hear(self, mark: str) -> None:
        if self.kept and self.kept[0][1] == mark:
            return
        self.heard += 1
        longer = [(self.heard, mark), *self.kept]
        self.kept = [each for each in longer if each[0] % _gap(self.heard - each[0]) == 0][:LONGEST]

    def marks(self) -> list[str]:
        return [mark for _, mark in self.kept]


def _gap(age: int) -> int:
    return 1 if age < KEPT_WHOLE else 2 ** (age // KEPT_WHOLE).bit_length()
