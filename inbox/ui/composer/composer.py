"""The composer of the thread on screen: what is written, kept, checked and sent."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from inbox.model.ids import MentionId, ThreadId
from inbox.model.outbox import Reply
from inbox.model.people import Employee
from inbox.model.words import AfterSend, Direction, DraftKind, Visibility
from inbox.ui.commands import BY_ID, cap, shown_text
from inbox.ui.composer import deeds
from inbox.ui.composer.blocked import Blocked, blocked
from inbox.ui.composer.checks import Said
from inbox.ui.composer.drafts import DraftKeeper
from inbox.ui.composer.editor import PASTE_LIMIT
from inbox.ui.composer.frame import NOTE, PRIVATE, PUBLIC, Frame
from inbox.ui.composer.judge import Judgement, judge_note, judge_reply
from inbox.ui.context import Context
from inbox.ui.thread.plain import line
from inbox.ui.thread.scene import Scene
from inbox.ui.thread.times import clock_time
from inbox.ui.widgets import isolate
from inbox.ui.widgets.words import number

NARROW = 500


@dataclass(frozen=True, slots=True)
class Base:
    """What one looked at when the writing began: the thread's version, the customer's newest mention, and when."""

    version: int
    seen: MentionId | None
    at: datetime


class Composer(Frame):
    """Writes public replies, direct messages and notes. ``claim_wanted`` says that writing began,
    ``sent`` that something went into the outbox or the notes, ``left`` that Escape was pressed.
    """

    claim_wanted = Signal()
    sent = Signal()
    look_wanted = Signal()
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Empty until ``show_scene``."""
        super().__init__(parent)
        self._context = context
        self._scene: Scene | None = None
        self._texts = {PUBLIC: "", NOTE: ""}
        self._mode = PUBLIC
        self._base: Base | None = None
        self._race: tuple[str, AfterSend] | None = None
        self._sending = False
        self._setting = False
        self._closing = False
        self._trouble = ""
        self._cut: tuple[str, int] | None = None
        self.keeper = DraftKeeper(context, self)
        self.keeper.saved.connect(self._draft_saved)
        self.keeper.failed.connect(self._draft_failed)
        self.editor.textChanged.connect(self._written)
        self.editor.left.connect(self.left)
        self.editor.shortened.connect(self._pasted)
        self.checks.acted.connect(self._act)
        self.send_button.clicked.connect(self.send_and_wait)
        self.close_button.clicked.connect(self.send_and_close)
        self.more.clicked.connect(self._show_menu)
        self._register()

    def show_scene(self, scene: Scene) -> None:
        """Shows the composer for a thread; for the same thread again only what is around the text changes."""
        before = self._scene
        if before is None or before.thread.row.id != scene.thread.row.id:
            self.leave()
            self._scene = scene
            self._begin(scene)
        self._scene = scene
        if self._base is not None:
            self._base = without_mine(self._base, scene, self._context.employee)
        self._offer_modes(scene)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words and buttons go where there is little room."""
        super().resizeEvent(event)
        if self._scene is not None and event.size().width() != event.oldSize().width():
            self._offer_modes(self._scene)
            self._refresh()

    def leave(self) -> None:
        """Keeps what is written, at once."""
        self.keeper.flush()

    def clear(self) -> None:
        """No thread is on screen."""
        self.leave()
        self._scene = None

    @property
    def mode(self) -> str:
        """Public, private or note."""
        return self._mode

    @property
    def judgement(self) -> Judgement:
        """What the checks say now."""
        text = self.editor.text()
        if self._mode == NOTE:
            return judge_note(text)
        if self._scene is None:
            return judge_note(text)
        handle = self._scene.thread.author.handle
        return judge_reply(text, self._scene.account, private=self._mode == PRIVATE, handle=handle)

    @property
    def reason(self) -> Blocked | None:
        """Why nothing can be sent now."""
        me = self._context.employee
        if self._mode == NOTE:
            return blocked(None, collector=True, employee=me) if not me else None
        if self._scene is None:
            return None
        return blocked(self._scene.account, collector=self._scene.collector, employee=me)

    @Slot()
    def write_reply(self) -> None:
        """Puts the cursor into a public reply."""
        self.set_mode(PUBLIC)
        self.editor.setFocus()
        self._claim()

    @Slot()
    def write_private(self) -> None:
        """Puts the cursor into a direct message, where the account may write one."""
        self.set_mode(PRIVATE)
        self.editor.setFocus()

    @Slot()
    def write_note(self) -> None:
        """Puts the cursor into a note."""
        self.set_mode(NOTE)
        self.editor.setFocus()

    def set_mode(self, mode: str) -> None:
        """Another mode; a reply keeps its text between public and private, a note has its own."""
        if mode == PRIVATE and not self._can_message():
            return
        if mode != self._mode:
            self._texts[_slot(self._mode)] = self.editor.text()
            changed_text = _slot(mode) != _slot(self._mode)
            self._mode = mode
            if changed_text:
                self._set_text(self._texts[_slot(mode)])
            self._keep()
        self.modes.set_value(mode)
        self._race = None
        self._refresh()

    @Slot()
    def send_and_wait(self) -> None:
        """Sends; the thread then waits on the customer."""
        self._send(AfterSend.WAIT)

    @Slot()
    def send_and_close(self) -> None:
        """Sends; the thread is closed once it is out."""
        self._send(AfterSend.CLOSE)

    @Slot()
    def send_and_keep_open(self) -> None:
        """Sends; the thread stays open."""
        self._send(AfterSend.KEEP_OPEN)

    def _register(self) -> None:
        on, here = self._context.commands.on, self._is_here
        on("reply", self.write_reply, here)
        on("note", self.write_note, here)
        on("public", self.write_reply, here)
        on("private", self.write_private, lambda: here() and self._can_message())
        on("send", self.send_and_wait, self._can_send)
        on("send-close", self.send_and_close, lambda: self._can_send() and self._mode != NOTE)
        on("send-open", self.send_and_keep_open, lambda: self._can_send() and self._mode != NOTE)

    def _is_here(self) -> bool:
        return self._scene is not None and self.isVisible()

    def _can_message(self) -> bool:
        account = self._scene.account if self._scene is not None else None
        return account is not None and account.limits.can_message

    def _can_send(self) -> bool:
        return self._is_here() and not self._sending and self.reason is None and not self.judgement.stops

    def _begin(self, scene: Scene) -> None:
        """Another thread: its draft, or an empty composer."""
        draft = self.keeper.newest(scene.thread.row.id, DraftKind.REPLY, scene.draft)
        note = self.keeper.newest(scene.thread.row.id, DraftKind.NOTE, scene.note)
        self._texts = {PUBLIC: draft.text if draft is not None else "", NOTE: note.text if note is not None else ""}
        self._mode = PRIVATE if draft is not None and draft.visibility is Visibility.PRIVATE else PUBLIC
        if self._mode == PRIVATE and not self._can_message():
            self._mode = PUBLIC
        if draft is None and note is not None:
            self._mode = NOTE
        self._base = Base(draft.thread_version, draft.answers, draft.saved_at) if draft is not None else None
        self._race, self._sending, self._trouble = None, False, ""
        self._set_text(self._texts[_slot(self._mode)])
        shown = note if self._mode == NOTE else draft
        saved = self.tr("Draft of %1").replace("%1", clock_time(shown.saved_at)) if shown is not None else ""
        self.note_line.setText(saved)

    def _offer_modes(self, scene: Scene) -> None:
        private = self.tr("Private") if self.width() < self._context.theme.px(NARROW) else self.tr("Direct message")
        options = [(PUBLIC, self.tr("Public reply"), "globe")]
        if scene.account is not None and scene.account.limits.can_message:
            options.append((PRIVATE, private, "lock"))
        options.append((NOTE, self.tr("Note"), "note"))
        if self.show_modes(tuple(options), self.tr("What is written")):
            self.modes.chosen.connect(self.set_mode)
            self.modes.set_value(self._mode)

    def _set_text(self, text: str) -> None:
        self._setting = True
        self.editor.set_text(text)
        self._setting = False

    @Slot()
    def _written(self) -> None:
        if self._setting or self._scene is None:
            return
        if self._base is None:
            self._base = self._now_seen(self._scene)
        self._claim()
        self._keep()
        self._refresh()

    @Slot(int)
    def _pasted(self, whole: int) -> None:
        """Not all of it was taken: said until something is deleted."""
        words = self.tr("Only the first %1 of %2 pasted characters are here.")
        sentence = words.replace("%1", number(PASTE_LIMIT)).replace("%2", number(whole))
        self._cut = (sentence, len(self.editor.text()))
        self._refresh()

    def _claim(self) -> None:
        if self._context.employee and self._scene is not None:
            self.claim_wanted.emit()

    def _keep(self) -> None:
        """What is shown is kept: a reply as a reply, a note as a note."""
        me = self._me()
        if self._scene is None:
            return
        text = self._texts[_slot(self._mode)] = self.editor.text()
        if me is None:
            return
        base = self._base or self._now_seen(self._scene)
        self.keeper.keep(
            self._scene.thread.row.id,
            me.id,
            text,
            visibility=self._visibility(),
            answers=base.seen,
            version=base.version,
            now=self._context.now(),
            kind=DraftKind.NOTE if self._mode == NOTE else DraftKind.REPLY,
        )

    def _now_seen(self, scene: Scene) -> Base:
        return Base(scene.thread.row.version, _newest_inbound(scene), self._context.now())

    def _me(self) -> Employee | None:
        known = self._scene.employees if self._scene is not None else ()
        return next((person for person in known if person.name == self._context.employee), None)

    def _visibility(self) -> Visibility:
        return Visibility.PRIVATE if self._mode == PRIVATE else Visibility.PUBLIC

    def _refresh(self) -> None:
        """Checks, length, buttons and the words around the text."""
        if self._scene is None:
            return
        judged, reason = self.judgement, self.reason
        said = [*self._asked(), *self._blocked(reason), *judged.said]
        self.checks.show_findings(said, "" if judged.empty else judged.passed)
        self.checks.show_length(judged.used, judged.limit, judged.address)
        self.checks.setVisible(self._mode != NOTE or bool(said))
        self.editor.underline([span for each in judged.said for span in each.spans])
        self._show_speaker(self._scene)
        self._show_buttons(judged, reason)
        self.set_stopped(stopped=any(each.level == "block" for each in judged.said))
        self.update()

    def _show_speaker(self, scene: Scene) -> None:
        note = self._mode == NOTE
        handle = isolate(line(scene.thread.row.account.partition("@")[0]))
        words = self.tr("seen by colleagues only") if note else self.tr("as @%1").replace("%1", handle)
        self.speaker.setText(words)
        self.editor.setAccessibleName(self.tr("Your note") if note else self.tr("Your reply"))
        author = line(scene.thread.author.shown, 40)
        hint = self.tr("Write to your colleagues") if note else self.tr("Write to %1").replace("%1", isolate(author))
        self.editor.setPlaceholderText(hint)

    def _show_buttons(self, judged: Judgement, reason: Blocked | None) -> None:
        note = self._mode == NOTE
        off = self._sending or judged.stops or reason is not None
        why = reason.sentence if reason is not None else self.tr("Write something first.") if judged.empty else ""
        self.send_button.setText(self.tr("Add note") if note else self.tr("Send"))
        self.send_button.set_icon("note" if note else "send")
        for button in (self.send_button, self.close_button, self.more):
            button.setEnabled(not off)
            button.setAccessibleDescription(why)
        narrow = self.width() < self._context.theme.px(NARROW)
        self.close_button.setVisible(not note and not narrow)
        self.more.setVisible(not note)
        self.send_button.setAccessibleName(self.send_button.text())

    def _asked(self) -> list[Said]:
        if self._race is not None:
            actions = (("look", self.tr("Look")), ("send anyway", self.tr("Send anyway")))
            return [Said("race", "ask", self._race[0], self.tr("Look, or send anyway."), actions)]
        if self._cut is not None and len(self.editor.text()) < self._cut[1]:
            self._cut = None
        if self._cut is not None:
            return [Said("cut", "warn", self._cut[0], self.tr("The rest was left out."))]
        if self._trouble:
            return [Said("trouble", "warn", self._trouble, self.tr("What you wrote is still here."))]
        return []

    @staticmethod
    def _blocked(reason: Blocked | None) -> list[Said]:
        if reason is None:
            return []
        actions = ((f"page:{reason.page}", reason.action),) if reason.page else ()
        return [Said("blocked", "block", reason.sentence, "", actions)]

    @Slot(str)
    def _act(self, key: str) -> None:
        if key.startswith("page:"):
            self._context.go(key.removeprefix("page:"))
        elif key == "look" and self._scene is not None:
            self._race, self._base = None, self._now_seen(self._scene)
            self.look_wanted.emit()
            self._keep()
            self._refresh()
        elif key == "send anyway" and self._race is not None:
            after, self._race = self._race[1], None
            self._base = None
            self._send(after, anyway=True)

    def _send(self, after: AfterSend, *, anyway: bool = False) -> None:
        if self._scene is None or not self._can_send():
            return
        text, now, me = self.editor.text(), self._context.now(), self._context.employee
        thread = self._scene.thread
        self._sending, self._trouble = True, ""
        self._refresh()
        self.keeper.flush()
        if self._mode == NOTE:
            note = deeds.AddNote(thread.row.id, text, me, now)
            self._context.lanes.write(note, partial(self._noted, thread.row.id), self._failed)
            return
        base = self._base or self._now_seen(self._scene)
        expect, seen = (None, None) if anyway else (base.version, base.seen)
        send = deeds.Send(thread.row.id, text, me, self._visibility(), after, expect, seen, now)
        self._context.lanes.write(send, self._queued, _Failed(self, after))

    def _queued(self, reply: Reply) -> None:
        """In the outbox: the composer is empty again, and the undo bar brings the text back."""
        self._sending, self._base = False, None
        author = line(self._scene.thread.author.shown, 40) if self._scene is not None else ""
        if self._scene is not None and self._scene.thread.row.id == reply.thread_id:
            self.keeper.forget()
            self._texts[PUBLIC] = ""
            self._set_text("")
            self.note_line.setText("")
            self._refresh()
        words = self.tr("Reply to %1 is on its way.").replace("%1", isolate(author))
        self._context.toast(words, _Undo(self, reply))
        self.sent.emit()

    def _noted(self, thread_id: ThreadId, _decided: object) -> None:
        """Added: the note's place is empty, and what was written of a reply stands there again."""
        self._sending = False
        if self._scene is not None and self._scene.thread.row.id == thread_id:
            self.keeper.forget()
            if self._mode == NOTE:
                self._set_text("")
            self._texts[NOTE] = ""
            self.set_mode(PUBLIC)
            self.note_line.setText("")
        self.sent.emit()

    def take_back(self, reply: Reply) -> None:
        """Undoes a reply that still waits."""
        unsend = deeds.Unsend(reply, self._context.employee, self._context.now())
        self._context.lanes.write(unsend, self._taken_back, self._context.tell)

    def _taken_back(self, reply: Reply) -> None:
        """Its text stands in the composer again, unless something else was begun meanwhile."""
        scene = self._scene
        if scene is not None and scene.thread.row.id == reply.thread_id and not self._texts[PUBLIC].strip():
            self.set_mode(PRIVATE if reply.visibility is Visibility.PRIVATE else PUBLIC)
            self._set_text(reply.text)
            self._written()
        self._context.toast(self.tr("The reply was taken back."))
        self.sent.emit()

    def _failed(self, error: Exception) -> None:
        self._sending = False
        self._trouble = str(error).strip() or type(error).__name__
        self._refresh()

    def lost_race(self, sentence: str, after: AfterSend) -> None:
        """Somebody was quicker: asks first."""
        self._sending = False
        self._race = (sentence, after)
        self._refresh()

    def _draft_saved(self, at: datetime) -> None:
        words = self.tr("Draft saved %1").replace("%1", clock_time(at))
        self.note_line.setText(words if self.editor.text().strip() else "")

    def _draft_failed(self, sentence: str) -> None:
        self.note_line.setText(self.tr("The draft is not saved: %1").replace("%1", sentence))

    def _show_menu(self) -> None:
        menu = QMenu(self)
        for command in ("send-close", "send-open"):
            known = BY_ID[command]
            menu.addAction(f"{shown_text(known)}\t{cap(command)}", _Run(self._context, command))
        corner = self.more.mapToGlobal(self.more.rect().topLeft())
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))


