"""The first schema."""

from alembic import op
from sqlalchemy import text

from sightline.store.schema import metadata
from sightline.store.search import POSTGRESQL, SQLITE

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table and the search index."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.execute(text(statement))
