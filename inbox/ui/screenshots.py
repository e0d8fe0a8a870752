"""Draws every main screen as a whole window into a folder."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop

from inbox.model.report import By
from inbox.ui.running import CommandRun
from inbox.ui.theme import Scheme
from inbox.ui.window import Window

SETTLE_SECONDS = 0.35
LONGEST_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen to draw: ``show`` brings it up, ``hide`` puts away what lies over the window."""

    name: str
    show: Callable[[Window], None]
    hide: Callable[[Window], None] | None = None


def _queue(window: Window) -> None:
    window.go("areas")
    settle(window)
    window.page.queue.view.go_to(0)
    window.page.queue.take_focus()


def _thread(window: Window) -> None:
    """The newest thread with the most said in it, among those in sight."""
    window.go("areas")
    settle(window)
    queue = window.page.queue
    rows = [(place, row.mentions) for place in queue.view.visible_places() if (row := queue.model.peek(place))]
    if rows:
        place = max(rows, key=_mentions)[0]
        queue.view.go_to(place)
        row = queue.model.peek(place)
        window.context.open_thread(row.id if row else None)


def _composer(window: Window) -> None:
    _thread(window)
    settle(window)
    window.context.commands.run("reply")


def _page(key: str) -> Callable[[Window], None]:
    def show(window: Window) -> None:
        window.go(key)

    return show


def _palette(window: Window) -> None:
    _thread(window)
    settle(window)
    window.palette_layer.open_with("as")


def _close_palette(window: Window) -> None:
    window.palette_layer.dismiss()


def _help(window: Window) -> None:
    window.go("areas")
    window.help_layer.open()


def _close_help(window: Window) -> None:
    window.help_layer.dismiss()


def _rules(window: Window) -> None:
    """The rule that matched the most."""
    from inbox.ui.rules import RulesPage

    window.go("rules")
    settle(window)
    page = window.findChild(RulesPage)
    if page is not None:
        page.columns.back()
        rules = page.list.rules
        counts = [rules.count_of(entry) or 0 for entry in rules.entries]
        if counts:
            page.list.setCurrentIndex(rules.index(counts.index(max(counts))))


def _rule(window: Window) -> None:
    """The same rule, with the keyboard where its words are given."""
    from inbox.ui.rules import RulesPage

    _rules(window)
    settle(window)
    page = window.findChild(RulesPage)
    if page is not None:
        page.columns.open_editor()
        page.editor.go_to("when.text_any")


def _policies(window: Window) -> None:
    """A policy with nights, so that the sum has gaps."""
    from inbox.ui.policies import PoliciesPage

    window.go("policies")
    settle(window)
    page = window.findChild(PoliciesPage)
    if page is not None:
        page.columns.back()
        page.list.setCurrentIndex(page.list.policies.index(1))


def _policy(window: Window) -> None:
    """The last policy, opened: most threads fall under it."""
    from inbox.ui.policies import PoliciesPage

    _policies(window)
    settle(window)
    page = window.findChild(PoliciesPage)
    if page is not None:
        page.list.setCurrentIndex(page.list.policies.index(page.list.policies.rowCount() - 1))
        page.columns.open_editor()
        page.editor.go_to("first_response")


def _backtest(window: Window) -> None:
    """What the rule for lost bags does, or whichever stands in its place."""
    from inbox.ui.backtest import BacktestPage

    window.go("backtest")
    settle(window)
    page = window.findChild(BacktestPage)
    if page is None:
        return
    page.choose_rule(2)
    page.run()
    _wait_for_run(page.child)


def _staffing(window: Window) -> None:
    """The usual question, once it is worked out."""
    from inbox.ui.staffing import StaffingPage

    window.go("staffing")
    settle(window)
    page = window.findChild(StaffingPage)
    if page is not None:
        _wait_for_run(page.child)


def _watching(window: Window) -> None:
    """What fewer people would have set off."""
    from inbox.ui.watching import WatchingPage

    window.go("watching")
    settle(window)
    page = window.findChild(WatchingPage)
    if page is None:
        return
    page.settings.form.field("min_authors").set_text("3")
    page.settings.form.changed.emit()
    page.settings.run()
    _wait_for_run(page.settings.child)


def _after_watching(window: Window) -> None:
    """Nothing is left unsaved."""
    from inbox.ui.watching import WatchingPage

    page = window.findChild(WatchingPage)
    if page is not None:
        page.settings.discard.click()


