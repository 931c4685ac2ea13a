"""Alembic's entry: runs the migrations on the connection that :func:`sightline.store.migrations.upgrade` hands over."""

from alembic import context

from sightline.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
