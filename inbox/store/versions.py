"""The version of the configuration: a token that is new after each change, so that caches know.

It is a token and not a number, since a change that is rolled back must never share its version with a later one.
"""

import uuid

from sqlalchemy import select

from inbox.store.schema import workspace
from inbox.store.session import Session, insert_for


def current(s: Session) -> str | None:
    """The present token, None before anything was configured."""
    found = s.scalar(select(workspace.c.value).where(workspace.c.key == "config_version"))
    return None if found is None else str(found)


def renew(s: Session) -> None:
    """Give the configuration a new version."""
    put(s, "config_version", uuid.uuid4().hex)


def put(s: Session, key: str, value: object) -> None:
    """Set one key of the workspace table."""
    statement = insert_for(s)(workspace).values(key=key, value=value)
    s.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value}))
