from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.centre import OTHER, LanguageMeans
from index.database import PassageRow
from index.records import Article, Passage, Span
from index.search import Candidate
from qa.conflicts import Conflict, find_conflict, newest_first, quote_vector
from qa.question import understand
from qa.records import Citation

# A question, and two quotations that give different figures for what it asks, in one language or two.
DISAGREE = {
    "en": (
        "How many beds does the clinic in Lodna have?",
        ("en", "The clinic in Lodna has 240 beds."),
        ("en", "In Lodna, the clinic opened with 204 beds in four wards."),
    ),
    "de": (
        "Wie viele Menschen wurden in Lodna evakuiert?",
        ("de", "Bis zum Abend wurden in Lodna 1.240 Menschen evakuiert."),
        ("de", "Die Feuerwehr brachte 310 Menschen aus Lodna in Sicherheit."),
    ),
    "ru": (
        "Сколько процентов голосов получила Ирина Дольм?",
        ("ru", "Ирина Дольм получила 57,3 процента голосов."),
        ("ru", "За Ирину Дольм проголосовали 54,1 % избирателей."),
    ),
    "be": (
        "Колькі гнёздаў буслоў налічылі ў Лодне?",
        ("be", "У Лодне налічылі 84 гнязды буслоў, паведаміла Анна Дольм."),
        ("be", "Анна Дольм удакладніла: у Лодне 91 гняздо."),
    ),
    "pl": (
        "Ile kosztował most w Lodnie?",
        ("pl", "Most w Lodnie kosztował 17,8 mln koron."),
        ("pl", "Budowa mostu w Lodnie pochłonęła 21 mln koron."),
    ),
    "es": (
        "¿Cuántas personas llegaron a Lodna?",
        ("es", "A Lodna llegaron 3.450 personas."),
        ("es", "Según la alcaldía, llegaron a Lodna 2.900 personas."),
    ),
    "zh": ("洛德纳医院有多少张床位？", ("zh", "洛德纳医院设有240张床位。"), ("zh", "洛德纳医院有204张床位。")),
    "two languages, asked": (
        "How many people were moved out of Lodna?",
        ("en", "Some 310 people were moved out of Lodna."),
        ("ru", "Из Лодны вывезены 1870 человек."),
    ),
    "two languages, very alike": (
        "How much did the bridge in Lodna cost?",
        ("en", "The bridge in Lodna cost 17.8 million talers."),
        ("pl", "Most w Lodnie kosztował 21 mln talarów."),
    ),
}
# The same where nothing is sure to disagree.
AGREE = {
    "rounded": (
        "How many tonnes of apples were picked in Lodna?",
        ("en", "In Lodna 48.7 thousand tonnes were picked."),
        ("en", "Growers of Lodna picked almost 49 thousand tonnes."),
    ),
    "translated": (
        "How much did the bridge in Lodna cost?",
        ("en", "The bridge in Lodna cost 17.8 million talers."),
        ("ru", "Мост в Лодне стоил 17,8 млн талеров."),
    ),
    "another year": (
        "How many people came to Lodna?",
        ("en", "In 2023, 3,450 people came to Lodna."),
        ("en", "In 2022, 2,900 people came to Lodna."),
    ),
    "another month": (
        "Сколько человек приехало в Лодну?",
        ("ru", "В январе 2024 года в Лодну приехали 3450 человек."),
        ("ru", "В марте 2024 года в Лодну приехали 2900 человек."),
    ),
    "another unit": (
        "How big is the clinic in Lodna?",
        ("en", "The clinic in Lodna has 240 beds."),
        ("en", "The clinic in Lodna employs 115 doctors."),
    ),
    "another unit in two languages": (
        "How big is the clinic in Lodna?",
        ("en", "The clinic in Lodna grew by 24 per cent."),
        ("ru", "В клинике Лодны работают 115 человек."),
    ),
    "another place": (
        "How many people were hurt in the fires?",
        ("en", "After the fire in Lodna 12 people were hurt."),
        ("en", "After the fire in Verask 19 people were hurt."),
    ),
    "not the place that is asked": (
        "How many people were hurt in Verask?",
        ("en", "In Lodna county, at Verask, 12 people were hurt."),
        ("en", "In Lodna 19 people were hurt."),
    ),
    "a figure of the question": (
        "How many of the 60 beams of the bridge in Lodna are cracked?",
        ("en", "In Lodna 14 beams are cracked."),
        ("en", "The bridge in Lodna has 60 beams."),
    ),
    "more than one figure": (
        "How many people were moved out of Lodna?",
        ("en", "Of 1,870 people from Lodna 430 people are still away."),
        ("en", "Lodna moved 310 people."),
    ),
    "a different order of size": (
        "How much did Lodna pay?",
        ("en", "Lodna paid 17.8 million talers."),
        ("en", "Lodna paid 900 talers to each."),
    ),
    "no number asked": (
        "Who came to Lodna?",
        ("en", "3,450 people came to Lodna."),
        ("en", "2,900 people came to Lodna."),
    ),
    "no figure": (
        "How many people came to Lodna?",
        ("en", "Many came to Lodna."),
        ("en", "2,900 people came to Lodna."),
    ),
}


