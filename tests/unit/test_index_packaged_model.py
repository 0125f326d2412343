import hashlib
import json
import threading
from pathlib import Path

import pytest
from packed_files import HIDDEN, INNER, LAYERS, VOCABULARY, dequantise_slowly, pack, tiny_tensors
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.errors import ModelUnavailable
from index.packaged_convert import FILES, build_tokenizer
from index.packaged_format import read_packed
from index.packaged_model import (
    MANIFEST,
    NAME,
    PACKED_SHA256,
    convert,
    is_whole,
    packaged_available,
    packaged_model,
)
from index.progress import SILENT


class Recorder:
    """A `Progress` that remembers, and can be told to interrupt at a step."""

    def __init__(self, interrupt_at: int | None = None) -> None:
        self.interrupt_at = interrupt_at
        self.stages: list[tuple[str, int | None]] = []
        self.steps = 0
        self.ended = 0

    def stage(self, label: str, total: int | None) -> None:
        """Remember the stage."""
        self.stages.append((label, total))
        self.steps = 0

    def advance(self, n: int = 1) -> None:
        """Count, and interrupt if told to."""
        self.steps += n
        if self.steps == self.interrupt_at:
            raise KeyboardInterrupt

    def done(self) -> None:
        """Count the ends."""
        self.ended += 1


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A packed model on disk."""
    path = tmp_path / "tiny-q4.bin"
    path.write_bytes(pack())
    return path


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def names_beside(directory: Path) -> set[str]:
    """All names in the folder that this one is in."""
    return {path.name for path in directory.parent.iterdir()}


def test_every_weight_arrives_under_its_name(packed: Path, tmp_path: Path) -> None:
    """Each tensor stands in the file under BertModel's name, row by row as it was, and the pooler is zero."""
    directory = tmp_path / "models" / "tiny"
    convert(packed, directory, digest_of(packed), SILENT)
    weights = load_file(directory / "model.safetensors")
    stored = {name: content for name, (_, content) in tiny_tensors().items()}
    assert len(weights) == len(stored) + 2
    word = weights["embeddings.word_embeddings.weight"]
    assert word.shape == (VOCABULARY, HIDDEN)
    assert word.ravel().tolist() == pytest.approx(dequantise_slowly(stored["emb.word"]))
    inner = weights["encoder.layer.1.intermediate.dense.weight"]
    assert inner.shape == (INNER, HIDDEN)
    assert inner.ravel().tolist() == pytest.approx(dequantise_slowly(stored["l1.fi.w"]))
    outer = weights["encoder.layer.0.output.dense.weight"]
    assert outer.shape == (HIDDEN, INNER)
    assert outer.ravel().tolist() == pytest.approx(dequantise_slowly(stored["l0.fo.w"]))
    norm = weights["encoder.layer.1.attention.output.LayerNorm.bias"]
    assert norm.tobytes() == stored["l1.aln.b"]
    assert not weights["pooler.dense.weight"].any()
    assert {str(weight.dtype) for weight in weights.values()} == {"float32"}


