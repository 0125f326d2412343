from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.records import Article, Filters
from index.run import index_articles
from index.search import Query, find_candidates
from index.sentences import split_sentences
from index.store import Store
from qa.records import Citation, Copy, Support
from qa.voices import Telling, align, count_support, find_stories, group_stories, list_copies
from tests.fake_embedder import FakeEmbedder

DIM = 64
WEIR = (
    "The weir at Lodna will be rebuilt by autumn, the water board said on Tuesday. It was built in 1962 and leaks. "
    "The work costs 4.2 million crowns. Divers found 37 holes below the gates. Boats have to wait up to 90 minutes. "
    "Fishermen had asked for a pass since 2011."
)
# The same subject told twice with other figures, as next month's or last year's edition of a report would be.
EDITIONS = {
    "storks": (
        "Volunteers counted 8,420 stork nests this summer. Of these 6,118 had young. The most, 1,204, stand in Brest.",
        "Volunteers counted 7,935 stork nests this summer. Of these 5,760 had young. The most, 1,170, stand in Brest.",
    ),
    "unemployment": (
        "Die Arbeitslosenquote sank im Mai auf 5,4 Prozent. 21.300 Menschen suchten Arbeit, 4.870 Stellen waren frei.",
        "Die Arbeitslosenquote sank im Juni auf 5,2 Prozent. 20.650 Menschen suchten Arbeit, 5.130 Stellen waren frei.",
    ),
    "harvest": (
        "Аграрии намолотили 3,4 млн тонн зерна. Средняя урожайность составила 38,6 центнера. Убрано 91 % площадей.",
        "Аграрии намолотили 2,9 млн тонн зерна. Средняя урожайность составила 33,1 центнера. Убрано 84 % площадей.",
    ),
    "marathon": (
        "У марафоне ўзялі ўдзел 1840 чалавек з 23 краін. Пераможца прабег дыстанцыю за 139 хвілін.",
        "У марафоне ўзялі ўдзел 2115 чалавек з 31 краіны. Пераможца прабег дыстанцыю за 137 хвілін.",
    ),
    "airport": (
        "Lotnisko odprawiło 412 tysięcy pasażerów. To o 8,5 procent więcej niż rok temu. Otwarto 14 nowych połączeń.",
        "Lotnisko odprawiło 455 tysięcy pasażerów. To o 10,4 procent więcej niż rok temu. Otwarto 11 nowych połączeń.",
    ),
    "reservoir": (
        "Los embalses están al 61,3 por ciento. Guardan 34.200 hectómetros cúbicos, y la semana pasada perdieron 420.",
        "Los embalses están al 59,8 por ciento. Guardan 33.370 hectómetros cúbicos, y la semana pasada perdieron 835.",
    ),
    "exports": (
        "全市一季度出口额达128亿元，增长6.7%。机电产品占54%，对欧出口增长21%。",
        "全市二季度出口额达141亿元，增长9.2%。机电产品占57%，对欧出口增长18%。",
    ),
    "rates": (
        "Der Dollar kostete am Morgen 3,2714 Taler, der Euro 3,5120. Für 100 Rubel zahlte man 3,43 Taler.",
        "Der Dollar kostete am Morgen 3,2688 Taler, der Euro 3,5342. Für 100 Rubel zahlte man 3,39 Taler.",
    ),
    "fires": (
        "Firefighters were called out 214 times last week. 19 people were hurt and 46 buildings burnt.",
        "Firefighters were called out 187 times last week. 12 people were hurt and 38 buildings burnt.",
    ),
    "prices": (
        "Средняя зарплата в мае составила 2145 рублей. В столице платили 2980, в области 1760.",
        "Средняя зарплата в июне составила 2203 рубля. В столице платили 3051, в области 1804.",
    ),
}


