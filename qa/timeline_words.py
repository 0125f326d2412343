"""The words that ask what happened over time, in seven languages."""

from __future__ import annotations

import re

# Pieces of regular expressions, by language: en, de, ru, be, pl, es. What happened when or because something did is
# one event.
_HAPPENED = (
    (
        r"what(?:['’]s| is| has| have)?(?: \w+){0,2} happen(?:ed|ing)(?!.{0,80} (?:when|if|while)\b)",
        r"what(?:['’]s| has) been (?:happening|going on)",
        r"what(?:['’]s| is) new(?: about| with| on| in| at| from|\W{0,2}\Z)",
        r"what(?:['’]s| is| are) the latest(?: about| with| on| in| at| from| news| developments|\W{0,2}\Z)",
        r"what (?:has )?bec[ao]me of",
        r"how did [\w' -]{1,60} (?:unfold|continue|go on|play out)",
        r"(?:catch|bring) me up",
    ),
    (
        r"was (?:ist|war|sind)\b.{0,80} (?:passiert|geschehen|los)(?!.{0,80} (?:als|wenn)\b)",
        r"was (?:passierte|geschah|passiert (?:gerade|derzeit|zurzeit))(?!.{0,80} (?:als|wenn)\b)",
        r"wie (?:ging|geht|gehts) (?:es )?.{0,80} weiter",
        r"was (?:gibt es|gibt['’]?s|ist) neues|was ist neu|was wurde aus",
        r"wie (?:hat|haben) sich d(?:ie|er|as) (?:lage|situation|ereignisse|fall|sache|geschichte)\b.{0,80} entwickelt",
    ),
    (
        r"что (?:же )?(?:[\w-]+ ){0,2}(?:произошло|случилось|происходи(?:т|ло)|творится)"
        r"(?!.{0,80} (?:когда|если)\b)",
        r"что (?:стало|сталось) со?",
        r"что (?:слышно|нового)|какие (?:последние )?новости",
        r"как (?:дальше )?развива(?:лись|ются|лась|лся|лось|ется)(?: дальше)? (?:события|дело|ситуация|история)",
    ),
    (
        r"што (?:ж )?(?:[\w-]+ ){0,2}(?:здарыл(?:ася|ася)|адбыл(?:ося|ася)|адбываецца|адбывалася)"
        r"(?!.{0,80} (?:калі|як)\b)",
        r"што (?:стала|сталася) з",
        r"што (?:чуваць|чутно|новага)|якія (?:апошнія )?навіны",
        r"як (?:далей )?развіва(?:ліся|юцца|лася|ўся|ецца)(?: далей)? (?:падзеі|справа|сітуацыя|гісторыя)",
    ),
    (
        r"co (?:się )?(?:[\w-]+ ){0,2}(?:stało|wydarzyło|zdarzyło|dzieje|działo)(?: się)?"
        r"(?!.{0,80} (?:gdy|kiedy|jeśli)\b)",
        r"co (?:nowego|słychać)|jakie są (?:najnowsze|ostatnie) wieści",
        r"jak (?:dalej )?(?:potoczył|rozwijał|rozwinęł)\w{1,3} się",
    ),
    (
        r"qu[eé] (?:ha |han |est[aá] )?(?:pas(?:ó|o|ado|ando|a)|ocurri(?:ó|o|do)|ocurre|sucedi(?:ó|o|do)|sucede)"
        r"(?!.{0,80} (?:cuando|si)\b)",
        r"qu[eé] fue de|qu[eé] hay de nuevo|qu[eé] novedades|qu[eé] noticias",
        r"c[oó]mo (?:sigui[oó]|contin[uú][ao]|evolucion[oó] (?:la situación|el caso)|termin[oó] la historia)",
    ),
)
_HAN_HAPPENED = (
    "发生了?(?:什么|哪些|啥)|(?:出|怎么)了?什么事|后来怎么样|怎么样了|有(?:什么|哪些|何)(?:新|最新)?的?(?:消息|进展|动态|动向)"
    "|最新的?(?:消息|进展|动态|情况)|进展如何|来龙去脉|经过(?:是|如何|怎样)|始末"
)
_CHRONICLES = (
    (
        r"time ?lines?|chronolog\w{1,5}|(?:course|sequence|order) of events|the story so far",
        r"latest (?:news|developments)",
    ),
    (
        r"chronik|chronologie|zeitleiste|zeitstrahl|zeitliche[rn]? (?:ablauf|verlauf)",
        r"(?:verlauf|ablauf|hergang) der ereignisse|neuigkeiten|neueste[n]? (?:nachrichten|entwicklungen)",
    ),
    (
        r"хроник[аиуе]|хронологи[яиюе]|ход событий|последовательность событий|таймлайн|последние новости",
    ),
    (
        r"хроні(?:ка|кі|ку|цы)|храналогі[яіюе]|ход падзей|паслядоўнасць падзей|апошнія навіны",
    ),
    (
        r"kronik[aięę]|chronologi[aięę]|kalendarium|oś czasu|przebieg (?:wydarzeń|zdarzeń)|najnowsze wiadomości",
    ),
    (
        r"cronolog[ií]a|cr[oó]nica|l[ií]nea (?:de tiempo|del tiempo|temporal)|[uú]ltimas (?:noticias|novedades)",
        r"(?:secuencia|sucesi[oó]n) de (?:los )?(?:hechos|acontecimientos)",
    ),
)  # fmt: skip
_HAN_CHRONICLES = "时间线|时间轴|大事记|年表|编年"


def _any_of(languages: tuple[tuple[str, ...], ...], han: str) -> re.Pattern[str]:
    words = "|".join(piece for pieces in languages for piece in pieces)
    return re.compile(rf"\b(?:{words})(?!\w)|{han}", re.IGNORECASE)


HAPPENED = _any_of(_HAPPENED, _HAN_HAPPENED)
"""Asks what happened, or how it went on."""
CHRONICLE = _any_of(_CHRONICLES, _HAN_CHRONICLES)
"""Names a chronicle; a question for one thing in a chronicle does so too."""
