"""The words of a district's rule for keeping."""

from .languages import N_

FROM = {
    "school-year": N_("from the end of its school year (July 31)"),
    "day": N_("from its own day"),
}
HOLDS = {"school": N_("School"), "walk": N_("Walk"), "person": N_("Person")}
KINDS = {
    "observation": N_("observations"),
    "review": N_("comments and returns"),
    "thank_you": N_("thank-yous"),
    "released_copy": N_("copies teachers could read"),
    "reply": N_("replies of rooms"),
    "visit": N_("visits"),
    "visit_room": N_("rooms of visits"),
    "claim": N_("claims"),
    "claim_question": N_("questions whose room it was"),
    "consensus": N_("agreed ratings of teams"),
    "card": N_("cards of hall work"),
}
