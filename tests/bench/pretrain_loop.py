#!/usr/bin/env python3
"""Pretraining throughput of this program against loops over Hugging Face's EsmForMaskedLM: same shape,
same proteins, same threads, same tokens a step, contestants interleaved, medians printed.

    python3 -m venv /tmp/hf && /tmp/hf/bin/pip install torch==2.15.0 transformers==5.23.0
    /tmp/hf/bin/python tests/bench/pretrain_loop.py --bench build/release/tests/bench/pretrain_contestant \\
        --fasta ../shared/data/cross-species/yeast/proteins.fasta

plain  fp32, random proteins of up to 512 residues, padded to the longest
bf16   the same in bf16 (autocast)
tuned  bf16, pieces of up to 256, sorted by length, hardly any padding, memory kept by malloc

Residues are counted without padding, <cls> and <eos>. All optimise with AdamW and clip gradients; the
loops do masked language modelling alone, as does "ours"; "ours+" adds the contrastive loss.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import time

LETTERS = "LAGVSERTIDPKQNFYMHWCXBUZO.-"
KEPT = {"MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "1073741824"}


def read_fasta(path):
    parts = []
    for line in open(path):
        if line[0] == ">":
            parts.append([])
        else:
            parts[-1].append(line.strip())
    return ["".join(part) for part in parts]


def batches(sequences, budget, longest, is_sorted):
    """Endless lists of pieces; a list fills the budget with its padding."""
    rng = random.Random(1)
    while True:
        window = []
        for sequence in rng.sample(sequences, min(len(sequences), 2048)):
            start = rng.randrange(max(1, len(sequence) - longest + 1))
            window.append(sequence[start:start + longest])
        if is_sorted:
            window.sort(key=len)
        cut, batch = [], []
        for piece in window:
            if batch and (len(batch) + 1) * (max(max(map(len, batch)), len(piece)) + 2) > budget:
                cut.append(batch)
                batch = []
            batch.append(piece)
        rng.shuffle(cut)
        yield from cut


def tensors(torch, pieces):
    width = max(map(len, pieces)) + 2
    table = {letter: i + 4 for i, letter in enumerate(LETTERS)}
    ids = torch.ones(len(pieces), width, dtype=torch.long)
    for row, piece in enumerate(pieces):
        tokens = [0] + [table.get(letter, 3) for letter in piece] + [2]
        ids[row, :len(tokens)] = torch.tensor(tokens)
    labels = ids.clone()
    told = (torch.rand(ids.shape) < 0.15) & (ids >= 4) & (ids < 24)
    choice = torch.rand(ids.shape)
    labels[~told] = -100
    ids[told & (choice < 0.8)] = 32
    swapped = told & (choice >= 0.8) & (choice < 0.9)
    ids[swapped] = torch.randint(4, 24, (int(swapped.sum()),))
    return ids, labels


def loop(args):
    import torch
    from transformers import EsmConfig, EsmForMaskedLM
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    layers, width, heads = args.shape
    is_tuned = args.loop == "tuned"
    config = EsmConfig(vocab_size=33, num_hidden_layers=layers, hidden_size=width,
                       num_attention_heads=heads, intermediate_size=4 * width, pad_token_id=1,
                       mask_token_id=32, position_embedding_type="rotary", token_dropout=True,
                       attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0,
                       max_position_embeddings=1026)
    config._attn_implementation = "sdpa"
    model = EsmForMaskedLM(config).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.98), fused=is_tuned)
    source = batches(read_fasta(args.fasta), args.tokens, 256 if is_tuned else 512, is_tuned)
    seen, start = 0, None
    for step, pieces in enumerate(source):
        ids, labels = tensors(torch, pieces)
        with torch.autocast("cpu", torch.bfloat16, enabled=args.loop != "plain"):
            loss = model(ids, attention_mask=(ids != 1).long(), labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if step == 2:
            start, seen = time.perf_counter(), 0
        elif step > 2:
            seen += sum(map(len, pieces))
            if time.perf_counter() - start > args.seconds:
                break
    print(f"{seen / (time.perf_counter() - start):.1f}")


def measure(name, args):
    environment = dict(os.environ, OMP_NUM_THREADS=str(args.threads))
    shape = [str(number) for number in args.shape]
    if name.startswith("ours"):
        command = [args.bench, args.fasta, *shape, str(args.seconds), "0.1" if name == "ours+" else "0"]
    else:
        command = [sys.executable, __file__, "--loop", name, "--fasta", args.fasta, "--bench", "",
                   "--seconds", str(args.seconds), "--threads", str(args.threads),
                   "--tokens", str(args.tokens), "--shape", "x".join(shape)]
        environment.update(KEPT if name == "tuned" else {})
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{name}: {done.stderr[-2000:]}")
    return float(done.stdout.split()[-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", required=True)
    parser.add_argument("--fasta", required=True)
    parser.add_argument("--shape", default="4x256x4", type=lambda t: [int(n) for n in t.split("x")])
    parser.add_argument("--tokens", type=int, default=8192)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--loop", choices=["plain", "bf16", "tuned"], help="run this loop alone")
    args = parser.parse_args()
    if args.loop:
        loop(args)
        return
    import torch
    import transformers
    print(f"torch {torch.__version__}, transformers {transformers.__version__}, {args.threads} threads, "
          f"shape {args.shape}, {args.tokens} tokens a step, {args.rounds} rounds of {args.seconds} s")
    names = ["plain", "bf16", "tuned", "ours", "ours+"]
    rates = {name: [] for name in names}
    for _ in range(args.rounds):
        for name in names:
            rates[name].append(measure(name, args))
    best = statistics.median(rates["ours"])
    for name in names:
        middle = statistics.median(rates[name])
        print(f"{name:6} {middle:8.0f} residues/s  [{min(rates[name]):.0f}, {max(rates[name]):.0f}]"
              f"  ours/{name} {best / middle:.2f}")


if __name__ == "__main__":
    main()
