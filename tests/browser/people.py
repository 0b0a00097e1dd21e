"""The people of the demo district who walk through these journeys."""

from dataclasses import dataclass

from walkapp.demo.people import DOMAIN, PASSWORD


@dataclass(frozen=True)
class SignIn:
    email: str
    password: str = PASSWORD


MR_ORTEGA = SignIn(f"observer@{DOMAIN}")  # observes at Heron Lake Elementary
MS_WHITFIELD = SignIn(f"coach@{DOMAIN}")  # coaches in the whole district
DR_ABARA = SignIn(f"principal@{DOMAIN}")  # principal of Heron Lake Elementary
MR_LINDEN = SignIn(f"principal2@{DOMAIN}")  # principal of the other school
MS_KELLER = SignIn(f"admin@{DOMAIN}")
MS_ELLIS = SignIn(f"lead@{DOMAIN}")  # leads the district
MS_STONE = SignIn(f"teacher@{DOMAIN}")  # teaches at Heron Lake Elementary, and is coached
MR_VELEZ = SignIn(f"teacher2@{DOMAIN}")  # teaches at the other school; was asked
