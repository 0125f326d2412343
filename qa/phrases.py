"""What Vestka says itself about an answer, in the language of the question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.records import UNKNOWN_LANGUAGE
from qa.phrases_support import PHRASES as SUPPORT
from qa.phrases_support import in_language
from qa.plurals import day_text, number_text, plural
from qa.records import Searched

FALLBACK = "en"
DAY_CHARS = len("2022-10-14")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language; names in braces are filled in.

    Attributes:
        refusal: that the archive does not answer, without the stop.
        nearest: that the nearest articles are below.
        no_article: what follows the refusal where no article meets the conditions.
        searched: what was searched.
        articles: how many, by CLDR plural category.
        days: the first and the last day.
        read_as: how a follow-up was read.
        languages_first: whether the languages stand before the articles.
        gap: what parts two sentences.
    """

    refusal: str
    nearest: str
    no_article: str
    searched: str
    articles: Mapping[str, str]
    days: str
    read_as: str
    languages_first: bool = False
    gap: str = " "


PHRASES: dict[str, Phrases] = {
    "be": Phrases(
        refusal="Архіў не дае адказу на гэтае пытанне",
        nearest="Найбліжэйшыя артыкулы — ніжэй.",
        no_article=": з такімі ўмовамі артыкулаў няма.",
        searched="Прагледжана: {}",
        articles={"one": "{n} артыкул", "few": "{n} артыкулы", "many": "{n} артыкулаў"},
        days="{} — {}",
        read_as="Пытанне зразумета так: {}",
    ),
    "ru": Phrases(
        refusal="Архив не отвечает на этот вопрос",
        nearest="Ближайшие статьи — ниже.",
        no_article=": статей, подходящих под условия, нет.",
        searched="Просмотрено: {}",
        articles={"one": "{n} статья", "few": "{n} статьи", "many": "{n} статей"},
        days="{} — {}",
        read_as="Вопрос понят так: {}",
    ),
    "en": Phrases(
        refusal="The archive does not answer this question",
        nearest="The nearest articles are below.",
        no_article=": it holds no article that meets the conditions.",
        searched="Searched: {}",
        articles={"one": "{n} article", "other": "{n} articles"},
        days="{} to {}",
        read_as="Read as: {}",
    ),
    "de": Phrases(
        refusal="Das Archiv beantwortet diese Frage nicht",
        nearest="Die nächstliegenden Artikel stehen unten.",
        no_article=": Kein Artikel erfüllt die Bedingungen.",
        searched="Durchsucht: {}",
        articles={"other": "{n} Artikel"},
        days="{} bis {}",
        read_as="Verstanden als: {}",
    ),
    "pl": Phrases(
        refusal="Archiwum nie odpowiada na to pytanie",
        nearest="Najbliższe artykuły są poniżej.",
        no_article=": żaden artykuł nie spełnia warunków.",
        searched="Przeszukano: {}",
        articles={"one": "{n} artykuł", "few": "{n} artykuły", "many": "{n} artykułów"},
        days="{} – {}",
        read_as="Pytanie zrozumiano tak: {}",
    ),
    "es": Phrases(
        refusal="El archivo no responde a esta pregunta",
        nearest="Abajo están los artículos más cercanos.",
        no_article=": ningún artículo cumple las condiciones.",
        searched="Búsqueda realizada en {}",
        articles={"one": "{n} artículo", "other": "{n} artículos"},
        days="{} – {}",
        read_as="Entendido como: {}",
    ),
    "zh": Phrases(
        refusal="档案中没有这个问题的答案",
        nearest="最接近的文章见下。",
        no_article="：没有符合条件的文章。",
        searched="检索范围：{}",
        articles={"other": "{n}篇文章"},
        days="{}至{}",
        read_as="理解为：{}",
        gap="",
    ),
    "uk": Phrases(
        refusal="Архів не відповідає на це запитання",
        nearest="Найближчі статті — нижче.",
        no_article=": статей, що відповідають умовам, немає.",
        searched="Переглянуто: {}",
        articles={"one": "{n} стаття", "few": "{n} статті", "many": "{n} статей"},
        days="{} — {}",
        read_as="Запитання зрозуміли так: {}",
    ),
    "fr": Phrases(
        refusal="Les archives ne répondent pas à cette question",
        nearest="Les articles les plus proches sont ci-dessous.",
        no_article=" : aucun article ne remplit les conditions.",
        searched="Recherche effectuée dans {}",
        articles={"one": "{n} article", "other": "{n} articles"},
        days="{} – {}",
        read_as="Compris comme : {}",
    ),
    "it": Phrases(
        refusal="L’archivio non risponde a questa domanda",
        nearest="Gli articoli più vicini sono qui sotto.",
        no_article=": nessun articolo soddisfa le condizioni.",
        searched="Ricerca effettuata in {}",
        articles={"one": "{n} articolo", "other": "{n} articoli"},
        days="{} – {}",
        read_as="Inteso come: {}",
    ),
    "pt": Phrases(
        refusal="O arquivo não responde a esta pergunta",
        nearest="Os artigos mais próximos estão abaixo.",
        no_article=": nenhum artigo cumpre as condições.",
        searched="Pesquisa feita em {}",
        articles={"one": "{n} artigo", "other": "{n} artigos"},
        days="{} – {}",
        read_as="Entendido como: {}",
    ),
    "nl": Phrases(
        refusal="Het archief beantwoordt deze vraag niet",
        nearest="De dichtstbijzijnde artikelen staan hieronder.",
        no_article=": geen enkel artikel voldoet aan de voorwaarden.",
        searched="Doorzocht: {}",
        articles={"one": "{n} artikel", "other": "{n} artikelen"},
        days="{} tot en met {}",
        read_as="Opgevat als: {}",
    ),
    "tr": Phrases(
        refusal="Arşiv bu soruyu yanıtlamıyor",
        nearest="En yakın yazılar aşağıda.",
        no_article=": koşullara uyan yazı yok.",
        searched="Taranan: {}",
        articles={"other": "{n} yazı"},
        days="{} – {}",
        read_as="Şöyle anlaşıldı: {}",
        languages_first=True,
    ),
}


