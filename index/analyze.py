"""Text into the terms of the word index: stemmed words of one language, and names and numbers of any.

A word term carries its language (`de:bank`), since the same letters in two languages are two words, and
so that a term's rarity is its rarity among texts of that language. A name term carries none: names and
numbers are what articles in different languages share.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer
from anyascii import anyascii

from index.countries import countries_in_han, country_of, country_of_pair
from index.stopwords import STOP_WORDS

SNOWBALL = {"en": "english", "de": "german", "ru": "russian", "es": "spanish", "pl": "polish", "fr": "french",
            "it": "italian", "nl": "dutch", "pt": "portuguese", "sv": "swedish", "fi": "finnish", "hu": "hungarian",
            "tr": "turkish", "ro": "romanian", "da": "danish", "no": "norwegian", "ar": "arabic", "el": "greek",
            "lt": "lithuanian"}  # fmt: skip
"""Languages with a Snowball stemmer, as PyStemmer names them."""

BELARUSIAN_ENDINGS = re.compile(
    "(?:ымі|імі|амі|ямі|ага|яга|аму|яму|ому|ого|асць|асці|ўся|ася|ілі|алі|ала|ыла|іла|ыць|іць|аць|яць|уць|юць|ае|яе|ее|"
    "аў|яў|еў|оў|ах|ях|ам|ям|ом|ем|ай|яй|ой|ей|ую|юю|ая|яя|ых|іх|ым|ім|ыя|ія|аю|яю|ць|[аяоеёуюыійўь])$"
)
"""Inflections that are cut off; Snowball knows no Belarusian."""

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff"
TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|[{HAN}]+|[^\W\d_{HAN}]+(?:['’ʼ][^\W\d_{HAN}]+)*")
THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
"""Numbers with spaces between the thousands; NFKC has made the special spaces plain."""
MIN_STEM_CHARS = 3
NAME_CHARS = 5

_stemmers = threading.local()


def word_terms(text: str, language: str) -> list[str]:
    """Return the terms of a text in reading order, stop words left out."""
    stop_words = STOP_WORDS.get(language, frozenset())
    terms: list[str] = []
    for token in _tokens(text.lower()):
        if token[0].isdecimal():
            terms.append(number_term(token))
        elif _is_han(token):
            terms += [token[at : at + 2] for at in range(max(1, len(token) - 1))]
        elif token not in stop_words:
            terms.append(_stem(token, language))
    return [f"{language}:{term}" for term in terms]


def name_terms(text: str) -> list[str]:
    """Return the terms that survive translation: numbers, countries, and capitalised words in Latin letters."""
    terms = []
    before = ""
    for token in _tokens(text):
        country = country_of_pair(before, token) or country_of(token)
        before = token
        if token[0].isdecimal():
            terms.append(number_term(token))
        elif _is_han(token):
            terms += [f"@{code}" for code in countries_in_han(token)]
        elif token.lower() in ALL_STOP_WORDS:
            continue
        elif country is not None:
            terms.append(f"@{country}")
        elif token[0].isupper() and len(token) > 2 and (folded := fold_name(token)):
            terms.append(folded)
    return terms


def number_term(token: str) -> str:
    """Return a number in one spelling: decimal point, no leading zeros, no thousands separators.

    A comma or point before exactly three digits separates thousands, unless a zero stands before it; of two
    different marks the last is the decimal one.
    """
    marks = re.findall(r"[.,]", token)
    groups = re.split(r"[.,]", token)
    if len(set(marks)) == 2:
        groups = ["".join(groups[:-1]), groups[-1]]
    elif marks and all(len(group) == 3 for group in groups[1:]) and groups[0].strip("0"):
        groups = ["".join(groups)]
    whole = groups[0].lstrip("0") or "0"
    rest = ".".join(groups[1:])
    if len(groups) == 2:
        rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole


@lru_cache(maxsize=50_000)
def fold_name(name: str) -> str:
    """Return the first letters of a name as most languages would spell them in Latin script.

    Aleinik, Alejnik and Алейник fold to the same; so do Krutoi and Крутой.
    """
    latin = anyascii(name).lower()
    latin = re.sub(r"[^a-z]", "", latin).replace("j", "i").replace("y", "i").replace("w", "v")
    latin = re.sub(r"(.)\1+", r"\1", latin)
    return latin[:NAME_CHARS]


def _tokens(text: str) -> list[str]:
    joined = THOUSANDS.sub(lambda number: number.group().replace(" ", ""), unicodedata.normalize("NFKC", text))
    return TOKEN.findall(joined)


def _is_han(token: str) -> bool:
    return re.match(f"[{HAN}]", token) is not None


def _stem(word: str, language: str) -> str:
    if language == "be":
        short = BELARUSIAN_ENDINGS.sub("", word)
        return short if len(short) >= MIN_STEM_CHARS else word
    name = SNOWBALL.get(language)
    if name is None:
        return word
    stemmer = getattr(_stemmers, language, None)
    if stemmer is None:
        # A stemmer keeps a cache and is not safe to share between threads.
        stemmer = Stemmer.Stemmer(name)
        setattr(_stemmers, language, stemmer)
    return str(stemmer.stemWord(word))


ALL_STOP_WORDS = frozenset().union(*STOP_WORDS.values())
