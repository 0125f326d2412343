"""The words that people name times with, in seven languages, by what they mean.

A table rather than dateparser: that library knows single dates, neither ranges nor bounds nor quarters, and takes
"may" and any number for a date. Of the 184 questions in tests/eval/periods.jsonl it finds a day in each period
asked about, and none beside, for 84, in 2.7 ms a question; this table takes 0.15 ms.
"""

from __future__ import annotations

from functools import cache

LANGUAGES = ("be", "ru", "en", "de", "pl", "es", "zh")
CYRILLIC = ("be", "ru")
"""Read with both tables, since a short question in one may be taken for the other."""

# What a word is to the grammar of qa.relative_times and qa.periods: a letter, a number and a unit.
#   U unit, u units (only with a number), k "years" that may follow a year, n number in words, O ordinal
#   L last, this, next; l the same where it may follow its unit; J the last one up to now, j the last several; G ago
#   R a word for a whole time ("yesterday"), H part of a year, M month, m abbreviated month, W weekday
#   F from, Z to, A and, B between, b after both; i a preposition of time, e the begin or the end of a time
#   bounds before a time: S since, V until, P before, Q after, v before or to; after it: s since, q after, p before
#   o another word, f one that says nothing, ! one that looks ahead
Meaning = tuple[str, int, str]


