"""The one table of commands: menus, shortcuts, the palette, the help sheet and the README are made from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Group(StrEnum):
    """Where a command stands in the help sheet and the palette."""

    THREAD = "This thread"
    REPLY = "Replying"
    QUEUE = "The queue"
    INCIDENT = "This incident"
    GO = "Go to"
    WINDOW = "The window"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do. ``keys`` are Qt key sequences, the first is the one that is shown."""

    id: str
    text: str
    keys: tuple[str, ...]
    group: Group
    icon: str
    help: str

    @property
    def key(self) -> str:
        """The key that is shown; empty where there is none."""
        return self.keys[0] if self.keys else ""


def _make(  # noqa: PLR0917 - the rows of a table read better without names
    id_: str, text: str, keys: str, group: Group, icon: str, help_: str
) -> Command:
    return Command(id_, text, tuple(keys.split(" | ")) if keys else (), group, icon, help_)


COMMANDS: tuple[Command, ...] = (
    _make("reply", "Reply", "R", Group.THREAD, "reply", "Write a public reply; claims the thread for you."),
    _make("note", "Write a note", "N", Group.THREAD, "note", "Write something that only colleagues see."),
    _make("assign", "Assign to...", "A", Group.THREAD, "assign", "Give the thread to somebody."),
    _make("assign-me", "Assign to me", "Shift+A", Group.THREAD, "user", "Take the thread."),
    _make("unassign", "Give back to the queue", "Shift+U", Group.THREAD, "undo", "Take the assignee off the thread."),
    _make(
        "move", "Move to area...", "M", Group.THREAD, "move", "Send the thread to another area; teaches the routing."
    ),
    _make(
        "close", "Close", "E", Group.THREAD, "check", "Close the thread: answered, or no reply needed if nobody wrote."
    ),
    _make(
        "close-as", "Close as...", "Shift+E", Group.THREAD, "check", "Close the thread with a reason of your choice."
    ),
    _make("wait", "Wait on the customer", "W", Group.THREAD, "hourglass", "Nothing to do until the customer answers."),
    _make("snooze", "Snooze...", "Z", Group.THREAD, "moon", "Put the thread off until a time."),
    _make("reopen", "Reopen", "O", Group.THREAD, "reopen", "Bring a closed, waiting or snoozed thread back."),
    _make("tag", "Tag...", "T", Group.THREAD, "tag", "Add a tag to the thread, or take one off."),
    _make(
        "escalate", "Escalate...", "Shift+X", Group.THREAD, "double-chevron", "Call for help that must be acknowledged."
    ),
    _make(
        "add-to-incident",
        "Add to incident...",
        "H",
        Group.THREAD,
        "flame",
        "Put the thread into an incident, or open one.",
    ),
    _make("outcome", "Outcome...", "Y", Group.THREAD, "heart", "Say what became of the customer."),
    _make("priority", "Priority...", "P", Group.THREAD, "triangle", "Set how urgent the thread is."),
    _make("correct", "Correct the facts...", "C", Group.THREAD, "pencil", "Say that the routing judged wrongly."),
    _make(
        "open-link",
        "Open on the network",
        "Ctrl+Shift+O",
        Group.THREAD,
        "open",
        "Show the newest mention in the browser.",
    ),
    _make("copy-link", "Copy link to thread", "Ctrl+Shift+C", Group.THREAD, "link", "Copies inbox://thread/ID."),
    _make("details", "Details", "I", Group.THREAD, "panel", "Show or hide clocks, reasons and the author."),
    _make("send", "Send", "Ctrl+Return", Group.REPLY, "send", "Send the reply; it can be undone for ten seconds."),
    _make(
        "send-close",
        "Send and close",
        "Ctrl+Shift+Return",
        Group.REPLY,
        "double-check",
        "Send the reply, close the thread.",
    ),
    _make(
        "send-open",
        "Send and keep open",
        "Ctrl+Alt+Return",
        Group.REPLY,
        "send",
        "Send the reply, keep the thread open.",
    ),
    _make("public", "Public reply", "Ctrl+1", Group.REPLY, "globe", "Write where everybody can read."),
    _make("private", "Direct message", "Ctrl+2", Group.REPLY, "lock", "Write to the author alone."),
    _make("next", "Next thread", "J", Group.QUEUE, "chevron-down", "Go one thread down."),
    _make("previous", "Previous thread", "K", Group.QUEUE, "chevron-up", "Go one thread up."),
    _make("open", "Open thread", "Return", Group.QUEUE, "open", "Go from the queue into the thread."),
    _make("select", "Select", "X", Group.QUEUE, "check", "Select the thread for a decision on many."),
    _make("select-all", "Select all", "Ctrl+A", Group.QUEUE, "double-check", "Select every thread that is listed."),
    _make("show-new", "Show new threads", ".", Group.QUEUE, "refresh", "Bring the threads that came in into the list."),
    _make("unassigned", "Only unassigned", "Shift+N", Group.QUEUE, "users", "Show only threads that nobody has."),
    _make(
        "late", "Only late or soon", "Shift+L", Group.QUEUE, "hourglass", "Show only threads whose deadline presses."
    ),
    _make("order-due", "Due first", "", Group.QUEUE, "sort", "The next deadline first."),
    _make("order-newest", "Newest first", "", Group.QUEUE, "sort", "The newest mention first."),
    _make("order-oldest", "Oldest first", "", Group.QUEUE, "sort", "The oldest mention first."),
    _make("comfortable", "Comfortable rows", "", Group.QUEUE, "list", "Two lines of each mention."),
    _make("cosy", "Cosy rows", "", Group.QUEUE, "list", "One line of each mention."),
    _make("compact", "Compact rows", "", Group.QUEUE, "list", "A line for each thread, in columns."),
    _make("statement", "Write a statement", "", Group.INCIDENT, "megaphone", "Say in public what you know and do."),
    _make("go-mine", "My threads", "G, M", Group.GO, "user", "Threads assigned to you."),
    _make("go-areas", "My areas", "G, A", Group.GO, "inbox", "Open threads in your areas."),
    _make("go-unsorted", "Unsorted", "G, U", Group.GO, "shuffle", "Threads that the routing left to a person."),
    _make("go-waiting", "Waiting", "G, W", Group.GO, "hourglass", "Threads that wait on the customer."),
    _make("go-snoozed", "Snoozed", "G, Z", Group.GO, "moon", "Threads put off until a time."),
    _make("go-outbox", "Outbox", "G, O", Group.GO, "outbox", "Replies on their way."),
    _make("go-notices", "Notices", "G, N", Group.GO, "bell", "What you were told: deadlines, threads that came back."),
    _make("go-rules", "Rules", "G, R", Group.GO, "rule", "Write rules and see what they match."),
    _make("go-backtest", "Backtest", "G, B", Group.GO, "play", "Try rules on the history before they are trusted."),
    _make("go-quality", "Routing quality", "G, Q", Group.GO, "target", "How often the routing was right."),
    _make("go-incidents", "Incidents", "G, H", Group.GO, "flame", "Hot issues: what blows up, and what is done."),
    _make("go-watching", "Watching", "G, D", Group.GO, "siren", "When an alarm is given, and announced campaigns."),
    _make("go-reports", "Reports", "G, P", Group.GO, "chart", "How long customers waited, and what was promised."),
    _make("go-policies", "Policies", "G, T", Group.GO, "hourglass", "The answer times that are promised."),
    _make("go-ladders", "Escalations", "G, E", Group.GO, "double-chevron", "Who is called for help, in which order."),
    _make("go-calendars", "Calendars", "G, L", Group.GO, "clock", "Opening hours, holidays and closed days."),
    _make("go-staffing", "Staffing", "G, F", Group.GO, "users", "How many people each hour needs."),
    _make("go-accounts", "Accounts", "G, C", Group.GO, "plug", "Connect accounts, see how they are doing."),
    _make("go-settings", "Settings", "G, S | Ctrl+,", Group.GO, "gear", "Look, workspace file, people."),
    _make(
        "palette",
        "Search and commands",
        "Ctrl+K | /",
        Group.WINDOW,
        "search",
        "Find a command, a view, a person, a thread.",
    ),
    _make("away", "Away or back", "", Group.WINDOW, "moon", "Say that you are away, or here again."),
    _make("help", "Keys and help", "? | F1", Group.WINDOW, "help", "Every command with its key."),
    _make("undo", "Undo", "Ctrl+Z", Group.WINDOW, "undo", "Take the last decision back, for ten seconds."),
    _make("back", "Back", "Alt+Left", Group.WINDOW, "chevron-left", "From the thread to the queue."),
    _make("next-pane", "Next pane", "F6", Group.WINDOW, "panel", "Move the keyboard to the next pane."),
    _make("refresh", "Pull now", "F5", Group.WINDOW, "refresh", "Ask the collector to look for new mentions."),
    _make("light", "Light colours", "", Group.WINDOW, "eye", "Use the light scheme."),
    _make("dark", "Dark colours", "", Group.WINDOW, "moon", "Use the dark scheme."),
    _make("contrast", "High contrast", "", Group.WINDOW, "eye", "Use the high-contrast scheme."),
    _make("system", "Colours as the system", "", Group.WINDOW, "eye", "Follow the system's scheme."),
    _make("quit", "Quit", "Ctrl+Q", Group.WINDOW, "close", "Leave; replies on their way are sent first."),
)

