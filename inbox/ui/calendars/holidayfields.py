"""Which country's public holidays count, and of which part of it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from inbox.ui.calendars.says import tr
from inbox.ui.context import Context
from inbox.ui.rules.options import Option
from inbox.ui.rules.values import Combo
from inbox.ui.widgets import Label, column, row

NONE = "-"
Holidays = tuple[str, str | None] | None


def known_countries() -> list[tuple[str, str]]:
    """(code, name) of every country there are holidays of. Not for the GUI thread: the library is imported here."""
    from inbox.flow.calendars import countries

    return [(code, name) for code, name, _parts in countries()]


def known_parts(country: str) -> list[tuple[str, str]]:
    """(code, name) of the parts of a country. Not for the GUI thread."""
    from inbox.flow.calendars import subdivisions

    return subdivisions(country)


class HolidayFields(QWidget):
    """``changed`` comes when another country or part is chosen."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        """Nothing to choose from until ``load``."""
        super().__init__()
        self._context = context
        self._asked = False
        self._parts_of = ""
        self._part: str | None = None
        self.country = Combo(self.tr("Country of the public holidays"))
        self.part = Combo(self.tr("Part of the country"))
        self.error = Label("", "meta", "late", wrap=True)
        self.error.hide()
        both = row(gap=8)
        both.addWidget(self.country, 1)
        both.addWidget(self.part, 1)
        box = column(self, gap=4)
        label = Label(self.tr("Public holidays"), "control")
        label.setBuddy(self.country)
        box.addWidget(label)
        box.addLayout(both)
        box.addWidget(self.error)
        self.setFocusProxy(self.country)
        self._fill_countries([])
        self._fill_parts([])
        self.country.currentIndexChanged.connect(self._country_chosen)
        self.part.currentIndexChanged.connect(self._part_chosen)

    def load(self) -> None:
        """The countries, unless they are known."""
        if not self._asked:
            self._asked = True
            self._context.lanes.run(known_countries, self._fill_countries, self._failed, key=("countries", id(self)))

    def value(self) -> Holidays:
        """Country and part; None where no holidays count."""
        country = self.country.chosen() or NONE
        return None if country == NONE else (country, self._part)

    def show_value(self, holidays: Holidays) -> None:
        """Another choice, silently."""
        self.country.choose(NONE if holidays is None else holidays[0])
        self._part = None if holidays is None else holidays[1]
        self._show_parts()

    def set_error(self, sentence: str) -> None:
        """What is wrong with it."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.country.setAccessibleDescription(sentence)

    def _fill_countries(self, countries: list[tuple[str, str]]) -> None:
        chosen = self.country.chosen() or NONE
        options = [Option(code, f"{name} ({code})") for code, name in countries]
        self.country.fill([Option(NONE, tr("None")), *options])
        self.country.choose(chosen)

    def _failed(self, error: Exception) -> None:
        self._asked = False
        self.set_error(str(error))

    def _show_parts(self) -> None:
        """The parts of the country that is chosen, once they are known."""
        country = self.country.chosen() or NONE
        if country == self._parts_of:
            self.part.choose(self._part or NONE)
            return
        self._parts_of = country
        self._fill_parts([])
        if country != NONE:
            self._context.lanes.run(
                lambda: known_parts(country), self._fill_parts, self._failed, key=("parts", id(self))
            )

    def _fill_parts(self, parts: list[tuple[str, str]]) -> None:
        options = [Option(code, name if name == code else f"{name} ({code})") for code, name in parts]
        self.part.fill([Option(NONE, tr("Whole country")), *options])
        self.part.choose(self._part or NONE)
        self.part.setVisible(bool(parts) or self._part is not None)

    @Slot()
    def _country_chosen(self) -> None:
        self._part = None
        self._show_parts()
        self.changed.emit()

    @Slot()
    def _part_chosen(self) -> None:
        chosen = self.part.chosen() or NONE
        self._part = None if chosen == NONE else chosen
        self.changed.emit()