def _campaigns(window: Window) -> None:
    from inbox.ui.watching import WatchingPage

    window.go("watching")
    settle(window)
    page = window.findChild(WatchingPage)
    if page is not None:
        page.show_side("campaigns")


def _wait_for_run(child: CommandRun) -> None:
    ends = time.monotonic() + LONGEST_SECONDS
    while child.running and time.monotonic() < ends:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def _calendars(window: Window) -> None:
    """The calendar with the most to see in its week."""
    from inbox.ui.calendars import CalendarsPage

    window.go("calendars")
    settle(window)
    page = window.findChild(CalendarsPage)
    if page is not None:
        page.columns.back()
        entries = page.list.calendars.entries
        full = [sum(map(len, (entry.entry.week or {}).values())) for entry in entries]
        if full:
            page.list.setCurrentIndex(page.list.calendars.index(full.index(max(full))))


def _reports(window: Window) -> None:
    """What was promised to most: one target for all waits that are shown."""
    _report(window, "response-times", ((By.PRIORITY, "normal"),))


def _targets(window: Window) -> None:
    _report(window, "sla", ())


def _workload(window: Window) -> None:
    _report(window, "workload", ())


def _scorecard(window: Window) -> None:
    _report(window, "scorecard", ())


def _report(window: Window, name: str, only: tuple[tuple[By, str], ...]) -> None:
    from inbox.ui.reports import ReportsPage

    window.go("reports")
    settle(window)
    page = window.findChild(ReportsPage)
    if page is not None:
        page.ask(replace(page.asked, report=name, only=only))


def _incident(window: Window) -> None:
    """The incident that holds the most of what is written."""
    from inbox.ui.incidents import IncidentsPage

    window.go("incidents")
    settle(window)
    page = window.findChild(IncidentsPage)
    if page is not None and page.list.entries.rows:
        most = max((each.incident for each in page.list.entries.rows), key=lambda incident: incident.threads)
        window.go(f"incident:{most.id}")


SCREENS: list[Screen] = [
    Screen("queue", _queue),
    Screen("thread", _thread),
    Screen("composer", _composer),
    Screen("accounts", _page("accounts")),
    Screen("first-run", _page("first-run")),
    Screen("settings", _page("settings")),
    Screen("outbox", _page("outbox")),
    Screen("rules", _rules),
    Screen("rule", _rule),
    Screen("policies", _policies),
    Screen("policy", _policy),
    Screen("unsorted", _page("unsorted")),
    Screen("quality", _page("quality")),
    Screen("calendars", _calendars),
    Screen("escalations", _page("ladders")),
    Screen("watching", _watching, _after_watching),
    Screen("campaigns", _campaigns),
    Screen("notices", _page("notices")),
    Screen("incidents", _page("incidents")),
    Screen("incident", _incident),
    Screen("backtest", _backtest),
    Screen("staffing", _staffing),
    Screen("reports", _reports),
    Screen("reports-targets", _targets),
    Screen("reports-workload", _workload),
    Screen("reports-scorecard", _scorecard),
    Screen("palette", _palette, _close_palette),
    Screen("help", _help, _close_help),
]
"""What is drawn; later screens are added here."""


def draw_all(window: Window, folder: Path, size: tuple[int, int], theme: Scheme | None = None) -> list[Path]:
    """Draws each screen at ``size`` into ``folder`` and gives the files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    if theme is not None:
        window.context.theme.use(theme)
    window.window().resize(*size)
    window.window().show()
    window.fill()
    settle(window)
    _wait_for_collector(window)
    made = []
    for screen in SCREENS:
        screen.show(window)
        settle(window)
        path = folder / f"{screen.name}.png"
        if not window.grab().save(str(path)):
            raise OSError(0, "The picture could not be written", str(path))
        made.append(path)
        if screen.hide is not None:
            screen.hide(window)
    return made


def settle(window: Window) -> None:
    """Lets the screen come to rest: nothing is being read, and fades are over."""
    ends = time.monotonic() + LONGEST_SECONDS
    quiet = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < min(ends, quiet):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if window.context.lanes.busy:
            quiet = time.monotonic() + SETTLE_SECONDS
        time.sleep(0.005)


def _wait_for_collector(window: Window) -> None:
    """A collector that is being started is there soon; without one the pictures say so."""
    ends = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < ends and not (window.rail.pulse and window.rail.pulse.collector):
        window.rail.read()
        settle(window)


def _mentions(found: tuple[int, int]) -> int:
    return found[1]
