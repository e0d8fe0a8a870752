"""The days on which a calendar's hours differ from the week's, and the countries whose holidays are known."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from inbox.model.workspace import Calendar
from inbox.sla.hours import holiday_names

YEARS: Final = 11
_SMALL: Final = frozenset(("and", "of", "the", "da"))
_SPELT: Final = {
    "guinea_bissau": "Guinea-Bissau",
    "timor_leste": "Timor-Leste",
    "bonaire_sint_eustatius_and_saba": "Bonaire, Sint Eustatius and Saba",
    "saint_helena_ascension_and_tristan_da_cunha": "Saint Helena, Ascension and Tristan da Cunha",
    "saint_barthelemy": "Saint Barthélemy",
    "reunion": "Réunion",
    "curacao": "Curaçao",
    "united_states_virgin_islands": "US Virgin Islands",
    "dr_congo": "DR Congo",
    "aland_islands": "Åland Islands",
    "sao_tome_and_principe": "São Tomé and Príncipe",
}


def next_holidays(calendar: Calendar, *, after: date, limit: int = 20) -> list[tuple[date, str, str]]:
    """The next special days from ``after`` on: (date, name, kind), each date once, eleven years ahead at most.

    Kind is ``open`` (hours of its own, also on a holiday), ``closed``, ``imported`` (those that are on) or
    ``holiday``; the name is the entry's or the holiday's, and empty where there is none. Raises
    ``CalendarRefused`` for an unknown country.
    """
    imported: dict[date, str] = {}
    for each in calendar.imported:
        if each.on:
            imported.setdefault(each.date, each.name)
    found: list[tuple[date, str, str]] = []
    years = range(after.year, min(after.year + YEARS, date.max.year - 1) + 1)
    for year in years:
        names = dict(_holidays_of(calendar, year))
        own = (*calendar.open, *calendar.closed, *imported)
        days = sorted({*names, *(each for each in own if each.year == year)})
        found += [_told(calendar, day, imported.get(day), names.get(day, "")) for day in days if day >= after]
        if len(found) >= limit:
            break
    return found[:limit]


def _holidays_of(calendar: Calendar, year: int) -> Iterator[tuple[date, str]]:
    if calendar.holidays is not None:
        yield from holiday_names(*calendar.holidays, year).items()


def _told(calendar: Calendar, day: date, imported: str | None, holiday: str) -> tuple[date, str, str]:
    if day in calendar.open:
        return day, imported or holiday, "open"
    if day in calendar.closed:
        return day, imported or holiday, "closed"
    return (day, holiday, "holiday") if imported is None else (day, imported or holiday, "imported")


def countries() -> list[tuple[str, str, list[str]]]:
    """The countries whose public holidays are known: (code, name, codes of subdivisions), by name."""
    return [(code, name, list(parts)) for code, name, parts in _countries()]


def subdivisions(country: str) -> list[tuple[str, str]]:
    """The parts of a country that have holidays of their own: (code, name), by name; empty for an unknown country."""
    import holidays

    codes = holidays.list_supported_countries(include_aliases=False).get(country, [])
    known = holidays.country_holidays(country).get_subdivision_aliases() if codes else {}
    named = [(code, next(iter(known.get(code) or [code]))) for code in codes]
    return sorted(named, key=lambda each: each[1].casefold())


@lru_cache(maxsize=1)
def _countries() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The library is imported here, since it takes a quarter of a second."""
    import holidays
    from holidays.registry import COUNTRIES

    names = {row[1]: _named(key) for key, row in COUNTRIES.items()}
    known = holidays.list_supported_countries(include_aliases=False)
    rows = [(code, names.get(code, code), tuple(parts)) for code, parts in known.items()]
    return tuple(sorted(rows, key=lambda row: row[1].casefold()))


def _named(key: str) -> str:
    words = key.split("_")
    shown = " ".join(word if word in _SMALL and place else word.capitalize() for place, word in enumerate(words))
    return _SPELT.get(key, shown)
