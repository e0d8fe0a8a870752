"""What customers said, as one of the reports: topics with posts, mood, questions, praise and long waits."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QWidget

from inbox.ui.reports import words
from inbox.ui.reports.quoted import Quoted, breakable
from inbox.ui.theme import current
from inbox.ui.thread.times import clock_time
from inbox.ui.widgets import Card, Label, column, isolate, row
from inbox.ui.widgets.words import counted, number

if TYPE_CHECKING:
    from inbox.flow.digest import Digest, Mood, Post, Slow, Topic

WIDEST = 900
TIMES = 2
"""From this many times on it is said so, rather than in percent."""
TONES = {"positive": "ok", "neutral": "text2", "negative": "late"}


class DigestBody(QWidget):
    """Shows a digest; ``thread_wanted`` carries the thread of a post that was opened."""

    thread_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until ``show_digest``."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("What customers said"))
        outer = row(self, margins=(20, 16, 20, 24))
        self._held = QWidget()
        self._held.setMaximumWidth(current().px(WIDEST))
        self._box = column(self._held, gap=12)
        outer.addWidget(self._held, 100)
        outer.addStretch(1)
        self.quotes: list[Quoted] = []

    def show_digest(self, digest: "Digest") -> None:
        """Another digest, in place of the one before."""
        self._clear()
        self._box.addWidget(self._sum(digest))
        self._box.addWidget(self._topics(digest))
        self._box.addWidget(self._moods(digest.moods))
        for title, posts in (
            (self.tr("Reached most people"), digest.reached),
            (self.tr("Praise"), digest.praise),
        ):
            if posts:
                card = self._card(title)
                self._quote(card, posts)
                self._box.addWidget(card)
        if digest.questions:
            card = self._card(self.tr("Asked by several"))
            for question in digest.questions:
                self._lead(card, f"“{isolate(question.words)}”", _many("%n author(s)", question.authors))
                self._quote(card, question.posts[:1])
            self._box.addWidget(card)
        if digest.slow:
            self._box.addWidget(self._slow(digest.slow))
        self._box.addStretch(1)

    # -- parts

    def _sum(self, digest: "Digest") -> Card:
        card = Card()
        said = self.tr("%1 of %2 in %3; %4.")
        for sign, part in (
            ("%1", _many("%n mention(s)", digest.mentions)),
            ("%2", _many("%n author(s)", digest.authors)),
            ("%3", _many("%n thread(s)", digest.threads)),
            ("%4", self._change(digest)),
        ):
            said = said.replace(sign, part)
        card.body.addWidget(Label(said, "base", "text", wrap=True))
        if digest.outcomes:
            told = ", ".join(f"{name} {number(n)}" for name, n in digest.outcomes)
            card.body.addWidget(Label(self.tr("Outcomes: %1").replace("%1", told), "meta", "text2", wrap=True))
        return card

    def _change(self, digest: "Digest") -> str:
        if not digest.mentions_before:
            return self.tr("none in the time before")
        times = digest.mentions / digest.mentions_before
        if times >= TIMES:
            return self.tr("%1 times as many as before").replace("%1", words.plain(round(times, 1)))
        share = times - 1
        text = self.tr("%1 more than before") if share >= 0 else self.tr("%1 fewer than before")
        return text.replace("%1", f"{abs(share):.0%}")

    def _topics(self, digest: "Digest") -> Card:
        card = self._card(
            self.tr("What more people said than before") if digest.weeks_before else self.tr("What was said most")
        )
        if not digest.weeks_before and digest.topics:
            said = self.tr("There are no earlier weeks to compare with yet.")
            card.body.addWidget(Label(said, "meta", "text3", wrap=True))
        for topic in digest.topics:
            self._topic(card, topic)
        if not digest.topics:
            said = self.tr("Nothing stands out from the time before.")
            card.body.addWidget(Label(said, "base", "text2", wrap=True))
        if digest.not_read:
            said = self.tr("%1 older posts were counted and not read for topics.")
            card.body.addWidget(Label(said.replace("%1", number(digest.not_read)), "meta", "text3", wrap=True))
        return card

    def _topic(self, card: Card, topic: "Topic") -> None:
        beside = [_many("%n author(s)", topic.authors)]
        if topic.before is not None:
            usual = self.tr("nobody before") if topic.before == 0 else self.tr("%1 before")
            beside.append(usual.replace("%1", words.plain(round(topic.before, 1))))
        if topic.also:
            beside.append(self.tr("with %1").replace("%1", isolate(", ".join(topic.also))))
        self._lead(card, isolate(topic.words), " · ".join(beside))
        self._quote(card, topic.posts)

    def _moods(self, moods: "Sequence[Mood]") -> Card:
        card = self._card(self.tr("How it sounded"))
        names = {
            "positive": self.tr("Positive"),
            "neutral": self.tr("Neutral"),
            "negative": self.tr("Negative"),
        }
        for mood in moods:
            line = row(gap=8)
            name = Label(names.get(mood.name, mood.name), "control", TONES.get(mood.name, "text"))
            name.setFixedWidth(current().px(96))
            line.addWidget(name)
            line.addWidget(Label(number(mood.n), "base", "text"))
            line.addWidget(Label(_share(mood.share), "base", "text2"))
            before = self.tr("before: %1").replace("%1", _share(mood.share_before))
            line.addWidget(Label(before, "meta", "text3"))
            line.addStretch(1)
            card.body.addLayout(line)
        return card

    def _slow(self, slow: "Sequence[Slow]") -> Card:
        card = self._card(self.tr("Waited longest"))
        for each in slow:
            waited = words.length(each.minutes)
            beside = waited if each.answered else self.tr("%1, and still waits").replace("%1", waited)
            self._add(card, Quoted(each.thread_id, each.handle, beside, each.text))
        return card

    def _quote(self, card: Card, posts: "Sequence[Post]") -> None:
        for post in posts:
            local = post.at.astimezone()
            day = QLocale().toString(QDate(local.year, local.month, local.day), "d MMM")
            beside = [f"{day} {clock_time(post.at)}"]
            if post.reach:
                beside.append(self.tr("reach %1").replace("%1", number(post.reach)))
            if post.copies:
                beside.append(self.tr("%1 more nearly the same").replace("%1", number(post.copies)))
            self._add(card, Quoted(post.thread_id, post.handle, " · ".join(beside), post.text))

    def _add(self, card: Card, quote: Quoted) -> None:
        quote.opened.connect(self.thread_wanted)
        self.quotes.append(quote)
        card.body.addWidget(quote)

    def _card(self, title: str) -> Card:
        card = Card()
        card.body.setSpacing(current().px(6))
        card.body.addWidget(Label(title, "pane"))
        return card

    def _lead(self, card: Card, lead: str, beside: str) -> None:
        line = column(gap=0)
        line.setContentsMargins(0, current().px(6), 0, 0)
        line.addWidget(Label(breakable(lead), "name", "text", wrap=True))
        line.addWidget(Label(beside, "meta", "text3", wrap=True))
        card.body.addLayout(line)

    def _clear(self) -> None:
        self.quotes = []
        while (item := self._box.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()


def _share(of: float | None) -> str:
    return words.NONE if of is None else f"{of:.0%}"


def _many(text: str, n: int) -> str:
    """Counted, with the user's separators."""
    return counted(text, n, "reports").replace(str(n), number(n), 1)
