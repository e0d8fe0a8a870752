"""Campaigns in words: when they run, where, and what is expected of them."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from inbox.model.campaign import Campaign
from inbox.ui.widgets.rowlist import Row

COMING, RUNNING, OVER = "coming", "running", "over"


def tr(text: str) -> str:
    """Translated."""
    return QCoreApplication.translate("watching", text)


def state_of(each: Campaign, now: datetime) -> str:
    """Whether it is coming, running or over."""
    if now < each.begins_at:
        return COMING
    return RUNNING if now < each.ends_at else OVER


def row_of(each: Campaign, now: datetime, zone: tzinfo) -> Row:
    """A campaign as a row of the list."""
    state = state_of(each, now)
    tags = {
        COMING: (tr("Coming"), "", "clock"),
        RUNNING: (tr("Running"), "accent", "megaphone"),
        OVER: (tr("Over"), "", "check"),
    }
    where = each.account or tr("all accounts")
    often = tr("%1 times as much as usual").replace("%1", QLocale().toString(each.times, "g", 4))
    facts = [span(each.begins_at, each.ends_at, zone), where, often]
    if each.words:
        facts.append(", ".join(each.words))
    return Row(
        each.id,
        each.name,
        (" \N{MIDDLE DOT} ".join(facts),),
        "megaphone",
        "text3" if state == OVER else "accent",
        tags[state],
        quiet=state == OVER,
    )


def span(begins_at: datetime, ends_at: datetime, zone: tzinfo) -> str:
    """Like "Mon 2 Mar 09:00 to Wed 4 Mar 18:00"; one day is named once."""
    begins, ends = begins_at.astimezone(zone), ends_at.astimezone(zone)
    last = f"{ends:%H:%M}" if begins.date() == ends.date() else _moment(ends)
    return tr("%1 to %2").replace("%1", _moment(begins)).replace("%2", last)


def _moment(local: datetime) -> str:
    here = QLocale()
    day = here.toString(QDate(local.year, local.month, local.day), "ddd d MMM yyyy")
    return f"{day} {local:%H:%M}"
