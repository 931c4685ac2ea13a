"""Schema migrations (Alembic): a script a change in ``versions/``; the newest one's name is ``HEAD``."""

from __future__ import annotations

from sqlalchemy import Engine, text

HEAD = "0001"


def upgrade(engine: Engine) -> None:
    """Bring the store to ``HEAD``; nothing happens when it is there.

    Raises:
        ValueError: when the store was made by a newer version of the schema than this one knows.
    """
    with engine.connect() as connection:
        current = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if current == HEAD:
        return
    if current is not None and current > HEAD:
        raise ValueError(f"the store's schema {current} is newer than this Sightline's {HEAD}; upgrade Sightline")
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "sightline.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
