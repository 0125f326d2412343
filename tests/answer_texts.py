"""Texts of an answer with two quotations, for those who take them apart."""

from __future__ import annotations

from tests.fakes import FakeAnswerer

ANSWER = FakeAnswerer().ask("The harbour bridge of Port Elling?")
ONE, TWO = ANSWER.citations
TEXTS = {
    "quotations alone": f"“{ONE.quote}” [1]\n“{TWO.quote}” [2]",
    "lines around them": f"Read as: who?\n\n“{ONE.quote}” [1]\nBetween.\n“{TWO.quote}” [2]\n\nTwo sources.\n",
    "words in their lines": f"3 March: “{ONE.quote}” [1]\n4 March: «{TWO.quote}» [2] (earlier figure, 4 March)\nEnd.",
    "numbers without quotations": f"[1] and [2] differ.\n“{ONE.quote}” [1]\n“{TWO.quote}” [2].",
    "one line": f"They say “{ONE.quote}” [1] and “{TWO.quote}” [2] too",
    "one is retold": f"“{TWO.quote}” [2]\nThe first is retold [1].",
    "in Chinese": f"3月：「{ONE.quote}」[1]\n「{TWO.quote}」[2]（较早的数字）",
}
