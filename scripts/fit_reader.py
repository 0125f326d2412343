"""Fits index/reader.npz, which reads a question and a passage together.

    python scripts/fit_reader.py ../shared/data [--minutes 13] [--work DIR] [--to FILE]

The states that the adapted model gives of all training questions and passages are made once. Then each question is
read with a passage that answers it and some that are near and do not, or only with those; that nothing answers is one
more choice, at even odds with a sentence of log-odds 0. In the end the calibrating documents, which nothing was trained
on, say how often the reader puts the right passage and sentence first and how well it tells that none is there.

Two processes with a thread each, since one with two mostly waits for itself, after five minutes for the states, which
are kept between runs. Twice as long finds sentences better (84 % for 82) but tells worse that none is there (AUROC .89
for .91 in the question's language, .76 for .79 in another): it learns the training questions by heart.
"""

from __future__ import annotations

import argparse
import pickle
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from development import CALIBRATE, NEWS, READING, TRAIN, XQUAD, Development, Item, load_development, load_reading
from reader_model import TorchReader, padded
from torch import distributed, multiprocessing, nn
from training import average_gradients

from index.adapter import SHIPPED as ADAPTER
from index.centre import normalise
from index.embed import OUTSIDE, SentenceTransformerEmbedder, heading, passage_input, token_owners
from index.generation import file_digest
from index.passages import split_passages
from index.reader import MAX_QUESTION_TOKENS, SHIPPED
from qa.measures import auroc, mean

SEED = 20261128
DIM = 384
QUERY, PASSAGE = "query: ", "passage: "
LEARNING_RATE, WEIGHT_DECAY, WARM_UP_STEPS, LAST_SHARE = 2e-3, 0.02, 100, 0.02
SHARES = {READING: 15, XQUAD: 6, NEWS: 4}
"""How many questions of each origin a step reads."""
NEAR, RIVALS = 12, 3
"""A question is read with so many rivals, of as many as lie near."""
NOT_THERE_LOSS = 0.5
"""What reading a question without the passage that answers weighs beside reading it with it."""
SAMPLE_TEXTS, SAMPLE_TOKENS = 1200, 12_000
JUDGED, JUDGED_PASSAGES = 300, 10


@dataclass(slots=True)
class Told:
    """A passage: states float16 (t, h) of its tokens, the sentences they are of, and its centred vectors."""

    language: str
    states: np.ndarray
    owners: np.ndarray
    vector: np.ndarray
    sentences: np.ndarray


@dataclass(slots=True)
class Asked:
    """A question in one language.

    Attributes:
        answers: by language, the passages and sentences that answer.
        told: by language, all passages of its article.
        near: passages that are near and do not answer.
    """

    item: Item
    language: str
    states: np.ndarray
    vector: np.ndarray
    answers: dict[str, list[tuple[int, int]]]
    told: dict[str, list[int]]
    near: list[int] = field(default_factory=list)


