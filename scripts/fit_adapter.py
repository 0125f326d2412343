"""Fits index/adapter.npz, what the packaged model is taught: low-rank changes of its weights.

    python scripts/fit_adapter.py ../shared/data [--steps 190] [--to FILE]

Each step reads some questions with passages that are easily confused: of one subject, in several languages (see
scripts/lessons.py). A question's vector is to lie nearest to the passage and to the sentence that answer it, whatever
their languages, and a line's next to its translation's (InfoNCE: van den Oord et al. 2018). Language means are taken
off as in search (index/centre.py).

Two processes with a thread each are half as fast again as one with two; each draws lessons of its own, and their
gradients are averaged. About 7 s a step, twenty minutes in all, on two cores with AMX.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from development import NEWS, load_development, load_reading
from encoder import Encoder
from lessons import NEAR, Asked, Corpus, Lesson, Near, Place, Teacher
from torch import distributed, multiprocessing, nn
from torch.nn import functional
from training import average, average_gradients

from index.adapter import SHIPPED
from index.embed import heading, token_owners

SEED = 20261128
LEARNING_RATE = 4e-4
WARM_UP_STEPS = 30
TEMPERATURE = 0.05
SENTENCE_LOSS, TRANSLATION_LOSS = 0.7, 0.3
"""What these weigh beside the loss of passages."""
MEAN_DECAY = 0.998
"""The language means follow the model, as an average over so many of the vectors last made."""
SAMPLED_PASSAGES, SAMPLED_QUESTIONS = 300, 400
QUERY, PASSAGE = "query: ", "passage: "


class Trainer:
    """Takes steps."""

    def __init__(self, encoder: Encoder, corpus: Corpus) -> None:
        self.encoder, self.corpus = encoder, corpus
        self.means: dict[tuple[str, str], torch.Tensor] = {}

    def look_around(self) -> Near:
        """Take the language means of a sample; return the near passages of other stories for the items on news."""
        corpus, chance = self.corpus, np.random.default_rng(SEED)
        with torch.no_grad():
            sample = chance.permutation(len(corpus.passages))[:SAMPLED_PASSAGES].tolist()
            states, owners = self._read_passages(sample)
            self._follow("passages", [corpus.language(n) for n in sample], _means_of(states), first=True)
            vectors, _, languages = self._sentence_means(sample, states, owners)
            self._follow("sentences", languages, vectors, first=True)
            asked = [
                pair
                for subjects in corpus.subjects.values()
                for items in subjects.values()
                for item in items
                for pair in item.questions.items()
            ]
            chosen = [asked[at] for at in chance.permutation(len(asked))[:SAMPLED_QUESTIONS].tolist()]
            states, _ = self.encoder.states([QUERY + text for _, text in chosen])
            self._follow("questions", [language for language, _ in chosen], _means_of(states), first=True)
            return self._near()

    def _near(self) -> Near:
        corpus = self.corpus
        numbers = np.array([n for ids in corpus.stories for each in ids.values() for n in corpus.of_article[each]])
        languages = np.array([corpus.language(n) for n in numbers])
        states, _ = self._read_passages(numbers.tolist())
        vectors = self._centred("passages", languages.tolist(), _means_of(states))
        near: dict[tuple[int, str], np.ndarray] = {}
        for items in corpus.subjects[NEWS].values():
            for item in items:
                states, _ = self.encoder.states([QUERY + item.questions["en"]])
                cosines = (vectors @ self._centred("questions", ["en"], _means_of(states))[0]).numpy()
                own = [number for each in item.article_ids.values() for number in corpus.of_article[each]]
                for language in item.article_ids:
                    others = np.flatnonzero((languages == language) & ~np.isin(numbers, own))
                    near[id(item), language] = numbers[others[np.argsort(-cosines[others])[:NEAR]]]
        return near

    def losses(self, lesson: Lesson) -> dict[str, torch.Tensor]:
        """Read a lesson."""
        queries = (*lesson.questions, *lesson.titles)
        lines = [line for pair in lesson.translations for line in pair]
        size, numbers = len(queries), lesson.passages
        texts = [QUERY + asked.text for asked in queries]
        texts += [self._text(number) for number in numbers] + [PASSAGE + line for line, _ in lines]
        states, offsets = self.encoder.states(texts)
        end = size + len(numbers)
        owners = [self._owners(n, each) for n, each in zip(numbers, offsets[size:end], strict=True)]
        of_passages = states[size:end]
        asked_in, told_in = [asked.language for asked in queries], [self.corpus.language(n) for n in numbers]
        sentences, places, languages = self._sentence_means(numbers, of_passages, owners)
        questions, passages = _means_of(states[:size]), _means_of(of_passages)
        q = self._centred("questions", asked_in, questions)
        p = self._centred("passages", told_in, passages)
        s = self._centred("sentences", languages, sentences)
        t = self._centred("sentences", [language for _, language in lines], _means_of(states[end:]))
        losses = {
            "passages": self._passage_loss(q @ p.T, queries, numbers),
            "sentences": SENTENCE_LOSS * self._sentence_loss(q[: len(lesson.questions)] @ s.T, lesson, places),
            "translations": TRANSLATION_LOSS
            * functional.cross_entropy(t[::2] @ t[1::2].T / TEMPERATURE, torch.arange(len(lines) // 2)),
        }
        self._follow("questions", asked_in, questions.detach())
        self._follow("passages", told_in, passages.detach())
        self._follow("sentences", languages, sentences.detach())
        return losses

    def _passage_loss(self, cosines: torch.Tensor, queries: Sequence[Asked], numbers: Sequence[int]) -> torch.Tensor:
        answered = [at for at, asked in enumerate(queries) if asked.places]
        right = [[any(p.passage == n for p in queries[at].places) for n in numbers] for at in answered]
        taken = [[n in queries[at].taken for n in numbers] for at in answered]
        return _info_nce(cosines[answered].masked_fill(torch.tensor(taken), -1.0), torch.tensor(right))

    def _sentence_loss(self, cosines: torch.Tensor, lesson: Lesson, places: Sequence[Place]) -> torch.Tensor:
        answered = [at for at, asked in enumerate(lesson.questions) if any(place in places for place in asked.places)]
        right = [[place in lesson.questions[at].places for place in places] for at in answered]
        return _info_nce(cosines[answered], torch.tensor(right))

    def _text(self, number: int) -> str:
        return heading(PASSAGE, self.corpus.input(number)) + self.corpus.input(number).text

    def _owners(self, number: int, offsets: np.ndarray) -> np.ndarray:
        told = self.corpus.input(number)
        return token_owners(offsets, len(PASSAGE), len(heading(PASSAGE, told)), told.sentences)

    def _read_passages(self, numbers: Sequence[int]) -> tuple[list[torch.Tensor], list[np.ndarray]]:
        states, offsets = self.encoder.states([self._text(number) for number in numbers])
        return states, [self._owners(number, each) for number, each in zip(numbers, offsets, strict=True)]

    def _sentence_means(
        self, numbers: Sequence[int], states: Sequence[torch.Tensor], owners: Sequence[np.ndarray]
    ) -> tuple[torch.Tensor, list[Place], list[str]]:
        """Return the mean states of all sentences, (s, d), where they stand, and their languages."""
        places = [
            (row, Place(number, at))
            for row, number in enumerate(numbers)
            for at in range(len(self.corpus.passages[number][1].sentences))
            if (owners[row] == at).any()
        ]
        vectors = [states[row][torch.from_numpy(owners[row] == place.sentence)].mean(0) for row, place in places]
        return (
            torch.stack(vectors),
            [place for _, place in places],
            [self.corpus.language(place.passage) for _, place in places],
        )

    def _centred(self, kind: str, languages: Sequence[str], vectors: torch.Tensor) -> torch.Tensor:
        means = torch.stack([self.means[kind, each] for each in languages])
        return functional.normalize(functional.normalize(vectors, dim=-1) - means, dim=-1)

    def _follow(self, kind: str, languages: Sequence[str], vectors: torch.Tensor, *, first: bool = False) -> None:
        """Move the language means towards vectors, or begin with them."""
        of_language: dict[str, list[torch.Tensor]] = defaultdict(list)
        for language, vector in zip(languages, functional.normalize(vectors, dim=-1), strict=True):
            of_language[language].append(vector)
        for language, some in of_language.items():
            mean, kept = torch.stack(some).mean(0), 0.0 if first else MEAN_DECAY ** len(some)
            self.means[kind, language] = mean if first else kept * self.means[kind, language] + (1 - kept) * mean


def _means_of(states: Iterable[torch.Tensor]) -> torch.Tensor:
    return torch.stack([each.mean(0) for each in states])


def _info_nce(cosines: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Return the mean of -log p, where p is what a softmax over a row gives to those that are right."""
    scaled = cosines / TEMPERATURE
    return (torch.logsumexp(scaled, 1) - torch.logsumexp(scaled.masked_fill(~right, -1e4), 1)).mean()


