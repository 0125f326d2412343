"""Words without their inflections, so that a word is found in whatever form it stands."""

from __future__ import annotations

import re
import threading

import Stemmer

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
MIN_STEM_CHARS = 3
MAX_BELARUSIAN_CHARS = 7
"""What comes later in a word tells rather how it was derived."""

_stemmers = threading.local()


def stem(word: str, language: str) -> str:
    """Return the stem of a word in small letters; in a language without a stemmer, the word."""
    if language == "be":
        return _belarusian_stem(word)
    name = SNOWBALL.get(language)
    if name is None:
        return word
    stemmer = getattr(_stemmers, language, None)
    if stemmer is None:
        # A stemmer keeps a cache and is not safe to share between threads.
        stemmer = Stemmer.Stemmer(name)
        setattr(_stemmers, language, stemmer)
    return str(stemmer.stemWord(word))


def _belarusian_stem(word: str) -> str:
    # After a vowel у is written ў; before a soft vowel д is дз: улада and ўладзе are one word.
    word = f"у{word[1:]}" if word.startswith("ў") else word
    short = BELARUSIAN_ENDINGS.sub("", word)
    if len(short) < MIN_STEM_CHARS:
        return word
    if short.endswith("дз") and len(short) > MIN_STEM_CHARS:
        short = short[:-1]
    return short[:MAX_BELARUSIAN_CHARS]
