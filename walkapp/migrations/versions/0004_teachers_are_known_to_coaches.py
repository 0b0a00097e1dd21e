"""Teachers' cards are for a coach of the whole district too: nothing in the schema moves."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # Who reads a record is worked out when it is written; these were written before. A coach's
    # tablet hears of them because what a coach may read has changed.
    op.execute(
        "INSERT INTO audience (space, record, scope)"
        " SELECT DISTINCT space, record, 'teachers' FROM audience WHERE scope LIKE 'lead:%'"
    )
