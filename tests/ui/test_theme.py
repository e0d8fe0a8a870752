"""The theme keeps the contrast that the look page computed, and finds every icon."""

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from inbox.ui.commands import COMMANDS
from inbox.ui.roles import AREA_COLORS, ROLES, SCHEMES, ratio
from inbox.ui.theme import Scheme, Theme, icons
from inbox.ui.theme.sheet import sheet
from inbox.ui.widgets import Button

GROUNDS = ("window", "surface", "sunken", "raised", "hover", "select", "select_idle")
ON = {"on_accent": "accent_fill", "on_late": "late_fill", "on_hot": "hot_fill"}
SOFT = ("ok", "soon", "late", "hot", "escalated")
# As the look page computed them: light, dark, contrast, lowest over every ground met.
LOWEST = {
    "text": (14.1, 7.3, 8.6),
    "text2": (7.1, 6.3, 11.4),
    "text3": (4.8, 4.8, 9.1),
    "accent": (5.6, 5.9, 6.9),
    "ok": (5.9, 6.4, 9.1),
    "hot": (7.1, 5.9, 6.3),
    "escalated": (7.4, 6.0, 7.4),
}
LINES_ON = ("window", "surface", "sunken", "raised")


def value(role: str, scheme: Scheme) -> str:
    return ROLES[role][SCHEMES.index(scheme)]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", ["text", "text2", "text3"])
def test_text_is_readable_on_every_ground(role: str, scheme: Scheme) -> None:
    for ground in GROUNDS:
        assert ratio(value(role, scheme), value(ground, scheme)) >= 4.5, ground


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_on_a_fill_and_state_words_on_their_soft_ground_are_readable(scheme: Scheme) -> None:
    for ink, fill in ON.items():
        assert ratio(value(ink, scheme), value(fill, scheme)) >= 4.5, ink
    for state in SOFT:
        assert ratio(value(state, scheme), value(f"{state}_soft", scheme)) >= 4.5, state
    assert ratio(value("text", scheme), value("match", scheme)) >= 7
    assert ratio(value("text", scheme), value("note", scheme)) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", LOWEST)
def test_the_lowest_ratios_are_those_of_the_look(role: str, scheme: Scheme) -> None:
    grounds = (*GROUNDS, "match") if role == "text" else GROUNDS
    lowest = min(ratio(value(role, scheme), value(ground, scheme)) for ground in grounds)
    assert lowest >= LOWEST[role][SCHEMES.index(scheme)] - 0.05


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_that_bound_a_control_are_seen(scheme: Scheme) -> None:
    for ground in LINES_ON:
        assert ratio(value("strong", scheme), value(ground, scheme)) >= 3, ground


def test_initials_are_readable_on_every_disc() -> None:
    assert all(ratio("#FFFFFF", color) >= 4.5 for color in AREA_COLORS)


def test_every_command_has_an_icon_that_can_be_drawn(theme: Theme) -> None:
    for name in {command.icon for command in COMMANDS}:
        assert name in icons.names()
        image = theme.pixmap(name, "text", 18).toImage()
        inked = any(QColor(image.pixelColor(x, y)).alpha() for x in range(18) for y in range(18))
        assert inked, name


def test_choosing_a_scheme_changes_colours_and_tells(theme: Theme, qtbot: object) -> None:
    del qtbot
    told: list[Scheme] = []
    theme.changed.connect(lambda: told.append(theme.scheme))
    theme.use(Scheme.DARK)
    assert told == [Scheme.DARK]
    assert theme.name("surface") == "#1d1e22"


def test_the_text_scale_stays_between_100_and_160_percent(theme: Theme) -> None:
    theme.use(Scheme.LIGHT, 3.0)
    assert theme.font("base").pixelSize() == 21
    theme.use(Scheme.LIGHT, 0.2)
    assert theme.font("base").pixelSize() == 13


def test_the_arrow_of_a_list_can_be_seen_on_every_ground() -> None:
    for scheme, arrow in ((Scheme.LIGHT, "arrow"), (Scheme.DARK, "arrow-pale")):
        colors = {role: values[SCHEMES.index(scheme)] for role, values in ROLES.items()}
        assert f"/{arrow}.svg" in sheet(colors, round)


@pytest.mark.parametrize("kind", ["plain", "ghost", "link"])
def test_a_button_that_is_switched_off_looks_so_in_high_contrast(theme: Theme, qtbot: QtBot, kind: str) -> None:
    theme.use(Scheme.CONTRAST)
    button = Button("Save", kind=kind)
    qtbot.addWidget(button)
    button.resize(120, 28)

    def brightest() -> int:
        image = button.grab().toImage()
        return max(image.pixelColor(x, y).lightness() for x in range(20, 100) for y in range(4, 24))

    on = brightest()
    button.setEnabled(False)
    assert brightest() < on * 0.7
