"""Sentences that begin with a word for something said before, and are not understood alone."""

from __future__ import annotations

import re

# German articles and "es" are left out, since nearly every such sentence stands on its own.
_PRONOUNS = {
    "be": "ён яна яно яны іх яго яе яму ёй ім гэта гэты гэтая гэтыя гэтага гэтаму такі такая такое такія той тая тыя "
    "там тады",
    "ru": "он она оно они их его её ее ему ей им него неё нее них это этот эта эти этого этому такой такая такое "
    "такие тот те там тогда",
    "en": "he she it they him them his her hers its their theirs this that these those such there then",
    "de": "er sie ihr ihre ihren ihrer sein seine seinen seiner dies diese dieser dieses diesen diesem deren dessen "
    "dort damals dabei dafür dagegen damit darauf darin davon dazu",
    "pl": "on ona ono oni one ich jego jej niego niej nich nim to ten ta te tego temu taki taka takie tam wtedy",
    "es": "él ella ello ellos ellas esto este esta estos estas eso ese esa esos esas su sus allí entonces",
}
_PREPOSITIONS = {
    "be": "па паводле на для у з да пра пасля",
    "ru": "по на для у с до о об после при",
    "en": r"according\s+to after before for in with about despite by since during at",
    "de": "nach für mit bei trotz zu seit vor laut",
    "pl": "według zdaniem po na dla u z do o przed przy",
    "es": "según para con de por tras en a",
}
_OPENERS = {
    language: re.compile(
        rf"[\W_]*(?:(?:{'|'.join(_PREPOSITIONS[language].split())})\s+)?(?:{'|'.join(words.split())})\b", re.IGNORECASE
    )
    for language, words in _PRONOUNS.items()
} | {"zh": re.compile(r"[\W_]*[他她它这那该此其]")}
OPENING_CHARS = 60


def refers_back(sentence: str, language: str) -> bool:
    """Say whether a sentence begins with a pronoun or demonstrative, whose meaning stands before it."""
    opener = _OPENERS.get(language)
    return opener is not None and opener.match(sentence[:OPENING_CHARS]) is not None
