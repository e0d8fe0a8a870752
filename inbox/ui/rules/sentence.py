"""A rule in a line: what it does, and how its row is read aloud."""

from PySide6.QtCore import QCoreApplication

from inbox.model.workspace import Rule
from inbox.ui.widgets.words import counted


def does(rule: Rule) -> str:
    """What the rule does: "Baggage, high, escalate"."""
    then = rule.then
    words = [then.area or "", str(then.priority) if then.priority else "", *then.tags]
    words.append(_tr("policy %1").replace("%1", then.policy) if then.policy else "")
    words.append(_tr("escalate") if then.escalate else "")
    words.append({True: _tr("hide as noise"), False: _tr("never hide")}[then.hide] if then.hide is not None else "")
    if then.needs_reply is not None:
        words.append(_tr("needs a reply") if then.needs_reply else _tr("no reply needed"))
    line = ", ".join(word for word in words if word)
    return line[:1].upper() + line[1:] if line else _tr("Does nothing yet")


def row_sentence(number: int, rule: Rule, count: int | None, *, state: str) -> str:
    """Place, name, what it does, how often it matched, and whether it is on; ``state`` says if it is saved."""
    parts = [f"{number}, {rule.name or _tr('New rule')}", does(rule)]
    if count is not None:
        parts.append(counted("%n thread(s) in 7 days", count, "rules"))
    parts.append(_tr("On") if rule.on else _tr("Off"))
    if state:
        parts.append(state)
    return ". ".join(parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("rules", text)