def train(process: int, processes: int, meeting: Path, arguments: argparse.Namespace) -> None:
    """Train as one of some processes, which find each other at a file; the first one reports and writes."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    distributed.init_process_group("gloo", init_method=meeting.as_uri(), rank=process, world_size=processes)
    encoder = Encoder()
    trainer = Trainer(encoder, Corpus(load_development(arguments.data), load_reading(), encoder.tokenizer))
    teacher = Teacher(trainer.corpus, trainer.look_around(), SEED + process)
    parameters = encoder.parameters
    optimizer = torch.optim.AdamW(parameters, lr=LEARNING_RATE)
    share = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / WARM_UP_STEPS) * max(0.03, 1 - step / arguments.steps)
    )
    started, recent = time.perf_counter(), []
    for step in range(1, arguments.steps + 1):
        losses = trainer.losses(teacher.lesson())
        optimizer.zero_grad()
        sum(losses.values(), torch.zeros(())).backward()  # type: ignore[no-untyped-call]
        average_gradients(parameters, processes)
        for key in sorted(trainer.means):
            trainer.means[key] = average(trainer.means[key], processes)
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        share.step()
        recent.append({name: float(loss.detach()) for name, loss in losses.items()})
        if process == 0 and step % 10 == 0:
            shown = " ".join(f"{name} {np.mean([each[name] for each in recent[-10:]]):.3f}" for name in losses)
            print(f"step {step}: {shown}, {time.perf_counter() - started:.0f} s", flush=True)
            encoder.save(arguments.to)


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--steps", type=int, default=190)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--to", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    with TemporaryDirectory() as meeting:
        spawned = (arguments.processes, Path(meeting) / "processes", arguments)
        multiprocessing.spawn(train, spawned, nprocs=arguments.processes)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