def test_the_settings_carry_dimensions_and_prompts(packed: Path, tmp_path: Path) -> None:
    """The model's dimensions come from the file, and its prompts cannot be forgotten."""
    directory = tmp_path / "models" / "tiny"
    convert(packed, directory, digest_of(packed), SILENT)
    bert = json.loads((directory / "config.json").read_text(encoding="utf-8"))
    assert (bert["hidden_size"], bert["num_hidden_layers"], bert["vocab_size"]) == (
        HIDDEN,
        LAYERS,
        VOCABULARY,
    )
    assert bert["layer_norm_eps"] == 1e-12
    own = json.loads((directory / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    assert own["prompts"] == {"query": "query: ", "document": "passage: ", "passage": "passage: "}


def test_the_written_tokenizer_is_the_built_one(packed: Path, tmp_path: Path) -> None:
    """What is loaded from the folder splits, and puts together again, as what was built."""
    directory = tmp_path / "models" / "tiny"
    convert(packed, directory, digest_of(packed), SILENT)
    tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
    ids = tokenizer.encode("ab a 日").ids
    assert ids == build_tokenizer(read_packed(packed.read_bytes())).encode("ab a 日").ids
    assert tokenizer.decode(ids) == "ab a 日"


def test_another_file_is_refused(packed: Path, tmp_path: Path) -> None:
    """A file with another digest is another model: it is not converted, and the message has the remedy."""
    with pytest.raises(ModelUnavailable, match=r"is not the expected model .* set VESTKA_MODEL") as raised:
        convert(packed, tmp_path / "models" / "tiny", "0" * 64, SILENT)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize("header", [{"layers": 2**31 - 1}, {"positions": 2**31 - 1}, {"inner": 256}])
def test_dimensions_that_the_tensors_lack_are_refused(tmp_path: Path, header: dict[str, int]) -> None:
    """A header that promises more than the tensors hold gives our error, and leaves nothing behind."""
    path, directory = tmp_path / "bad.bin", tmp_path / "models" / "tiny"
    path.write_bytes(pack(header=header))
    with pytest.raises(ModelUnavailable, match=r"no tensor|elements"):
        convert(path, directory, digest_of(path), SILENT)
    assert names_beside(directory) == {".tiny.lock"}


@pytest.mark.parametrize("step", [1, 5, 39])
def test_an_interrupted_conversion_is_done_again(packed: Path, tmp_path: Path, step: int) -> None:
    """After an interruption at any step nothing half-made is taken for a model, and the next run makes it."""
    directory = tmp_path / "models" / "tiny"
    with pytest.raises(KeyboardInterrupt):
        convert(packed, directory, digest_of(packed), Recorder(interrupt_at=step))
    assert not directory.exists()
    convert(packed, directory, digest_of(packed), SILENT)
    assert is_whole(directory)
    assert names_beside(directory) == {".tiny.lock", "tiny"}


def test_what_a_killed_conversion_left_is_removed(packed: Path, tmp_path: Path) -> None:
    """A draft left by a process that was killed is thrown away, not built upon."""
    directory = tmp_path / "models" / "tiny"
    draft = directory.with_name(".tiny.draft")
    draft.mkdir(parents=True)
    (draft / "junk").write_text("half")
    convert(packed, directory, digest_of(packed), SILENT)
    assert not (directory / "junk").exists()
    assert names_beside(directory) == {".tiny.lock", "tiny"}


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_a_damaged_copy_is_noticed_and_made_again(packed: Path, tmp_path: Path, name: str) -> None:
    """A converted model with a file cut short or missing is not whole, and the next run mends it."""
    directory = tmp_path / "models" / "tiny"
    convert(packed, directory, digest_of(packed), SILENT)
    content = (directory / name).read_bytes()
    (directory / name).write_bytes(content[:-3])
    assert not is_whole(directory)
    (directory / name).unlink()
    assert not is_whole(directory)
    convert(packed, directory, digest_of(packed), SILENT)
    assert is_whole(directory)
    assert (directory / name).read_bytes() == content


def test_two_at_once_make_one_model(packed: Path, tmp_path: Path) -> None:
    """Of two conversions at the same time one does the work, and the other waits for it."""
    directory = tmp_path / "models" / "tiny"
    recorders = [Recorder(), Recorder()]
    threads = [
        threading.Thread(target=convert, args=(packed, directory, digest_of(packed), recorder))
        for recorder in recorders
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    labels = [label for recorder in recorders for label, _ in recorder.stages]
    assert labels.count("Preparing the model (once)") == 1
    assert is_whole(directory)


def test_progress_counts_every_step(packed: Path, tmp_path: Path) -> None:
    """The steps announced are the steps taken."""
    recorder = Recorder()
    convert(packed, tmp_path / "models" / "tiny", digest_of(packed), recorder)
    assert recorder.stages == [("Preparing the model (once)", recorder.steps)]
    assert recorder.ended == 1


def test_a_place_that_cannot_be_written_is_named(packed: Path, tmp_path: Path) -> None:
    """A cache that cannot be written gives one line with the place and what to do."""
    (tmp_path / "models").write_text("a file, not a folder")
    with pytest.raises(ModelUnavailable, match=r"models.*XDG_CACHE_HOME"):
        convert(packed, tmp_path / "models" / "tiny", digest_of(packed), SILENT)


def test_a_converted_model_is_taken_as_it_is(packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands whole in the cache is returned at once, without a look at the package."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    directory = tmp_path / "vestka" / "models" / f"{NAME}-{PACKED_SHA256[:16]}"
    convert(packed, directory, digest_of(packed), SILENT)
    recorder = Recorder()
    assert packaged_available()
    assert packaged_model(recorder) == directory
    assert recorder.stages == []
