"""What reports read. The rows are made from the log when the first report is asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _table(
        "report_walk",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("school", sa.String(length=36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=False),
    )
    _table(
        "report_visit",
        sa.Column("walk", sa.String(length=36), nullable=False),
        sa.Column("school", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("same_as", sa.String(length=36), nullable=True),
    )
    _table(
        "report_room",
        sa.Column("visit", sa.String(length=36), nullable=False),
        sa.Column("room", sa.String(length=36), nullable=False),
        sa.Column("school", sa.String(length=36), nullable=False),
    )
    _table(
        "report_observation",
        sa.Column("walk", sa.String(length=36), nullable=False),
        sa.Column("visit", sa.String(length=36), nullable=False),
        sa.Column("school", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rubric", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
    )
    with op.batch_alter_table("report_observation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_report_observation_space_school", ["space", "school"], unique=False
        )


def _table(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("space", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["space"], ["space.id"], name=op.f(f"fk_{name}_space_space")),
        sa.PrimaryKeyConstraint("space", "id", name=op.f(f"pk_{name}")),
    )
