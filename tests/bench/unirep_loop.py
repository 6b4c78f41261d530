#!/usr/bin/env python3
"""UniRep as an ordinary PyTorch loop: per-letter tables, bfloat16, batches sorted by length.
Prints JSON: residues a second (best of the rounds), and the vectors with --out.

    unirep_loop.py model_weights.npz proteins.fasta [--limit N] [--rounds N] [--batch N] [--dtype D]
"""
import argparse
import json
import time

import numpy as np
import torch

LETTERS = "-MRHKDESTNQCUGPAVIFYWLO"


def read_fasta(path, limit):
    sequences, current = [], []
    with open(path) as lines:
        for line in lines:
            if line.startswith(">"):
                if current:
                    sequences.append("".join(current))
                current = []
            else:
                current.append(line.strip())
    sequences.append("".join(current))
    return sequences[:limit] if limit else sequences


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
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(u)
        return torch.sigmoid(o) * torch.tanh(c), c


def embed(layers, sequences, batch, dtype):
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
        c = [torch.zeros_like(x) for x in h]
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("weights")
    parser.add_argument("fasta")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--dtype", default="bfloat16")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_grad_enabled(False)
    dtype = getattr(torch, arguments.dtype)
    arrays = np.load(arguments.weights, allow_pickle=False)
    embedding = torch.from_numpy(arrays["embedding"])
    count = sum(name.endswith(".wmh") for name in arrays.files)
    layers = [Layer(arrays, n, embedding if n == 0 else None, dtype) for n in range(count)]
    sequences = read_fasta(arguments.fasta, arguments.limit)
    residues = sum(map(len, sequences))
    best, vectors = None, None
    for _ in range(arguments.rounds):
        started = time.perf_counter()
        vectors = embed(layers, sequences, arguments.batch, dtype)
        seconds = time.perf_counter() - started
        best = seconds if best is None else min(best, seconds)
    if arguments.out:
        np.save(arguments.out, vectors.numpy())
    print(json.dumps({"torch": torch.__version__, "residues": residues, "seconds": best,
                      "residues_per_second": residues / best}))


if __name__ == "__main__":
    main()
