"""From page files to answers: text, HTML and records in several languages, with the packaged model."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.check import check_store
from index.embed import SentenceTransformerEmbedder
from index.records import Filters
from index.run import index_sources
from index.store import Store
from qa.archive import ArchiveAnswerer
from qa.phrases import refusal
from qa.phrases_support import support_line
from qa.records import Searched

GLASSWORKS = """Навіны
Эканоміка
12 лютага 2024, 09:30

Шклозавод у Верасні запусціў новую печ

12 лютага, Верасень. Шклозавод у горадзе Верасень запусціў новую печ магутнасцю 180 тон шкла за суткі.
Яе будавалі чатырнаццаць месяцаў.

Як расказаў дырэктар завода Пятро Сасноўскі, старая печ працавала з 1998 года і спажывала на траціну больш газу.
На новым абсталяванні будуць працаваць 75 чалавек.

Большую частку посуду завод прадае ў Казахстан. Летась экспарт вырас на 12 працэнтаў, паведаміў дырэктар.

Падзяліцца: Telegram | Пошта
"""

LIGHTHOUSE = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Leuchtturm auf Möwenholm wird Museum – Inselpost</title>
<meta property="og:title" content="Leuchtturm auf Möwenholm wird Museum">
<meta property="og:site_name" content="Inselpost">
<meta property="article:published_time" content="2023-09-03T08:15:00+02:00">
<link rel="canonical" href="https://inselpost.example/leuchtturm"></head>
<body><nav><a href="/">Start</a> <a href="/sport">Sport</a></nav>
<article><h1>Leuchtturm auf Möwenholm wird Museum</h1>
<p>Der alte Leuchtturm auf der Insel Möwenholm ist seit Sonntag ein Museum. Der Turm wurde 1887 gebaut und ist
43 Meter hoch.</p>
<p>Die Restaurierung kostete 2,6 Millionen Euro und dauerte drei Jahre. Geleitet hat sie die Architektin
Wiebke Harmsen aus Flensburg.</p>
<p>Der letzte Wärter verließ den Leuchtturm im Jahr 1974, weil das Licht auf Automatik umgestellt wurde. Besucher
zahlen sieben Euro Eintritt.</p></article>
<footer>Impressum</footer></body></html>
"""

RECORDS = [
    {
        "id": "es/vino",
        "url": "https://valle.example/vino",
        "title": "La cooperativa de Valdehierro exporta vino a Japón",
        "published": "2022-11-21",
        "language": "es",
        "source": "Diario del Valle",
        "text": "La cooperativa de Valdehierro firmó un contrato para exportar 300.000 botellas de vino a Japón. "
        "La presidenta, Lucía Barrientos, dijo que el acuerdo vale cuatro años. "
        "La sequía redujo la cosecha un 18 por ciento este otoño.",
    },
    {
        "id": "en/ferry",
        "title": "New ferry to Skarra Island",
        "published": "2024-04-30T18:00",
        "source": "Coast Herald",
        "text": "A new electric ferry started sailing to Skarra Island on Tuesday. "
        "It carries 220 passengers and 40 cars. "
        "The crossing takes 35 minutes, ten less than before. "
        "The old ferry was sold to a museum in Norway because its engines failed too often.",
    },
]


