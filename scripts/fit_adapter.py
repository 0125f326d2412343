"""Fits index/adapter.npz, the low-rank changes by which the packaged model finds answers across languages.

    python scripts/fit_adapter.py ../shared/data [--steps 160]

Each step takes some questions of the training documents, each in one language, with a passage and a sentence that
answer it in another language or the same, and sets against them passages that the model itself finds near: of the
question's own language, of the evidence's, and all others of the step (a contrastive loss, InfoNCE: van den Oord et
al. 2018). A few titles stand beside the questions, since people also type those, and sentences beside their
translations. Language means are taken off as in search (index/centre.py). About 4 s a step on two cores.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from development import NEWS, TRAIN, XQUAD, Development, Item, load_development, part_of
from sentence_transformers import SentenceTransformer
from torch import nn
from torch.nn import functional

from index.adapter import SHIPPED, write_adapter
from index.packaged_model import packaged_model
from index.passages import split_passages
from index.records import Article, Passage, Span

ADAPTED = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The linear maps of a layer that are changed, by their names within it."""
RANK = 8
LEARNING_RATE = 5e-4
TEMPERATURE = 0.05
XQUAD_ITEMS, NEWS_ITEMS, TITLES, TRANSLATIONS = 8, 6, 2, 6
OWN_LANGUAGE = 0.4
"""How often the evidence is in the question's language."""
NEAR = 8
"""Hard negatives are drawn from so many of the nearest passages of a language."""
BATCH_TOKENS = 4096


class LowRank(nn.Module):
    """A frozen linear map with a trained low-rank one beside it, which begins as zero."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(torch.randn(RANK, linear.in_features) / linear.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return W x + up (down x)."""
        low: torch.Tensor = functional.linear(functional.linear(x, self.down.to(x.dtype)), self.up.to(x.dtype))
        return self.linear(x) + low


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the model reads it; characters before `skipped` are read but not averaged."""

    text: str
    skipped: int = 0


class Encoder:
    """The packaged model with trainable low-rank maps."""

    def __init__(self) -> None:
        model = SentenceTransformer(str(packaged_model()), device="cpu")
        self.transformer: Any = model[0].auto_model
        self.tokenizer = model.tokenizer
        self.transformer.requires_grad_(requires_grad=False)
        self.transformer.to(torch.bfloat16)
        self.maps: dict[str, LowRank] = {}
        for name, linear in adapted_maps(self.transformer):
            parent, _, child = name.rpartition(".")
            self.maps[name] = LowRank(linear)
            setattr(self.transformer.get_submodule(parent), child, self.maps[name])

    def encode(self, texts: Sequence[Text]) -> torch.Tensor:
        """Return float32 (n, d), L2-normalised; gradients flow."""
        encoded = self.tokenizer(
            [each.text for each in texts], truncation=True, max_length=256, return_offsets_mapping=True
        )
        ids, offsets = encoded["input_ids"], encoded["offset_mapping"]
        vectors: list[torch.Tensor] = [torch.empty(0)] * len(texts)
        order = sorted(range(len(texts)), key=lambda row: len(ids[row]))
        while order:
            rows = [order.pop()]
            longest = len(ids[rows[0]])
            while order and (len(rows) + 1) * longest <= BATCH_TOKENS:
                rows.append(order.pop())
            batch = torch.full((len(rows), longest), self.tokenizer.pad_token_id)
            attended = torch.zeros((len(rows), longest), dtype=torch.long)
            averaged = torch.zeros((len(rows), longest, 1))
            for at, row in enumerate(rows):
                size = len(ids[row])
                batch[at, :size] = torch.tensor(ids[row])
                attended[at, :size] = 1
                after = torch.tensor([end > texts[row].skipped for _, end in offsets[row]]).float()
                averaged[at, :size, 0] = after if texts[row].skipped and after.any() else 1.0
            states = self.transformer(batch, attention_mask=attended)[0].float()
            means = (states * averaged).sum(1) / averaged.sum(1)
            for row, vector in zip(rows, functional.normalize(means, dim=-1), strict=True):
                vectors[row] = vector
        return torch.stack(vectors)

    def save(self, path: Path) -> None:
        """Write the low-rank maps."""
        write_adapter(
            path,
            {name: (each.up.detach().numpy(), each.down.detach().numpy()) for name, each in self.maps.items()},
        )


def adapted_maps(transformer: nn.Module) -> list[tuple[str, nn.Linear]]:
    """Return the linear maps that are changed, with their names within the transformer."""
    return [
        (name, module)
        for name, module in transformer.named_modules()
        if isinstance(module, nn.Linear) and name.split(".", 3)[-1] in ADAPTED
    ]


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a passage by their numbers."""

    passage: int
    sentence: int


