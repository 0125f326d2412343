"""Dates and times as news pages print them, in seven languages.

A table of month names rather than dateparser: a page's every line is looked at, dateparser takes milliseconds a
line and reads dates into headlines ("may", "1.5"), and only this table knows where in the line the date stands.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# One line a month: be, ru, en, de, pl, es, zh, in the cases that dates use, and the usual abbreviations.
_MONTHS = (
    "студзеня студзень студз января январь янв january jan januar jänner jän stycznia styczeń sty enero ene 一月",
    "лютага люты лют февраля февраль февр фев february feb februar lutego luty lut febrero 二月",
    "сакавіка сакавік сак марта март мар march mar märz mär mrz marca marzec marzo 三月",
    "красавіка красавік крас апреля апрель апр april apr kwietnia kwiecień kwi abril abr 四月",
    "мая май траўня травень may mai maja maj mayo 五月",
    "чэрвеня чэрвень чэрв июня июнь июн june jun juni czerwca czerwiec cze junio 六月",
    "ліпеня ліпень ліп июля июль июл july jul juli lipca lipiec lip julio 七月",
    "жніўня жнівень жнів жн августа август авг august aug sierpnia sierpień sie agosto ago 八月",
    "верасня верасень вер сентября сентябрь сент сен september sept sep września wrzesień wrz septiembre "
    "setiembre 九月",
    "кастрычніка кастрычнік кастр кас октября октябрь окт october oct oktober okt października październik paź "
    "octubre 十月",
    "лістапада лістапад ліст ноября ноябрь нояб ноя november nov listopada listopad lis noviembre 十一月",
    "снежня снежань снеж снег декабря декабрь дек december dec dezember dez grudnia grudzień gru diciembre dic 十二月",
)
MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}

_WEEKDAY_NAMES = (
    "панядзелак аўторак серада серад[уы] чацвер пятніц[аыу] субот[аыу] нядзел[яюі] понедельник вторник "
    "сред[ауы] четверг пятниц[аыу] суббот[аыу] воскресень[ея] monday tuesday wednesday thursday friday saturday "
    "sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag poniedziałek wtorek środ[aęy] "
    "czwartek piątek sobot[aęy] niedziel[aęi] lunes martes mi[eé]rcoles jueves viernes s[aá]bado domingo "
    "(?:星期|周|週)[一二三四五六日天]"
)
WEEKDAY = re.compile(rf"(?<!\w)(?:{'|'.join(_WEEKDAY_NAMES.split())})(?!\w)", re.IGNORECASE)

MONTH = "(?:" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + r"|(?:0?[1-9]|1[0-2])月)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_DATES = (
    re.compile(rf"(?P<y>{_YEAR})\s*年\s*(?P<m>0?[1-9]|1[0-2])\s*月\s*(?P<d>{DAY})\s*[日号號]"),
    re.compile(rf"(?<![\d.])(?P<y>{_YEAR})(?P<p>[-./])(?P<m>\d\d?)(?P=p)(?P<d>{DAY})(?![\d.])"),
    re.compile(rf"(?<![\d.])(?P<d>\d\d?)(?P<p>[-./])(?P<m>\d\d?)(?P=p)(?P<y>{_YEAR})(?!\d|\.\d)"),
    re.compile(r"(?<![\d.])(?P<d>\d\d)\.(?P<m>\d\d)\.(?P<y>\d\d)(?=\D{1,3}\d\d:\d\d)"),
    re.compile(
        rf"(?<![\d.,])(?P<d>{DAY})(?:st|nd|rd|th|-?га|-?го|日)?[.,]?[\s-]*(?:de\s+)?(?P<name>{MONTH})\.?,?"
        rf"[\s-]*(?:del?\s+)?(?P<y>{_YEAR})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<!\w)(?P<name>{MONTH})\.?\s*(?P<d>{DAY})(?:st|nd|rd|th)?,?\s+(?P<y>{_YEAR})(?!\d)", re.IGNORECASE),
)
_TIME = re.compile(
    r"(?<![\d:.,])(?P<h>[01]?\d|2[0-3])\s?(?:(?P<colon>[:：])|时|時|点|點|(?P<dot>\.))(?P<min>[0-5]\d)"
    r"(?:分|[:：][0-5]\d)?(?!\d|[.,]\d)\s*(?P<half>[ap]\.?\s?m\b)?",
    re.IGNORECASE,
)
# "15.34" is a time only beside a word that says so: 3.45 may be anything.
_CLOCK_WORD = re.compile(r"(?<!\w)(?:uhr|godz|h|hs|hrs|hours|horas|ч)(?!\w)", re.IGNORECASE)
_AFTERNOON = ("下午", "晚上", "傍晚")
_REVISED = re.compile(
    r"updated?|modified|aktualisier|обновл|изменен|абноўлен|зменен|aktualiz|zmienion|actualiza|modificad|更新|修改",
    re.IGNORECASE,
)
_TIME_GAP_CHARS = 24
_TIME_ONLY = re.compile(r"\W*(?:[01]?\d|2[0-3])[:：][0-5]\d\b")


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date found in a line.

    Attributes:
        iso: `2022-10-14` or `2022-10-14T13:00`.
        weekday: whether the line names the day of the week, as a page's clock does.
        revised: whether it says when the article was changed, not published.
        other_letters: letters of the line that belong to neither date, time nor weekday.
    """

    iso: str
    weekday: bool
    revised: bool
    other_letters: int

    @property
    def has_time(self) -> bool:
        """Whether the page gives the minute."""
        return "T" in self.iso


