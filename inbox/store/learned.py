"""Learned models in the store: each version with its figures, the one in use, and the last few to go back to."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from inbox.model.placement import Corrected, LearnedModel, ModelState
from inbox.store.errors import NotFound, Refused
from inbox.store.schema import learned
from inbox.store.session import Session

KEPT = 3
"""Of the models that are no longer asked, so many of each kind keep their bytes."""

_PLAIN = tuple(column for column in learned.c if column.name != "data")


def add(
    s: Session,
    kind: Corrected,
    state: ModelState,
    data: bytes | None,
    *,
    form: int,
    examples: int,
    figures: dict[str, Any],
    sentence: str,
    now: datetime,
) -> LearnedModel:
    """Keep a model. A ``CURRENT`` one takes the place of the one before; a refused one keeps only its figures."""
    if state is ModelState.CURRENT:
        _replace(s, kind)
    values = {
        "kind": str(kind),
        "state": str(state),
        "made_at": now,
        "examples": examples,
        "format": form,
        "size": len(data or b""),
        "figures": figures,
        "sentence": sentence,
        "data": data if state is ModelState.CURRENT else None,
    }
    number = s.execute(learned.insert().returning(learned.c.id), values).scalar_one()
    s.changed(topics=["learned"])
    return LearnedModel(int(number), kind, state, now, examples, len(data or b""), form, figures, sentence)


def current(s: Session, kind: Corrected) -> LearnedModel | None:
    """The model in use; None while the workspace knows too little."""
    query = select(*_PLAIN).where(learned.c.kind == str(kind), learned.c.state == str(ModelState.CURRENT))
    row = s.execute(query.order_by(learned.c.id.desc()).limit(1)).first()
    return None if row is None else _model(row)


def data(s: Session, number: int) -> bytes | None:
    """The bytes of a model; None when they are no longer kept."""
    found = s.scalar(select(learned.c.data).where(learned.c.id == number))
    return None if found is None else bytes(found)


def history(s: Session, kind: Corrected, limit: int = 50) -> list[LearnedModel]:
    """Every version, the newest first."""
    query = select(*_PLAIN).where(learned.c.kind == str(kind)).order_by(learned.c.id.desc()).limit(limit)
    return [_model(row) for row in s.execute(query)]


def use(s: Session, number: int) -> LearnedModel:
    """Go back to a version that is still kept. Raises ``NotFound``, or ``Refused`` where its bytes are gone."""
    row = s.execute(select(*_PLAIN, learned.c.data.is_not(None).label("kept")).where(learned.c.id == number)).first()
    if row is None:
        raise NotFound(f"There is no version {number}. See: inbox route models")
    if not row.kept or row.state not in {str(ModelState.REPLACED), str(ModelState.CURRENT)}:
        raise Refused(f"Version {number} is {row.state} and not kept, so it cannot be used. See: inbox route models")
    mine, was = learned.c.kind == row.kind, learned.c.state == str(ModelState.CURRENT)
    s.execute(learned.update().where(mine, was).values(state=str(ModelState.REPLACED)))
    s.execute(learned.update().where(learned.c.id == number).values(state=str(ModelState.CURRENT)))
    s.changed(topics=["learned"])
    return replace(_model(row), state=ModelState.CURRENT)


def kept(s: Session, kind: Corrected) -> set[int]:
    """The versions whose bytes are kept."""
    query = select(learned.c.id).where(learned.c.kind == str(kind), learned.c.data.is_not(None))
    return {int(row.id) for row in s.execute(query)}


def mark_damaged(s: Session, number: int, sentence: str) -> LearnedModel | None:
    """Set a model aside that cannot be read; the last good one takes its place and is given, if there is one."""
    row = s.execute(select(learned.c.kind).where(learned.c.id == number)).one()
    values = {"state": str(ModelState.DAMAGED), "sentence": sentence}
    s.execute(learned.update().where(learned.c.id == number).values(**values))
    query = (
        select(*_PLAIN)
        .where(learned.c.kind == row.kind, learned.c.state == str(ModelState.REPLACED), learned.c.data.is_not(None))
        .order_by(learned.c.id.desc())
        .limit(1)
    )
    before = s.execute(query).first()
    if before is not None:
        s.execute(learned.update().where(learned.c.id == before.id).values(state=str(ModelState.CURRENT)))
    s.changed(topics=["learned"])
    return current(s, Corrected(row.kind))


def _replace(s: Session, kind: Corrected) -> None:
    mine = learned.c.kind == str(kind)
    was = learned.c.state == str(ModelState.CURRENT)
    s.execute(learned.update().where(mine, was).values(state=str(ModelState.REPLACED)))
    replaced = select(learned.c.id).where(mine, learned.c.state == str(ModelState.REPLACED))
    kept = [row.id for row in s.execute(replaced.order_by(learned.c.id.desc()).limit(KEPT))]
    s.execute(learned.update().where(mine, learned.c.data.is_not(None), learned.c.id.not_in(kept)).values(data=None))


def _model(row: Row[Any]) -> LearnedModel:
    return LearnedModel(
        row.id,
        Corrected(row.kind),
        ModelState(row.state),
        row.made_at,
        row.examples,
        row.size,
        row.format,
        row.figures,
        row.sentence,
    )
