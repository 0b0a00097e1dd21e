"""Every formula by name, with its version. A change of what one counts raises its number here; what
it says in words stands in `walkapp/reports/definitions.py`."""

CLEAR = 3  # "clear or better" begins at this level

VERSIONS = {
    "visit": 1,
    "level-share": 1,
    "clear-or-better": 1,
    "gate-share": 1,
    "met-share": 1,
    "interval": 1,
    "change": 1,
    "index": 1,
    "middle-half": 1,
    "coverage": 1,
    "recency": 1,
    "hidden": 1,
}
