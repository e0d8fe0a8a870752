"""The theme in use: colours by role, fonts, icons and spacing, following the system unless told."""

from functools import cache

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from inbox.ui.roles import AREA_COLORS, ROLES, SCHEMES, Scheme
from inbox.ui.theme import icons
from inbox.ui.theme.fonts import Fonts
from inbox.ui.theme.sheet import sheet

MIN_SCALE, MAX_SCALE = 1.0, 1.6


class Theme(QObject):
    """Colours, fonts and icons by role. ``changed`` is sent after a scheme or scale was put in force."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """A light theme at 100%, not yet in force."""
        super().__init__(parent)
        self.chosen: Scheme | None = None
        self.scheme = Scheme.LIGHT
        self.fonts = Fonts()
        self._colors = _colors(self.scheme)
        self._names = {role: color.name() for role, color in self._colors.items()}
        self._following = False

    def use(self, chosen: Scheme | None, scale: float | None = None) -> None:
        """Puts ``chosen`` (None: what the system says) and the text ``scale`` in force."""
        self.chosen = chosen
        if scale is not None:
            self.fonts = Fonts(min(MAX_SCALE, max(MIN_SCALE, scale)))
        self.scheme = chosen or system_scheme()
        self._colors = _colors(self.scheme)
        self._names = {role: color.name() for role, color in self._colors.items()}
        self._apply()
        self.changed.emit()

    def color(self, role: str) -> QColor:
        """The colour of ``role`` in the scheme in force; KeyError for a role there is not."""
        return self._colors[role]

    def name(self, role: str) -> str:
        """The same as ``#rrggbb``."""
        return self._names[role]

    def font(self, role: str) -> QFont:
        """The font of a text role."""
        return self.fonts.get(role)

    def px(self, length: int) -> int:
        """A length at the text scale in force."""
        return round(length * self.fonts.scale)

    def pixmap(self, name: str, role: str, size: int = 16, ratio: float | None = None) -> QPixmap:
        """Icon ``name`` in the colour of ``role``."""
        ratio = ratio or QGuiApplication.primaryScreen().devicePixelRatio()
        return icons.pixmap(name, self._colors[role], self.px(size), ratio)

    def icon(self, name: str, role: str = "text2", size: int = 16) -> QIcon:
        """The same as an icon for actions and buttons; greyed when disabled."""
        made = QIcon(self.pixmap(name, role, size))
        made.addPixmap(self.pixmap(name, "strong", size), QIcon.Mode.Disabled)
        return made

    def area_color(self, index: int) -> QColor:
        """The square of an area; 60% lighter where the ground is dark. It only decorates the name."""
        color = QColor(AREA_COLORS[index % len(AREA_COLORS)])
        return color if self.scheme is Scheme.LIGHT else color.lighter(160)

    def disc_color(self, name: str) -> QColor:
        """The ground of a disc, the same for a name at every start."""
        return QColor(AREA_COLORS[sum(name.encode()) % len(AREA_COLORS)])

    def _apply(self) -> None:
        """Style, palette, font and sheet of the application."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        if app.style().objectName() != "fusion" and not app.styleSheet():
            app.setStyle(QStyleFactory.create("Fusion"))
        if not self._following:
            self._following = True
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        app.setPalette(self._palette())
        app.setFont(self.font("base"))
        app.setStyleSheet(sheet(self._names, self.px))

    @Slot()
    def _system_changed(self) -> None:
        """The system went light or dark: follow, unless the user chose."""
        if self.chosen is None and self.scheme is not system_scheme():
            self.use(None)

    def _palette(self) -> QPalette:
        """Qt's own roles from ours, for what no sheet reaches."""
        made = QPalette()
        roles = QPalette.ColorRole
        pairs = {
            roles.Window: "surface", roles.WindowText: "text", roles.Base: "surface", roles.AlternateBase: "sunken",
            roles.Text: "text", roles.Button: "raised", roles.ButtonText: "text", roles.BrightText: "text",
            roles.Highlight: "select", roles.HighlightedText: "text", roles.Link: "accent",
            roles.LinkVisited: "accent", roles.ToolTipBase: "undo", roles.ToolTipText: "on_undo",
            roles.PlaceholderText: "text3", roles.Mid: "border", roles.Dark: "strong", roles.Light: "raised",
            roles.Midlight: "hover", roles.Shadow: "strong", roles.Accent: "accent_fill",
        }  # fmt: skip
        for role, ours in pairs.items():
            made.setColor(role, self._colors[ours])
        for role in (roles.Text, roles.WindowText, roles.ButtonText):
            made.setColor(QPalette.ColorGroup.Disabled, role, self._colors["strong"])
        return made


def system_scheme() -> Scheme:
    """What the system asks for; light where it does not say."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return Scheme.CONTRAST
    return Scheme.DARK if hints.colorScheme() is Qt.ColorScheme.Dark else Scheme.LIGHT


def _colors(scheme: Scheme) -> dict[str, QColor]:
    at = SCHEMES.index(scheme)
    return {role: QColor(values[at]) for role, values in ROLES.items()}


@cache
def current() -> Theme:
    """The one theme of this process: an application has one style sheet."""
    return Theme()
