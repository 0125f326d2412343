"""Where the sentences of a text begin and end.

sentencex proposes the cuts: it knows all of our languages but Belarusian and needs microseconds where pysbd,
no more often right, needs milliseconds. Both cut sentences at most Slavic abbreviations, ordinals and speech
tags, so every cut is looked at once more here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

from index.records import Span

# Broken JSON escapes leave halves of characters, which no library of another language takes.
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")

# sentencex takes quadratic time over unclosed quotation marks, so it never sees more at once.
_LONGEST_BLOCK = 2000
# A text without capitals must not become one sentence.
_LONGEST_JOINED = 600
# A quotation longer than this is cut at its own sentences.
_LONGEST_QUOTED = 400
_QUOTE = re.compile("[\"'«»„“”‚‘’`(){}\\[\\]「」『』《》（）]")
_LOOK_BACK = 40
_LOOK_AHEAD = 20
_STOP = re.compile(r"[.!?…。！？][\"'»”’)\]]*\s")

# "-5...-7", "file.2": without a space before them, these begin no sentence.
_GLUED = "-–0123456789"
_CONTINUING = ",;:.!?…"
_CLOSERS = "』」”’»)）】》"
_LIBRARY_LANGUAGE = {"be": "ru", "und": "en"}
# Here the library knows "J. K. Rowling" from "vitamin C. The".
_KNOWS_INITIALS = frozenset({"en", "de", "es"})

# Abbreviations that a name or a number follows, so that they end no sentence.
_OPEN_ABBREVIATIONS = {
    language: frozenset(words.split())
    for language, words in {
        "ru": """
            им ул пр просп пл пер бул наб г гор пос дер с д акад проф доц инж ген полк подполк кап лейт адм св
            тов гр см ср рис табл стр гл ст п пп ч т тт тел кв корп оф напр дж ок зам пом""",
        "be": """
            ім вул пр пл зав бул наб г гор пас с д акад праф дац інж ген палк падпалк св тав гр гл пар мал
            табл стар арт п пп ч т тэл кв корп напр дж""",
        "uk": """
            ім вул пр просп пл пров бул наб м смт с акад проф доц ген полк св гр див рис табл стор ст п ч т
            тел""",
        "pl": """
            ul al pl os im prof dr hab mgr inż doc gen płk ppłk mjr kpt por ks bp abp św red ok str art ust
            pkt poz rys tab zob nr tel godz tj tzn tzw np min woj gm lic sędz""",
        "es": "núm aprox pág págs art cap av avda gral cnel sto sta bs vol fig ing lic arq p",
        "de": "ca nr abs art str hl st prof dr fr hr bd",
        "en": "approx prof gen sen rep gov",
    }.items()
}
_TITLES = frozenset(("dr", "mr", "mrs", "ms", "st"))
_BEFORE_NUMBER = frozenset(
    """
    руб тыс млн млрд долл дол янв фев февр мар апр авг сен сент окт ноя нояб дек
    студз лют сак крас чэрв ліп жн вер кастр ліст снеж
    tys mln mld mrd mio vol lib dn ene feb mar abr ago sept oct nov dic jan apr aug okt dez
    """.split()
)
_LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)\.$")
_LETTER_END = re.compile(r"(?<!\w)[^\W\d_]\.$")
_LETTER_START = re.compile(r"[^\W\d_]\.")
_INITIAL_END = re.compile(r"(?<!\w)[^\W\d_a-zа-яёўі]\.$")
_AND_SO_ON = re.compile(r"(?<!\w)[тг]\.\s?[дп]\.$")
_ITEM_NUMBER = re.compile(r"\(?(?:\d{1,3}|[IVX]{1,4}|[^\W\d_])[.)]$")
_SPEECH_TAG = re.compile(r"[—–-]\s*[^\W\d_]")

# "Die 1. Bundesliga", but not "am 3. Das"; "19. Jahrhundert" whatever stands before.
_ORDINAL_END = re.compile(
    r"(?<!\w)(?:d(?:er|ie|as|em|en|es)|[ia]m|zu[mr]|vom|beim|bis|eine?[mnr]?)\s+(?:\d{1,2}|[IVXL]{1,6})\.$",
    re.IGNORECASE,
)
_GERMAN_OPENER = re.compile(r"(?:D(?:er|ie|as|em|en|ort|ann)|E[rs]|Sie|Wir|Ich|In|Im|Am|Auch|Doch|Aber|Und)\s")
_NUMBER_END = re.compile(r"(?<!\w)(?:\d{1,2}|[IVXL]{1,6})\.$")
_AFTER_ORDINAL = re.compile(
    r"Jahrhundert|Jahrtausend|Jh|Weltkrieg|Lebensjahr|"
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)
_HOUR_END = re.compile(r"\b[ap]\.\s?m\.$")
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_CENTURY = re.compile(r"[IVXL]+\s+(?:w|wieku|в|века|ст|стагоддзя)\b")

_YEAR_END = re.compile(r"\d\s?(?:гг?|r)\.$")
# "24 мая 2024 г. Минск…" opens a sentence; after more words than that the year closes one.
_OPENING_DATE_CHARS = 18
# Where the library sees no end: an ellipsis, a year, "and so on" and a unit, each before a capital letter.
_MISSED = re.compile(
    r"(?:…[»”\"]?|\d\s(?:гг?|r)\.|"
    r"(?<!\w)(?:[тг]\.\s?[дп]|и др|і інш|it[pd]|(?:кв|куб)\. м|\d к[гм]|кг)\.)(\s+)"
    r"(?=[«„“\"—–-]?\s?[^\W\d_])"
)


def split_sentences(text: str, language: str) -> list[Span]:
    """Find the sentences of a text, without the white space around them; a line's end ends a sentence.

    Args:
        language: ISO 639-1 code; any other is read by rules that suit most languages.
    """
    text = _HALF_CHARACTER.sub("\ufffd", text)
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _ends(line.group(), language):
            piece = text[start : line.start() + end]
            if body := piece.strip():
                begin = start + len(piece) - len(piece.lstrip())
                spans.append(Span(begin, begin + len(body)))
            start = line.start() + end
    return spans


def _ends(line: str, language: str) -> Iterator[int]:
    """The ends of the sentences of a line; the last is the line's."""
    start = reached = 0
    for proposed in _proposed(line, language):
        cut = max(proposed, reached)
        while cut < len(line) and line[cut] in _CLOSERS and not line[cut - 1].isspace():
            cut += 1
        while cut < len(line) and line[cut].isspace():
            cut += 1
        reached = cut
        if cut <= start or cut >= len(line) or (not line[cut - 1].isspace() and line[cut] in _GLUED):
            continue
        left = line[max(start, cut - _LOOK_BACK) : cut].rstrip()
        if cut - start > _LONGEST_JOINED or not _belong(left, line[cut : cut + _LOOK_AHEAD], language):
            yield cut
            start = cut
    yield len(line)


