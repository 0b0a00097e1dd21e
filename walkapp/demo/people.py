"""The people of the demo district, and the one password they share."""

from dataclasses import dataclass

from .places import ELEMENTARY, MIDDLE, SCHOOLS

DOMAIN = "lakeview.example"
# Told to everybody on purpose: these accounts work only where nobody else can reach the server.
PASSWORD = "seven-quiet-herons"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoPerson:
    short: str
    name: str
    role: str
    school: str | None  # by code; None is the whole district

    @property
    def email(self) -> str:
        return f"{self.short}@{DOMAIN}"

    @property
    def words(self) -> str:
        """Who this is, for the list of sign-ins."""
        where = SCHOOLS[self.school] if self.school else "the whole district"
        return f"{self.name}, {self.role.replace('_', ' ')} ({where})"


PEOPLE = (
    DemoPerson("coach", "Dana Whitfield", "coach", None),
    DemoPerson("observer", "Luis Ortega", "observer", ELEMENTARY),
    DemoPerson("principal", "Grace Abara", "principal", ELEMENTARY),
    DemoPerson("principal2", "Tom Linden", "principal", MIDDLE),
    DemoPerson("lead", "Nora Ellis", "district_lead", None),
    DemoPerson("admin", "Ruth Keller", "admin", None),
    DemoPerson("teacher", "Maya Stone", "teacher", ELEMENTARY),
    DemoPerson("teacher2", "Omar Velez", "teacher", MIDDLE),
)
