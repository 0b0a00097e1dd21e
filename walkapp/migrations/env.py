"""Run by Alembic, always on a connection that was handed to it."""

from alembic import context

from walkapp.migrations.shape import OPTIONS
from walkapp.models import Base

UPGRADE_LOCK = 0x77616C6B  # any number, the same for every upgrade of one database

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")
context.configure(connection=connection, target_metadata=Base.metadata, **OPTIONS)
with context.begin_transaction():
    context.run_migrations()
