"""One thing in a thread on screen: a mention, the brand's own answer, a note, or a reply on its way."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QCursor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from inbox.model.mention import Mention
from inbox.model.outbox import Reply
from inbox.model.thread import Note
from inbox.model.words import Direction, Visibility
from inbox.ui.theme import current
from inbox.ui.thread.foot import Facts, MentionFoot, ReplyFoot
from inbox.ui.thread.media import MOST, MediaBox
from inbox.ui.thread.plain import MAX_CHARACTERS, MAX_LINES, clean, initials, line, piece
from inbox.ui.thread.post import PostText
from inbox.ui.thread.scene import Scene
from inbox.ui.thread.timeline import Entry
from inbox.ui.thread.times import clock_time
from inbox.ui.thread.words import brand_name, full_name
from inbox.ui.widgets import Button, Card, Disc, ElidedLabel, IconMark, Label, column, isolate, row
from inbox.ui.widgets.paint import rounded
from inbox.ui.widgets.words import counted, number

WIDEST = 680
EDGE = 6
MORE = 20_000
EARLIER_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Head:
    """Who speaks, the quieter words beside the name, and the icon before them."""

    name: str
    beside: str
    icon: str = ""
    letters: str = ""
    disc: str = ""
    square: bool = False


class Block(QWidget):
    """The soft block with a leading bar in which the brand speaks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A column inside, ``body``."""
        super().__init__(parent)
        self.body: QVBoxLayout = column(self, margins=(15, 8, 14, 8), gap=8)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Accent soft, and 3 px of accent on the leading side."""
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, self.rect(), theme.px(4), theme.color("accent_soft"), None)
        mirror = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - 3 if mirror else 0
        painter.fillRect(QRect(left, 0, 3, self.height()), theme.color("accent"))
        painter.end()


