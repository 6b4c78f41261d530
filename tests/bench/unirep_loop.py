#!/usr/bin/env python3
"""UniRep: this program against an ordinary PyTorch loop of the same kind (per-letter tables, bfloat16,
batches sorted by length, the best of three sizes), same weights, proteins and threads, agreement
checked before anything is timed, contestants interleaved, medians printed.

    /tmp/hf/bin/python tests/bench/unirep_loop.py --bench build/release/tests/bench/embed_contestant \\
        --weights ~/.local/share/twofold/backbones/unirep-1900 \\
        --fasta ../shared/data/cross-species/yeast/proteins.fasta [--proteins 600]
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time

import numpy as np
import torch
from safetensors.torch import load_file

from embedding_contest import read_fasta

LETTERS = "-MRHKDESTNQCUGPAVIFYWLO"


class Layer:
    def __init__(self, arrays, number, embedding, dtype):
        def matrix(name, gain):
            w = torch.from_numpy(arrays[f"mlstm.{number}.{name}"])
            g = torch.from_numpy(arrays[f"mlstm.{number}.{gain}"])
            return w / w.square().sum(0, keepdim=True).clamp_min(1e-12).sqrt() * g

        self.wmh = matrix("wmh", "gmh").to(dtype)
        self.wh = matrix("wh", "gh").to(dtype)
        self.wmx, self.wx = matrix("wmx", "gmx"), matrix("wx", "gx")
        self.b = torch.from_numpy(arrays[f"mlstm.{number}.b"])
        self.units = self.wmh.shape[0]
        self.tables = None
        if embedding is not None:
            self.tables = ((embedding @ self.wmx).to(dtype), (embedding @ self.wx + self.b).to(dtype))
        else:
            self.wmx, self.wx, self.b = self.wmx.to(dtype), self.wx.to(dtype), self.b.to(dtype)

    def step(self, x, h, c):
        if self.tables is not None:
            mx, zx = self.tables[0][x], self.tables[1][x]
        else:
            mx, zx = x @ self.wmx, torch.addmm(self.b, x, self.wx)
        z = torch.addmm(zx, mx * (h @ self.wmh), self.wh)
        i, f, o, u = z.chunk(4, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(u)  # of c's type
        return (torch.sigmoid(o) * torch.tanh(c)).to(h.dtype), c


def embed(layers, sequences, batch, dtype, cell_dtype):
    table = torch.full((256,), 23, dtype=torch.long)
    for number, letter in enumerate(LETTERS):
        table[ord(letter)] = number
    order = sorted(range(len(sequences)), key=lambda i: -len(sequences[i]))
    result = [None] * len(sequences)
    for begin in range(0, len(order), batch):
        chosen = order[begin:begin + batch]
        lengths = [len(sequences[i]) + 1 for i in chosen]
        tokens = torch.zeros(len(chosen), lengths[0], dtype=torch.long)
        for row, i in enumerate(chosen):
            tokens[row, 0] = 24
            tokens[row, 1:lengths[row]] = table[torch.frombuffer(
                bytearray(sequences[i].encode()), dtype=torch.uint8).long()]
        h = [torch.zeros(len(chosen), l.units, dtype=dtype) for l in layers]
        c = [x.to(cell_dtype) for x in h]
        sums = [torch.zeros(len(chosen), l.units) for l in layers]
        active = len(chosen)
        for t in range(lengths[0]):
            while lengths[active - 1] <= t:
                active -= 1
            x = tokens[:active, t]
            for n, layer in enumerate(layers):
                h[n], c[n] = layer.step(x, h[n][:active], c[n][:active])
                sums[n][:active] += h[n]
                x = h[n]
        means = torch.cat(sums, 1) / torch.tensor(lengths)[:, None]
        for row, i in enumerate(chosen):
            result[i] = means[row]
    return torch.stack(result)


def tell_drift(name, vectors, reference):
    """A recurrence carries rounding on: a few proteins drift far, so the spread is told."""
    cosines = torch.nn.functional.cosine_similarity(vectors.float(), reference.float(), dim=1)
    print(f"{name}: cosine to the loop in fp32: median {cosines.median():.6f}, least {cosines.min():.5f}, "
          f"{(cosines < 0.999).float().mean():.2%} below .999")
    return cosines.min().item()


class Twofold:
    def __init__(self, bench, weights, fasta, precision, threads):
        self.process = subprocess.Popen([bench, weights, fasta, precision, str(threads)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline().strip() == "ready"

    def run(self, out=""):
        self.process.stdin.write(f"{out}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())["seconds"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", required=True)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--fasta", required=True)
    parser.add_argument("--proteins", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        os.environ.pop(name, None)
    torch.set_num_threads(options.threads)
    torch.set_grad_enabled(False)
    arrays = np.load(f"{options.weights}/model_weights.npz", allow_pickle=False)
    embedding = torch.from_numpy(arrays["embedding"])
    count = sum(name.endswith(".wmh") for name in arrays.files)
    layers = [Layer(arrays, n, embedding if n == 0 else None, torch.bfloat16) for n in range(count)]
    proteins = read_fasta(options.fasta, options.proteins, longest=None)
    residues = sum(map(len, proteins.values()))
    print(f"torch {torch.__version__}, {options.threads} threads, {len(proteins)} proteins, "
          f"{residues} residues, {options.weights}")

    with tempfile.TemporaryDirectory() as folder:
        fasta = f"{folder}/proteins.fasta"
        open(fasta, "w").write("".join(f">{n}\n{s}\n" for n, s in proteins.items()))
        ours = {p: Twofold(options.bench, options.weights, fasta, p, options.threads)
                for p in ("fp32", "bf16", "int8")}
        sequences = list(proteins.values())
        exact = [Layer(arrays, n, embedding if n == 0 else None, torch.float32) for n in range(count)]
        reference = embed(exact, sequences, 256, torch.float32, torch.float32)
        for cell in (torch.float32, torch.bfloat16):
            tell_drift(f"PyTorch loop bf16, cells {cell}",
                       embed(layers, sequences, 256, torch.bfloat16, cell), reference)
        for precision, contestant in ours.items():
            contestant.run(f"{folder}/v.safetensors")
            made = load_file(f"{folder}/v.safetensors")
            least = tell_drift(f"twofold {precision}",
                               torch.stack([made[name] for name in proteins]), reference)
            assert least > {"fp32": 0.99999, "bf16": 0.999, "int8": 0.8}[precision]
        seconds = {}
        for _ in range(options.rounds):
            for precision, contestant in ours.items():
                seconds.setdefault(f"twofold {precision}", []).append(contestant.run())
            for batch, cell in ((128, "fp32"), (256, "fp32"), (512, "fp32"), (256, "bf16")):
                started = time.perf_counter()
                embed(layers, sequences, batch, torch.bfloat16,
                      torch.float32 if cell == "fp32" else torch.bfloat16)
                seconds.setdefault(f"PyTorch loop bf16, cells {cell}, batches of {batch}", []).append(
                    time.perf_counter() - started)
    rates = {name: residues / statistics.median(times) for name, times in seconds.items()}
    best = max(rate for name, rate in rates.items() if "cells fp32" in name)
    for name, rate in rates.items():
        print(f"{name:46s} {rate:10,.0f} residues/s   {rate / best:5.2f}x the best sound loop")
    reached = rates["twofold bf16"] / best
    print(f"  {'reached' if reached >= 1.5 else 'NOT REACHED'}: 1.5 x the best sound loop, twofold bf16 ({reached:.2f})")


if __name__ == "__main__":
    main()