def _telling(
    article_id: str,
    text: str,
    language: str = "en",
    published: str | None = None,
    *,
    cosine: float = 1.0,
    seed: int = 0,
) -> Telling:
    """Return an article whose sentences mean, one by one, what those of any other with the same seed mean.

    Args:
        cosine: of each sentence with its meaning, which is a dimension of its own.
        seed: the meaning of the first sentence.
    """
    spans = split_sentences(text, language)
    vectors = np.zeros((len(spans), DIM), np.float32)
    for at in range(len(spans)):
        vectors[at, (seed + at) % (DIM // 2)] = cosine
        vectors[at, DIM // 2 + (8 * sum(map(ord, article_id)) + at) % (DIM // 2)] = np.sqrt(1 - cosine**2)
    lengths = np.array([span.end - span.start for span in spans])
    return Telling(Article(article_id, text, language=language, published=published), vectors, lengths)


def _same(first: Telling, second: Telling) -> bool:
    stories = group_stories([first, second])
    return stories[first.article.article_id] == stories[second.article.article_id]


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("other_language", [False, True])
def test_another_edition_with_other_figures_is_another_story(name: str, other_language: bool) -> None:
    """However alike the sentences are, in one language or translated; with equal figures it is a copy."""
    first, second = EDITIONS[name]
    edition = _telling("a", first)
    assert not _same(edition, _telling("b", second, "de" if other_language else "en"))
    assert _same(edition, _telling("b", first, "de" if other_language else "en"))


@pytest.mark.parametrize(
    ("language", "cosine", "same"),
    [("en", 0.95, True), ("en", 0.65, False), ("de", 0.8, True), ("de", 0.55, False)],
)
def test_a_translation_needs_less_likeness_than_a_copy(language: str, cosine: float, same: bool) -> None:
    """Sentences of one language are nearer each other anyway."""
    assert _same(_telling("a", WEIR, cosine=cosine), _telling("b", WEIR, language, cosine=cosine)) is same


def test_dropped_and_added_sentences_do_not_matter() -> None:
    """A shortened copy is found in the long text, and the other way round."""
    short = _telling("short", WEIR[: WEIR.index(" Divers")])
    longer = _telling("long", WEIR + " Readers can write to the newsroom. The page is updated daily.")
    assert _same(short, longer)
    assert align(short, longer) == align(longer, short) == pytest.approx(1.0)


def test_a_report_with_few_sentences_in_common_is_another_story() -> None:
    """Another outlet's own report shares the event, not the sentences."""
    assert not _same(_telling("a", WEIR), _telling("b", WEIR, seed=4))
    assert align(_telling("a", WEIR), _telling("b", WEIR, seed=20)) == 0.0


@pytest.mark.parametrize(
    ("published", "same"),
    [
        ("2024-05-02", True), ("2024-05-08T23:00+03:00", True), ("2024-04-25", True), (None, True),
        ("2024-05-09", False), ("2023-05-02", False),
    ],
)  # fmt: skip
def test_a_copy_comes_within_days(published: str | None, same: bool) -> None:
    """The same words a year later are another event; an unknown date says nothing."""
    assert _same(_telling("a", WEIR, published="2024-05-01"), _telling("b", WEIR, published=published)) is same


def test_stories_are_numbered_by_their_earliest_article() -> None:
    """Articles come earliest first; one without date comes last, and ties go by id."""
    tellings = [
        _telling("undated", WEIR),
        _telling("own", WEIR, published="2024-05-03", seed=20),
        _telling("translation", WEIR, "de", "2024-05-02T10:00", cosine=0.9),
        _telling("original", WEIR, published="2024-05-02T08:00"),
        _telling("double", WEIR, published="2024-05-02T08:00"),
    ]
    stories = group_stories(tellings)
    assert list(stories) == ["double", "original", "translation", "own", "undated"]
    assert stories == {"double": 0, "original": 0, "translation": 0, "own": 1, "undated": 0}
    assert group_stories([]) == {}


def test_a_story_is_joined_by_what_half_of_it_agrees_with() -> None:
    """A chain of likenesses does not make one story of two."""
    first, second = EDITIONS["fires"]
    bridge = _telling("c", f"{first} {second}")
    stories = group_stories([_telling("a", first), _telling("a2", first), _telling("b", second), bridge])
    assert stories["a"] == stories["a2"] != stories["b"]


def _copies(store: Path, articles: list[Article], query: str) -> dict[str, int]:
    index_articles(store, articles, FakeEmbedder())
    opened = Store(store)
    with opened.reading() as reading:
        vector = FakeEmbedder().embed_question(query)
        stories = find_stories(reading, find_candidates(reading, Query(query, "en", vector), Filters(), 5))
        assert find_stories(reading, []) == {}
    opened.close()
    return stories


def test_copies_among_candidates_are_found(tmp_path: Path) -> None:
    """All of an article is compared, though one passage of it was found; other news stay apart."""
    original = Article("a", WEIR, "Lodna weir", published="2024-05-01", language="en")
    copy = replace(original, article_id="b", text=f"LODNA (ANA) - {WEIR} The board has 12 members.", title="Weir leaks")
    other = replace(original, article_id="c", text="A circus came to Lodna. Its tent holds 900 people, all in rows.")
    stories = _copies(tmp_path / "store", [original, copy, other], "When will the weir at Lodna be rebuilt?")
    assert stories == {"a": 0, "b": 0, "c": 1}


def test_only_the_beginning_of_a_very_long_article_is_compared(tmp_path: Path) -> None:
    """Where it is the same, what follows does not matter."""
    trees = [f"{first}{second}" for first in "bdfgklmnprst" for second in ("aba", "eko", "idu", "olm", "usk", "yra")]
    people = [f"{first}{second}" for first in "chjvwz" for second in ("enri", "ossi", "uppa", "anno", "irro", "ygge")]
    beginning = " ".join(f"The {tree} is on the list." for tree in trees)
    endings = (
        " ".join(f"Nobody {verb} a {tree}." for tree in trees for verb in ("planted", "watered", "felled", "sold")),
        " ".join(f"{first.title()} met {second.title()}." for first in people for second in people[:8]),
    )
    articles = [
        Article(name, f"{beginning} {ending}", published="2024-05-01", language="en")
        for name, ending in zip("ab", endings, strict=True)
    ]
    assert _copies(tmp_path / "store", articles, "Which tree is on the list?") == {"a": 0, "b": 0}


ARTICLES = {
    name: Article(name, WEIR, f"Weir {name}", f"https://example.org/{name}", "2024-05-01", language, "Example News")
    for name, language in (("a", "en"), ("b", "de"), ("c", "en"))
}


def test_copies_are_listed_earliest_first() -> None:
    """All articles of the story but the one that is cited; those that are not known here are left out."""
    stories = {"b": 0, "a": 0, "x": 0, "c": 1}
    assert list_copies("a", stories, ARTICLES) == (
        Copy("b", "Weir b", "https://example.org/b", "2024-05-01", "de", "Example News"),
    )
    assert list_copies("c", stories, ARTICLES) == ()
    assert list_copies("unknown", stories, ARTICLES) == ()


def test_support_counts_stories_and_languages() -> None:
    """A translation that is quoted beside the original is no second source; what has no story is its own."""
    citations = [
        Citation(at, name, "", None, None, language, None, "q", 0, 1, "q", 1.0)
        for at, (name, language) in enumerate((("a", "en"), ("b", "de"), ("c", "en"), ("x", "pl")), 1)
    ]
    assert count_support(citations, {"a": 0, "b": 0, "c": 1}) == Support(3, ("en", "de", "pl"))
    assert count_support(citations[:2], {"a": 0, "b": 0, "c": 1}) == Support(1, ("en", "de"))