def read_all(data: Development, reading: Development) -> tuple[list[Told], list[Asked]]:
    """Make what is read of all articles and questions that train or calibrate."""
    embedder = SentenceTransformerEmbedder()
    items = [item for item in (*data.items, *reading.items) if item.part in (TRAIN, CALIBRATE)]
    wanted = {article_id for item in items for article_id in item.article_ids.values()}
    pairs = [
        (article, passage)
        for article in (*data.articles, *reading.articles)
        if article.article_id in wanted
        for passage in split_passages(article, embedder.count_tokens)
    ]
    inputs = [passage_input(*pair) for pair in pairs]
    headings = [heading(PASSAGE, each) for each in inputs]
    told: list[Told] = []
    texts = [before + each.text for before, each in zip(headings, inputs, strict=True)]
    for row, (states, offsets) in enumerate(in_order(embedder, texts)):
        owners = token_owners(offsets, len(PASSAGE), len(headings[row]), inputs[row].sentences)
        last = states[:, -embedder.dim :].astype(np.float32)
        whole = last.mean(0)
        members = [owners == at for at in range(len(inputs[row].sentences))]
        sentences = np.array([last[mine].mean(0) if mine.any() else whole for mine in members])
        kept = owners > OUTSIDE
        told.append(Told(pairs[row][0].language, states[kept], owners[kept], normalise(whole), normalise(sentences)))
    of_article: dict[str, list[int]] = defaultdict(list)
    for number, (article, _) in enumerate(pairs):
        of_article[article.article_id].append(number)
    asked: list[Asked] = []
    texts = [(item, language, text) for item in items for language, text in item.questions.items()]
    read = in_order(embedder, [QUERY + text for *_, text in texts])
    for (item, language, _), (states, _) in zip(texts, read, strict=True):
        answers = {
            other: [
                (number, at)
                for number in of_article[article_id]
                for at, span in enumerate(pairs[number][1].sentences)
                if item.holds(pairs[number][0], span)
            ]
            for other, article_id in item.article_ids.items()
        }
        of_item = {other: of_article[article_id] for other, article_id in item.article_ids.items()}
        whole = normalise(states[:, -embedder.dim :].astype(np.float32).mean(0))
        asked.append(Asked(item, language, states[:MAX_QUESTION_TOKENS], whole, answers, of_item))
    return told, asked


