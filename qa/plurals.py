"""Counts and dates as people write them, in the languages that Vestka speaks; CLDR's rules, from Babel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

# "2 November 2026" and not "November 2, 2026", which English readers outside of America stumble over.
_LOCALES = {code: code for code in ("be", "ru", "de", "pl", "es", "zh", "uk", "fr", "it", "pt", "nl", "tr")} | {
    "en": "en_GB"
}


@lru_cache(maxsize=len(_LOCALES))
def locale_of(language: str) -> Locale:
    """Return the locale of a language; English where it is not spoken here."""
    return Locale.parse(_LOCALES.get(language, "en_GB"))


def plural(n: int, language: str, forms: Mapping[str, str]) -> str:
    """Return the form of a word that stands beside a number.

    Args:
        forms: by CLDR category ("one", "few", "many", "other"); one that is not given is as "many", else "other".
    """
    category = locale_of(language).plural_form(n)
    return next(forms[name] for name in (category, "many", "other") if name in forms)


def number_text(n: int, language: str) -> str:
    """Return a whole number with its thousands marked."""
    return format_decimal(n, locale=locale_of(language))


def day_text(iso: str, language: str) -> str:
    """Return an ISO date as exact as it is: a year, a month or a day; the time of day is left out.

    What is no date stays as it is.
    """
    parts = iso[:10].split("-")
    try:
        year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
        moment = date(year, month, day)
    except ValueError:
        return iso
    locale = locale_of(language)
    if len(parts) >= 3:
        return format_date(moment, format="long", locale=locale)
    return format_skeleton("yMMMM" if len(parts) == 2 else "y", moment, locale=locale)
