#!/usr/bin/env python3
"""Golden numbers for the ESM-2 backbone: a tiny random EsmModel of Hugging Face and what it computes.

Run once, by hand; the tests read only what it writes:
    python3 -m venv /tmp/hf && /tmp/hf/bin/pip install torch==2.15.0 transformers==5.23.0 safetensors
    /tmp/hf/bin/python tests/reference/make_esm2_golden.py tests/fixtures/esm2_tiny
"""

import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import EsmConfig, EsmModel

LETTERS = "LAGVSERTIDPKQNFYMHWCXBUZO.-"  # tokens 4 to 30 of facebook/esm2 vocab.txt
CLS, EOS, UNKNOWN = 0, 2, 3
SEQUENCES = [
    "MKTAYIAKQR",
    "M",
    "ACDEFGHIKLMNPQRSTVWYXBUZOJ",
    "MVLSPADKTNVKAAWGKVGAHAGEYGAEALERMFLSFPTTKTYFPHFDLSH",
    "GSHMGSHM",
    "MNIFEMLRIDEGLRLKIYKDTEGYYTIGIGHLLTKSPSLNAAKSELDKAIGRNTNGVITKDEAEKLFNQDVDAAVRG",
]


def tokens(sequence):
    ids = [LETTERS.index(c) + 4 if c in LETTERS else UNKNOWN for c in sequence]
    return torch.tensor([[CLS, *ids, EOS]])


def main(folder):
    torch.manual_seed(7)
    config = EsmConfig(
        vocab_size=33, mask_token_id=32, pad_token_id=1, hidden_size=32, num_hidden_layers=3,
        num_attention_heads=4, intermediate_size=128, position_embedding_type="rotary",
        token_dropout=True, emb_layer_norm_before=False, max_position_embeddings=1026,
        layer_norm_eps=1e-5, initializer_range=0.3, attn_implementation="eager",
    )
    model = EsmModel(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            # Biases and norms start at 0 and 1, which would hide a mistake in them.
            if name.endswith(".bias") or "LayerNorm" in name or "layer_norm" in name:
                parameter.add_(0.1 * torch.randn_like(parameter))
        # As in the published checkpoints, whose frequencies went through half precision.
        model.rotary_embeddings.inv_freq.copy_(model.rotary_embeddings.inv_freq.half().float())
        golden = {}
        for sequence in SEQUENCES:
            golden[sequence] = model(tokens(sequence)).last_hidden_state[0, 1:-1].contiguous()
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    save_file(golden, folder / "golden.safetensors")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