def in_order(embedder: SentenceTransformerEmbedder, texts: Sequence[str]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return float16 (t, h) states and int (t, 2) character spans of each text."""
    read: list[tuple[np.ndarray, np.ndarray]] = [(np.empty(0), np.empty(0))] * len(texts)
    for rows, states, offsets in embedder.states(texts):
        for row, of_row, spans in zip(rows, states, offsets, strict=True):
            read[row] = of_row.astype(np.float16), spans
    return read


def centre(told: Sequence[Told], asked: Sequence[Asked]) -> None:
    """Take the language means off all vectors."""
    for records, name in ((told, "vector"), (told, "sentences"), (asked, "vector")):
        for language in {each.language for each in records}:
            mine = [each for each in records if each.language == language]
            rows = np.concatenate([getattr(each, name).reshape(-1, DIM) for each in mine])
            for each in mine:
                setattr(each, name, normalise(getattr(each, name) - rows.mean(0)))


class Lessons:
    """Draws questions with passages to read them with."""

    def __init__(self, told: Sequence[Told], asked: Sequence[Asked], seed: int) -> None:
        self.told = told
        self.asked = [each for each in asked if each.item.part == TRAIN]
        self.by_origin = {o: [each for each in self.asked if each.item.origin == o] for o in SHARES}
        self.random = np.random.default_rng(seed)
        set_near(self.asked, told, NEAR)

    def draw(self) -> tuple[list[tuple[Asked, int]], np.ndarray, list[set[int]]]:
        """Return pairs of a question and a passage, which question each pair is of, and the sentences that answer."""
        pairs: list[tuple[Asked, int]] = []
        owners: list[int] = []
        right: list[set[int]] = []
        weights = 1 / np.sqrt(np.arange(1, NEAR + 1))
        chosen = [
            self.by_origin[origin][at]
            for origin, n in SHARES.items()
            for at in self.random.integers(len(self.by_origin[origin]), size=n)
        ]
        for number, each in enumerate(chosen):
            languages = [language for language, answers in each.answers.items() if answers]
            answers = each.answers[languages[self.random.integers(len(languages))]] if languages else []
            answering = {passage for passage, _ in answers}
            share = weights[: len(each.near)] / weights[: len(each.near)].sum()
            size = min(len(each.near), RIVALS + (not answering))
            rivals = [each.near[at] for at in self.random.choice(len(each.near), size, replace=False, p=share)]
            for passage in (*answering, *(rival for rival in rivals if rival not in answering)):
                pairs.append((each, passage))
                owners.append(number)
                right.append({sentence for of, sentence in answers if of == passage})
        return pairs, np.array(owners), right


def set_near(asked: Sequence[Asked], told: Sequence[Told], k: int) -> None:
    """Find for each question the passages of what is asked about that are near and do not answer it.

    Other paragraphs of a document may be said to leave a question open; a paragraph in another language may not.
    """
    pool = np.array(sorted({number for each in asked for numbers in each.told.values() for number in numbers}))
    vectors = np.stack([told[number].vector for number in pool])
    for each in asked:
        barred = {number for numbers in each.told.values() for number in numbers}
        if each.item.origin != XQUAD:
            barred = {number for answers in each.answers.values() for number, _ in answers}
        order = pool[np.argsort(-(vectors @ each.vector))[: k + len(barred)]].tolist()
        each.near = [number for number in order if number not in barred][:k]


def score(reader: TorchReader, pairs: Sequence[tuple[Asked, int]], told: Sequence[Told]) -> torch.Tensor:
    """Read pairs of a question and a passage. Returns: float32 (n, s), see TorchReader.forward."""
    size = max(len(told[number].sentences) for _, number in pairs)
    cosines = np.zeros((len(pairs), size), np.float32)
    for row, (each, number) in enumerate(pairs):
        cosines[row, : len(told[number].sentences)] = told[number].sentences @ each.vector
    return reader(
        padded([each.states for each, _ in pairs], [np.full(len(each.states), -1) for each, _ in pairs]),
        padded([told[number].states for _, number in pairs], [told[number].owners for _, number in pairs]),
        torch.from_numpy(cosines),
    )


def loss_of(scores: torch.Tensor, owners: np.ndarray, right: Sequence[set[int]]) -> torch.Tensor:
    """Return what the scores of a lesson cost, a mean over its questions."""
    gold = torch.zeros(scores.shape, dtype=torch.bool)
    for row, sentences in enumerate(right):
        gold[row, list(sentences)] = True
    total, n = scores.new_zeros(()), int(owners.max()) + 1
    for number in range(n):
        mine = torch.from_numpy(owners == number)
        of_question, answers = scores[mine].flatten(), gold[mine].flatten()
        wrong = torch.logsumexp(torch.cat([of_question.new_zeros(1), of_question[~answers]]), 0)
        if answers.any():
            best = torch.logsumexp(of_question[answers], 0)
            total = total + torch.logaddexp(best, wrong) - best + NOT_THERE_LOSS * wrong
        else:
            total = total + wrong
    return total / n


class Judge:
    """Reads some questions on the calibrating documents with the passages that lie nearest."""

    def __init__(self, told: Sequence[Told], asked: Sequence[Asked]) -> None:
        self.told = told
        mine = [each for each in asked if each.item.part == CALIBRATE]
        chance = np.random.default_rng(SEED)
        self.views: dict[str, list[tuple[Asked, str | None, list[int]]]] = {}
        for origin in (XQUAD, NEWS):
            of_origin = [each for each in mine if each.item.origin == origin]
            pool = np.array(sorted({n for each in of_origin for numbers in each.told.values() for n in numbers}))
            vectors = np.stack([told[number].vector for number in pool])
            views: list[tuple[Asked, str | None, list[int]]] = []
            for at in chance.permutation(len(of_origin))[:JUDGED].tolist():
                each = of_origin[at]
                order = pool[np.argsort(-(vectors @ each.vector))].tolist()
                own = {number for numbers in each.told.values() for number in numbers}
                answering = [language for language, answers in each.answers.items() if answers]
                for language in (*answering, None):
                    there = own - set(each.told[language] if language else ())
                    views.append((each, language, [n for n in order if n not in there][:JUDGED_PASSAGES]))
            self.views[origin] = views

    def report(self, reader: TorchReader) -> None:
        """Print how often the right passage and sentence come first, and how well a missing passage is told."""
        reader.eval()
        for origin, views in self.views.items():
            with torch.inference_mode():
                read = [score(reader, [(each, n) for n in near], self.told).numpy() for each, _, near in views]
            missing = [
                float(scores.max()) for scores, (_, language, _) in zip(read, views, strict=True) if not language
            ]
            for case, same in (("same", True), ("other", False)):
                firsts, sentences, best, nearest = [], [], [], []
                for scores, (each, language, near) in zip(read, views, strict=True):
                    if language is None or (language == each.language) != same:
                        continue
                    row, sentence = np.unravel_index(int(scores.argmax()), scores.shape)
                    right = near[row] in each.told[language]
                    firsts.append(float(right))
                    nearest.append(float(near[0] in each.told[language]))
                    best.append(float(scores.max()))
                    if right:
                        sentences.append(float((near[row], int(sentence)) in each.answers[language]))
                area = auroc([*best, *missing], [True] * len(best) + [False] * len(missing))
                print(
                    f"  {origin} {case}: {len(firsts)} questions, passage first {mean(firsts):.3f} (by its vector "
                    f"{mean(nearest):.3f}), then its sentence {mean(sentences):.3f}, AUROC {area:.3f}",
                    flush=True,
                )
        reader.train()


def train(process: int, processes: int, meeting: Path, states: Path, arguments: argparse.Namespace) -> None:
    """Train as one of some processes, which find each other at a file; the first one reports and writes."""
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", init_method=meeting.as_uri(), rank=process, world_size=processes)
    told, asked = read_kept(states)
    chance = np.random.default_rng(SEED)
    texts = [*(each.states for each in told), *(each.states for each in asked)]
    rows = np.concatenate([texts[at] for at in chance.permutation(len(texts))[:SAMPLE_TEXTS].tolist()])
    torch.manual_seed(SEED)
    reader = TorchReader(chance.permutation(rows)[:SAMPLE_TOKENS].astype(np.float32))
    lessons, judge = Lessons(told, asked, SEED + process), Judge(told, asked)
    torch.manual_seed(SEED + process)
    parameters = list(reader.parameters())
    optimizer = torch.optim.AdamW(parameters, lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    started, step, recent = time.monotonic(), 0, []
    share = torch.zeros(1)
    while share < 1:
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * min(1, (step + 1) / WARM_UP_STEPS) * max(LAST_SHARE, 1 - float(share))
        pairs, owners, right = lessons.draw()
        loss = loss_of(score(reader, pairs, told), owners, right)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        average_gradients(parameters, processes)
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        recent.append(float(loss.detach()))
        step += 1
        # The first process's clock counts for all.
        share[0] = (time.monotonic() - started) / (60 * arguments.minutes)
        distributed.broadcast(share, 0)
        if process == 0 and step % 50 == 0:
            print(f"step {step}: loss {np.mean(recent[-50:]):.3f}, {time.monotonic() - started:.0f} s", flush=True)
    if process == 0:
        reader.save(arguments.to)
        judge.report(reader)


def read_kept(path: Path) -> tuple[list[Told], list[Asked]]:
    """Read what an earlier call kept."""
    with path.open("rb") as file:
        told, asked = pickle.load(file)  # noqa: S301 - a file of our own
    return told, asked


def main() -> None:
    """Read, train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--minutes", type=float, default=13.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--work", type=Path, default=Path("/tmp/vestka-fit"), help="keeps the states between runs")  # noqa: S108 - a default to override
    parser.add_argument("--to", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    states = arguments.work / f"states-{file_digest(ADAPTER)[:16]}.pickle"
    if not states.is_file():
        told, asked = read_all(load_development(arguments.data), load_reading())
        centre(told, asked)
        print(f"{len(told):,} passages, {len(asked):,} questions", flush=True)
        arguments.work.mkdir(parents=True, exist_ok=True)
        states.write_bytes(pickle.dumps((told, asked)))
        del told, asked
    with TemporaryDirectory() as meeting:
        spawned = (arguments.processes, Path(meeting) / "processes", states, arguments)
        multiprocessing.spawn(train, spawned, nprocs=arguments.processes)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
