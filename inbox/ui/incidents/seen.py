"""What was seen: the evidence in a paragraph with its posts, volume against what is usual, and the figures of now."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRect, QSize, Qt, QTime, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from inbox.model.incident import OPEN_STATES
from inbox.ui.charts import Line, LineChart, LineData
from inbox.ui.incidents import words
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.widgets import Card, Label, column, isolate
from inbox.ui.widgets.paint import LEADING, rounded
from inbox.ui.widgets.words import counted, number

if TYPE_CHECKING:
    from datetime import datetime

    from inbox.flow.hot.room import Room, Volume
    from inbox.store.gathered import Post

CHART, POSTS, POST_HEIGHT = 184, 3, 28
FOUR_FROM = 560
HOUR = 3600


class PostLine(QAbstractButton):
    """One post in a line, and who wrote it; pressing it opens its thread."""

    def __init__(self, post: "Post", parent: QWidget | None = None) -> None:
        """In its own direction, as everything that people wrote."""
        super().__init__(parent)
        self._said, self._who = line(post.text, 300), line(post.author)
        self.setText(self._said)
        self.setAccessibleName(f"{self._who}: {self._said}")
        self.setToolTip(self._said)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """28 high."""
        return QSize(current().px(200), current().px(POST_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar at the side, the name, and the words."""
        del event
        theme = current()
        px, mirror = theme.px, self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        if self.underMouse():
            rounded(painter, self.rect(), px(4), theme.color("hover"), None)
        bar = QRect(self.width() - 2 if mirror else 0, px(4), 2, self.height() - px(8))
        painter.fillRect(bar, theme.color("strong"))
        inner = self.rect().adjusted(px(10), 0, -px(10), 0)
        painter.setFont(theme.font("meta_control"))
        painter.setPen(theme.color("text2"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(self._who, Qt.TextElideMode.ElideRight, px(160))
        painter.drawText(inner, LEADING, isolate(name))
        taken = metrics.horizontalAdvance(name) + px(8)
        rest = inner.adjusted(0, 0, -taken, 0) if mirror else inner.adjusted(taken, 0, 0, 0)
        painter.setFont(theme.font("base"))
        painter.setPen(theme.color("text"))
        shown = painter.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, LEADING, isolate(shown))
        painter.end()


class FigureBox(QWidget):
    """A figure over its name over what it is measured against."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``say``."""
        super().__init__(parent)
        self.figure = Label("", "figure")
        self.name = Label("", "meta", "text2")
        self.beside = Label("", "meta", "text3")
        box = column(self, gap=0)
        for part in (self.figure, self.name, self.beside):
            part.setMinimumWidth(1)
            box.addWidget(part)

    def say(self, figure: str, name: str, beside: str = "") -> None:
        """Another figure."""
        self.figure.setText(figure)
        self.name.setText(name)
        self.beside.setText(beside)
        self.setAccessibleName(f"{figure} {name}. {beside}".strip())


class SeenCard(Card):
    """``thread_wanted`` carries the thread of a post."""

    thread_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_room``."""
        super().__init__("true", parent)
        self.said = Label("", "base", wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.posts: list[PostLine] = []
        self._shown_posts: tuple[Post, ...] = ()
        self._posts_box = column(gap=2)
        nothing = self.tr("Nothing was counted in this time.")
        self.chart = LineChart(self.tr("Volume against what is usual"), nothing)
        self.chart.setMinimumHeight(current().px(CHART))
        self.lately, self.people, self.reach, self.negative = (FigureBox() for _ in range(4))
        self._grid = QGridLayout()
        self._grid.setSpacing(current().px(12))
        self._columns = 0
        self.body.addWidget(self.said)
        self.body.addLayout(self._posts_box)
        self.body.addWidget(self.chart, 1)
        self.body.addLayout(self._grid)
        self.lay(wide=True)

    def lay(self, *, wide: bool) -> None:
        """Four figures side by side, or two by two."""
        columns = 4 if wide else 2
        if columns == self._columns:
            return
        self._columns = columns
        for place, each in enumerate((self.lately, self.people, self.reach, self.negative)):
            self._grid.addWidget(each, place // columns, place % columns)
        for at in range(4):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def show_room(self, room: "Room", now: "datetime") -> None:
        """Other evidence and figures."""
        self.said.setText(room.said or self._by_hand(room, now))
        self._show_posts(room.posts[:POSTS])
        self.chart.set_data(self._data(room.volume, now))
        self._figures(room)

    def _by_hand(self, room: "Room", now: "datetime") -> str:
        words_ = self.tr("Opened by hand by %1, %2.")
        who = room.names.get(room.incident.opened_by, room.incident.opened_by)
        return words_.replace("%1", isolate(who)).replace("%2", words.lasted(room.incident, now))

    def _show_posts(self, posts: "tuple[Post, ...]") -> None:
        if posts == self._shown_posts:
            return
        self._shown_posts = posts
        for each in self.posts:
            self._posts_box.removeWidget(each)
            each.deleteLater()
        self.posts = [PostLine(each) for each in posts]
        for made, post in zip(self.posts, posts, strict=True):
            made.clicked.connect(partial(self.thread_wanted.emit, post.thread_id))
            self._posts_box.addWidget(made)

    def _data(self, volume: "Volume", now: "datetime") -> LineData:
        heard = any(each.people for each in volume.steps)
        if not heard:
            return LineData((), ())
        places = [_place(each.at, now) for each in volume.steps]
        lines = [Line(self.tr("Now"), [each.people for each in volume.steps], role="hot")]
        if any(each.usual is not None for each in volume.steps):
            usual = [None if each.usual is None else round(each.usual, 1) for each in volume.steps]
            lines.append(Line(self.tr("Usual"), usual, role="text2"))
        minutes = round(volume.length.total_seconds() / 60)
        length = (
            self.tr("an hour") if volume.length.total_seconds() >= HOUR else counted("%n min", minutes, "incidents")
        )
        about = self.tr("people in %1, %2").replace("%1", length)
        where = volume.accounts[0] if len(volume.accounts) == 1 else self.tr("all accounts")
        return LineData(places, lines, about.replace("%2", isolate(where)), self.tr("Time"))

    def _figures(self, room: "Room") -> None:
        found, volume = room.figures, room.volume
        usual = self.tr("nobody knows yet what is usual")
        if volume.usual is not None:
            few = self.tr("usually fewer than one")
            usual = self.tr("usually %1").replace("%1", number(round(volume.usual))) if volume.usual >= 1 else few
        if room.incident.state in OPEN_STATES:
            self.lately.say(number(volume.lately), self.tr("people in 15 min"), usual)
        else:
            most = max((each.people for each in volume.steps), default=0)
            self.lately.say(number(most) if most else "\N{EM DASH}", self.tr("people at its height"))
        threads = counted("in %n thread(s)", found.threads, "incidents")
        self.people.say(number(found.people), self.tr("people in it"), threads)
        self.reach.say(number(found.reach), self.tr("reach so far"), self.tr("their followers"))
        share = f"{found.negative / found.mentions:.0%}" if found.mentions else "\N{EM DASH}"
        of = self.tr("%1 of %2 mentions").replace("%1", number(found.negative)).replace("%2", number(found.mentions))
        self.negative.say(share, self.tr("negative"), of)


def _place(at: "datetime", now: "datetime") -> str:
    """A step's time, with its day where that is another."""
    local = at.astimezone()
    clock = QLocale().toString(QTime(local.hour, local.minute), "HH:mm")
    if local.date() == now.astimezone().date():
        return clock
    return f"{QLocale().dayName(local.isoweekday(), QLocale.FormatType.ShortFormat)} {clock}"