def find_date(line: str) -> PageDate | None:
    """Find the first date in a line, with the time that stands beside it."""
    line = unicodedata.normalize("NFKC", line)
    if not any(char.isdigit() for char in line):
        return None
    for pattern in _DATES:
        for match in pattern.finditer(line):
            day = _day(match)
            if day is not None:
                return _with_time(line, match, day)
    return None


def starts_with_time(line: str) -> bool:
    """Whether a line begins with an hour and minute, as the entries of a news list do."""
    return _TIME_ONLY.match(line) is not None


def _day(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    name = found.get("name")
    month = _month_number(name) if name else int(found["m"])
    day = int(found["d"])
    if month > 12 >= day and found.get("p") == "/":
        month, day = day, month
    year = int(found["y"])
    try:
        return date(year if year >= 100 else year + 2000, month, day).isoformat()
    except ValueError:
        return None


def _month_number(name: str) -> int:
    return MONTH_NUMBERS.get(name.lower()) or int(name.rstrip("月"))


def _with_time(line: str, match: re.Match[str], day: str) -> PageDate:
    before, after = line[: match.start()], line[match.end() :]
    clock_word = _CLOCK_WORD.search(line) is not None
    minute = ""
    for side, text in (("after", after[:_TIME_GAP_CHARS]), ("before", before[-_TIME_GAP_CHARS:])):
        time = _TIME.search(text)
        if time and not (time["dot"] and not clock_word):
            minute = f"T{_hour(time, text):02}:{time['min']}"
            if side == "after":
                after = after.replace(time[0], " ", 1)
            else:
                before = before.replace(time[0], " ", 1)
            break
    rest = WEEKDAY.sub(" ", f"{before} {after}")
    return PageDate(
        iso=day + minute,
        weekday=WEEKDAY.search(line) is not None,
        revised=_REVISED.search(before) is not None,
        other_letters=sum(char.isalpha() for char in rest),
    )


def _hour(time: re.Match[str], text: str) -> int:
    hour = int(time["h"])
    half = (time["half"] or "").lower()
    afternoon = half.startswith("p") or any(word in text for word in _AFTERNOON)
    if afternoon and hour < 12:
        return hour + 12
    return 0 if half.startswith("a") and hour == 12 else hour
