"""Who has looked, what is held, announced and deleted; and where a district's decisions are found."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "looked",
        sa.Column("space", sa.String(length=36), nullable=False),
        sa.Column("record", sa.String(length=36), nullable=False),
        sa.Column("reader", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["space"], ["space.id"], name=op.f("fk_looked_space_space")),
        sa.PrimaryKeyConstraint("space", "record", "reader", "day", "how", name=op.f("pk_looked")),
    )
    with op.batch_alter_table("looked", schema=None) as batch_op:
        batch_op.create_index("ix_looked_space_day", ["space", "day"], unique=False)

    op.create_table(
        "legal_hold",
        sa.Column("space", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.CheckConstraint("what IN ('school', 'walk', 'person')", name=op.f("ck_legal_hold_what")),
        sa.ForeignKeyConstraint(["space"], ["space.id"], name=op.f("fk_legal_hold_space_space")),
        sa.PrimaryKeyConstraint("space", "id", name=op.f("pk_legal_hold")),
    )
    op.create_table(
        "deletion_notice",
        sa.Column("space", sa.String(length=36), nullable=False),
        sa.Column("record", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space"], ["space.id"], name=op.f("fk_deletion_notice_space_space")
        ),
        sa.PrimaryKeyConstraint("space", "record", "what", name=op.f("pk_deletion_notice")),
    )
    op.create_table(
        "deletion_certificate",
        sa.Column("space", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["space"], ["space.id"], name=op.f("fk_deletion_certificate_space_space")
        ),
        sa.PrimaryKeyConstraint("space", "number", name=op.f("pk_deletion_certificate")),
    )
    # Who reads a record is worked out when it is written; these were written before.
    op.execute(
        "INSERT INTO audience (space, record, scope)"
        " SELECT space, id, 'policy' FROM record WHERE kind = 'policy' AND NOT removed"
    )
