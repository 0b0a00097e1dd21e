"""The roles a grant can give (rulings 7)."""

ROLES = (
    "observer",
    "walk_lead",
    "coach",
    "partner_coach",
    "principal",
    "teacher",
    "district_lead",
    "facilitator",
    "guest",
    "certification_reviewer",
    "admin",
    "auditor",
)
