"""The schools and rooms of the demo district."""

from dataclasses import dataclass

NAME = "Lakeview Schools (demo)"
ELEMENTARY, MIDDLE = "0031", "0112"
SCHOOLS = {ELEMENTARY: "Heron Lake Elementary", MIDDLE: "Mill Creek Middle"}


@dataclass(frozen=True, slots=True)
class DemoRoom:
    school: str
    code: str
    grade_band: str
    subject: str
    name: str = ""


def _rooms(school: str, *lines: str) -> tuple[DemoRoom, ...]:
    return tuple(DemoRoom(school, *(part.strip() for part in line.split("|"))) for line in lines)


ROOMS = (
    *_rooms(
        ELEMENTARY,
        "1 | PK-2 | ELA", "2 | PK-2 | ELA", "3 | PK-2 | Math", "5 | PK-2 | Math",
        "7 | PK-2 | Science", "8 | 3-5 | ELA", "9 | 3-5 | ELA", "11 | 3-5 | Math",
        "12 | 3-5 | Math", "14 | 3-5 | Science", "15 | 3-5 | Social studies",
        "20 | 3-5 | Science | Garden lab",
    ),
    *_rooms(
        MIDDLE,
        "101 | 6-8 | ELA", "102 | 6-8 | ELA", "104 | 6-8 | ELA", "110 | 6-8 | Math",
        "111 | 6-8 | Math", "112 | 6-8 | Math", "201 | 6-8 | Science", "202 | 6-8 | Science",
        "205 | 6-8 | Science | Maker room", "210 | 6-8 | Social studies",
        "211 | 6-8 | Social studies", "214 | 6-8 | Other | Music room",
    ),
)  # fmt: skip