@pytest.fixture(scope="module")
def directory(embedder: SentenceTransformerEmbedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store made from a folder of a text page, an HTML page, and two files of records."""
    pages = tmp_path_factory.mktemp("pages")
    (pages / "be").mkdir()
    (pages / "be" / "shkło.txt").write_text(GLASSWORKS, encoding="utf-8")
    (pages / "turm.html").write_text(LIGHTHOUSE, encoding="utf-8")
    (pages / "vino.jsonl").write_text(json.dumps(RECORDS[0]) + "\n", encoding="utf-8")
    with gzip.open(pages / "ferry.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(RECORDS[1]) + "\n{broken\n")
    directory = tmp_path_factory.mktemp("store")
    report = index_sources(directory, [str(pages)], embedder)
    assert report.added == 4
    assert [("ferry.jsonl.gz:2" in each.source, "broken JSON" in each.reason) for each in report.skipped] == [
        (True, True)
    ]
    return directory


@pytest.fixture(scope="module")
def answerer(directory: Path, embedder: SentenceTransformerEmbedder) -> Iterator[ArchiveAnswerer]:
    """That store, open for questions."""
    store = Store(directory)
    yield ArchiveAnswerer(store, embedder)
    store.close()


QUESTIONS = [
    ("Колькі тон шкла за суткі дае новая печ шклозавода?", "be", "be/shkło", "180"),
    ("Wann verließ der letzte Wärter den Leuchtturm?", "de", "https://inselpost.example/leuchtturm", "1974"),
    ("How long does the crossing to Skarra Island take?", "en", "en/ferry", "35 minutes"),
    ("¿Cuántas botellas de vino exportará la cooperativa a Japón?", "es", "es/vino", "300.000"),
    (
        "How much did the restoration of the lighthouse cost?",
        "en",
        "https://inselpost.example/leuchtturm",
        "2,6 Millionen",
    ),
    ("Wie viele Passagiere fasst die neue Fähre nach Skarra?", "de", "en/ferry", "220 passengers"),
    ("Сколько бутылок вина поставят в Японию?", "ru", "es/vino", "300.000"),
    ("Kto kierował restauracją latarni morskiej?", "pl", "https://inselpost.example/leuchtturm", "Wiebke Harmsen"),
    ("灯塔有多高？", "zh", "https://inselpost.example/leuchtturm", "43 Meter"),
]


@pytest.mark.parametrize(("question", "language", "article_id", "held"), QUESTIONS, ids=[q[0] for q in QUESTIONS])
def test_the_right_article_comes_first_in_any_language(
    answerer: ArchiveAnswerer, question: str, language: str, article_id: str, held: str
) -> None:
    """And its passage holds the answer; whatever is quoted is quoted word for word."""
    answer = answerer.ask(question)
    assert answer.language == language
    assert answer.nearest[0].article.article_id == article_id
    assert held in answer.nearest[0].passage.text.replace("\n", " ")
    for citation in answer.citations:
        article = answerer.article(citation.article_id).article
        assert citation.quote == article.text[citation.start : citation.end]


@pytest.mark.parametrize(("question", "article_id", "held"), [(q[0], q[2], q[3]) for q in QUESTIONS[:4]])
def test_a_question_in_the_language_of_its_article_is_answered(
    answerer: ArchiveAnswerer, question: str, article_id: str, held: str
) -> None:
    """The first quotation holds the answer, and tells where it is from."""
    answer = answerer.ask(question)
    assert answer.answered, answer.confidence
    assert (answer.citations[0].article_id, held in answer.citations[0].quote) == (article_id, True)
    assert answer.text.startswith(f"“{answer.citations[0].quote}” [1]")
    assert answer.support is not None
    assert answer.text.endswith(support_line(answer.support, answer.language))


def test_an_answer_tells_where_and_when_it_was_published(answerer: ArchiveAnswerer) -> None:
    """Address, title, source and time come from the page itself."""
    (citation, *_) = answerer.ask(QUESTIONS[1][0]).citations
    assert citation.title == "Leuchtturm auf Möwenholm wird Museum"
    assert citation.url == "https://inselpost.example/leuchtturm"
    assert citation.published is not None
    assert citation.published.startswith("2023-09-03T08:15")
    assert (citation.language, citation.source) == ("de", "Inselpost")
    assert answerer.ask(QUESTIONS[0][0]).as_of == "2024-04-30T18:00"
    page = answerer.article("be/shkło").article
    assert (page.title, page.published) == ("Шклозавод у Верасні запусціў новую печ", "2024-02-12T09:30")
    assert "Telegram" not in page.text


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who won the chess tournament in Reykjavik?", "en"),
        ("Wie heißt die Hauptstadt von Australien?", "de"),
        ("Колькі каштуе білет у опернае тэатр Мілана?", "be"),
    ],
)
def test_what_the_archive_does_not_say_is_refused(answerer: ArchiveAnswerer, question: str, language: str) -> None:
    """In the question's language, without citations, with the nearest articles."""
    answer = answerer.ask(question)
    assert (answer.answered, answer.citations) == (False, ())
    assert answer.searched == Searched(4, "2022-11-21", "2024-04-30", ("be", "de", "en", "es"))
    assert answer.text == refusal(language, answer.searched, with_hits=True)
    assert answer.nearest


def test_filters_restrict_the_evidence(answerer: ArchiveAnswerer) -> None:
    """The same question, asked of one language or of a time, is answered from there or not at all."""
    question = "How high is the lighthouse?"
    for filters in (Filters(language="en"), Filters(since="2024-01-01"), Filters(source="Coast Herald")):
        answer = answerer.ask(question, filters)
        assert {hit.article.article_id for hit in answer.nearest} <= {"en/ferry", "be/shkło"}
        assert answer.filters == filters
    assert answerer.ask(question, Filters(until="2022-12-31")).nearest[0].article.article_id == "es/vino"


def test_the_store_of_the_pages_is_sound(directory: Path) -> None:
    """A check finds nothing wrong after all these questions."""
    assert check_store(directory) == []