HELD_BY_WIDGETS = frozenset({"Return"})
"""Keys that fields and buttons need for themselves; the widget concerned runs the command."""

BY_ID = {command.id: command for command in COMMANDS}


@dataclass(slots=True)
class _Handler:
    act: Callable[[], None]
    enabled: Callable[[], bool] = field(default=lambda: True)


class Commands(QObject):
    """Who carries out each command. Screens register with ``on``; everything that acts calls ``run``.

    ``in_reach`` says whether what a command acts on is on screen.
    """

    ran = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """No command can be carried out yet."""
        super().__init__(parent)
        self._handlers: dict[str, _Handler] = {}
        self.in_reach: Callable[[Command], bool] = _always

    def on(self, id_: str, act: Callable[[], None], enabled: Callable[[], bool] | None = None) -> None:
        """``act`` carries out ``id_`` while ``enabled`` says so; a later handler replaces an earlier one."""
        if id_ not in BY_ID:
            raise KeyError(id_)
        self._handlers[id_] = _Handler(act, enabled) if enabled else _Handler(act)

    def can(self, id_: str) -> bool:
        """True when ``id_`` can be carried out now."""
        handler = self._handlers.get(id_)
        return handler is not None and self.in_reach(BY_ID[id_]) and handler.enabled()

    def run(self, id_: str) -> bool:
        """Carries out ``id_`` if that is possible now, and says whether it was."""
        if not self.can(id_):
            return False
        self._handlers[id_].act()
        self.ran.emit(id_)
        return True

    def make_shortcuts(self, window: QWidget) -> None:
        """One shortcut for each key of each command, alive in the whole ``window``."""
        for command in COMMANDS:
            for keys in command.keys:
                if keys in HELD_BY_WIDGETS:
                    continue
                shortcut = CommandShortcut(command.id, keys, self, window)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)


class CommandShortcut(QShortcut):
    """A key that runs a command."""

    def __init__(self, id_: str, keys: str, commands: Commands, window: QWidget) -> None:
        """``keys`` is a Qt key sequence."""
        super().__init__(QKeySequence(keys), window)
        self._id = id_
        self._commands = commands
        self.setAutoRepeat(id_ in {"next", "previous"})
        self.activated.connect(self._run)

    def _run(self) -> None:
        self._commands.run(self._id)


def _always(_command: Command) -> bool:
    return True


def shown_text(command: Command) -> str:
    """The command's words in the user's language."""
    return QCoreApplication.translate("commands", command.text)


def shown_help(command: Command) -> str:
    """What it does, in the user's language."""
    return QCoreApplication.translate("commands", command.help)


def caps(keys: str) -> tuple[str, ...]:
    """A key sequence as the caps to press: "Ctrl+K" is one cap "Ctrl K", "G, M" two."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return tuple(part.replace("+", " ").replace("Return", "↵") for part in native.split(", ") if part)


def cap(id_: str) -> str:
    """The first key of a command as one cap, empty where it has none."""
    return " ".join(caps(BY_ID[id_].key))
