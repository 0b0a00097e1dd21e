"""What a tablet says of itself, files, and what a lead decided."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "file",
        sa.Column("space", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.String(length=64), nullable=False),
        sa.Column("kept_size", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=36), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_file_account_account")),
        sa.ForeignKeyConstraint(["space"], ["space.id"], name=op.f("fk_file_space_space")),
        sa.PrimaryKeyConstraint("space", "sha256", name=op.f("pk_file")),
    )
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.create_index("ix_file_space_kept", ["space", "kept"], unique=False)

    op.create_table(
        "upload",
        sa.Column("space", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=36), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name=op.f("fk_upload_account_account")
        ),
        sa.ForeignKeyConstraint(["space"], ["space.id"], name=op.f("fk_upload_space_space")),
        sa.PrimaryKeyConstraint("space", "sha256", "account", name=op.f("pk_upload")),
    )
    op.create_table(
        "kept_decision",
        sa.Column("space", sa.String(length=36), nullable=False),
        sa.Column("cid", sa.String(length=36), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_kept_decision_by_account")),
        sa.ForeignKeyConstraint(
            ["space", "cid"],
            ["change.space", "change.cid"],
            name=op.f("fk_kept_decision_space_cid_change"),
        ),
        sa.PrimaryKeyConstraint("space", "cid", name=op.f("pk_kept_decision")),
    )
    with op.batch_alter_table("device", schema=None) as batch_op:
        batch_op.add_column(sa.Column("database", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("highest", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("files", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reported_at", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest", sa.String(length=64), nullable=True))
