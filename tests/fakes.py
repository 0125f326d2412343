"""FakeAnswerer: an Answerer over a handful of invented articles that matches words; no model, no store."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from index.errors import ArticleNotFound, BadQuestion, NoArticle
from index.records import (
    Article,
    Filters,
    Hit,
    IndexReport,
    Skipped,
    Span,
    StoredArticle,
    StoreStatus,
)
from qa.answerer import MAX_QUESTION_CHARS, NO_FILTERS
from qa.records import Answer, Copy, Searched, SearchResults, Support, Turn
from tests import fake_matching as matching

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
_GOES_ON = re.compile(r"(?:and|und|а)\b", re.IGNORECASE)


class FakeAnswerer:
    """Answers with the sentence that shares the most words with the question; implements Answerer.

    A question that begins with "and" goes on from the conversation's last one.

    Attributes:
        questions: every (question, filters) asked, in order.
        histories: the questions before each of them in its conversation.
        error: raised by every method while it is set.
        delay_s: how long each question takes.
    """

    def __init__(
        self, articles: Sequence[Article] = ARTICLES, *, delay_s: float = 0.0, error: Exception | None = None
    ) -> None:
        self.questions: list[tuple[str, Filters]] = []
        self.histories: list[list[str]] = []
        self.error = error
        self.delay_s = delay_s
        self._articles = {article.article_id: article for article in articles}
        self._generation = 1
        self._lock = threading.Lock()

    def ask(
        self, question: str, filters: Filters = NO_FILTERS, *, history: Sequence[Turn] = (), explain: bool = False
    ) -> Answer:
        """Quote the best sentence of each of the best two articles, or refuse where no two words agree."""
        self._begin()
        question = question.strip()
        if not 1 <= len(question) <= MAX_QUESTION_CHARS:
            raise BadQuestion(f"A question has 1 to {MAX_QUESTION_CHARS} characters; this one has {len(question)}.")
        self.questions.append((question, filters))
        self.histories.append([turn.question for turn in history])
        read_as = f"{history[-1].question} {question}" if history and _GOES_ON.match(question) else None
        read = read_as or question
        hits = self._hits(read, filters)
        strong = [hit for hit in hits if hit.score >= 2][:2]
        citations = tuple(matching.cite(number, hit, read) for number, hit in enumerate(strong, start=1))
        language = matching.language_of(question)
        quotes = [f"“{citation.quote}” [{citation.number}]" for citation in citations]
        lines = quotes or [_REFUSALS.get(language, _REFUSAL)]
        return Answer(
            question=question,
            language=language,
            answered=bool(citations),
            confidence=0.93 if citations else 0.08,
            text="\n".join([*([f"Read as: {read_as}"] if read_as else []), *lines]),
            citations=citations,
            nearest=() if citations else tuple(hits[:3]),
            as_of=filters.as_of or "2024-10-20",
            filters=filters,
            timings_ms={"total": 1.0},
            read_as=read_as,
            searched=_searched(hits),
            support=Support(len(citations), _languages(strong)) if citations else None,
            explanation=matching.explain(read, language, hits, citations) if explain else None,
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
        return matching.find(list(self._articles.values()), query, filters)


class CopiesAnswerer(FakeAnswerer):
    """Knows other articles with the story of its first quotation, and takes its second for an older figure."""

    def ask(self, question: str, filters: Filters = NO_FILTERS, **more: Any) -> Answer:
        """Answer, with copies and an older figure."""
        answer = super().ask(question, filters, **more)
        if not answer.answered:
            return answer
        first, *others = answer.citations
        copies = tuple(
            Copy(each.article_id, each.title, each.url, each.published, each.language, each.source)
            for each in (BRIDGE_DE, CRANES, HOSTILE)
        )
        older = (replace(citation, older=True) for citation in others)
        return replace(answer, citations=(replace(first, copies=copies), *older))


def _searched(hits: Sequence[Hit]) -> Searched:
    days = sorted(hit.article.published for hit in hits if hit.article.published)
    return Searched(len(hits), days[0] if days else None, days[-1] if days else None, _languages(hits))


def _languages(hits: Sequence[Hit]) -> tuple[str, ...]:
    return tuple(sorted({hit.article.language for hit in hits}))
