"""What one step of training reads: passages that are easily confused, and questions on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from development import NEWS, READING, TRAIN, XQUAD, Development, Item, part_of

from index.embed import PassageInput, passage_input
from index.passages import split_passages
from index.records import Article, Passage

READING_SUBJECTS, XQUAD_PARAGRAPHS, XQUAD_QUESTIONS, NEWS_ITEMS, TITLES, TRANSLATIONS = 2, 3, 10, 2, 2, 3
"""How much of each a step takes. Titles stand beside the questions, since people also type those; translations are
lines of a story in two languages."""
NEAR = 8
"""A passage that is set against a question on news is drawn from so many of the nearest of a language."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a passage by their numbers."""

    passage: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in one language.

    Attributes:
        places: the sentences that answer it; none where nothing does.
        rivals: passages that are easily confused with them, and do not.
        taken: passages that are not set against it, since they may answer too.
    """

    text: str
    language: str
    places: tuple[Place, ...]
    rivals: tuple[int, ...] = ()
    taken: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one step reads.

    Attributes:
        passages: by number, each once.
        questions: on single sentences of them, or on none.
        titles: of stories; any sentence of the place's passage is right.
        translations: pairs of lines with their languages.
    """

    passages: tuple[int, ...]
    questions: tuple[Asked, ...]
    titles: tuple[Asked, ...]
    translations: tuple[tuple[tuple[str, str], tuple[str, str]], ...]


class Corpus:
    """Passages of all articles, and the training questions by subject."""

    def __init__(self, development: Development, reading: Development, tokenizer: Any) -> None:
        def count(texts: Sequence[str]) -> list[int]:
            return [len(ids) for ids in tokenizer(list(texts), add_special_tokens=False)["input_ids"]]

        self.articles = {each.article_id: each for each in (*development.articles, *reading.articles)}
        self.passages: list[tuple[Article, Passage]] = []
        self.of_article: dict[str, list[int]] = defaultdict(list)
        for article in self.articles.values():
            for passage in split_passages(article, count):
                self.of_article[article.article_id].append(len(self.passages))
                self.passages.append((article, passage))
        self.stories = [ids for number, ids in enumerate(development.stories.values()) if part_of(number) == TRAIN]
        self.subjects: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
        for item in (*development.items, *reading.items):
            if item.part == TRAIN:
                self.subjects[item.origin][item.subject].append(item)

    def places(self, item: Item, language: str) -> tuple[Place, ...]:
        """Return the sentences of an item's article in a language that answer it."""
        return tuple(
            Place(number, at)
            for number in self.of_article[item.article_ids[language]]
            for at, span in enumerate(self.passages[number][1].sentences)
            if item.holds(self.passages[number][0], span)
        )

    def language(self, number: int) -> str:
        """Return the language of a passage."""
        return self.passages[number][0].language

    def input(self, number: int) -> PassageInput:
        """Return what the model reads of a passage."""
        return passage_input(*self.passages[number])


Near = Mapping[tuple[int, str], np.ndarray]
"""By the number of a news item and a language, the passages of other stories that are nearest to its question."""


class Teacher:
    """Draws lessons."""

    def __init__(self, corpus: Corpus, near: Near, seed: int) -> None:
        self.corpus, self.near = corpus, near
        self.random = np.random.default_rng(seed)

    def lesson(self) -> Lesson:
        """Draw what the next step reads."""
        corpus = self.corpus
        questions: list[Asked] = []
        for subject in self._some(sorted(corpus.subjects[READING]), READING_SUBJECTS):
            items = corpus.subjects[READING][subject]
            questions += self._group([(item, next(iter(item.article_ids))) for item in items])
        for subject in self._some(sorted(corpus.subjects[XQUAD]), 1):
            questions += self._paragraphs(corpus.subjects[XQUAD][subject])
        for subject in self._some(sorted(corpus.subjects[NEWS]), NEWS_ITEMS):
            questions.append(self._of_news(self._one(corpus.subjects[NEWS][subject])))
        titles = [self._title(corpus.stories[at]) for at in self._some(range(len(corpus.stories)), TITLES)]
        passages = {each for asked in questions for each in (*asked.rivals, *(p.passage for p in asked.places))}
        passages |= {place.passage for title in titles for place in title.places}
        return Lesson(tuple(sorted(passages)), tuple(questions), tuple(titles), tuple(self._translations()))

    def _paragraphs(self, items: Sequence[Item]) -> list[Asked]:
        """Ask about some paragraphs of one document, each in a language of its own."""
        told = sorted({tuple(item.article_ids.values()) for item in items})
        languages = list(items[0].article_ids)
        chosen = {ids: self._one(languages) for ids in self._some(told, XQUAD_PARAGRAPHS)}
        asked = self._some([item for item in items if tuple(item.article_ids.values()) in chosen], XQUAD_QUESTIONS)
        return self._group([(item, chosen[tuple(item.article_ids.values())]) for item in asked])

    def _group(self, told: Sequence[tuple[Item, str]]) -> list[Asked]:
        """Ask about articles that are about one subject, each in one language."""
        passages = {number for item, language in told for number in self.corpus.of_article[item.article_ids[language]]}
        asked = []
        for item, language in told:
            places = self.corpus.places(item, language)
            rivals = passages - {place.passage for place in places}
            asked.append(Asked(*self._ask(item), places, tuple(sorted(rivals))))
        return asked

    def _of_news(self, item: Item) -> Asked:
        """Ask about a story: a passage of it and one of another story that is near."""
        language = self._one(list(item.article_ids))
        text, asked_in = self._ask(item)
        mine = self.corpus.of_article[item.article_ids[language]]
        places = self.corpus.places(item, language)
        rivals = set() if places else {self._one(mine)}
        crowd = asked_in if asked_in in item.article_ids else language
        rivals.add(int(self._one(list(self.near[id(item), crowd]))))
        return Asked(text, asked_in, places, tuple(sorted(rivals)))

    def _title(self, ids: Mapping[str, str]) -> Asked:
        """Ask for a story by its title in another language."""
        asked_in, language = self._some(sorted(ids), 2)
        of_story = frozenset(number for article_id in ids.values() for number in self.corpus.of_article[article_id])
        number = self._one(self.corpus.of_article[ids[language]])
        title = self.corpus.articles[ids[asked_in]].title
        return Asked(title, asked_in, (Place(number, 0),), taken=of_story - {number})

    def _translations(self) -> list[tuple[tuple[str, str], tuple[str, str]]]:
        ids = self._one(self.corpus.stories)
        lines = {language: self.corpus.articles[each].text.split("\n") for language, each in ids.items()}
        pairs = []
        for at in self._some(range(min(map(len, lines.values()))), TRANSLATIONS):
            one, other = self._some(sorted(ids), 2)
            pairs.append(((lines[one][at], one), (lines[other][at], other)))
        return pairs

    def _ask(self, item: Item) -> tuple[str, str]:
        language = self._one(list(item.questions))
        return item.questions[language], language

    def _one(self, choices: Sequence[Any]) -> Any:
        return choices[self.random.integers(len(choices))]

    def _some(self, choices: Sequence[Any], n: int) -> list[Any]:
        return [choices[at] for at in self.random.permutation(len(choices))[:n].tolist()]