class _Run:
    def __init__(self, context: Context, command: str) -> None:
        self._context, self._command = context, command

    def __call__(self, *_: object) -> None:
        self._context.commands.run(self._command)


class _Undo:
    def __init__(self, composer: Composer, reply: Reply) -> None:
        self._composer, self._reply = composer, reply

    def __call__(self) -> None:
        self._composer.take_back(self._reply)


class _Failed:
    """A lost race asks; everything else is said."""

    def __init__(self, composer: Composer, after: AfterSend) -> None:
        self._composer, self._after = composer, after

    def __call__(self, error: Exception) -> None:
        from inbox.store.errors import LostRace

        if isinstance(error, LostRace):
            self._composer.lost_race(str(error), self._after)
        else:
            self._composer._failed(error)  # noqa: SLF001 - its own half


def without_mine(base: Base, scene: Scene, employee: str) -> Base:
    """What one does oneself while writing is no race: then the newer version is the one that was seen."""
    since = [event for event in scene.thread.audit if event.at > base.at]
    if scene.thread.row.version > base.version and since and all(event.actor == employee for event in since):
        return Base(scene.thread.row.version, base.seen, since[-1].at)
    return base


def _newest_inbound(scene: Scene) -> MentionId | None:
    inbound = (each.id for each in reversed(scene.thread.mentions) if each.direction is Direction.INBOUND)
    return next(inbound, None)


def _slot(mode: str) -> str:
    return NOTE if mode == NOTE else PUBLIC
