#!/usr/bin/env python3
"""Head training of this program against PyTorch loops: the same embeddings, pairs, order of pairs,
initial weights, batches, optimiser and schedule, the same threads, contestants interleaved.

    python3 -m venv /tmp/hf && /tmp/hf/bin/pip install torch==2.15.0 safetensors numpy
    /tmp/hf/bin/python tests/bench/head_training_loop.py --data ../shared/data/bernett \\
        --bench build/release/tests/bench/head_training_contestant --cache /tmp/embeddings

ordinary  a Dataset of pairs, DataLoader, embeddings in a tensor, nn modules, AdamW: what one writes
careful   no DataLoader: index tensors sliced, rows gathered by index_select, AdamW(fused=True)
ours      this program's trainer

Pairs a second of the steps alone, and ratios of whole epochs with validation; by the clock, and by CPU
time, which other programs on the machine disturb less. Losses must agree to 1e-3 where dropout is 0;
with dropout the generators differ, and only speed is compared.
"""

import argparse
import math
import os
import statistics
import subprocess
import sys
import time

BATCH = 1024
RATE, DECAY = 2e-3, 0.1


def make_model(torch, features, dropout, width=32, hidden=32, heads=4):
    nn = torch.nn

    class Encoder(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(features, width)

        def forward(self, rows):
            return self.linear(nn.functional.dropout(rows, dropout, self.training))

    class Fusion(nn.Module):
        def __init__(self):
            super().__init__()
            self.slot_embedding = nn.Parameter(torch.zeros(1, width))
            self.null_token = nn.Parameter(torch.zeros(1, width))
            self.query = nn.Parameter(torch.zeros(heads, width // heads))
            self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(3))

        def forward(self, tokens, present):
            batch = tokens.shape[0]
            placed = torch.cat([self.null_token.expand(batch, 1, width), tokens + self.slot_embedding], 1)
            visible = torch.cat([torch.ones(batch, 1, dtype=torch.bool), present], 1)
            keys = self.key(placed).view(batch, -1, heads, width // heads)
            values = self.value(placed).view(batch, -1, heads, width // heads)
            logits = (keys * self.query).sum(-1) / math.sqrt(width // heads)
            weights = logits.masked_fill(~visible.unsqueeze(-1), -math.inf).softmax(1)
            return self.out((weights.unsqueeze(-1) * values).sum(1).reshape(batch, width))

    class Head(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(width, 1)
            self.hidden = nn.Linear(width, hidden)
            self.out = nn.Linear(hidden, 1)

        def forward(self, fused):
            hidden = nn.functional.gelu(self.hidden(fused))
            hidden = nn.functional.dropout(hidden, dropout, self.training)
            return (self.linear(fused) + self.out(hidden)).squeeze(-1)

    class PairModel(nn.Module):
        def __init__(self):
            super().__init__()
            self.encoder_sequence = Encoder()
            self.join_sequence = nn.Linear(3 * width, width)
            self.fusion = Fusion()
            self.head = Head()

        def forward(self, a, b):
            a, b = self.encoder_sequence(a), self.encoder_sequence(b)
            joined = self.join_sequence(torch.cat([a + b, (a - b).abs(), a * b], -1))
            present = torch.ones(joined.shape[0], 1, dtype=torch.bool)
            return self.head(self.fusion(joined.unsqueeze(1), present))

    return PairModel()


def groups(model):
    """Decay on matrices only, as the program does."""
    named = list(model.named_parameters())
    return [{"params": [p for n, p in named if n.endswith(".weight")], "weight_decay": DECAY},
            {"params": [p for n, p in named if not n.endswith(".weight")], "weight_decay": 0.0}]


def ordinary_batches(torch, table, part, order):
    class Pairs(torch.utils.data.Dataset):
        def __init__(self):
            self.a, self.b, self.labels = (part[key] for key in ("a", "b", "labels"))

        def __len__(self):
            return len(self.labels)

        def __getitem__(self, i):
            return self.a[i], self.b[i], self.labels[i]

    loader = torch.utils.data.DataLoader(Pairs(), batch_size=BATCH, sampler=order)
    for a, b, labels in loader:
        yield table[a], table[b], labels


def careful_batches(torch, table, part, order):
    a, b, labels = (part[key].index_select(0, order) for key in ("a", "b", "labels"))
    for i in range(0, len(labels), BATCH):
        yield (table.index_select(0, a[i:i + BATCH]), table.index_select(0, b[i:i + BATCH]),
               labels[i:i + BATCH])


def loop(args):
    import torch
    from safetensors.torch import load_file
    torch.set_num_threads(args.threads)
    state = load_file(args.problem)
    table = state["embeddings"]
    parts = {name: {key: state[f"{name}.{key}"] for key in ("a", "b", "labels")}
             for name in ("train", "validation")}
    model = make_model(torch, table.shape[1], args.dropout)
    model.load_state_dict({n[len("weights."):]: t for n, t in state.items() if n.startswith("weights.")})
    is_careful = args.loop == "careful"
    batches = careful_batches if is_careful else ordinary_batches
    optimizer = torch.optim.AdamW(groups(model), lr=RATE, fused=is_careful or None)
    steps = args.epochs * -(-len(parts["train"]["labels"]) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: 0.5 * (1 + math.cos(math.pi * step / steps)))
    loss_function = torch.nn.BCEWithLogitsLoss()
    plain_order = torch.arange(len(parts["validation"]["labels"]))
    for epoch in range(1, args.epochs + 1):
        start, used, total = time.perf_counter(), time.process_time(), 0.0
        model.train()
        for a, b, labels in batches(torch, table, parts["train"], state[f"order.{epoch}"]):
            loss = loss_function(model(a, b), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(labels)
        steps_seconds, steps_used = time.perf_counter() - start, time.process_time() - used
        model.eval()
        with torch.no_grad():
            scores = [model(a, b).sigmoid() for a, b, _ in
                      batches(torch, table, parts["validation"], plain_order)]
            assert len(torch.cat(scores)) == len(plain_order)
        print(f"{total / len(parts['train']['labels']):.8f} {steps_seconds:.4f} "
              f"{time.perf_counter() - start:.4f} {steps_used:.4f} {time.process_time() - used:.4f}",
              flush=True)


def measure(name, args):
    environment = dict(os.environ, OMP_NUM_THREADS=str(args.threads))
    environment.pop("OPENBLAS_CORETYPE", None)
    environment.pop("OPENBLAS_L2_SIZE", None)
    if name == "ours":
        command = [args.bench, args.data, args.cache, args.problem, str(args.epochs),
                   str(args.threads), str(args.dropout), args.backbone]
    else:
        command = [sys.executable, __file__, "--loop", name, "--problem", args.problem,
                   "--threads", str(args.threads), "--epochs", str(args.epochs),
                   "--dropout", str(args.dropout)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{name}: {done.stderr[-2000:]}")
    return [[float(number) for number in line.split()] for line in done.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench")
    parser.add_argument("--data")
    parser.add_argument("--cache", help="folder of cached embeddings; filled on first use")
    parser.add_argument("--problem", default="/tmp/head_training.safetensors")
    parser.add_argument("--backbone", default="unirep")
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--loop", choices=["ordinary", "careful"], help="run this loop alone")
    args = parser.parse_args()
    if args.loop:
        loop(args)
        return
    import torch
    names = ["ours", "ordinary", "careful"]  # ours first: it writes the problem
    runs = {name: [] for name in names}
    for _ in range(args.rounds):
        for name in names:
            runs[name].append(measure(name, args))
    from safetensors import safe_open
    with safe_open(args.problem, "pt") as problem:
        proteins, features = problem.get_slice("embeddings").get_shape()
        pairs = problem.get_slice("train.labels").get_shape()[0]
    print(f"torch {torch.__version__}, {args.threads} thread(s), {proteins} proteins x {features}, "
          f"{pairs} training pairs, batches of {BATCH}, dropout {args.dropout}, median epoch of {args.rounds} x {args.epochs}")
    curves = {name: [epoch[0] for epoch in runs[name][0]] for name in names}
    apart = max(abs(a - b) for name in names for a, b in zip(curves["ours"], curves[name]))
    print(f"losses {', '.join(f'{loss:.5f}' for loss in curves['ours'])}; the furthest apart {apart:.1e}")
    if apart > 1e-3 and args.dropout == 0:
        sys.exit("the loss curves differ: this is not the same training")
    seconds = {name: [statistics.median(epoch[column] for run in runs[name] for epoch in run)
                      for column in range(1, 5)] for name in names}
    for name in names:
        steps, whole, used, whole_used = (theirs / ours for theirs, ours in
                                          zip(seconds[name], seconds["ours"]))
        print(f"{name:9}{pairs / seconds[name][0]:9.0f} pairs/s, {pairs / seconds[name][2]:9.0f} a CPU second"
              f"   ours/{name}: {steps:.2f} (CPU {used:.2f}); with validation {whole:.2f} (CPU {whole_used:.2f})")


if __name__ == "__main__":
    main()