def _proposed(line: str, language: str) -> list[int]:
    """Where the library and the rules for what it misses would cut a line."""
    known = _LIBRARY_LANGUAGE.get(language, language)
    cuts: set[int] = set()
    start = 0
    for block in _blocks(line):
        for piece in sentencex.segment(known, block):
            if len(piece) > _LONGEST_QUOTED:
                cuts.update(_cuts_within_quotation(line, start, start + len(piece), known))
            start += len(piece)
            cuts.add(start)
        if start < len(line) and not _STOP.search(block[-4:] + " "):
            cuts.discard(start)
    for missed in _MISSED.finditer(line):
        if line[missed.end() : missed.end() + 4].lstrip('«„“"—–- ')[:1].isupper():
            cuts.add(missed.end())
    return sorted(cuts)


def _cuts_within_quotation(line: str, start: int, end: int, language: str) -> Iterator[int]:
    """Cuts of a piece that the library left whole for its quotation marks, which authors forget to close."""
    for piece in sentencex.segment(language, _QUOTE.sub(" ", line[start:end])):
        cut = start + len(piece.rstrip())
        while cut < end and _QUOTE.match(line[cut]):
            cut += 1
        start += len(piece)
        if start < end:
            yield cut


def _blocks(line: str) -> Iterator[str]:
    """A line in pieces that the library reads in no time, cut after a sentence or word if there is one."""
    start = 0
    while len(line) - start > _LONGEST_BLOCK:
        head = line[start : start + _LONGEST_BLOCK]
        stops = [stop.end() for stop in _STOP.finditer(head)]
        cut = stops[-1] if stops else head.rfind(" ") + 1 or _LONGEST_BLOCK
        yield head[:cut]
        start += cut
    yield line[start:]


def _belong(left: str, right: str, language: str) -> bool:
    """Whether a proposed cut goes through a sentence."""
    if right[0].islower() or right[0] in _CONTINUING or not any(map(str.isalnum, right)):
        return True
    if (tag := _SPEECH_TAG.match(right)) and tag.group()[-1].islower():
        return True
    if not left.endswith("."):
        return False
    if _YEAR_END.search(left):
        return len(left) <= _OPENING_DATE_CHARS
    if (_NUMBER_END.search(left) and _CENTURY.match(right)) or (_HOUR_END.search(left) and _WEEKDAY.match(right)):
        return True
    if _ITEM_NUMBER.fullmatch(left) or (_LETTER_END.search(left) and _LETTER_START.match(right)):
        return True
    if language not in _KNOWS_INITIALS and _INITIAL_END.search(left) and right[0].isupper():
        return True
    if language == "de" and _NUMBER_END.search(left):
        by_article = _ORDINAL_END.search(left) and not _GERMAN_OPENER.match(right)
        return bool(by_article or _AFTER_ORDINAL.match(right))
    last = _LAST_WORD.search(left)
    if not last or _AND_SO_ON.search(left):
        return False
    word = last[1].lower()
    if word in _BEFORE_NUMBER:
        return right[0].isdigit()
    return word in _TITLES or word in _OPEN_ABBREVIATIONS.get(language, ())