class EntryView(QWidget):
    """Disc, head, text, media and foot of an entry. ``link_wanted`` carries an address and where it was asked;
    ``undo_wanted`` and ``retry_wanted`` a reply.
    """

    link_wanted = Signal(str, QPoint)
    undo_wanted = Signal(object)
    retry_wanted = Signal(object)

    def __init__(self, entry: Entry, scene: Scene, matched: tuple[str, ...], now: datetime) -> None:
        """Draws ``entry`` of ``scene``; ``matched`` words are marked in what customers wrote."""
        super().__init__()
        self.entry = entry
        self._source = entry_text(entry)
        self._shown = MAX_CHARACTERS
        self._lines = MAX_LINES
        self._matched = matched if _is_inbound(entry) else ()
        self.head = entry_head(entry, scene)
        self.setMaximumWidth(current().px(WIDEST + 44 + 2 * EDGE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._outer = row(self, margins=(EDGE, 12, EDGE, 12), gap=12)
        disc = Disc(self.head.letters, self.head.disc, 32)
        self._outer.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        self._right = column(gap=2)
        self._outer.addLayout(self._right, 1)
        self._build(now)

    def tick(self, now: datetime) -> None:
        """Seconds that run down are told anew."""
        if self.reply_foot is not None:
            self.reply_foot.tick(now)

    def _build(self, now: datetime) -> None:
        self._right.addLayout(self._head_row())
        self.text = PostText("", (), self._spoken())
        self.text.link_wanted.connect(self._want_link)
        self.more = Button("", "", "link", font="meta_control")
        self.more.clicked.connect(self._show_more)
        body = self._body()
        body.addWidget(self.text)
        body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self.reply_foot: ReplyFoot | None = None
        mention = self.entry.mention
        if mention is not None:
            self._add_facts(body, mention, now)
            self._add_media(body, mention)
            if _is_inbound(self.entry) or mention.url:
                foot = MentionFoot(mention)
                foot.open_wanted.connect(self._want_link)
                self._right.addWidget(foot)
        if self.entry.reply is not None:
            self.reply_foot = ReplyFoot(self.entry.reply, now)
            self.reply_foot.undo_wanted.connect(self.undo_wanted)
            self.reply_foot.retry_wanted.connect(self.retry_wanted)
            self._right.addWidget(self.reply_foot)
        self._show_text()

    def _head_row(self) -> QVBoxLayout:
        head, outer = row(gap=6), column()
        name = ElidedLabel(isolate(self.head.name), "name")
        name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        head.addWidget(name)
        if self.head.icon:
            head.addWidget(IconMark(self.head.icon, "text3", 12))
        head.addWidget(ElidedLabel(isolate(self.head.beside), "meta", "text3"), 1)
        head.addWidget(Label(clock_time(self.entry.at), "meta", "text3"))
        outer.addLayout(head)
        return outer

    def _body(self) -> QVBoxLayout:
        """The box the text stands in: none for customers, a soft block for us, a note's box for notes."""
        if self.entry.note is not None:
            card = Card("note")
            card.body.setContentsMargins(*(current().px(margin) for margin in (12, 8, 12, 8)))
            self._right.addSpacing(current().px(4))
            self._right.addWidget(card)
            return card.body
        if _is_inbound(self.entry):
            return self._right
        block = Block()
        self._right.addSpacing(current().px(4))
        self._right.addWidget(block)
        return block.body

    def _add_facts(self, body: QVBoxLayout, mention: Mention, now: datetime) -> None:
        if mention.edited_at is None and mention.deleted_at is None:
            return
        facts = Facts(mention, now)
        body.addWidget(facts)
        self._earlier = column(gap=4)
        body.addLayout(self._earlier)
        facts.earlier_wanted.connect(self._show_earlier)

    def _add_media(self, body: QVBoxLayout, mention: Mention) -> None:
        for media in mention.media[:MOST]:
            box = MediaBox(media)
            box.wanted.connect(self._want_link)
            body.addWidget(box)
        left = len(mention.media) - MOST
        if left > 0:
            body.addWidget(Label(counted("and %n more", left), "meta", "text3"))

    def _show_text(self) -> None:
        shown = piece(self._source, self._shown, self._lines)
        self.text.set_text(shown.text, self._matched)
        self.text.setVisible(bool(shown.text))
        self.more.setVisible(not shown.whole)
        words = self.tr("Show more (%1 of %2 characters are shown)")
        words = words.replace("%1", number(shown.shown)).replace("%2", number(shown.total))
        self.more.setText(words)
        self.more.setAccessibleName(words)

    @Slot()
    def _show_more(self) -> None:
        """A step at a time: two million characters at once would stop the screen."""
        before = piece(self._source, self._shown, self._lines).shown
        self._shown = before + MORE
        self._lines += MAX_LINES * 10
        self._show_text()

    @Slot()
    def _show_earlier(self) -> None:
        mention = self.entry.mention
        if mention is None or self._earlier.count():
            return
        for text in reversed(mention.earlier_texts[-EARLIER_SHOWN:]):
            self._earlier.addWidget(Label(self.tr("Before:"), "meta", "text3"))
            self._earlier.addWidget(PostText(clean(text[:MAX_CHARACTERS]), (), self.tr("The earlier text")))

    @Slot(str)
    def _want_link(self, address: str) -> None:
        self.link_wanted.emit(address, QCursor.pos())

    def _spoken(self) -> str:
        return f"{self.head.name}, {self.head.beside}, {clock_time(self.entry.at)}"


def entry_text(entry: Entry) -> str:
    """What was written."""
    for thing in (entry.mention, entry.note, entry.reply):
        if thing is not None:
            return thing.text
    return ""


def entry_head(entry: Entry, scene: Scene) -> Head:
    """Who speaks, and as what."""
    if entry.note is not None:
        return _note_head(entry.note, scene)
    if entry.reply is not None:
        return _reply_head(entry.reply, scene)
    mention = entry.mention
    if mention is not None and mention.direction is Direction.OUTBOUND:
        brand = line(brand_name(scene.account, mention.author.shown))
        return Head(brand, _own_words(mention, scene), _lock(mention.visibility), initials(brand)[:1], brand)
    author = mention.author if mention is not None else scene.thread.author
    name = line(author.shown) or "?"
    handle = f"@{line(author.handle)}" if author.handle else ""
    private = mention is not None and mention.visibility is Visibility.PRIVATE
    return Head(name, handle, "lock" if private else "", initials(author.shown), name)


def _note_head(note: Note, scene: Scene) -> Head:
    name = full_name(note.employee, scene.employees)
    words = _tr("Note, seen by colleagues only")
    return Head(name, words, "lock", initials(name), name)


def _reply_head(reply: Reply, scene: Scene) -> Head:
    brand = line(brand_name(scene.account, scene.thread.row.account))
    words = _tr("Direct message by %1") if reply.visibility is Visibility.PRIVATE else _tr("Public reply by %1")
    by = words.replace("%1", full_name(reply.employee, scene.employees))
    return Head(brand, by, _lock(reply.visibility), initials(brand)[:1], brand)


def _own_words(mention: Mention, scene: Scene) -> str:
    private = mention.visibility is Visibility.PRIVATE
    if mention.automatic:
        return _tr("Automatic message")
    if mention.by_employee:
        words = _tr("Direct message by %1") if private else _tr("Public reply by %1")
        return words.replace("%1", full_name(mention.by_employee, scene.employees))
    return _tr("Direct message, written elsewhere") if private else _tr("Public reply, written elsewhere")


def _lock(visibility: Visibility) -> str:
    return "lock" if visibility is Visibility.PRIVATE else ""


def _is_inbound(entry: Entry) -> bool:
    return entry.mention is not None and entry.mention.direction is Direction.INBOUND


def _tr(text: str) -> str:
    return QCoreApplication.translate("thread", text)
