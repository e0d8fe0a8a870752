"""Announces or changes one campaign: its name, when and where it runs, and what is expected of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime, QTimeZone, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QDateTimeEdit, QWidget

from inbox.model.campaign import Campaign
from inbox.model.ids import AccountId
from inbox.ui.calendars.datefields import MomentField
from inbox.ui.rules.options import Option
from inbox.ui.rules.tokens import TokenField
from inbox.ui.rules.values import Combo
from inbox.ui.theme import current
from inbox.ui.widgets import Button, Card, Field, Label, column, row

USUAL_TIMES = 3.0
USUAL_LENGTH = timedelta(days=1)
NARROW, HEIGHT = 680, 30
EVERYWHERE = ""


class CampaignEditor(Card):
    """``given`` carries the campaign as it is to be, number 0 for a new one; ``ended`` comes when it is left."""

    given = Signal(object)
    ended = Signal()

    def __init__(self) -> None:
        """Hidden until a campaign is begun."""
        super().__init__("sunken")
        self._campaign: Campaign | None = None
        self._zone: tzinfo = UTC
        self.title = Label("", "name")
        self.name = Field(self.tr("Name"), "", self.tr("Spring sale"))
        self.begins = MomentField(self.tr("Begins"))
        self.ends = MomentField(self.tr("Ends"))
        self.account = Combo(self.tr("Account"))
        self.times = Field(self.tr("Times as much as usual"), self.tr("so much more is expected while it runs"))
        self.words = TokenField(self.tr("Words that belong to it"), self.tr("Type a word or hashtag and Enter"))
        self.zone_words = Label("", "meta", "text3")
        self.wrong = Label("", "meta", "late", wrap=True)
        self.save = Button(self.tr("Save"), kind="primary", tall=True)
        self.cancel = Button(self.tr("Cancel"), kind="ghost", tall=True)
        self._lines: list[QBoxLayout] = []
        self._build()
        self.save.clicked.connect(self.finish)
        self.cancel.clicked.connect(self.close_editor)
        self.name.edit.returnPressed.connect(self.finish)
        self.times.edit.returnPressed.connect(self.finish)
        self.hide()

    @property
    def campaign(self) -> Campaign | None:
        """The one that is edited, as it was; None for a new one."""
        return self._campaign

    def know(self, accounts: Sequence[tuple[AccountId, str]], zone: tzinfo, zone_name: str) -> None:
        """The accounts there are, and the zone that times are read in."""
        chosen = self.account.chosen()
        everywhere = Option(EVERYWHERE, self.tr("All accounts"))
        self.account.fill([everywhere, *(Option(str(number), handle) for number, handle in accounts)])
        self.account.choose(chosen or EVERYWHERE)
        self._zone = zone
        self.zone_words.setText(self.tr("Times are those of %1.").replace("%1", zone_name.replace("_", " ")))

    def begin(self, campaign: Campaign | None, now: datetime) -> None:
        """Another campaign, or a new one that begins at the next full hour; the keyboard goes to its name."""
        self._campaign = campaign
        self.title.setText(self.tr("New campaign") if campaign is None else self.tr("Change the campaign"))
        start = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        begins, ends = (start, start + USUAL_LENGTH) if campaign is None else (campaign.begins_at, campaign.ends_at)
        for field, at in ((self.begins, begins), (self.ends, ends)):
            field.setDateTime(_shown(at.astimezone(self._zone)))
        self.name.set_text("" if campaign is None else campaign.name)
        times = USUAL_TIMES if campaign is None else campaign.times
        self.times.set_text(QLocale().toString(times, "g", 6))
        self.words.set_value(() if campaign is None else campaign.words)
        whole = campaign is None or campaign.account_id is None
        self.account.choose(EVERYWHERE if whole or campaign is None else str(campaign.account_id))
        self.show_errors({})
        self.show()
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_errors(self, errors: dict[str, str]) -> None:
        """What is wrong, by field; what no field can show stands below."""
        self.name.set_error(errors.get("name", ""))
        self.times.set_error(errors.get("times", ""))
        self.words.set_wrong(errors.get("words", ""))
        rest = [sentence for field, sentence in errors.items() if field not in {"name", "times"}]
        self.wrong.setText("\n".join(rest))
        self.wrong.setVisible(bool(rest))

    @Slot()
    def finish(self) -> None:
        """Gives the campaign, or says what cannot be read."""
        self.words.finish()
        here = QLocale()
        times, good = here.toDouble(self.times.text())
        if not good:
            times, good = QLocale.c().toDouble(self.times.text())
        if not good:
            self.show_errors({"times": self.tr("Write a number, like 3 or 1.5.")})
            self.times.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        chosen = self.account.chosen()
        made = Campaign(
            0,
            self.name.text(),
            AccountId(int(chosen)) if chosen else None,
            None,
            self._read(self.begins),
            self._read(self.ends),
            times,
            self.words.value(),
            "",
            "",
        )
        was = self._campaign
        self.given.emit(made if was is None else replace(made, id=was.id, uid=was.uid, by=was.by))

    @Slot()
    def close_editor(self) -> None:
        """Nothing is changed."""
        self.hide()
        self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up, Ctrl+Enter saves."""
        key = Qt.Key(event.key())
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key is Qt.Key.Key_Escape:
            self.close_editor()
        elif control and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finish()
        else:
            super().keyPressEvent(event)

    def fit(self, width: int) -> None:
        """Fields under each other where ``width`` (in pixels) is small."""
        ways = QBoxLayout.Direction
        wide = width >= current().px(NARROW)
        for line in self._lines:
            line.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    def _read(self, field: QDateTimeEdit) -> datetime:
        day, clock = field.date(), field.time()
        wall = datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=self._zone)
        return wall.astimezone(UTC)

    def _build(self) -> None:
        self.body.addWidget(self.title)
        first, second = row(gap=12), row(gap=12)
        first.addWidget(self.name, 3)
        first.addWidget(_named(self.tr("Account"), self.account), 2)
        for name, field in ((self.tr("Begins"), self.begins), (self.tr("Ends"), self.ends)):
            field.setFixedHeight(current().px(HEIGHT))
            second.addWidget(_named(name, field), 2)
        second.addWidget(self.times, 2)
        self._lines = [first, second]
        last = row(gap=8)
        last.addWidget(self.zone_words, 1)
        last.addWidget(self.cancel)
        last.addWidget(self.save)
        self.body.addLayout(first)
        self.body.addLayout(second)
        self.body.addWidget(_named(self.tr("Words that belong to it"), self.words))
        self.body.addWidget(self.wrong)
        self.body.addLayout(last)
        self.wrong.hide()


def _named(name: str, field: QWidget) -> QWidget:
    made = QWidget()
    box = column(made, gap=4)
    label = Label(name, "control")
    label.setBuddy(field)
    box.addWidget(label)
    box.addWidget(field)
    box.addStretch(1)
    return made


def _shown(local: datetime) -> QDateTime:
    """Wall time of no zone, as the field keeps it."""
    day, clock = QDate(local.year, local.month, local.day), QTime(local.hour, local.minute)
    return QDateTime(day, clock, QTimeZone(QTimeZone.Initialization.UTC))
