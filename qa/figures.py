"""Figures in a text: what each is worth, how finely it is told, and what it counts, as far as one can tell.

"63.5 million talers", "63,5 млн талеров" and "6350万塔勒" are one figure. Years, dates, times, ranges, ordinals and
numbers that are part of a name are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from index.analyze import ALL_STOP_WORDS, THOUSANDS, fold_name, number_term
from qa.when import HAN as HAN_DATE
from qa.when import NUMERIC as NUMERIC_DATE
from qa.when import WORDS as DATE_IN_WORDS
from qa.when import YEAR

PERCENT = "%"
MAX_CHARS = 20_000
"""How much of a text is read: what stands further on is not found."""
UNIT_WORDS = 2
"""So many words after a figure may say what it counts: "240 new beds"."""
MIN_WORD_CHARS = 3
BEGINNING_CHARS = 4
"""Words that begin alike are taken for one: beam and beams, Betten and Bett."""

# Words for factors: en, de, ru, be, pl, es; then uk, fr, it, pt, nl, tr; then zh.
SCALES: dict[str, tuple[float, str]] = {
    "trillion": (1e12, r"trillions?|Billionen|трлн|триллион\w*|трыльён\w*|bilion\w*|billones|трильйон\w*|万亿"),
    "billion": (
        1e9,
        r"billion|bn|Milliarden?|Mrd|млрд|миллиард\w*|мільярд\w*|miliard\w*|mld|mil millones|milliards?|mil milhões|"
        r"bilh(?:ão|ões)|miljard|milyar|十亿",
    ),
    "million": (
        1e6,
        r"millions?|mn|Millionen?|Mio|млн|миллион\w*|мільён\w*|milion\w*|mln|millón|millones|мільйон\w*|milh(?:ão|ões)|"
        r"miljoen|milyon|百万",
    ),
    "thousand": (1e3, r"thousand|Tausend|Tsd|тыс(?:яч\w*)?|tys(?:i\w*)?|mil|тис(?:яч\w*)?|mille|mila|duizend|bin|千"),
    "yi": (1e8, "亿"),
    "wan": (1e4, "万"),
}

# What figures count, where the words differ from language to language, in the same order.
UNITS: dict[str, str] = {
    PERCENT: r"%|per\s?cent|Prozent\w*|процент\w*|працэнт\w*|proc(?:ent\w*)?|por ciento|відсот\w*|pour cent|per cento|"
    r"por cento",
    "people": r"people|persons?|Mensch\w*|Person\w*|Leute|человека?|люд\w*|чалавека?|os[óo]b\w*|ludzi|person\w*|осіб|"
    r"pessoas?|mensen|kişi\w*|名|人",
    "dollar": r"\$|dollars?|dol[aó]r\w*|доллар\w*|долар\w*|美元",
    "euro": r"€|euros?|евро|еўра|євро|欧元",
    "rouble": r"₽|rou?bles?|Rubel\w*|рубл\w*|rubl\w*|руб|卢布",
    "yuan": r"¥|yuan\w*|юан\w*|juan\w*|元",
    "kilometre": r"km|kilomet\w*|км|километр\w*|кіламетр\w*|kilómetros?|кілометр\w*|公里|千米",
    "metre": r"m|met(?:er|re)\w*|м|метр\w*|metr\w*|米",
    "hectare": r"ha|he[ck]tar\w*|га|гектар\w*|公顷",
    "tonne": r"t|ton(?:ne)?[ns]?|т|тон\w{0,3}|ton[y]?|toneladas?|吨",
    "year": r"years?|Jahre?n?|лет|года?|гадоў|гады|lata?|años?|рок(?:ів|и)|ans?|anni|anos|jaar|yıl|年",
    "month": r"months?|Monate?n?|месяц\w*|miesi\w+|mes(?:es)?|місяц\w*|mois|mesi|maanden|ay|个月",
    "day": r"days?|Tage?n?|дн(?:я|ей|і|ів)|дзён|dni|días?|jours?|giorni|dias?|dagen|gün|天",
    "hour": r"hours?|Stunden?|час(?:а|ов|ы)?|гадзін\w*|godzin\w*|horas?|годин\w*|heures?|ore|uur|saat|小时",
    "degree": r"°|degrees?|Grad|градус\w*|stop(?:ień|ni)\w*|grados?|degrés?|gradi|graus?|graden|derece|度",
}

NUMBER = re.compile(
    r"(?<![^\W\u4e00-\u9fff])(?<![.,:/№#+-])"
    r"(?:\d{1,3}(?:[.,]\d{3}){1,4}|\d{1,15})(?:[.,]\d{1,15})?(?![\d:/]|[.,]\d)"
)
RANGE_BEFORE = re.compile(r"\d[%°]?\s?[-–—]\s?$")
# A range, an ordinal, or a word that the number is a part of: "5-7", "7th", "7-й", "20-летний", "40E".
NO_FIGURE_AFTER = re.compile(r"\s?[-–—]\s?\d|[-‑][^\W\d_]|(?:st|nd|rd|th)\b|\.\s(?:Mal|Platz)\b|º")
CURRENCY_BEFORE = re.compile(r"(?:(?P<sign>[$€₽¥])\s?|(?P<percent>百分之|%))$")
HAN = re.compile("[\u4e00-\u9fff]")
_END = "(?:(?<=[\u4e00-\u9fff%$€₽¥°])|(?![^\\W\\d_]))"
_SCALE = re.compile(
    rf"[\s-]?(?:{'|'.join(f'(?P<{name}>{words})' for name, (_, words) in SCALES.items())}){_END}\.?", re.IGNORECASE
)
_UNIT = {name: re.compile(rf"(?:{words}){_END}", re.IGNORECASE) for name, words in UNITS.items()}
_WORD = re.compile(rf"[\s-]{{0,2}}({HAN.pattern}|[%$€₽¥°]|[^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that says how many or how much.

    Attributes:
        value: with its "thousand" or "million" counted in.
        step: what the last digit is worth that is no rounding zero: 100 of 1,200, 0.1 of 48.7, 100,000 of 3.2 million.
        units: what it counts: names of UNITS, and the folded words after it; empty where nothing tells.
    """

    value: float
    step: float
    units: frozenset[str]

    def agrees(self, other: Figure) -> bool:
        """Say whether two figures can be the same, one of them rounded, up or down."""
        coarse, fine = max(self.step, other.step), min(self.step, other.step)
        apart = abs(self.value - other.value)
        return apart < coarse * (0.999 if fine < coarse else 0.5)


