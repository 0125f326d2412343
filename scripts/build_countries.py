"""Writes index/countries.json: what countries and their languages are called, from Unicode's CLDR by way of Babel.

pip install babel && python scripts/build_countries.py
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from babel import Locale

from index.countries import FILE, MIN_STEM_CHARS, country_stem, stems_of

LOCALES = ("be", "ru", "en", "de", "pl", "es", "zh", "uk", "fr", "it", "pt", "cs", "nl", "tr", "lt")

# Languages whose name is also the adjective of one country.
LANGUAGES_OF = dict(
    pair.split(":")
    for pair in (
        "be:BY ru:RU pl:PL de:DE zh:CN uk:UA lt:LT lv:LV et:EE kk:KZ uz:UZ az:AZ hy:AM ka:GE tr:TR ja:JP it:IT sv:SE "
        "fi:FI hu:HU bg:BG cs:CZ vi:VN fr:FR sr:RS ky:KG tg:TJ"
    ).split()
)

# What CLDR does not say: abbreviations and adjectives.
ALIASES = {
    alias: code
    for code, aliases in {
        "AE": "оаэ",
        "BY": "белорусси białorus",
        "CN": "кнр chines",
        "ES": "spanish",
        "FI": "finnish",
        "FR": "французск",
        "GB": "uk britisch british британск брытанск brytyjsk británic english",
        "IN": "indisch indian индийск",
        "IR": "iranisch iranian иранск",
        "SE": "swedish",
        "TR": "turkish turkey",
        "US": "usa сша зша американск амерыканск american amerikan amerykańsk estadounidens",
    }.items()
    for alias in aliases.split()
}


def main() -> None:
    """Collect, drop what is ambiguous, write."""
    found: dict[str, set[str]] = {}
    for name in LOCALES:
        locale = Locale(name)
        names = [(text, code) for code, text in locale.territories.items() if re.fullmatch("[A-Z]{2}", code)]
        names += [(locale.languages[language], code) for language, code in LANGUAGES_OF.items()]
        for text, code in names:
            stems = stems_of(text)
            if 0 < len(stems) <= 2 and sum(map(len, stems)) >= (2 if name == "zh" else MIN_STEM_CHARS):
                found.setdefault(" ".join(stems), set()).add(code)
    table = {stem: codes.pop() for stem, codes in found.items() if len(codes) == 1}
    table |= {country_stem(alias) if len(alias) > MIN_STEM_CHARS else alias: code for alias, code in ALIASES.items()}
    Path(FILE).write_text(json.dumps(dict(sorted(table.items())), ensure_ascii=False, indent=0), encoding="utf-8")
    print(len(table), "names")


if __name__ == "__main__":
    main()
