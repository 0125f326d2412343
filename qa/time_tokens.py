"""A text as the tokens of time: numbers, months, and the words of qa.time_words, with everything else as a break."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from index.page_dates import MONTH_NUMBERS
from qa.time_units import Span
from qa.time_words import CYRILLIC, LANGUAGES, Meaning, time_words

WORD, SIGN, FILLER = "o", ".", "f"
FULL_NAME_CHARS = 5
# Cases that pages are not dated with, and full names that are as short as abbreviations.
_SHORT = {
    2: "лютым лютому luty lutym",
    3: "märz",
    5: "май мая мае маі маем may mai maj maja maju mayo",
    6: "июня июнь июне июню june juni",
    7: "июля июль июле июлю july juli",
}
_ENDINGS = "(?:а|у|е|ом|ам|я|ю|і|и|ём|ем|зе|ь|a|u|e|em|ie|zie|o)?"
_ABBREVIATED = {
    "ru": "янв фев мар апр май июн июл авг сен окт ноя дек",
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "de": "jan feb mrz apr mai jun jul aug sep okt nov dez",
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
}
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_HAN_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")

# Han letters may stand beside a number; other letters make it a name ("T34"), and money, shares and clock times
# are no dates either.
_NUMBERS = (
    r"(?=[\dQI〇零一二三四五六七八九十])(?:(?P<date>(?<![\d.])\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?!\d)|(?<![\d-])(?:19|20)\d\d-\d\d-\d\d(?![\d-]))"
    r"|(?P<decade>(?<!\d)(?:1[5-9]\d0|20[0-9]0)(?:['’]?s(?!\w)|er(?:\s?Jahren?)?(?!\w)|-?(?:ых|ыя|ые|х|е)(?!\w)|年代))"
    r"|(?P<hanyear>(?:(?<!\d)\d{4}|[〇零一二三四五六七八九]{4})\s?年(?!代|的?历史))"
    r"|(?P<hanmonth>(?:(?<!\d)(?:1[0-2]|0?[1-9])|十[一二]?|[一二三四五六七八九])\s?月)"
    r"|(?P<handay>(?<!\d)(?:3[01]|[12]\d|0?[1-9])\s?[日号號])"
    r"|(?P<quarter>(?<!\w)(?:Q[1-4]|[1-4]Q)(?!\w))"
    r"|(?P<roman>(?<!\w)(?-i:I{1,3}|IV)(?=\s))"
    r"|(?P<number>(?<![^\W\u3400-\u9fff])(?<![$€£¥₽№#])(?<!\d[.,:])\d{1,4}"
    r"(?:(?:st|nd|rd|th|-[а-яіў]{1,3}|[ºª]|er)(?!\w)|\.(?=\s{0,2}[^\W\d_])|\.(?=\s?[-–—]))?"
    r"(?![^\W\u3400-\u9fff])(?![.,:]\d)(?!\s?[%€°$₽]|年的?历史)))"
)
_REST = r"(?P<word>[^\W\u3400-\u9fff]+|\w)|(?P<comma>,)|(?P<dash>[-–—~～])|(?P<other>\S)"
_DIGITS = re.compile(r"\d+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of time, or a break.

    Attributes:
        code: its letter in qa.time_words; besides, N digits, Y a year, d a day of the month, T a whole time such as
            a date or a decade, a comma, a dash, and a point for other signs.
        value: the number that it says.
        span: the days of a T.
        sure: whether a year or a month can be nothing else.
        relative: whether it counts from the day of asking.
    """

    code: str
    start: int
    end: int
    value: int = 0
    unit: str = ""
    span: Span | None = None
    sure: bool = False
    relative: bool = False


def read_tokens(text: str, language: str) -> list[Token]:
    """Return the tokens of a text in reading order."""
    # A Cyrillic question is Russian or Belarusian, whatever else it was taken for.
    known = CYRILLIC[0] if language not in LANGUAGES and _CYRILLIC.search(text) else language
    pattern, meanings = _reader(known)
    return [_token(match, meanings) for match in pattern.finditer(text)]


@cache
def _reader(language: str) -> tuple[re.Pattern[str], dict[str, Meaning]]:
    """Compile what reads a language: a named group for each meaning."""
    words = [*time_words(language).items(), *_months(language)]
    named = "|".join(f"(?P<w{number}>{written})" for number, (_, written) in enumerate(words))
    # Chinese has no spaces, so that its words are found anywhere.
    anywhere = named if language == "zh" else rf"(?<!\w)(?:{named})(?!\w)"
    meanings = {f"w{number}": meaning for number, (meaning, _) in enumerate(words)}
    return re.compile(f"{_NUMBERS}|{anywhere}|{_REST}", re.IGNORECASE), meanings


def _months(language: str) -> list[tuple[Meaning, str]]:
    """Return the names of months, those in full of all languages, with the cases they are used in."""
    named: list[tuple[Meaning, str]] = []
    for month in range(1, 13):
        names = [name for name, number in MONTH_NUMBERS.items() if number == month and len(name) >= FULL_NAME_CHARS]
        stems = sorted({name.rstrip("аяьaeo") + _ENDINGS for name in names})
        named.append((("M", month, ""), "|".join([*_SHORT.get(month, "").split(), *stems])))
    abbreviated = _ABBREVIATED.get("ru" if language in CYRILLIC else language, "").split()
    return named + [(("m", month, ""), rf"{name}\.?") for month, name in enumerate(abbreviated, start=1)]


def _token(match: re.Match[str], meanings: dict[str, Meaning]) -> Token:
    name, written = match.lastgroup or "", match[0]
    start, end = match.span()
    digits = [int(number) for number in _DIGITS.findall(written)]
    if name in meanings:
        code, value, unit = meanings[name]
        return Token(code, start, end, value, unit)
    if name == "date":
        return _date_token(digits, start, end)
    if name == "decade":
        return Token("T", start, end, span=(date(digits[0], 1, 1), date(digits[0] + 9, 12, 31)))
    if name == "hanyear":
        return Token("Y", start, end, int(written.translate(_HAN_DIGITS).rstrip("年 ")), sure=True)
    if name == "hanmonth":
        number = digits[0] if digits else _HAN_MONTHS.index(written.rstrip("月 ")) + 1
        return Token("M", start, end, number, sure=True)
    if name == "handay":
        return Token("d", start, end, digits[0])
    if name == "quarter":
        return Token("H", start, end, digits[0], "quarter")
    if name == "roman":
        return Token("O", start, end, ("I", "II", "III", "IV").index(written) + 1)
    if name == "number":
        return Token("Y" if 1500 <= digits[0] <= 2099 else "N", start, end, digits[0])
    return Token({"comma": ",", "dash": "-", "word": WORD}.get(name, SIGN), start, end)


def _date_token(digits: list[int], start: int, end: int) -> Token:
    """Return a whole date, or a break where there is no such day."""
    year, month, day = digits if digits[0] > 31 else reversed(digits)
    try:
        whole = date(year, month, day)
    except ValueError:
        return Token(WORD, start, end)
    return Token("T", start, end, span=(whole, whole))
