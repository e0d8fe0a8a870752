"""The one style sheet over Fusion, written from the colour roles.

Widgets say what they are by dynamic properties: ``tone`` is the colour role of a label's text, ``ground``
the role behind a widget, ``edge`` the sides that carry a 1 px line, ``card`` a rounded box.
"""

from collections.abc import Callable, Mapping
from string import Template

from inbox.resources import resources
from inbox.ui.roles import ROLES

GROUNDS = (
    "window", "surface", "sunken", "raised", "accent_soft", "select", "note", "undo", "soon_soft", "late_soft",
    "ok_soft", "hot_soft", "hot_fill",
)  # fmt: skip
TONES = tuple(role for role in ROLES if not role.endswith("_soft"))
HALF_LIGHT = 3 * 128
SIDES = ("top", "bottom", "left", "right")

_FIELDS = """
QLineEdit, QPlainTextEdit[field="true"], QTextEdit[field="true"], QSpinBox, QComboBox, QDateTimeEdit {
  background: $raised; color: $text; border: 1px solid $strong; border-radius: 6px; padding: 0 ${p8}px;
  min-height: ${p28}px; selection-background-color: $select; selection-color: $text; }
QLineEdit:focus, QPlainTextEdit[field="true"]:focus, QTextEdit[field="true"]:focus, QSpinBox:focus,
QComboBox:focus, QDateTimeEdit:focus { border: 2px solid $accent; padding: 0 ${p7}px; min-height: ${p26}px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: $text3; background: $sunken; }
QLineEdit, QTextEdit, QPlainTextEdit { placeholder-text-color: $text3; }
QLineEdit[wrong="true"] { border-color: $late; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus { border: none; background: transparent; padding: 0; }
QPlainTextEdit, QTextEdit { background: transparent; border: none; color: $text;
  selection-background-color: $select; selection-color: $text; }
QComboBox::drop-down, QDateTimeEdit::drop-down { border: none; width: ${p24}px; }
QComboBox::down-arrow, QDateTimeEdit::down-arrow {
  image: url($icons/$arrow.svg); width: ${p12}px; height: ${p12}px; }
QComboBox QAbstractItemView { background: $raised; color: $text; border: 1px solid $strong;
  selection-background-color: $select; selection-color: $text; outline: none; }
QCheckBox, QRadioButton { color: $text; spacing: ${p8}px; min-height: ${p28}px; }
QCheckBox:disabled, QRadioButton:disabled { color: $text3; }
QCheckBox::indicator { width: ${p14}px; height: ${p14}px; border: 1px solid $strong; border-radius: 4px;
  background: $raised; }
QCheckBox::indicator:checked { background: $accent_fill; border-color: $accent_fill;
  image: url($icons/$check.svg); }
QCheckBox::indicator:disabled { border-color: $border; background: $sunken; }
QCheckBox::indicator:checked:disabled { background: $text3; border-color: $text3; image: url($icons/$check.svg); }
"""

_BARS = """
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $strong; border-radius: 2px; margin: 3px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $border; }
QProgressBar { background: $select_idle; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $accent_fill; border-radius: 3px; }
QToolTip { background: $undo; color: $on_undo; border: 1px solid $strong; padding: 4px 8px; }
QMenu { background: $raised; color: $text; border: 1px solid $strong; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 8px; border-radius: 4px; min-height: ${p20}px; }
QMenu::item:selected { background: $select; }
QMenu::item:disabled { color: $text3; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 4px 0; }
"""

_VIEWS = """
QTableView, QListView, QTreeView { background: $surface; color: $text; border: none; outline: none;
  gridline-color: $border; selection-background-color: $select; selection-color: $text; }
QHeaderView { background: $sunken; border: none; }
QHeaderView::section { background: $sunken; color: $text3; border: none; border-bottom: 1px solid $border;
  padding: 0 ${p12}px; min-height: ${p27}px; font-weight: 500; }
QTableCornerButton::section { background: $sunken; border: none; }
QScrollArea { border: none; background: transparent; }
QStackedWidget, QSplitter { border: none; }
QMainWindow { background: $window; }
QDialog { background: $surface; }
QFrame[card="true"] { background: $surface; border: 1px solid $border; border-radius: 8px; }
QFrame[card="sunken"] { background: $sunken; border: 1px solid $border; border-radius: 8px; }
QFrame[card="raised"] { background: $raised; border: 1px solid $strong; border-radius: 10px; }
QFrame[card="late"] { background: $late_soft; border: 1px solid $late; border-radius: 8px; }
QFrame[card="soon"] { background: $soon_soft; border: 1px solid $soon; border-radius: 8px; }
QFrame[card="ok"] { background: $ok_soft; border: 1px solid $ok; border-radius: 8px; }
QFrame[card="note"] { background: $note; border: 1px solid $note_border; border-radius: 8px; }
QFrame[card="accent"] { background: $accent_soft; border: 1px solid $accent; border-radius: 8px; }
"""


def sheet(colors: Mapping[str, str], px: Callable[[int], int]) -> str:
    """The sheet for ``colors`` (role to ``#rrggbb``) at the scale that ``px`` applies."""
    tones = "".join(f'QLabel[tone="{role}"] {{ color: ${role}; }}\n' for role in TONES)
    grounds = "".join(f'QWidget[ground="{role}"] {{ background: ${role}; }}\n' for role in GROUNDS)
    edges = "".join(f'QFrame[edge~="{side}"] {{ border-{side}: 1px solid $border; }}\n' for side in SIDES)
    lengths = {f"p{length}": str(px(length)) for length in (7, 8, 12, 14, 20, 24, 26, 27, 28)}
    text = Template(_VIEWS + _FIELDS + _BARS + grounds + edges + tones)
    icons = (resources() / "icons").as_posix()
    return text.substitute(colors, icons=icons, arrow=_arrow(colors), check=_check(colors), **lengths)


def _arrow(colors: Mapping[str, str]) -> str:
    """The icon of the arrow in a list's field: a sheet can neither colour it nor keep its stroke, so it is drawn
    for 12 pixels, and once more for dark grounds.
    """
    return "arrow" if _is_light(colors["raised"]) else "arrow-pale"


def _check(colors: Mapping[str, str]) -> str:
    """The tick of a box, in what is read on its fill."""
    return "check-pale" if _is_light(colors["on_accent"]) else "check"


def _is_light(color: str) -> bool:
    return sum(bytes.fromhex(color.removeprefix("#"))) > HALF_LIGHT