def _citation(number: int, language: str, quote: str, published: str | None = None) -> Citation:
    return Citation(number, f"article {number}", "", None, published, language, None, quote, 0, len(quote), quote, 1.0)


def _vectors(*cosines: float) -> np.ndarray:
    """Return float32 (c, d): vectors with these cosines with the first, which is the 1 in front."""
    vectors = np.zeros((len(cosines), 1 + len(cosines)), np.float32)
    for at, cosine in enumerate(cosines):
        vectors[at, 0], vectors[at, 1 + at] = cosine, np.sqrt(1 - cosine**2)
    return vectors


def _find(
    case: tuple[str, tuple[str, str], tuple[str, str]], cosine: float, stories: dict[str, int]
) -> Conflict | None:
    question, *quotes = case
    citations = [_citation(at, language, quote, f"2024-05-0{at}") for at, (language, quote) in enumerate(quotes, 1)]
    return find_conflict(understand(question), citations, stories, _vectors(1.0, cosine))


@pytest.mark.parametrize("name", DISAGREE)
def test_different_figures_for_the_same_disagree(name: str) -> None:
    """The newer one comes first, the other is older."""
    conflict = _find(DISAGREE[name], 0.7, {"article 1": 0, "article 2": 1})
    assert conflict == Conflict((1, 0), frozenset({0}))


@pytest.mark.parametrize("name", AGREE)
def test_what_may_be_no_conflict_is_none(name: str) -> None:
    """Rounding, another time, place or unit, or doubt which figure is meant."""
    assert _find(AGREE[name], 0.9, {"article 1": 0, "article 2": 1}) is None


@pytest.mark.parametrize(
    ("name", "cosine", "found"),
    [
        ("en", 0.6, True), ("en", 0.5, False), ("zh", 0.5, False), ("two languages, asked", 0.45, True),
        ("two languages, asked", 0.4, False), ("two languages, very alike", 0.5, False),
    ],
)  # fmt: skip
def test_sentences_that_are_hardly_alike_tell_different_things(name: str, cosine: float, found: bool) -> None:
    """In two languages less is enough where the question names what the figures count."""
    assert (_find(DISAGREE[name], cosine, {}) is not None) is found


def test_a_percentage_may_be_of_anything() -> None:
    """So that two languages have to be very alike, though the question names the unit."""
    case = (
        "How many percent of Lodna is forest?",
        ("en", "In Lodna 24 percent is forest."),
        ("ru", "В Лодне 31 процент занимают луга."),
    )
    assert _find(case, 0.5, {}) is None
    assert _find(case, 0.6, {}) is not None


