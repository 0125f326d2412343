"""FakeAnswerer: an Answerer over a handful of invented articles that matches words; no model, no store."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from datetime import date

from index.errors import ArticleNotFound, BadDate, BadQuestion, NoArticle
from index.records import (
    Article,
    Filters,
    Hit,
    IndexReport,
    Passage,
    Skipped,
    Span,
    StoredArticle,
    StoreStatus,
)
from qa.answerer import MAX_QUESTION_CHARS, NO_FILTERS
from qa.records import Answer, Citation, SearchResults

BRIDGE = Article(
    article_id="invented/bridge-en",
    title="Harbour bridge of Port Elling opens after four years",
    text=(
        "PORT ELLING, 3 March. The harbour bridge of Port Elling opened to traffic on Sunday morning. 🌉\n\n"
        "It took four years to build and cost 212 million crowns, the council said. "
        "Some 9,400 cars are expected to cross it every day.\n\n"
        "The old ferry will sail on weekends only."
    ),
    url="https://news.example/en/bridge",
    published="2024-03-03T09:30",
    language="en",
    source="Elling Courier",
)
BRIDGE_DE = Article(
    article_id="https://news.example/de/bruecke?seite=1",
    title="Hafenbrücke von Port Elling eröffnet",
    text=(
        "Die Hafenbrücke von Port Elling ist seit dem 3. März für den Verkehr freigegeben. "
        "Der Bau kostete rund 212 Mio. Kronen und dauerte vier Jahre. Die alte Fähre fährt nur am Wochenende."
    ),
    url="https://news.example/de/bruecke?seite=1",
    published="2024-03-04",
    language="de",
    source="Ellinger Bote",
)
CRANES = Article(
    article_id="invented/cranes-be",
    title="На Зуеўскім балоце падлічылі жураўлёў",
    text=(
        "На Зуеўскім балоце гэтай восенню налічылі 1 870 шэрых жураўлёў. "
        "Гэта на трэць больш, чым летась, паведаміла арнітолаг Ганна Лебядзевіч. "
        "Птушкі адляцяць у сярэдзіне кастрычніка."
    ),
    published="2023-09-28T16:05",
    language="be",
    source="Зуеўскі веснік",
)
TRAM = Article(
    article_id="invented/tram-ru",
    title="В Новолесске запустили трамвай до вокзала",
    text=(
        "В Новолесске открыли трамвайную линию до вокзала длиной 6,4 километра. "
        "Первый вагон вышел в 5:40 утра. Билет стоит столько же, сколько и в автобусе."
    ),
    published="2023-11-12T08:15:00+03:00",
    language="ru",
    source="Новолесская газета",
)
ORCHARD = Article(
    article_id="invented/orchard-pl",
    title="Rekordowe zbiory jabłek w dolinie Sarny",
    text=(
        "Sadownicy z doliny Sarny zebrali w tym roku 48 tysięcy ton jabłek. "
        "To najlepszy wynik od 2011 roku, powiedział prezes spółdzielni Jan Wierzba."
    ),
    published="2024-10-20",
    language="pl",
    source="Głos Sarny",
)
LIGHTHOUSE = Article(
    article_id="invented/lighthouse-es",
    title="El faro de Punta Clara vuelve a encenderse",
    text=(
        "El faro de Punta Clara volvió a encenderse el viernes tras dos años de obras. "
        "La restauración costó 3,1 millones de coronas."
    ),
    published="2024-06-14",
    language="es",
    source="Diario de Punta Clara",
)
LIBRARY = Article(
    article_id="invented/library-zh",
    title="云溪市新图书馆周六开馆",
    text="云溪市新图书馆周六正式开馆，藏书约三十二万册。开馆首日接待读者一万两千人次。",
    published="2024-01-13",
    language="zh",
    source="云溪日报",
)
ARTICLES = (BRIDGE, BRIDGE_DE, CRANES, TRAM, ORCHARD, LIGHTHOUSE, LIBRARY)

HOSTILE = Article(
    article_id="invented/<script>alert(1)</script>",
    title='<img src=x onerror="document.title=1"> Zebra & "quotes"',
    text="A zebra <b>escaped</b> from </article><script>document.title='owned'</script> the zoo on Monday.",
    url="javascript:alert(1)",
    published="2024-02-30<svg>",
    language="en",
    source="<u>Source</u>",
)
"""An article whose every field tries to become markup."""

_REFUSALS = {"be": "Архіў не адказвае на гэта пытанне.", "ru": "Архив не отвечает на этот вопрос."}
_REFUSAL = "The archive does not answer this question."
_SENTENCE = re.compile(r"\S[^。!?\n]*?(?:(?<!\d)[.!?](?=\s|$)|。|$)", re.MULTILINE)


class FakeAnswerer:
    """Answers with the sentence that shares the most words with the question; implements Answerer.

    Attributes:
        questions: every (question, filters) asked, in order.
        error: raised by every method while it is set.
        delay_s: how long each question takes.
    """

    def __init__(
        self, articles: Sequence[Article] = ARTICLES, *, delay_s: float = 0.0, error: Exception | None = None
    ) -> None:
        self.questions: list[tuple[str, Filters]] = []
        self.error = error
        self.delay_s = delay_s
        self._articles = {article.article_id: article for article in articles}
        self._generation = 1
        self._lock = threading.Lock()

    def ask(self, question: str, filters: Filters = NO_FILTERS) -> Answer:
        """Quote the best sentence of each of the best two articles, or refuse where no two words agree."""
        self._begin()
        question = question.strip()
        if not 1 <= len(question) <= MAX_QUESTION_CHARS:
            raise BadQuestion(f"A question has 1 to {MAX_QUESTION_CHARS} characters; this one has {len(question)}.")
        self.questions.append((question, filters))
        hits = self._hits(question, filters)
        strong = [hit for hit in hits if hit.score >= 2][:2]
        citations = tuple(_citation(number, hit, question) for number, hit in enumerate(strong, start=1))
        language = _language(question)
        text = "\n".join(f"“{citation.quote}” [{citation.number}]" for citation in citations)
        return Answer(
            question=question,
            language=language,
            answered=bool(citations),
            confidence=0.93 if citations else 0.08,
            text=text or _REFUSALS.get(language, _REFUSAL),
            citations=citations,
            nearest=() if citations else tuple(hits[:3]),
            as_of="2024-10-20",
            filters=filters,
            timings_ms={"total": 1.0},
        )

    def search(
        self, query: str, k: int = 10, filters: Filters = NO_FILTERS, *, per_article: bool = True
    ) -> SearchResults:
        """Return the articles that share the most words with the query."""
        self._begin()
        return SearchResults(query=query, hits=tuple(self._hits(query, filters)[:k]), timings_ms={"total": 1.0})

    def article(self, article_id: str) -> StoredArticle:
        """Return an article; its only passage is its whole text."""
        self._begin()
        found = self._articles.get(article_id)
        if found is None:
            raise ArticleNotFound(f"No article has the id {article_id!r}; see `vestka search`.")
        return StoredArticle(article=found, passages=(Span(0, len(found.text)),))

    def put(self, articles: Sequence[Article]) -> IndexReport:
        """Add or replace articles."""
        self._begin()
        report = IndexReport()
        with self._lock:
            for article in articles:
                if not article.text.strip():
                    raise NoArticle("The article has no text.")
                known = self._articles.get(article.article_id)
                report.added += known is None
                report.updated += known is not None and known != article
                report.unchanged += known == article
                report.passages += 1
                self._articles[article.article_id] = article
            self._generation += 1
        return report

    def remove(self, article_ids: Sequence[str]) -> IndexReport:
        """Forget articles."""
        self._begin()
        report = IndexReport()
        with self._lock:
            for article_id in article_ids:
                if self._articles.pop(article_id, None) is None:
                    report.skipped.append(Skipped(article_id, "no such article"))
                else:
                    report.removed += 1
            self._generation += 1
        return report

    def status(self) -> StoreStatus:
        """Say what the fake archive holds."""
        self._begin(0.0)
        languages = [article.language for article in self._articles.values()]
        days = sorted(article.published for article in self._articles.values() if article.published)
        return StoreStatus(
            articles=len(languages),
            passages=len(languages),
            languages={language: languages.count(language) for language in sorted(set(languages))},
            first_published=days[0] if days else None,
            last_published=days[-1] if days else None,
            model="fake",
            store_bytes=0,
            generation=self._generation,
            pending=0,
        )

    def _begin(self, delay_s: float | None = None) -> None:
        time.sleep(self.delay_s if delay_s is None else delay_s)
        if self.error is not None:
            raise self.error

    def _hits(self, query: str, filters: Filters) -> list[Hit]:
        """Return every article that the filters let through, the most shared words first."""
        for day in (filters.since, filters.until):
            _check_day(day)
        found = [(_shared(query, article.text + article.title), article) for article in self._articles.values()]
        found.sort(key=lambda pair: -pair[0])
        allowed = [(score, article) for score, article in found if _passes(article, filters)]
        return [
            Hit(rank=rank, score=float(score), article=article, passage=_whole(article))
            for rank, (score, article) in enumerate(allowed, start=1)
        ]


def _whole(article: Article) -> Passage:
    spans = tuple(Span(*match.span()) for match in _SENTENCE.finditer(article.text))
    return Passage(article.article_id, 0, 0, len(article.text), article.text, spans)


def _citation(number: int, hit: Hit, question: str) -> Citation:
    article = hit.article
    best = max(hit.passage.sentences, key=lambda span: _shared(question, article.text[span.start : span.end]))
    return Citation(
        number=number,
        article_id=article.article_id,
        title=article.title,
        url=article.url,
        published=article.published,
        language=article.language,
        source=article.source,
        quote=article.text[best.start : best.end],
        start=best.start,
        end=best.end,
        passage=article.text,
        score=hit.score,
    )


def _stems(text: str) -> set[str]:
    words = re.findall(r"\w{4,}", text.casefold())
    pairs = re.findall(r"(?=([一-鿿]{2}))", text)
    return {word[:6] for word in words} | set(pairs)


def _shared(query: str, text: str) -> int:
    return len(_stems(query) & _stems(text))


def _passes(article: Article, filters: Filters) -> bool:
    day = (article.published or "")[:10]
    return (
        (filters.since is None or day >= filters.since)
        and (filters.until is None or day <= filters.until)
        and (filters.language is None or article.language == filters.language)
        and (filters.source is None or article.source == filters.source)
    )


def _check_day(day: str | None) -> None:
    try:
        date.fromisoformat(day or "2024-01-01")
    except ValueError:
        raise BadDate(f"{day!r} is not a date; write YYYY-MM-DD.") from None


def _language(question: str) -> str:
    letters = {"be": "[ўі]", "ru": "[а-я]", "zh": "[一-鿿]"}
    return next((code for code, some in letters.items() if re.search(some, question, re.IGNORECASE)), "en")
