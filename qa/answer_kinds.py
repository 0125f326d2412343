"""What kind of answer a question wants, and whether a sentence offers one, in seven languages."""

from __future__ import annotations

import re

from index.analyze import name_terms
from qa.when import YEAR, find_dates

KINDS = NUMBER, DATE, PERSON, PLACE, REASON = ("number", "date", "person", "place", "reason")

# Pieces of regular expressions by kind, a line a language; the kinds are tried in this order, since "in what
# year" asks for a date though "what" alone asks for anything.
QUESTION_WORDS: dict[str, tuple[str, ...]] = {
    DATE: (
        r"when|since when|(?:what|which) (?:year|date|day|month)",
        r"wann|seit wann|welche[mns]? (?:jahr|tag|datum|monat)",
        r"когда|с какого|как(?:ом|ого|ой|ая) (?:году|года|год|числа|дата|день)",
        r"калі|як(?:ім|ога|ой|ая) (?:годзе|года|чысла|даты|дата)",
        r"kiedy|którym roku|którego dnia|jakim roku",
        r"cuándo|qué (?:año|fecha|día|mes)",
    ),
    NUMBER: (
        r"how (?:many|much|high|large|big|long|old|far|tall|fast|often|deep|heavy|wide)|by how",
        r"what (?:(?:is|was|were|are) the )?(?:\w+ ){0,2}(?:percentage|percent|share|number|amount|price|cost|turnover|"
        r"temperature|population|proportion|value|volume|size|budget)",
        r"wie ?(?:viele?n?|hoch|groß|lange?|alt|weit|oft|schnell|teuer|schwer|tief|stark)|um wie|wieviele?",
        r"сколько|скольк\w+|на сколько|насколько",
        r"как(?:ой|ова|ая|ово|ую|ое) (?:был[аио]? )?(?:товарооборот|процент|дол[яю]|сумм[ау]|стоимость|цен[ау]|"
        r"количество|числ[оа]|объ[её]м|температур[ау]|длин[ау]|площадь|населени[ея])",
        r"колькі|наколькі|скольк\w*",
        r"як(?:і|ая|ое) (?:быў |была |было )?(?:тавараабарот|працэнт|дол[яю]|сум[ау]|кошт|цан[ау]|колькасць|аб['’]ём)",
        r"ilu|ile|iloma|jak (?:wysok|duż|dług|wiel)\w+",
        r"jak(?:i|a|ie) (?:był[ao]? )?(?:procent|odsetek|obrót|obroty|kwota)",
        r"cuánt[oa]s?|qué (?:porcentaje|cantidad|altura|precio|número)",
    ),
    PERSON: (
        r"who|whom|whose",
        r"wer|wem|wen|wessen",
        r"кто|кого|кому|кем",
        r"хто|каму|кім|чый",
        r"kto|kogo|komu|kim",
        r"quién|quiénes",
    ),
    PLACE: (
        r"where|(?:which|what) (?:city|town|country|place|region|countries|cities)",
        r"wo|wohin|woher|welche[rsnm]? (?:stadt|land|ort|länder[n]?|region)",
        r"где|куда|откуда|как(?:ом|ой|ие|их) (?:городе|стране|страны|месте|регионе)",
        r"дзе|куды|адкуль|як(?:ім|ой|ія|іх) (?:горадзе|краіне|краіны|месцы)",
        r"gdzie|dokąd|skąd|któr(?:ym|ej|e|ych) (?:mieście|kraju|kraje|miejscu)",
        r"dónde|adónde|qué (?:ciudad|país|países|lugar)",
    ),
    REASON: (
        r"why|what caused|for what reason",
        r"warum|wieso|weshalb",
        r"почему|зачем|по какой причине",
        r"чаму|навошта",
        r"dlaczego|czemu",
        r"por qué|a qué se debe",
    ),
}

# Chinese has no spaces, so that its words are found anywhere.
HAN_QUESTION_WORDS: dict[str, str] = {
    DATE: "什么时候|何时|哪一?年|哪一?天|几月|几号|何日|日期",
    NUMBER: "多少|几[个名人次家项天年月公]|多[高大长远重久深快]|百分之几",
    PERSON: "谁|哪位",
    PLACE: "哪里|哪儿|何处|什么地方|哪个(?:城市|国家)|哪些国家",
    REASON: "为什么|为何|原因",
}

NUMBER_WORDS = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|half|doubled?|twice|hundred|thousand|million",
    r"zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hälfte|verdoppel\w+|doppelt\w*",
    r"дв[аеух]+|тр[иех]+|четыр\w+|пят\w+|шест\w+|сем[ьи]|восем\w+|девят\w+|десят\w+|половин\w+|вдвое|удво\w+",
    r"дзв[еау]\w*|чатыр\w+|пяц\w+|шэсц\w+|сем|восем|дзевяц\w+|дзесяц\w+|палов\w+|удвая",
    r"dwa|dwie|dwóch|trzy|trzech|cztery|pięć|sześć|siedem|osiem|dziewięć|dziesięć|połow\w+|podwo\w+",
    r"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|mitad|duplic\w+",
)
CAUSE_WORDS = (
    r"because|since|due to|owing|as a result|so that|in order|need(?:s|ed)? to",
    r"weil|da|wegen|aufgrund|grund|um|damit|denn",
    r"потому|из-за|так как|поскольку|благодаря|чтобы|причин\w+",
    r"таму|бо|з-за|дзякуючы|каб|прычын\w+",
    r"ponieważ|bo|gdyż|dlatego|powodu|wskutek|aby|żeby",
    r"porque|debido|ya que|causa|para|gracias",
)


def _any_of(words: tuple[str, ...], han: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b|{han}", re.IGNORECASE)


ASKS = {kind: _any_of(QUESTION_WORDS[kind], HAN_QUESTION_WORDS[kind]) for kind in KINDS}
WANTED_IN_ORDER = (DATE, NUMBER, PERSON, PLACE, REASON)
NUMBER_WORD = _any_of(NUMBER_WORDS, "[一二三四五六七八九十百千万亿]{2,}")
CAUSE = _any_of(CAUSE_WORDS, "因为|由于|为了|因此|所以")
CLOCK = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:.][0-5]\d(?!\d)")
HAN = re.compile("[\u4e00-\u9fff]")


def wanted_kind(question: str) -> str | None:
    """Return the kind of answer a question wants, or None for any."""
    return next((kind for kind in WANTED_IN_ORDER if ASKS[kind].search(question)), None)


def offers(kind: str, sentence: str, known: frozenset[str]) -> bool:
    """Say whether a sentence holds something of a kind.

    Args:
        known: the names and numbers of the question, which answer nothing.
    """
    if kind == NUMBER:
        dates = {number for date in find_dates(sentence) for number in date.numbers} | set(YEAR.findall(sentence))
        numbers = {name for name in name_terms(sentence) if name[0].isdecimal()}
        return bool(numbers - dates - known or NUMBER_WORD.search(sentence))
    if kind == DATE:
        return bool(YEAR.search(sentence) or CLOCK.search(sentence) or find_dates(sentence))
    if kind == REASON:
        return bool(CAUSE.search(sentence))
    # A name after the first letter: the first word of a sentence is capitalised anyway.
    named = (name for name in name_terms(sentence[1:]) if not name[0].isdecimal())
    return any(name not in known for name in named) or bool(HAN.search(sentence))
