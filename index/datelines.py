"""The opening of an agency's report that says where, when and by whom: `MINSK, 24 May (BelTA) - `.

Told by its shape, in any of the orders that agencies use; names of places and agencies are not listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.page_dates import DAY, MONTH

_OPENING_CHARS = 200
_DAY_MONTH = (
    rf"(?:{DAY}(?:st|nd|rd|th)?\.?\s+(?:de\s+)?{MONTH}\.?|{MONTH}\.?\s+{DAY}(?:st|nd|rd|th)?(?!\d)|{DAY}\.\d\d?\.?)"
    r"(?:,?\s+(?:de\s+)?(?:19|20)\d\d(?:\s?г\.)?|\.(?:19|20)\d\d)?"
)
_CAPITAL = "(?-i:[^\\W\\d_a-zа-яёіў])"
_NAME = rf"{_CAPITAL}[^\W\d_'’.]*(?:[ -][^\W\d_'’.]+){{0,3}}"
_PLACE = rf"(?:(?:аг|гп?|рп|п|пос|дер|д|в)\.\s?)?(?P<place>{_NAME})"
# A second name is a district or another place: "Рэчыца, Гомельская вобласць", "MINSK/MOSCOW".
_PLACES = rf"{_PLACE}(?:\s?[/,]\s?{_NAME})?"
_BY = r"[(/\[（\u3010](?P<by>[^()/\[\]（）\u3010\u3011\n]{2,70})[)/\]）\u3011]"
_DASH = r"[-–—―]"
_END = rf"(?:\s*[.,:]?\s*{_DASH}+|\s*[.:]|(?=\s))\s*"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{_PLACES},\s*{_DAY_MONTH}\.?,?\s*{_BY}{_END}",  # MINSK, 24. Mai (BelTA) -
        rf"{_DAY_MONTH},?\s+{_PLACES}\.?,?\s*{_BY}{_END}",  # 14 октября, Минск /Корр. БЕЛТА/.
        rf"{_PLACES},\s*{_DAY_MONTH}\s*[.,]?\s*{_DASH}+\s*(?P<by>[^\W\d_][\w ]{{1,20}}?)\.\s+",  # Минск, 14 окт - РИА.
        rf"{_PLACES},\s*{_DAY_MONTH}\s*[.,]?\s*{_DASH}+\s+",
        rf"{_BY}\s*{_PLACE},\s*{_DAY_MONTH}{_END}",
        rf"(?P<place>)\((?P<by>{_CAPITAL}\w{{1,20}}(?: {_CAPITAL}\w{{1,20}})?)\)\s*{_DASH}+\s+",  # (Reuters) -
    )
)
# Without a date only capitals tell a place from any other word: "BERLIN (dpa) - ", "Warszawa (PAP) - ".
_UNDATED = re.compile(r"(?P<place>[^\W\d_a-z][^\W\d_]*(?:[ -][^\W\d_a-z][^\W\d_]*){0,2})\s*" + _BY + rf"\s*{_DASH}+\s*")
_HAN = "[\u4e00-\u9fff]"
_HAN_DAY = r"(?:1[0-2]|0?[1-9])\s*月\s*\d{1,2}\s*日"
_HAN_BY = rf"[（(/\u3010](?P<by>{_HAN}{{2,12}}?)(?:讯|电|報|报道)?[)）/\u3011]"
_HAN_SHAPES = (
    re.compile(rf"(?P<place>{_HAN}{{2,10}}?)[,，、]?\s*{_HAN_DAY}[,，]?\s*{_HAN_BY}\s*(?:{_DASH}+|[:：])?\s*"),
    re.compile(rf"{_HAN_DAY}[,，]?\s*(?P<place>{_HAN}{{2,10}}?)\s*{_HAN_BY}\s*(?:{_DASH}+|[:：])?\s*"),
    re.compile(
        rf"[（(\u3010]?(?P<by>{_HAN}{{1,8}}?[社网])[,，]?\s*(?P<place>{_HAN}{{2,6}}?)[,，]?\s*{_HAN_DAY}[讯电]?"
        rf"[)）\u3011]?\s*(?:{_DASH}+|[:：])?\s*"
    ),
    re.compile(rf"(?P<place>)[（(\u3010](?P<by>{_HAN}{{1,8}}?[社网])[讯电][)）\u3011]\s*"),
)
_ROLE = re.compile(r"^(?:корр|кар|kor|corr|own correspondent)\b\.?\s*", re.IGNORECASE)
_PERSON_AND_AGENCY = re.compile(
    rf"(?P<person>[^\W\d_]+(?: [^\W\d_.]+\.?){{1,2}})\s*(?:{_DASH}|,|для|for)\s*(?P<agency>.+)"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report comes from and who reports; `end` is where the report itself begins.

    Attributes:
        place: as it is written, such as `MINSK`; None where only the agency is named.
    """

    place: str | None
    agency: str | None
    author: str | None
    end: int


def find_dateline(paragraph: str) -> Dateline | None:
    """Read the dateline at the beginning of a paragraph, if there is one."""
    opening = paragraph[:_OPENING_CHARS]
    for shape in (*_HAN_SHAPES, *_SHAPES, _UNDATED):
        match = shape.match(opening)
        if match:
            agency, author = _reporter(match.groupdict().get("by"))
            return Dateline(match["place"].strip() or None, agency, author, match.end())
    return None


def _reporter(by: str | None) -> tuple[str | None, str | None]:
    """Split `Елена Прус - БЕЛТА` and `Корр. БЕЛТА` into agency and author."""
    if not by:
        return None, None
    name = _ROLE.sub("", by.strip())
    match = _PERSON_AND_AGENCY.fullmatch(name)
    if match:
        return match["agency"].strip(), match["person"].strip()
    return name or None, None
