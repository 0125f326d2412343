"""What a question asks for, as far as its words tell: its language, its numbers, and the kind of answer it wants."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.analyze import name_terms, word_terms
from index.language import detect_language

NUMBER, DATE, PERSON, PLACE, REASON = "number", "date", "person", "place", "reason"

# Tried in this order: "in what year" asks for a date though "what" alone asks for anything.
ASKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        DATE,
        re.compile(
            r"\b(when|(?:what|which) (?:year|date|day|month)|since when|wann|seit wann|welche[mns]? (?:jahr|tag|datum|monat)|"
            r"когда|с какого|как(?:ом|ого|ой|ая) (?:году|года|год|числа|дата|день)|калі|"
            r"як(?:ім|ога|ой) (?:годзе|года|чысла|даты)|"
            r"kiedy|którym roku|którego dnia|jakim roku|cuándo|qué (?:año|fecha|día|mes))\b"
            r"|什么时候|何时|哪一?年|哪一?天|几月|几号|何日|日期",
            re.IGNORECASE,
        ),
    ),
    (
        NUMBER,
        re.compile(
            r"\b(how (?:many|much|high|large|big|long|old|far|tall|fast|often|deep|heavy|wide)|what (?:percentage|percent|share|number|amount|"
            r"price|cost|turnover|temperature|population|proportion)|by how|"
            r"wie ?(?:viele?n?|hoch|groß|lange?|alt|weit|oft|schnell|teuer|schwer|tief|stark)|um wie|wieviele?|"
            r"сколько|скольк\w+|как(?:ой|ова|ая|ово|ую|ое) (?:был[аио]? )?(?:товарооборот|процент|дол[яю]|сумм[ау]|стоимость|цен[ау]|количество|числ[оа]|"
            r"объ[её]м|температур[ау]|длин[ау]|площадь|населени[ея])|на сколько|насколько|"
            r"колькі|наколькі|скольк\w*|як(?:і|ая|ое) (?:быў |была |было )?(?:тавараабарот|працэнт|дол[яю]|сум[ау]|кошт|цан[ау]|колькасць|аб'ём)|"
            r"ilu|ile|iloma|jak (?:wysok|duż|dług|wiel)\w+|jaki (?:procent|odsetek|był obrót)|"
            r"cuánt[oa]s?|qué (?:porcentaje|cantidad|altura|precio|número))\b"
            r"|多少|几[个名人次家项天年月公]|多[高大长远重久深快]|百分之几",
            re.IGNORECASE,
        ),
    ),
    (
        PERSON,
        re.compile(
            r"\b(who|whom|whose|wer|wem|wen|wessen|кто|кого|кому|кем|хто|каму|кім|чый|kto|kogo|komu|kim|quién|quiénes)\b|谁|哪位",
            re.IGNORECASE,
        ),
    ),
    (
        PLACE,
        re.compile(
            r"\b(where|(?:which|what) (?:city|town|country|place|region|countries|cities)|wo|wohin|woher|"
            r"welche[rsnm]? (?:stadt|land|ort|länder[n]?|region)|где|куда|откуда|как(?:ом|ой|ие|их) (?:городе|стране|страны|месте|регионе)|"
            r"дзе|куды|адкуль|як(?:ім|ой|ія|іх) (?:горадзе|краіне|краіны|месцы)|gdzie|dokąd|skąd|"
            r"któr(?:ym|ej|e|ych) (?:mieście|kraju|kraje|miejscu)|dónde|adónde|qué (?:ciudad|país|países|lugar))\b|哪里|哪儿|何处|什么地方|哪个(?:城市|国家)|哪些国家",
            re.IGNORECASE,
        ),
    ),
    (
        REASON,
        re.compile(
            r"\b(why|what caused|for what reason|warum|wieso|weshalb|почему|зачем|по какой причине|чаму|навошта|dlaczego|"
            r"czemu|por qué|a qué se debe)\b|为什么|为何|原因",
            re.IGNORECASE,
        ),
    ),
)

DIGIT = re.compile(r"\d|[一二三四五六七八九十百千万亿]{2,}")
NUMBER_WORD = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|half|double[d]?|twice|hundred|thousand|million|"
    r"zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hälfte|verdoppel\w+|doppelt\w*|"
    r"дв[аеух]+|тр[иех]+|четыр\w+|пят\w+|шест\w+|сем[ьи]|восем\w+|девят\w+|десят\w+|половин\w+|вдвое|удво\w+|"
    r"дзв[еау]\w*|чатыр\w+|пяц\w+|шэсц\w+|сем|восем|дзевяц\w+|дзесяц\w+|палов\w+|удвая|"
    r"dwa|dwie|dwóch|trzy|trzech|cztery|pięć|sześć|siedem|osiem|dziewięć|dziesięć|połow\w+|podwo\w+|"
    r"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|mitad|duplic\w+)\b",
    re.IGNORECASE,
)
YEAR_OR_DAY = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\b\d{1,2}\.? ?[^\W\d]{3,}|[年月日]")
CAUSE = re.compile(
    r"\b(because|since|due to|owing|as a result|so that|in order|need(?:s|ed)? to|weil|da|wegen|aufgrund|grund|um|damit|denn|"
    r"потому|из-за|так как|поскольку|благодаря|чтобы|причин\w+|таму|бо|з-за|дзякуючы|каб|прычын\w+|"
    r"ponieważ|bo|gdyż|dlatego|powodu|wskutek|aby|żeby|porque|debido|ya que|causa|para|gracias)\b|因为|由于|为了|因此|所以",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked, with what it holds.

    Attributes:
        kind: of answer wanted: NUMBER, DATE, PERSON, PLACE, REASON, or None for any.
        words: stemmed words, in its language.
        names: folded names and numbers.
    """

    text: str
    language: str
    kind: str | None
    words: frozenset[str]
    names: frozenset[str]

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in the question, years among them."""
        return frozenset(name for name in self.names if name[0].isdecimal())


def understand(text: str) -> Question:
    """Read a question."""
    language = detect_language(text)
    kind = next((kind for kind, pattern in ASKS if pattern.search(text)), None)
    return Question(text, language, kind, frozenset(word_terms(text, language)), frozenset(name_terms(text)))


def offers(kind: str | None, sentence: str, question: Question) -> bool:
    """Say whether a sentence holds something of the kind that a question wants, and that it did not hold itself."""
    if kind == NUMBER:
        return bool(NUMBER_WORD.search(sentence)) or any(
            name[0].isdecimal() and name not in question.names for name in name_terms(sentence)
        ) or bool(DIGIT.search(sentence) and not question.numbers)
    if kind == DATE:
        return bool(YEAR_OR_DAY.search(sentence))
    if kind in (PERSON, PLACE):
        return any(name not in question.names and not name[0].isdecimal() for name in name_terms(sentence[1:])) or (
            bool(re.search("[\u4e00-\u9fff]", sentence))
        )
    if kind == REASON:
        return bool(CAUSE.search(sentence))
    return True
