"""Which indicators make an index, by the rubric they are of. A rubric of a district's own has none:
an index is a claim about those very indicators."""

RIGOR, AGENCY = "rigor", "agency"

INDICES: dict[str, dict[str, tuple[str, ...]]] = {
    "deeper-learning-walk": {
        RIGOR: ("TE1", "TE2", "TE4"),
        AGENCY: ("SA1", "SA2", "SA3", "SA4"),
    },
}


def indices_of(rubric: str) -> dict[str, tuple[str, ...]]:
    return INDICES.get(rubric, {})
