"""What the screens of incidents say: states, severities, and what can be done in each state."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from inbox.model.incident import OPEN_STATES, Incident, IncidentState, Severity
from inbox.ui.thread.times import moment, since_words
from inbox.ui.widgets import isolate
from inbox.ui.widgets.deadline import span
from inbox.ui.widgets.words import counted

STATES = {
    IncidentState.SUSPECTED: ("Suspected", "help", "soon"),
    IncidentState.CONFIRMED: ("Confirmed", "flame", "hot"),
    IncidentState.CONTAINED: ("Contained", "shield", "ok"),
    IncidentState.CLOSED: ("Closed", "check", ""),
    IncidentState.DISMISSED: ("Dismissed", "eye-off", ""),
    IncidentState.MERGED: ("Merged", "link", ""),
}
"""Words, icon, kind of tag."""
SEVERITIES = {
    Severity.HIGH: ("High", "triangle", "late"),
    Severity.MEDIUM: ("Medium", "chevron-up", "soon"),
    Severity.LOW: ("Low", "chevron-down", ""),
}
NEXT = {
    IncidentState.SUSPECTED: ("confirm", "dismiss"),
    IncidentState.CONFIRMED: ("contain", "close", "dismiss"),
    IncidentState.CONTAINED: ("close", "dismiss"),
    IncidentState.CLOSED: ("reopen",),
    IncidentState.DISMISSED: ("reopen",),
    IncidentState.MERGED: ("unmerge",),
}
"""What may become of an incident, the most likely first; the names are those of ``flow.hot.deciding``."""
VERBS = {
    "confirm": ("Confirm", "flame"),
    "contain": ("Mark contained", "shield"),
    "close": ("Close", "check"),
    "dismiss": ("Dismiss", "eye-off"),
    "reopen": ("Reopen", "reopen"),
    "unmerge": ("Take out of the merge", "undo"),
}


def state(found: IncidentState) -> str:
    """The state in words."""
    return _tr(STATES[found][0])


def severity(found: Severity) -> str:
    """How bad, in words."""
    return _tr(SEVERITIES[found][0])


def verb(name: str) -> str:
    """What a button says."""
    return _tr(VERBS[name][0])


def summary(found: Incident, people: int, owner: str, now: datetime) -> str:
    """The second line of an incident's row: since when, how much, and whose it is."""
    parts = [
        _tr("Since %1").replace("%1", since_words(found.began_at, now)),
        counted("%n thread(s)", found.threads, "incidents"),
        counted("%n people", people, "incidents") if people != 1 else _tr("1 person"),
        owned(owner),
    ]
    return " · ".join(parts)


def owned(owner: str) -> str:
    """Whose it is."""
    return _tr("Owned by %1").replace("%1", isolate(owner)) if owner else _tr("Nobody owns it")


def sentence(found: Incident, people: int, owner: str, now: datetime) -> str:
    """The whole row as it is spoken."""
    said = f"{state(found.state)}. {found.title}. {_tr('Severity')} {severity(found.severity)}. "
    return f"{said}{summary(found, people, owner, now).replace(' · ', ', ')}."


def lasted(found: Incident, now: datetime) -> str:
    """How long it has been open, or was."""
    if found.state in OPEN_STATES:
        return _tr("open for %1").replace("%1", span(max(now - found.opened_at, now - now)))
    ended = found.closed_at or now
    return _tr("over since %1").replace("%1", moment(ended, now))


def _tr(text: str) -> str:
    return QCoreApplication.translate("incidents", text)
