"""What Vestka says itself, in the language of the question."""

from __future__ import annotations

REFUSAL: dict[str, str] = {
    "be": "Архіў не дае адказу на гэтае пытанне. Найбліжэйшыя артыкулы — ніжэй.",
    "ru": "Архив не отвечает на этот вопрос. Ближайшие статьи — ниже.",
    "en": "The archive does not answer this question. The nearest articles are below.",
    "de": "Das Archiv beantwortet diese Frage nicht. Die nächstliegenden Artikel stehen unten.",
    "pl": "Archiwum nie odpowiada na to pytanie. Najbliższe artykuły są poniżej.",
    "es": "El archivo no responde a esta pregunta. Abajo están los artículos más cercanos.",
    "zh": "档案中没有这个问题的答案。最接近的文章见下。",
    "uk": "Архів не відповідає на це запитання. Найближчі статті — нижче.",
    "fr": "Les archives ne répondent pas à cette question. Les articles les plus proches sont ci-dessous.",
    "it": "L’archivio non risponde a questa domanda. Gli articoli più vicini sono qui sotto.",
    "pt": "O arquivo não responde a esta pergunta. Os artigos mais próximos estão abaixo.",
    "nl": "Het archief beantwoordt deze vraag niet. De dichtstbijzijnde artikelen staan hieronder.",
    "tr": "Arşiv bu soruyu yanıtlamıyor. En yakın yazılar aşağıda.",
}

REFUSAL_WITHOUT_HITS: dict[str, str] = {
    "be": "Архіў не дае адказу на гэтае пытанне: з такімі ўмовамі артыкулаў няма.",
    "ru": "Архив не отвечает на этот вопрос: статей, подходящих под условия, нет.",
    "en": "The archive does not answer this question: it holds no article that meets the conditions.",
    "de": "Das Archiv beantwortet diese Frage nicht: Kein Artikel erfüllt die Bedingungen.",
    "pl": "Archiwum nie odpowiada na to pytanie: żaden artykuł nie spełnia warunków.",
    "es": "El archivo no responde a esta pregunta: ningún artículo cumple las condiciones.",
    "zh": "档案中没有这个问题的答案：没有符合条件的文章。",
    "uk": "Архів не відповідає на це запитання: статей, що відповідають умовам, немає.",
    "fr": "Les archives ne répondent pas à cette question : aucun article ne remplit les conditions.",
    "it": "L’archivio non risponde a questa domanda: nessun articolo soddisfa le condizioni.",
    "pt": "O arquivo não responde a esta pergunta: nenhum artigo cumpre as condições.",
    "nl": "Het archief beantwoordt deze vraag niet: geen enkel artikel voldoet aan de voorwaarden.",
    "tr": "Arşiv bu soruyu yanıtlamıyor: koşullara uyan yazı yok.",
}


def refusal(language: str, *, with_hits: bool) -> str:
    """Say that the archive does not answer; in English where the language is not spoken here."""
    phrases = REFUSAL if with_hits else REFUSAL_WITHOUT_HITS
    return phrases.get(language, phrases["en"])