class Corpus:
    """Passages of all articles, and where the training questions are answered in them."""

    def __init__(self, data: Development, tokenizer: Any) -> None:
        def count(texts: Sequence[str]) -> list[int]:
            return [len(ids) for ids in tokenizer(list(texts), add_special_tokens=False)["input_ids"]]

        self.pairs = [(article, passage) for article in data.articles for passage in split_passages(article, count)]
        self.languages = np.array([article.language for article, _ in self.pairs])
        self.of_article: dict[str, list[int]] = defaultdict(list)
        for number, (article, _) in enumerate(self.pairs):
            self.of_article[article.article_id].append(number)
        self.stories = [ids for number, ids in enumerate(data.stories.values()) if part_of(number) == TRAIN]
        self.places: list[dict[str, list[Place]]] = []
        self.items: list[Item] = []
        for item in data.items:
            places = {language: self._find(item, article_id) for language, article_id in item.article_ids.items()}
            if item.part == TRAIN and all(places.values()):
                self.items.append(item)
                self.places.append(places)

    def _find(self, item: Item, article_id: str) -> list[Place]:
        return [
            Place(number, at)
            for number in self.of_article[article_id]
            for at, span in enumerate(self.pairs[number][1].sentences)
            if item.holds(self.pairs[number][0], span)
        ]

    def passage(self, number: int) -> Text:
        """Return what the model reads of a passage."""
        article, passage = self.pairs[number]
        return Text(f"passage: {_heading(article)}{passage.text}")

    def sentence(self, place: Place) -> Text:
        """Return what the model reads of a sentence."""
        article, passage = self.pairs[place.passage]
        return sentence_text(article, passage, passage.sentences[place.sentence])

    def language(self, place: Place) -> str:
        """Return the language of a sentence."""
        return str(self.languages[place.passage])


def sentence_text(article: Article, passage: Passage, span: Span) -> Text:
    """Return a sentence with the title before it, which is read but not averaged."""
    heading = _heading(article)
    before = f"passage: {heading}"
    return Text(before + passage.text[span.start - passage.start : span.end - passage.start], len(heading and before))


def _heading(article: Article) -> str:
    return f"{article.title}\n" if article.title else ""