def refusal(language: str, searched: Searched | None = None, *, with_hits: bool) -> str:
    """Say in one line that the archive does not answer, and what was searched.

    Args:
        language: the question's; English where it is not spoken here.
        with_hits: whether the nearest articles are shown below.
    """
    known = language if language in PHRASES else FALLBACK
    phrases, stop = PHRASES[known], SUPPORT[known].stop
    if searched is not None and searched.articles:
        said = [phrases.refusal + stop, _searched_line(searched, known)]
    else:
        said = [phrases.refusal + (stop if with_hits else phrases.no_article)]
    return phrases.gap.join([*said, *([phrases.nearest] if with_hits else [])])


def read_as_line(text: str, language: str) -> str:
    """Say how a follow-up was read; in English where the language is not spoken here."""
    return PHRASES.get(language, PHRASES[FALLBACK]).read_as.format(" ".join(text.split()))


def _searched_line(searched: Searched, language: str) -> str:
    phrases, support = PHRASES[language], SUPPORT[language]
    n = searched.articles
    articles = plural(n, language, phrases.articles).format(n=number_text(n, language))
    languages = _languages(searched, language)
    if languages and phrases.languages_first:
        articles = f"{languages} {articles}"
    elif languages:
        articles += languages.join(support.around)
    days = _days(searched, language)
    line = phrases.searched.format(support.comma.join([articles, days] if days else [articles]))
    # A year ends with a stop of its own in some languages.
    return line if line.endswith(support.stop) else line + support.stop


def _languages(searched: Searched, language: str) -> str:
    """Return the name of the one language that was searched, else how many; what is unknown is not counted."""
    known = [code for code in searched.languages if code != UNKNOWN_LANGUAGE]
    if len(known) == 1:
        return in_language(known[0], language)
    n = len(known)
    return plural(n, language, SUPPORT[language].languages).format(n=number_text(n, language)) if known else ""


def _days(searched: Searched, language: str) -> str:
    """Return the first and the last day as far as they are known, one where they are the same."""
    known = [day[:DAY_CHARS] for day in (searched.first_published, searched.last_published) if day]
    days = [day_text(day, language) for day in dict.fromkeys(known)]
    return PHRASES[language].days.format(*days) if len(days) == 2 else "".join(days)
