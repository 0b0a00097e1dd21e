"""What the lead says once when a walk is planned, and each observation begun in it takes over."""

from .values import one_of, whole

FORMS = ("full", "short")
LONGEST_MINUTES = 180

form = one_of(FORMS)
# In each room the same.
minutes = whole(1, LONGEST_MINUTES)
