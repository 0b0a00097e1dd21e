"""How somebody looked, and at what, as pages say it."""

from .languages import N_
from .looking import FILE, KEPT, PAGE, PHOTO, REPORTS, TABLET

HOW = {
    TABLET: N_("sent to their tablet"),
    REPORTS: N_("opened in reports"),
    PHOTO: N_("opened a photo"),
    KEPT: N_("read as kept work"),
    PAGE: N_("opened on a page"),
    FILE: N_("taken along in a file"),
}
WHAT = {
    "observation": N_("notes of a visit"),
    "reply": N_("a reply of a room"),
    "claim_question": N_("the question whose room it was"),
    "agreement": N_("an agreement on coaching"),
    "coaching_step": N_("a coaching step"),
}