def find_figures(text: str) -> list[Figure]:
    """Return the figures of a text in reading order."""
    text = unicodedata.normalize("NFKC", text[:MAX_CHARS])
    for dates in (HAN_DATE, NUMERIC_DATE, DATE_IN_WORDS):
        text = dates.sub(_blank, text)
    text = _join_thousands(text)
    found = []
    for number, term, scale, at in _numbers(text):
        before = text[max(0, number.start() - 12) : number.start()]
        if YEAR.fullmatch(number.group()) and not _is_measured(text, at):
            continue
        if NO_FIGURE_AFTER.match(text, at) or RANGE_BEFORE.search(before):
            continue
        attached = at == number.end() and text[at : at + 1].isalpha() and not HAN.match(text, at)
        if attached and not _is_measured(text, at):
            continue
        found.append(Figure(float(term) * scale, _step(term) * scale, _units(before, text, at)))
    return found


def number_values(text: str) -> frozenset[float]:
    """Return what all numbers of a text are worth, those of dates too, to four digits: cheaper than its figures."""
    text = _join_thousands(unicodedata.normalize("NFKC", text[:MAX_CHARS]))
    return frozenset(float(f"{float(term) * scale:.4g}") for _, term, scale, _ in _numbers(text))


def units_in(text: str) -> frozenset[str]:
    """Return the units that a question asks for, should it name any: all its words, as a figure's units are told."""
    text = unicodedata.normalize("NFKC", text)
    return frozenset(unit for word in _WORD.finditer(text) if (unit := _unit(text, word)))


def _numbers(text: str) -> Iterator[tuple[re.Match[str], str, float, int]]:
    """Yield each number, as index.analyze spells it, the factor of the word after it, and where both end."""
    for number in NUMBER.finditer(text):
        term = number_term(number.group())
        if term.count(".") > 1:
            continue
        word = _SCALE.match(text, number.end())
        if word is not None and word.lastgroup is not None:
            yield number, term, SCALES[word.lastgroup][0], word.end()
        else:
            yield number, term, 1.0, number.end()


def _join_thousands(text: str) -> str:
    return THOUSANDS.sub(lambda number: number.group().replace(" ", ""), text)


def _units(before: str, text: str, at: int) -> frozenset[str]:
    """Return what a figure counts, from the sign before it or the first words after it."""
    sign = CURRENCY_BEFORE.search(before)
    if sign:
        return frozenset([PERCENT] if sign["percent"] else [unit for unit in _UNIT if _UNIT[unit].match(sign["sign"])])
    units: list[str] = []
    while len(units) < UNIT_WORDS and (word := _WORD.match(text, at)):
        at = word.end()
        unit = _unit(text, word)
        if unit in UNITS:
            return frozenset([unit])
        if unit:
            units.append(unit)
            if HAN.match(unit):
                break
    return frozenset(units)


def _unit(text: str, word: re.Match[str]) -> str:
    """Return the unit that a word names, else the word's beginning; empty for a stop word."""
    for name, unit in _UNIT.items():
        if unit.match(text, word.start(1)):
            return name
    if HAN.match(word[1]):
        return word[1]
    if len(word[1]) < MIN_WORD_CHARS or word[1].lower() in ALL_STOP_WORDS:
        return ""
    return fold_name(word[1])[:BEGINNING_CHARS]


def _is_measured(text: str, at: int) -> bool:
    """Say whether a unit that no year has follows a number: "2000 people"."""
    word = _WORD.match(text, at)
    return word is not None and _unit(text, word) in UNITS.keys() - {"year"}


def _step(term: str) -> float:
    """Return what the last digit is worth that is not a zero before the decimal point."""
    whole, _, rest = term.partition(".")
    if rest:
        return float(10.0 ** -len(rest))
    return float(10.0 ** (len(whole) - len(whole.rstrip("0")))) if whole != "0" else 1.0


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
