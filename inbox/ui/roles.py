"""Colour roles: what a colour means, and its value in the light, dark and high-contrast schemes."""

from enum import StrEnum


class Scheme(StrEnum):
    """A whole set of colours."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


SCHEMES = tuple(Scheme)

# role: (light, dark, contrast)
ROLES: dict[str, tuple[str, str, str]] = {
    "window": ("#F4F4F1", "#16171A", "#000000"),
    "surface": ("#FFFFFF", "#1D1E22", "#000000"),
    "sunken": ("#FAFAF8", "#191A1D", "#000000"),
    "raised": ("#FFFFFF", "#26282D", "#000000"),
    "hover": ("#F1F1EE", "#25272C", "#1F1F1F"),
    "select": ("#E3EBFB", "#29385C", "#003A70"),
    "select_idle": ("#ECECE8", "#2C2E34", "#2A2A2A"),
    "border": ("#E2E1DC", "#33353C", "#FFFFFF"),
    "strong": ("#8A8B90", "#7C7F89", "#FFFFFF"),
    "text": ("#1B1C1F", "#ECEDEF", "#FFFFFF"),
    "text2": ("#4A4C52", "#BEC0C7", "#FFFFFF"),
    "text3": ("#63656C", "#A5A8B1", "#E6E6E6"),
    "accent": ("#2453C4", "#9DB9FF", "#7FD4FF"),
    "accent_fill": ("#2453C4", "#3A64D6", "#FFE14D"),
    "on_accent": ("#FFFFFF", "#FFFFFF", "#000000"),
    "accent_soft": ("#EAF0FD", "#232F4D", "#002B4D"),
    "ok": ("#1A6440", "#7FD3A5", "#7CFFB2"),
    "ok_soft": ("#E5F3EB", "#1C3327", "#000000"),
    "soon": ("#7D4400", "#F3BF6B", "#FFD54A"),
    "soon_soft": ("#FDF1DA", "#3A2C13", "#000000"),
    "late": ("#A61B14", "#FF9C92", "#FFB3AB"),
    "late_soft": ("#FCEAE8", "#44201D", "#000000"),
    "late_fill": ("#B3231B", "#C23229", "#FFB3AB"),
    "on_late": ("#FFFFFF", "#FFFFFF", "#000000"),
    "hot": ("#93164F", "#FF9CC7", "#FFA6D2"),
    "hot_soft": ("#FBE8F1", "#421A2F", "#000000"),
    "hot_fill": ("#A3195B", "#B32468", "#FFA6D2"),
    "on_hot": ("#FFFFFF", "#FFFFFF", "#000000"),
    "escalated": ("#5B3297", "#C9AEF8", "#DCC6FF"),
    "escalated_soft": ("#F0E9FA", "#2F2445", "#000000"),
    "note": ("#FFF9E5", "#2B2718", "#000000"),
    "note_border": ("#D9C57E", "#6E6132", "#FFE14D"),
    "match": ("#FFE9A8", "#5C4A12", "#5A4A00"),
    "undo": ("#26272B", "#26272B", "#000000"),
    "on_undo": ("#FFFFFF", "#FFFFFF", "#FFFFFF"),
}

# Discs (white initials) and area squares; an area's ``color`` is an index into this, modulo its length.
AREA_COLORS = ("#3E6A86", "#5A4F8F", "#3F6F62", "#7A5A2E", "#7A4E67", "#5F6B3A", "#4B5F8A", "#8A4A42")

LINEAR_BELOW = 0.04045


def ratio(first: str, second: str) -> float:
    """Contrast of two ``#RRGGBB`` colours by WCAG 2: 1 (none) to 21 (black on white)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