class Trainer:
    """Draws steps and takes them."""

    def __init__(self, encoder: Encoder, corpus: Corpus, steps: int) -> None:
        self.encoder, self.corpus, self.steps = encoder, corpus, steps
        self.random = np.random.default_rng(20261124)
        self.by_origin = {
            origin: [at for at, item in enumerate(corpus.items) if item.origin == origin] for origin in (XQUAD, NEWS)
        }
        parameters = [each for low in encoder.maps.values() for each in (low.up, low.down)]
        self.optimizer = torch.optim.AdamW(parameters, lr=LEARNING_RATE, weight_decay=0.01)
        self.means: dict[str, dict[str, torch.Tensor]] = {}
        self.near: dict[tuple[int, str, str], np.ndarray] = {}
        self._look_around()

    def _look_around(self) -> None:
        """Take the language means, and the nearest passages of each language for each question."""
        corpus, encode = self.corpus, self.encoder.encode
        with torch.inference_mode():
            passages = encode([corpus.passage(number) for number in range(len(corpus.pairs))])
            places = [
                Place(n, at) for n, (_, passage) in enumerate(corpus.pairs) for at in range(len(passage.sentences))
            ]
            sentences = encode([corpus.sentence(place) for place in places])
            keys = [(at, language) for at, item in enumerate(corpus.items) for language in item.questions]
            questions = encode([Text(f"query: {corpus.items[at].questions[language]}") for at, language in keys])
        self.means = {
            "questions": _means(questions, [language for _, language in keys]),
            "passages": _means(passages, corpus.languages),
            "sentences": _means(sentences, [corpus.language(place) for place in places]),
        }
        cosines = (
            self._centre(questions, "questions", [language for _, language in keys])
            @ self._centre(passages, "passages", corpus.languages).T
        ).numpy()
        for (at, language), row in zip(keys, cosines, strict=True):
            banned = self._banned(at)
            for other in set(corpus.languages.tolist()):
                there = np.flatnonzero((corpus.languages == other) & ~np.isin(np.arange(len(row)), list(banned)))
                self.near[at, language, other] = there[np.argsort(-row[there])[:NEAR]]

    def _banned(self, at: int) -> set[int]:
        """Return the passages that are no negatives of a question: they answer it, or may."""
        item, places = self.corpus.items[at], self.corpus.places[at]
        if item.origin == XQUAD:
            return {number for article_id in item.article_ids.values() for number in self.corpus.of_article[article_id]}
        return {place.passage for of_language in places.values() for place in of_language}

    def _centre(self, vectors: torch.Tensor, kind: str, languages: Iterable[str]) -> torch.Tensor:
        return functional.normalize(vectors - torch.stack([self.means[kind][each] for each in languages]), dim=-1)

    def step(self, number: int) -> float:
        """Take one step; returns the loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = LEARNING_RATE * min(1, (number + 1) / 20) * max(0.05, 1 - number / self.steps)
        loss = self._loss()
        self.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([p for group in self.optimizer.param_groups for p in group["params"]], 1.0)
        self.optimizer.step()
        return float(loss.detach())

    def _loss(self) -> torch.Tensor:
        corpus = self.corpus
        queries: list[Text] = []
        asked: list[str] = []
        numbers: list[int] = []
        places: list[Place] = []
        banned: list[set[int]] = []
        right: list[set[Place]] = []
        for origin, size in ((XQUAD, XQUAD_ITEMS), (NEWS, NEWS_ITEMS)):
            for at in self.random.choice(self.by_origin[origin], size, replace=False):
                language, other, place = self._draw(at)
                queries.append(Text(f"query: {corpus.items[at].questions[language]}"))
                asked.append(language)
                crowd = language if (at, language, language) in self.near else self._any(corpus.places[at])
                negatives = [int(self.random.choice(self.near[at, language, each])) for each in (crowd, other)]
                numbers += [place.passage, *negatives]
                banned.append(self._banned(at))
                right.append({each for of_language in corpus.places[at].values() for each in of_language})
                places += [place, self._wrong_sentence(place, right[-1], negatives[0])]
        answered = len(queries)
        for ids in self.random.choice(np.array(self.corpus.stories, object), TITLES, replace=False):
            language, other = self.random.choice(list(ids), 2, replace=False)
            queries.append(Text(f"query: {corpus.pairs[corpus.of_article[ids[language]][0]][0].title}"))
            asked.append(str(language))
            numbers.append(int(self.random.choice(corpus.of_article[ids[other]])))
            banned.append({number for article_id in ids.values() for number in corpus.of_article[article_id]})
        pairs = self._translations()
        texts = [*queries, *map(corpus.passage, numbers), *map(corpus.sentence, places)]
        vectors = self.encoder.encode([*texts, *(text for pair in pairs for text, _ in pair)])
        q = self._centre(vectors[: len(queries)], "questions", asked)
        p = self._centre(vectors[len(queries) :][: len(numbers)], "passages", corpus.languages[numbers])
        s = self._centre(vectors[len(queries) + len(numbers) : len(texts)], "sentences", map(corpus.language, places))
        t = self._centre(vectors[len(texts) :], "sentences", [language for pair in pairs for _, language in pair])
        gold = [3 * at for at in range(answered)] + [3 * answered + at for at in range(TITLES)]
        taken = [
            [number in mine and at != gold[row] for at, number in enumerate(numbers)] for row, mine in enumerate(banned)
        ]
        told = [[place in mine and at != 2 * row for at, place in enumerate(places)] for row, mine in enumerate(right)]
        return (
            _info_nce(q @ p.T, taken, gold)
            + _info_nce(q[:answered] @ s.T, told, [2 * at for at in range(answered)])
            + 0.3 * _info_nce(t[::2] @ t[1::2].T, None, list(range(len(pairs))))
        )

    def _draw(self, at: int) -> tuple[str, str, Place]:
        """Draw a language to ask in, one to answer in, and a sentence that answers."""
        item, places = self.corpus.items[at], self.corpus.places[at]
        language = str(self.random.choice(list(item.questions)))
        others = [other for other in places if other != language]
        own = language in places and self.random.random() < OWN_LANGUAGE
        other = language if own else str(self.random.choice(others))
        return language, other, places[other][self.random.integers(len(places[other]))]

    def _any(self, places: dict[str, list[Place]]) -> str:
        return str(self.random.choice(list(places)))

    def _wrong_sentence(self, place: Place, right: set[Place], otherwise: int) -> Place:
        """Return a sentence of the same passage that does not answer, or the first of another passage."""
        size = len(self.corpus.pairs[place.passage][1].sentences)
        wrong = [each for at in range(size) if (each := Place(place.passage, at)) not in right]
        return wrong[self.random.integers(len(wrong))] if wrong else Place(otherwise, 0)

    def _translations(self) -> list[tuple[tuple[Text, str], tuple[Text, str]]]:
        """Return lines of one story in two languages each."""
        ids = self.corpus.stories[self.random.integers(len(self.corpus.stories))]
        articles = {language: self.corpus.pairs[self.corpus.of_article[each][0]][0] for language, each in ids.items()}
        lines = {language: article.text.split("\n") for language, article in articles.items()}
        size = min(map(len, lines.values()))
        pairs = []
        for line in self.random.choice(size, min(size, TRANSLATIONS), replace=False):
            first, second = (str(each) for each in self.random.choice(list(ids), 2, replace=False))
            pairs.append(
                tuple(
                    (
                        Text(
                            f"passage: {_heading(articles[each])}{lines[each][line]}", len(_heading(articles[each])) + 9
                        ),
                        each,
                    )
                    for each in (first, second)
                )
            )
        return pairs  # type: ignore[return-value]


def _means(vectors: torch.Tensor, languages: Iterable[str]) -> dict[str, torch.Tensor]:
    names = np.array(list(languages))
    return {str(name): vectors[torch.from_numpy(names == name)].mean(0) for name in set(names.tolist())}


def _info_nce(cosines: torch.Tensor, masked: list[list[bool]] | None, gold: list[int]) -> torch.Tensor:
    if masked is not None:
        cosines = cosines.masked_fill(torch.tensor(masked), -1e3)
    return functional.cross_entropy(cosines / TEMPERATURE, torch.tensor(gold))


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--steps", type=int, default=160)
    parser.add_argument("--to", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    torch.manual_seed(20261124)
    encoder = Encoder()
    trainer = Trainer(encoder, Corpus(load_development(arguments.data), encoder.tokenizer), arguments.steps)
    sizes = {origin: len(items) for origin, items in trainer.by_origin.items()}
    weights = sum(each.up.numel() + each.down.numel() for each in encoder.maps.values())
    print(f"training questions: {sizes}; {weights:,} weights", flush=True)
    started, losses = time.perf_counter(), []
    for number in range(arguments.steps):
        losses.append(trainer.step(number))
        if number % 20 == 19:
            seconds = time.perf_counter() - started
            print(f"step {number + 1}: loss {np.mean(losses[-20:]):.3f}, {seconds:.0f} s", flush=True)
            encoder.save(arguments.to)


if __name__ == "__main__":
    main()