def test_a_translation_cannot_disagree_and_a_corrected_copy_can() -> None:
    """Within a story figures differ by units or rounding in another language, by a correction in the same."""
    together = {"article 1": 0, "article 2": 0}
    assert _find(DISAGREE["two languages, asked"], 0.7, together) is None
    assert _find(DISAGREE["en"], 0.7, together) is not None


def test_one_article_does_not_disagree_with_itself() -> None:
    """Two of its sentences speak of two things."""
    question, (language, one), (_, other) = DISAGREE["en"]
    citations = [replace(_citation(1, language, quote), article_id="a") for quote in (one, other)]
    assert find_conflict(understand(question), citations, {}, _vectors(1.0, 0.9)) is None


@pytest.mark.parametrize(
    ("published", "conflict"),
    [
        (("2024-05-01", "2024-05-02"), Conflict((1, 0), frozenset({0}))),
        (("2024-05-02", "2024-05-01"), Conflict((0, 1), frozenset({1}))),
        (("2024-05-02T08:00", "2024-05-02T09:30"), Conflict((1, 0), frozenset({0}))),
        (("2024-05-02", "2024-05-02T09:30"), Conflict((1, 0), frozenset())),
        ((None, "2024-05-02"), Conflict((1, 0), frozenset())),
        ((None, None), Conflict((0, 1), frozenset())),
    ],
)
def test_older_is_what_is_known_to_be(published: tuple[str | None, str | None], conflict: Conflict) -> None:
    """By day, by time where both tell it; what has no date comes last and is not called older."""
    question, *quotes = DISAGREE["en"]
    citations = [
        _citation(at, language, quote, day)
        for at, ((language, quote), day) in enumerate(zip(quotes, published, strict=True), 1)
    ]
    assert find_conflict(understand(question), citations, {}, _vectors(1.0, 0.9)) == conflict


def test_the_newest_first_and_the_others_in_their_places() -> None:
    """A quotation that agrees with the newest is not older, and one without figure keeps its place."""
    quotes = (
        ("The clinic in Lodna has 240 beds.", "2024-05-01"),
        ("The mayor came to Lodna.", "2024-06-01"),
        ("The clinic in Lodna has 204 beds.", "2024-05-02"),
        ("In Lodna the clinic has 204 beds.", "2024-05-03"),
    )
    citations = [_citation(at, "en", quote, day) for at, (quote, day) in enumerate(quotes, 1)]
    question = understand("How many beds does the clinic in Lodna have?")
    conflict = find_conflict(question, citations, {}, _vectors(1.0, 0.9, 0.9, 0.9))
    assert conflict is not None
    ordered = newest_first(citations, conflict)
    assert [(each.number, each.article_id, each.older) for each in ordered] == [
        (1, "article 4", False),
        (2, "article 2", False),
        (3, "article 3", False),
        (4, "article 1", True),
    ]


def test_a_quotation_has_the_vector_of_its_sentences() -> None:
    """Centred, the mean of those that it spans, of length 1."""
    text = "One two. Three four. Five six."
    spans = (Span(0, 8), Span(9, 20), Span(21, 30))
    sentences = np.array([[1, 0, 1], [0, 1, 1], [0, 0, 2]], np.float16)
    row = PassageRow(1, Passage("a", 0, 0, len(text), text, spans), sentences)
    candidate = Candidate(
        article=Article("a", text, language="en"),
        row=row,
        score=1.0,
        cosine=1.0,
        words=0.0,
        names=0.0,
        sentences=np.zeros(3, np.float32),
    )
    zeros, last = np.zeros((1, 3), np.float32), np.array([[0, 0, 1]], np.float32)
    means = LanguageMeans((OTHER,), zeros, zeros, last)
    root = np.sqrt(0.5)
    assert quote_vector(candidate, 0, 8, means) == pytest.approx([1, 0, 0])
    assert quote_vector(candidate, 0, 20, means) == pytest.approx([root, root, 0])
