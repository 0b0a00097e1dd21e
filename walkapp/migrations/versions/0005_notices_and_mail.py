"""Notices, the mails that tell of them, and who wants which."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("space", sa.String(length=36), nullable=False),
        sa.Column("account", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=32), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("lease", sa.String(length=36), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'trying', 'sent', 'given-up', 'dropped')",
            name=op.f("ck_mail_state"),
        ),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_mail_account_account")),
        sa.ForeignKeyConstraint(["space"], ["space.id"], name=op.f("fk_mail_space_space")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index("ix_mail_account", ["account", "space"], unique=False)
        batch_op.create_index("ix_mail_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "notice",
        sa.Column("space", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("record", sa.String(length=36), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.Column("mail", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["mail"], ["mail.id"], name=op.f("fk_notice_mail_mail")),
        sa.ForeignKeyConstraint(
            ["space", "person"],
            ["person.space", "person.id"],
            name=op.f("fk_notice_space_person_person"),
        ),
        sa.PrimaryKeyConstraint("space", "id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_mail", ["mail"], unique=False)
        batch_op.create_index("ix_notice_space_person", ["space", "person", "at"], unique=False)

    op.create_table(
        "mail_choice",
        sa.Column("account", sa.String(length=36), nullable=False),
        sa.Column("how_often", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name=op.f("fk_mail_choice_account_account")
        ),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_mail_choice")),
    )
    op.create_table(
        "mail_opt_out",
        sa.Column("account", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["account.id"], name=op.f("fk_mail_opt_out_account_account")
        ),
        sa.PrimaryKeyConstraint("account", "kind", name=op.f("pk_mail_opt_out")),
    )
