"""Text into the terms of the word index: stemmed words of one language, and names and numbers of any.

A word term carries its language (`de:bank`), since the same letters in two languages are two words, and
so that a term's rarity is its rarity among texts of that language. A name term carries none: names and
numbers are what articles in different languages share.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from index.compounds import compound_parts
from index.countries import countries_in_han, country_of, country_of_pair
from index.names import name_sound
from index.stems import stem
from index.stopwords import STOP_WORDS

TERMS = 2
"""Raised when texts give other terms: an older word index is then not taken over."""

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff"
TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|[{HAN}]+|[^\W\d_{HAN}]+(?:['’ʼ][^\W\d_{HAN}]+)*")
THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
"""Numbers with spaces between the thousands; NFKC has made the special spaces plain."""
NAME_CHARS = 5
MAX_NAME_CHARS = 40
"""How much of a name is read: its beginning is all that counts."""


def word_terms(text: str, language: str) -> list[str]:
    """Return the terms of a text in reading order, stop words left out; after a German compound, its parts."""
    stop_words = STOP_WORDS.get(language, frozenset())
    terms: list[str] = []
    for token in _tokens(text.lower()):
        if token[0].isdecimal():
            terms.append(number_term(token))
        elif _is_han(token):
            terms += [token[at : at + 2] for at in range(max(1, len(token) - 1))]
        elif token not in stop_words:
            terms.append(stem(token, language))
            if language == "de":
                terms += compound_parts(token)
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
        elif token.lower() in NO_NAMES:
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
    """Return the beginning of a name's sound: what Putin, Путина and Пуцін share; see index.names."""
    return name_sound(name[:MAX_NAME_CHARS])[:NAME_CHARS]


def _tokens(text: str) -> list[str]:
    joined = THOUSANDS.sub(lambda number: number.group().replace(" ", ""), unicodedata.normalize("NFKC", text))
    return TOKEN.findall(joined)


def _is_han(token: str) -> bool:
    return re.match(f"[{HAN}]", token) is not None


NUMBER_WORDS = frozenset(
    "hundert tausend million millionen milliarde milliarden billion billionen mio mrd prozent".split()
)
"""German nouns that count, and sound like names."""
ALL_STOP_WORDS = frozenset().union(*STOP_WORDS.values())
NO_NAMES = NUMBER_WORDS | ALL_STOP_WORDS
