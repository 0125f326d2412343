"""Writes a packed model as the folder that sentence-transformers loads: weights, tokenizer, settings."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import save_file
from tokenizers import (  # type: ignore[import-untyped]
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    normalizers,
    pre_tokenizers,
    processors,
)
from tokenizers.models import Unigram  # type: ignore[import-untyped]

from index.packaged_format import PackedModel, damaged

FILES = (
    "1_Pooling/config.json",
    "2_Normalize/config.json",
    "config.json",
    "config_sentence_transformers.json",
    "model.safetensors",
    "modules.json",
    "sentence_bert_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
)
"""Every file that a converted model has."""

# A private-use character that keeps the fullwidth tilde from NFKC: the model's vocabulary has that tilde.
_TILDE, _STAND_IN = "\uff5e", "\ue000"
_SPECIAL_TOKENS = {
    "bos_token": "<s>",
    "cls_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
    "mask_token": "<mask>",
}
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def count_steps(packed: PackedModel) -> int:
    """How often `write_model` will call `step` for this model."""
    return 2 + 5 + 2 * len(_PARTS) * packed.layers


def write_model(packed: PackedModel, directory: Path, step: Callable[[], None]) -> None:
    """Write all of `FILES` into an existing folder. Raises: ModelUnavailable, OSError."""
    for name, content in _settings(packed).items():
        path = directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    (directory / "tokenizer.json").write_text(build_tokenizer(packed).to_str(), encoding="utf-8")
    step()
    weights = directory / "model.safetensors"
    try:
        save_file(_unpack_weights(packed, step), weights, metadata={"format": "pt"})
    except SafetensorError as error:
        raise OSError(f"the weights could not be written: {error}") from error
    # safetensors makes it readable for its owner alone, unlike the rest: bad for a model prepared by root.
    shutil.copymode(directory / "tokenizer.json", weights)
    step()


def build_tokenizer(packed: PackedModel) -> Tokenizer:
    """The model's tokenizer, which splits text as XLM-RoBERTa's does. Raises: ModelUnavailable."""
    special = [packed.pieces[token][0] for token in (packed.begin, packed.end, packed.pad, packed.unknown)]
    if special != ["<s>", "</s>", "<pad>", "<unk>"]:
        raise damaged("its special tokens are not those of XLM-RoBERTa")
    tokenizer = Tokenizer(Unigram(packed.pieces, unk_id=packed.unknown, byte_fallback=False))
    tokenizer.normalizer = _build_normaliser(packed)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", packed.begin), ("</s>", packed.end)],
    )
    # A space before the mask belongs to it, as in the original.
    tokenizer.add_special_tokens(
        [AddedToken(text, lstrip=text == "<mask>") for text in dict.fromkeys(_SPECIAL_TOKENS.values())]
    )
    return tokenizer


def _build_normaliser(packed: PackedModel) -> normalizers.Normalizer:
    """SentencePiece's nmt_nfkc from parts, checked against the entries that the model was trained with.

    The charsmap in the sentencepiece package is of a newer Unicode: it differs in 174 code points, among
    them the joiner of Indic scripts and emoji; this differs in one that no piece of the vocabulary has.
    """
    nmt_nfkc = normalizers.Sequence(
        [
            normalizers.Replace(_TILDE, _STAND_IN),
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(_STAND_IN, _TILDE),
        ]
    )
    for code_point, replacement in packed.normalisation.items():
        if nmt_nfkc.normalize_str(code_point) != replacement:
            raise damaged(f"the tokenizers package normalises U+{ord(code_point):04X} otherwise")
    return normalizers.Sequence([nmt_nfkc, normalizers.Replace(Regex(" {2,}"), " ")])


def _unpack_weights(packed: PackedModel, step: Callable[[], None]) -> dict[str, NDArray[np.float32]]:
    """All tensors under the names of transformers' BertModel."""
    hidden, inner = packed.hidden, packed.feed_forward
    weights: dict[str, NDArray[np.float32]] = {}

    def unpack(name: str, packed_name: str, *shape: int) -> None:
        weights[name] = packed.tensor(packed_name, *shape)
        step()

    unpack("embeddings.word_embeddings.weight", "emb.word", packed.vocabulary, hidden)
    unpack("embeddings.position_embeddings.weight", "emb.pos", packed.positions, hidden)
    unpack("embeddings.token_type_embeddings.weight", "emb.type", packed.types, hidden)
    unpack("embeddings.LayerNorm.weight", "emb.ln.w", hidden)
    unpack("embeddings.LayerNorm.bias", "emb.ln.b", hidden)
    for layer in range(packed.layers):
        for short, long in _PARTS.items():
            rows, columns = inner if short == "fi" else hidden, inner if short == "fo" else hidden
            shape = (rows,) if short.endswith("ln") else (rows, columns)
            unpack(f"encoder.layer.{layer}.{long}.weight", f"l{layer}.{short}.w", *shape)
            unpack(f"encoder.layer.{layer}.{long}.bias", f"l{layer}.{short}.b", rows)
    # The file has no pooler, and nothing uses it; without these two, transformers warns at each start.
    weights["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    weights["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return weights


def _settings(packed: PackedModel) -> dict[str, Any]:
    bert = {
        "architectures": ["BertModel"],
        "attention_probs_dropout_prob": 0.1,
        "classifier_dropout": None,
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "hidden_size": packed.hidden,
        "initializer_range": 0.02,
        "intermediate_size": packed.feed_forward,
        "layer_norm_eps": float(f"{packed.epsilon:.6g}"),
        "max_position_embeddings": packed.positions,
        "model_type": "bert",
        "num_attention_heads": packed.heads,
        "num_hidden_layers": packed.layers,
        "pad_token_id": packed.pad,
        # From 4.57.3 on, transformers takes every tokenizer without a known name for a faulty one of Mistral.
        "transformers_version": "4.57.1",
        "type_vocab_size": packed.types,
        "vocab_size": packed.vocabulary,
    }
    tokenizer = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": packed.positions,
        "model_input_names": ["input_ids", "attention_mask"],
        "clean_up_tokenization_spaces": False,
        **_SPECIAL_TOKENS,
    }
    base = "sentence_transformers.base.modules"
    pooling = "sentence_transformers.sentence_transformer.modules.pooling.Pooling"
    return {
        "config.json": bert,
        "tokenizer_config.json": tokenizer,
        "special_tokens_map.json": _SPECIAL_TOKENS,
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{base}.transformer.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": pooling},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{base}.normalize.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": packed.positions, "do_lower_case": False},
        "1_Pooling/config.json": {"embedding_dimension": packed.hidden, "pooling_mode": "mean"},
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "document": "passage: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