# One line a language: be, ru, en, de, pl, es, zh. Regular expressions; phrases come before the words in them, since
# the first that fits is taken.
_WORDS: tuple[tuple[Meaning, tuple[str, str, str, str, str, str, str]], ...] = (
    # Nowadays, which is no time.
    (("o", 0, ""), (
        "нават сёння|і сёння|да сёння|на сённяшні дзень", "даже сегодня|и сегодня|до сегодня|на сегодняшний день",
        "(?:even|still) today|to this day|today still", "noch heute|heute noch|bis heute|heute als|heutzutage",
        "do dziś|po dziś dzień|nawet dziś|nawet dzisiaj", "hoy en día|aún hoy|hasta hoy|incluso hoy", "至今|时至今日",
    )),
    (("R", -2, "day"), (
        "пазаўчора", "позавчера", "(?:the )?day before yesterday", "vorgestern", "przedwczoraj",
        "anteayer|antes de ayer|antier", "前天",
    )),
    (("R", -1, "day"), (
        "[уў]чора", "вчера|вчерашн[а-я]{2,3}", "yesterday|last (?:night|evening)", "gestern|gestrige[nrms]?",
        "wczoraj|wczorajsz[a-z]{1,3}", "ayer|anoche", "昨[天日晚夜]",
    )),
    (("R", 0, "day"), (
        "сёння", "сегодня|сегодняшн[а-я]{2,3}", "today|tonight|this (?:morning|afternoon|evening)",
        "heute(?: morgen)?|heutige[nrms]?", "dziś|dzisiaj|dzisiejsz[a-z]{1,3}", "hoy|esta (?:mañana|tarde|noche)",
        "今[天日晚早晨]",
    )),
    (("R", 2, "day"), (
        "паслязаўтра", "послезавтра", "(?:the )?day after tomorrow", "übermorgen", "pojutrze", "pasado mañana", "后天",
    )),
    (("R", 1, "day"), (
        "заўтра", "завтра", "tomorrow", "(?-i:(?<!am )morgen)", "jutro", "(?<!la )mañana", "明[天日早晚]",
    )),
    (("R", -1, "weekend"), ("", "", "", "", "", "", "上(?:个)?周末")),
    (("R", 0, "weekend"), ("", "", "", "", "", "", "[本这](?:个)?周末")),
    (("R", -1, "week"), ("", "", "", "Vorwoche", "", "", "上个?(?:周|星期|礼拜)")),
    (("R", 0, "week"), ("", "", "", "", "", "", "[本这]个?(?:周|星期|礼拜)")),
    (("R", 1, "week"), ("", "", "", "", "", "", "下个?(?:周|星期|礼拜)")),
    (("R", -1, "month"), ("", "", "", "Vormonat", "", "", "上个?月")),
    (("R", 0, "month"), ("", "", "", "", "", "", "本月|这个月|当月")),
    (("R", 1, "month"), ("", "", "", "", "", "", "下个?月")),
    (("R", -1, "quarter"), ("", "", "", "Vorquartal", "", "", "上个?季度")),
    (("R", 0, "quarter"), ("", "", "", "", "", "", "本季度|这个季度")),
    (("R", -2, "year"), ("пазалетась", "", "", "", "", "", "前年")),
    (("R", -1, "year"), ("летась", "", "", "Vorjahr(?:es)?", "", "", "去年|上年")),
    (("R", 0, "year"), ("сёлета", "", "", "heuer", "", "", "今年|本年")),
    (("R", 1, "year"), ("налета", "", "", "", "", "", "明年")),
    (("H", 1, "quarter"), ("", "", "", "", "", "", "第?[一1]季度")),
    (("H", 2, "quarter"), ("", "", "", "", "", "", "第?[二2]季度")),
    (("H", 3, "quarter"), ("", "", "", "", "", "", "第?[三3]季度")),
    (("H", 4, "quarter"), ("", "", "", "", "", "", "第?[四4]季度")),
    (("H", 1, "half"), ("", "", "", "", "", "", "上半年")),
    (("H", 2, "half"), ("", "", "", "", "", "", "下半年")),
    (("L", -2, ""), (
        "пазамінул[а-яыі]{1,3}", "позапрошл[а-я]{2,3}", "", "vorletzte[nrms]?", "przedostatni[a-z]{0,3}", "", "",
    )),
    (("J", 1, ""), (
        "апошні|апошн(?:яга|ім|юю|яй|яя|яе)", "последн(?:ий|его|ем|юю|ей|ее|яя)", "(?:the )?past|the last", "",
        "ostatni(?:ego|ej|m|ą|a)?", "últim[oa]", "",
    )),
    (("j", 1, ""), (
        "апошні(?:я|х|мі)", "последни[ехм]и?", "", "", "ostatni(?:ch|e|mi)", "últim[oa]s", "过去|最近|(?<!附)近",
    )),
    (("L", -1, ""), (
        "мінул(?:ы|ага|ым|ую|ай|ае|ая)|папярэдн[а-яі]{1,3}", "(?:прошл|минувш|прошедш|предыдущ)[а-я]{2,3}",
        "last|previous", "letzte[nrms]?|vergangene[nrms]?|vorige[nrms]?",
        "(?:zeszł|ubiegł|minion|poprzedni)[a-zą]{0,3}", "", "",
    )),
    (("l", -1, ""), ("", "", "", "", "", "pasad[oa]|anterior", "")),
    (("l", 1, ""), ("", "", "", "", "", "próxim[oa]|que viene", "")),
    (("l", 0, ""), ("", "", "", "", "", "actual|en curso", "")),
    (("L", 0, ""), (
        "гэт(?:ы|ага|ым|ай|ую|ае)|бягуч[а-яыі]{2,3}", "эт(?:от|ого|ом|ой|у|а|о)|(?:текущ|нынешн)[а-я]{2,3}",
        "this|the current|current", "diese[nrms]?|laufende[nrms]?",
        "tym|tego|ten|tej|bieżąc[a-zy]{1,3}|obecn[a-zy]{1,3}", "est[ea]", "",
    )),
    (("L", 1, ""), (
        "наступн[а-яыі]{1,3}|будуч[а-яыі]{2,3}", "(?:следующ|будущ)[а-я]{2,3}", "next|the coming",
        "nächste[nrms]?|kommende[nrms]?", "(?:przyszł|następn)[a-zą]{1,3}", "", "",
    )),
    (("G", -1, ""), ("таму(?: назад)?", "(?:тому )?назад", "ago", "", "temu", "hace|atrás", "")),
    (("U", 1, "weekend"), (
        "выхадны[ях]|выхадных", "выходны[ех]", "weekend", "Wochenendes?", "weekend(?:zie)?", "fin de semana", "",
    )),
    (("U", 1, "half"), (
        "паўгоддз[еяюі]м?|паўгода", "полугоди[а-я]{1,2}|полгода", "half[- ]year", "Halbjahr(?:e?s)?|halben Jahr",
        "półrocz[a-z]{1,2}|pół roku", "semestre|medio año", "半年",
    )),
    (("U", 1, "part"), ("палов[аеуы]", "половин[аеуы]", "half", "Hälfte", "połow[aęy]|połowie", "mitad", "")),
    (("U", 1, "day"), ("дзень|дня", "день|дня|днём", "day", "Tag(?:es)?", "dzień|dnia|dniu", "día", "[天日]")),
    (("u", 1, "day"), ("дні|дзён|днямі", "дней|дни|днями", "days", "Tagen?", "dni|dniami|dniach", "días", "")),
    (("U", 1, "week"), (
        "тыдзень|тыдня|тыдні|тыднем", "недел[яиею]", "week", "Woche", "tydzień|tygodnia|tygodniu|tygodniem", "semana",
        "个?(?:周|星期|礼拜)(?![一二三四五六日天末])",
    )),
    (("u", 1, "week"), (
        "тыдняў|тыднямі", "недель|неделями", "weeks", "Wochen", "tygodni[ea]?|tygodniami", "semanas", "",
    )),
    (("U", 1, "month"), ("месяцы?|месяца", "месяц[ае]?", "month", "Monats?", "miesiąca?|miesiącu", "mes", "个月")),
    (("u", 1, "month"), (
        "месяцаў|месяцамі", "месяц(?:ев|ы|ами)", "months", "Monaten?", "miesiące|miesięcy|miesiącami|miesiącach",
        "meses", "",
    )),
    (("U", 1, "quarter"), (
        "квартале?|квартала", "квартал[ае]?", "quarter", "Quartals?", "kwartale?|kwartału", "trimestre", "季度",
    )),
    (("u", 1, "quarter"), (
        "кварталаў|кварталы", "квартал(?:ов|ы)", "quarters", "Quartalen?", "kwartał(?:ów|y)", "trimestres", "",
    )),
    (("U", 1, "decade"), (
        "дзесяцігоддз[еяюі]м?", "десятилети[а-я]{1,2}", "decade", "Jahrzehnts?", "dekad[aęy]|dziesięcioleci[aeu]",
        "década", "",
    )),
    (("U", 1, "year"), ("год(?:а|зе|ам)?", "год(?:а|у|ом|е)?", "year", "Jahr(?:es)?", "rok(?:u|iem)?", "año", "年")),
    (("k", 1, "year"), ("гады|гадах|гадамі|гг?", "годы|годах|годами|гг?", "", "", "lat(?:ach|ami)|r|rr", "", "")),
    (("u", 1, "year"), ("гадоў", "лет|годов", "years", "Jahren?", "lata?", "años", "")),
    (("O", 1, ""), (
        "перш[а-яы]{2,3}", "перв[а-я]{2,3}", "first", "erste[nrms]?", "pierwsz[a-zą]{1,3}", "primer[oa]?", "",
    )),
    (("O", 2, ""), (
        "друг[а-яі]{2,3}", "втор[а-я]{2,3}", "second", "zweite[nrms]?", "drugi?[a-zą]{0,3}", "segund[oa]", "",
    )),
    (("O", 3, ""), (
        "трэц[а-яі]{1,3}", "трет[а-яь]{2,4}", "third", "dritte[nrms]?", "trzeci[a-zą]{0,3}", "tercer[oa]?", "",
    )),
    (("O", 4, ""), (
        "чацвёрт[а-яы]{2,3}", "четв[её]рт(?:ый|ого|ом|ая|ой|ую)", "fourth", "vierte[nrms]?",
        "czwart(?:y|ego|ym|ej|ą|a)", "cuart[oa]", "",
    )),
    (("W", 0, ""), (
        "панядзел(?:ак|ка|кам)", "понедельник[ау]?", "monday", "Montag", "poniedział(?:ek|ku)", "lunes",
        "(?:星期|周|礼拜|(?<=[周期拜]))一(?![个些共定直起])",
    )),
    (("W", 1, ""), (
        "аўтор(?:ак|ка)", "вторник[ау]?", "tuesday", "Dienstag", "wtor(?:ek|ku)", "martes",
        "(?:星期|周|礼拜|(?<=[周期拜]))二",
    )),
    (("W", 2, ""), (
        "серад[ауы]", "сред[ауы]", "wednesday", "Mittwoch", "środ[aęy]", "miércoles",
        "(?:星期|周|礼拜|(?<=[周期拜]))三",
    )),
    (("W", 3, ""), (
        "чацв(?:ер|ярга)", "четверга?", "thursday", "Donnerstag", "czwart(?:ek|ku)", "jueves",
        "(?:星期|周|礼拜|(?<=[周期拜]))四",
    )),
    (("W", 4, ""), (
        "пятніц[ауы]", "пятниц[ауы]", "friday", "Freitag", "piąt(?:ek|ku)", "viernes",
        "(?:星期|周|礼拜|(?<=[周期拜]))五",
    )),
    (("W", 5, ""), (
        "субот[ауы]", "суббот[ауы]", "saturday", "Samstag|Sonnabend", "sobot[aęy]", "sábado",
        "(?:星期|周|礼拜|(?<=[周期拜]))六",
    )),
    (("W", 6, ""), (
        "нядзел[яюі]", "воскресень[ея]", "sunday", "Sonntag", "niedziel[aęi]", "domingo",
        "(?:星期|周|礼拜|(?<=[周期拜]))[日天]",
    )),
    (("n", 1, ""), ("адзін|адну|адна", "один|одну|одна", "one|an?", "ein(?:e[nmrs]?)?", "jeden|jedną", "una?", "一")),
    (("n", 2, ""), ("два|дзве|двух", "два|две|двух", "two", "zwei", "dwa|dwie|dwóch|dwoma", "dos", "[两二]")),
    (("n", 3, ""), ("тры|трох", "три|тр[её]х", "three", "drei", "trzy|trzech|trzema", "tres", "三")),
    (("n", 4, ""), (
        "чатыры|чатырох", "четыре|четыр[её]х", "four", "vier", "cztery|czterech|czterema", "cuatro", "四",
    )),
    (("n", 5, ""), ("пяць|пяці", "пять|пяти", "five", "fünf", "pięć|pięciu|pięcioma", "cinco", "五")),
    (("n", 6, ""), ("шэсць|шасці", "шесть|шести", "six", "sechs", "sześć|sześciu|sześcioma", "seis", "六")),
    (("n", 7, ""), ("сем|сямі", "семь|семи", "seven", "sieben", "siedem|siedmiu", "siete", "七")),
    (("n", 8, ""), ("восем|васьмі", "восемь|восьми", "eight", "acht", "osiem|ośmiu", "ocho", "八")),
    (("n", 9, ""), ("дзевяць|дзевяці", "девять|девяти", "nine", "neun", "dziewięć|dziewięciu", "nueve", "九")),
    (("n", 10, ""), ("дзесяць|дзесяці", "десять|десяти", "ten", "zehn", "dziesięć|dziesięciu", "diez", "十")),
    (("n", 12, ""), ("дванаццаць", "двенадцать|двенадцати", "twelve", "zwölf", "dwanaście|dwunastu", "doce", "")),
    (("s", 0, ""), ("", "", "onwards?", "", "", "en adelante", "以来|以后|起|开始")),
    (("q", 0, ""), ("", "", "", "", "", "", "之后|后")),
    (("p", 0, ""), ("", "", "", "", "", "", "以前|之前|前")),
    (("b", 0, ""), ("", "", "", "", "", "", "之间|期间")),
    (("S", 0, ""), (
        "(?:пачынаючы )?(?:з|са|ад)", "(?:начиная )?со?", "(?:ever )?since|starting(?: from| in)?", "ab|seit",
        "(?:począwszy )?od", "desde|a partir de", "自从?|从",
    )),
    (("V", 0, ""), ("", "", "until|till|up to|through|by", "bis", "(?:aż )?do", "hasta", "截[至止]|直?到|至")),
    (("v", 0, ""), ("да", "до", "", "", "", "", "")),
    (("P", 0, ""), ("перад", "перед", "before", "vor", "przed", "antes de", "")),
    (("Q", 0, ""), ("пасля", "после", "after", "nach", "po", "después de|tras", "")),
    (("F", 0, ""), ("", "от", "from", "vo[nm]", "", "", "")),
    (("Z", 0, ""), ("па", "по", "to", "", "", "al?", "")),
    (("B", 0, ""), ("паміж", "между", "between", "zwischen", "(?:po)?między", "entre", "")),
    (("A", 0, ""), ("і", "и", "and", "und", "[ai]", "[ye]", "[和与]")),
    (("e", 0, ""), (
        "пачатк[ауі]|пачатку|канцы?|канца|сярэдзін[еы]", "начал[аеу]|кон(?:ец|ца|це)|середин[еы]",
        "(?:the )?(?:beginning|start|end|middle)(?= of)|early|late|mid", "Anfang|Mitte|Ende",
        "początk(?:u|iem)|koń(?:ca|cu|cem)", "(?:principios|comienzos|inicios|finales|mediados)", "[年月]?[底初]",
    )),
    (("i", 0, ""), (
        "[уў]|за|на|к", "во?|за|на|к", "in|on|during|for", "im|in|am|für", "we?|za|na", "en|el|los|durante", "在|于",
    )),
    (("f", 0, ""), ("", "", "the|of", "de[rnms]|das|zu[mr]", "", "del?|las?", "[的第份]")),
    (("!", 0, ""), (
        "будзе|будуць|плануе(?:цца)?|плануюць", "будет|будут|планиру[а-я]{2,4}|предстоит",
        "will|going to|plans?|planned", "wird|werden|soll(?:en)?", "będzie|będą|planuj[a-zą]{1,3}",
        "será|serán|habrá|tendrá|van? a|abrirá|planean?", "将|会(?!议)|计划",
    )),
)  # fmt: skip


@cache
def time_words(language: str) -> dict[Meaning, str]:
    """Return the words of a language as regular expressions by meaning, in the order in which they are tried.

    There are none for a language that is not known here.
    """
    read = CYRILLIC if language in CYRILLIC else (language,)
    rows = [row for row, code in enumerate(LANGUAGES) if code in read]
    found = ((meaning, "|".join(words[row] for row in rows if words[row])) for meaning, words in _WORDS)
    return {meaning: words for meaning, words in found if words}
