"""The words of follow-ups by language."""

from __future__ import annotations

from qa.followup_grammar import Words
from qa.followup_words_han import CHINESE
from qa.followup_words_slavic import BELARUSIAN, POLISH, RUSSIAN
from qa.followup_words_western import ENGLISH, GERMAN, SPANISH

WORDS: dict[str, Words] = {
    "be": BELARUSIAN,
    "ru": RUSSIAN,
    "en": ENGLISH,
    "de": GERMAN,
    "pl": POLISH,
    "es": SPANISH,
    "zh": CHINESE,
}
CYRILLIC = frozenset(("be", "ru"))
