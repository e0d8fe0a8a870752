"""What was seen: the evidence in a paragraph with its posts, volume against what is usual, and the figures of now."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from inbox.model.incident import OPEN_STATES
from inbox.ui.charts import BandChart
from inbox.ui.incidents import volume, words
from inbox.ui.incidents.figures import FigureRow
from inbox.ui.rescale import NO_END
from inbox.ui.theme import current
from inbox.ui.thread.plain import line
from inbox.ui.widgets import Button, Card, Divider, Label, column, isolate, row
from inbox.ui.widgets.paint import LEADING, rounded
from inbox.ui.widgets.words import counted, number

if TYPE_CHECKING:
    from datetime import datetime

    from inbox.flow.hot.room import Room
    from inbox.store.gathered import Post

CHART, POSTS, POST_HEIGHT = 216, 3, 28
DASH = "\N{EM DASH}"


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


class SeenCard(Card):
    """``thread_wanted`` carries the thread of a post."""

    thread_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_room``."""
        super().__init__("true", parent)
        self.said = Label("", "base", "text2", wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.unfold = Button("", "", "link")
        self.unfold.hide()
        self._open = False
        self.posts: list[PostLine] = []
        self._shown_posts: tuple[Post, ...] = ()
        self._posts_held = QWidget()
        self._posts_box = column(self._posts_held, gap=2)
        self._posts_held.hide()
        self.chart = BandChart(self.tr("Volume against baseline"), self.tr("Nothing was counted in this time."))
        self.chart.setMinimumHeight(current().px(CHART))
        self.figures = FigureRow(self.tr("What the chart shows"), volume.MEASURES)
        self._room: Room | None = None
        said = row(gap=12)
        said.addWidget(self.said, 1)
        said.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(said)
        self.body.addWidget(self._posts_held)
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(Divider())
        self.body.addWidget(self.figures)
        self.unfold.clicked.connect(self._unfold)
        self.figures.chosen.connect(self._show_measure)

    def show_room(self, room: "Room", now: "datetime") -> None:
        """Other evidence and figures."""
        self._room, self._now = room, now
        self.said.setText(room.said or self._by_hand(room, now))
        self._show_posts(room.posts[:POSTS])
        self._show_measure()
        self._figures(room)

    def press(self, by: int | None) -> None:
        """The chart gives up to so many pixels of its height to what stands below, but stays readable; without any
        number it takes what there is.
        """
        usual, least = current().px(CHART), self.chart.minimumSizeHint().height()
        self.chart.setMinimumHeight(usual if by is None else max(usual - max(by, 0), least))
        self.chart.setMaximumHeight(NO_END if by is None else self.chart.minimumHeight())
        self.updateGeometry()  # at once: Qt tells only the next layout, and the room is about to ask the one above

    @Slot()
    def _show_measure(self) -> None:
        if self._room is not None:
            measure = self.figures.value()
            self.chart.set_title(volume.title(measure))
            self.chart.set_data(volume.data(measure, self._room, self._now))

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
        self.unfold.setVisible(bool(posts))
        self._lay_posts()

    @Slot()
    def _unfold(self) -> None:
        """The posts take room only where somebody wants to read them here."""
        self._open = not self._open
        self._lay_posts()

    def _lay_posts(self) -> None:
        shown = counted("Show %n post(s)", len(self.posts), "incidents")
        self.unfold.setText(self.tr("Hide posts") if self._open else shown)
        self.unfold.setAccessibleName(self.unfold.text())
        self._posts_held.setVisible(self._open and bool(self.posts))
        self.updateGeometry()

    def _figures(self, room: "Room") -> None:
        found, seen, boxes = room.figures, room.volume, self.figures.boxes
        usual = volume.usual("mentions", seen.lately_usual)
        if room.incident.state in OPEN_STATES:
            lately = seen.lately[volume.measure("mentions")]
            boxes["mentions"].say(
                number(round(lately or 0)), counted("mention(s) in 5 min", round(lately or 0), "incidents"), usual
            )
        else:
            most = number(seen.most) if seen.most else DASH
            boxes["mentions"].say(
                most, counted("mention(s) in 5 min at its height", seen.most or 0, "incidents"), usual
            )
        threshold = self.tr("threshold %1").replace("%1", number(room.min_authors))
        boxes["people"].say(number(found.people), counted("distinct author(s)", found.people, "incidents"), threshold)
        press = counted("%n press author(s)", found.press, "incidents") if found.press else self.tr("no press author")
        boxes["reach"].say(number(found.reach), self.tr("reach so far"), press)
        share = volume.percent(found.negative / found.mentions) if found.mentions else DASH
        boxes["negative"].say(share, self.tr("negative"), volume.usual("negative", seen.lately_usual))
