#!/usr/bin/env python3
"""Embedding throughput of this program against Hugging Face and esm-cpp: same weights, same proteins,
same threads, agreement checked before anything is timed, contestants interleaved, medians printed.

    python3 -m venv /tmp/hf && /tmp/hf/bin/pip install torch==2.15.0 transformers==5.23.0 safetensors
    python3 -m venv /tmp/esmcpp && /tmp/esmcpp/bin/pip install esm-cpp==0.2.1
    /tmp/hf/bin/python tests/bench/embedding_contest.py --bench build/release/tests/bench/embed_contestant \\
        --fasta ../shared/data/cross-species/yeast/proteins.fasta --shape 8M [--esmcpp /tmp/esmcpp/bin/python]

Weights are random of the published shape. Hugging Face runs with glibc's malloc as it is and with a
raised mmap threshold, without which it spends much of its time in page faults; the better one counts.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

SHAPES = {  # layers, width, heads, proteins, proteins for the slow default
    "8M": (6, 320, 20, 160, 40), "35M": (12, 480, 20, 80, 16), "150M": (30, 640, 20, 24, 6)}
LETTERS = "LAGVSERTIDPKQNFYMHWCXBUZO.-"
LONGEST = 1022
TOKENS = 4096


def read_fasta(path, count, longest=LONGEST):
    """Every n-th protein, so that lengths are as in the whole file; cut at what the network saw."""
    names, parts = [], []
    for line in open(path):
        if line[0] == ">":
            names.append(line[1:].split()[0])
            parts.append([])
        else:
            parts[-1].append(line.strip())
    step = max(1, len(names) // count)
    return {names[i]: "".join(parts[i])[:longest] for i in range(0, min(step * count, len(names)), step)}


def write_fasta(path, proteins):
    path.write_text("".join(f">{name}\n{sequence}\n" for name, sequence in proteins.items()))


def make_weights(folder, layers, width, heads):
    import torch
    from safetensors.torch import load_file, save_file
    from transformers import EsmConfig, EsmForMaskedLM
    torch.manual_seed(1)
    config = EsmConfig(
        vocab_size=33, mask_token_id=32, pad_token_id=1, hidden_size=width, num_hidden_layers=layers,
        num_attention_heads=heads, intermediate_size=4 * width, position_embedding_type="rotary",
        token_dropout=True, emb_layer_norm_before=False, max_position_embeddings=1026,
        layer_norm_eps=1e-5)
    EsmForMaskedLM(config).save_pretrained(folder)
    # As published: each layer's copy of the frequencies and older names, which esm-cpp looks for.
    path = f"{folder}/model.safetensors"
    weights = {name.replace(".gamma", ".weight").replace(".beta", ".bias"): value
               for name, value in load_file(path).items() if "inv_freq" not in name}
    frequencies = 1 / 10000 ** (torch.arange(0, width // heads, 2) / (width / heads))
    for layer in range(layers):
        name = f"esm.encoder.layer.{layer}.attention.self.rotary_embeddings.inv_freq"
        weights[name] = frequencies.clone()
    weights.setdefault("lm_head.decoder.weight", weights["esm.embeddings.word_embeddings.weight"].clone())
    save_file(weights, path, {"format": "pt"})


class HuggingFace:
    def __init__(self, folder, attention, dtype, order):
        import torch
        from transformers import EsmModel
        self.torch, self.order = torch, order
        self.model = EsmModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation=attention).eval()
        self.model = self.model.to(getattr(torch, dtype))

    def batches(self, proteins):
        names = list(proteins)
        if self.order == "eights":
            import random
            random.Random(1).shuffle(names)
            return [names[i : i + 8] for i in range(0, len(names), 8)]
        names.sort(key=lambda name: -len(proteins[name]))
        batches = [[]]
        for name in names:
            longest = len(proteins[(batches[-1] or [name])[0]]) + 2
            if (len(batches[-1]) + 1) * longest > TOKENS:
                batches.append([])
            batches[-1].append(name)
        return batches

    def embed(self, proteins):
        torch, vectors = self.torch, {}
        with torch.inference_mode():
            for names in self.batches(proteins):
                lengths = [len(proteins[name]) for name in names]
                ids = torch.ones(len(names), max(lengths) + 2, dtype=torch.long)
                mask = torch.zeros_like(ids)
                for row, name in enumerate(names):
                    tokens = [0, *(LETTERS.find(c) + 4 if c in LETTERS else 3 for c in proteins[name]), 2]
                    ids[row, : len(tokens)] = torch.tensor(tokens)
                    mask[row, : len(tokens)] = 1
                even = bool(mask.all())
                hidden = self.model(ids, attention_mask=None if even else mask).last_hidden_state
                for row, name in enumerate(names):
                    vectors[name] = hidden[row, 1 : lengths[row] + 1].float().mean(0)
        return vectors


class EsmCpp:
    def __init__(self, folder, precision):
        import esm_cpp
        self.model = esm_cpp.Model.load_from_safetensors(f"{folder}/model.safetensors")
        self.tokenizer = esm_cpp.Tokenizer()
        if precision == "int8":
            self.model.quantize_weights()

    def embed(self, proteins):
        self.model.forward_scheduled([self.tokenizer.encode(s) for s in proteins.values()])
        return {}  # logits only: agreement is not checked


def serve(kind, folder, fasta, *settings):
    """A contestant: embeds once a line, and writes its vectors to the file that the line names."""
    proteins = read_fasta(fasta, 10**9)
    if kind == "hf":
        import torch
        torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
        contestant = HuggingFace(folder, *settings)
    else:
        contestant = EsmCpp(folder, *settings)
    print("ready", flush=True)
    for line in sys.stdin:
        wall, process = time.perf_counter(), time.process_time()
        vectors = contestant.embed(proteins)
        answer = {"seconds": time.perf_counter() - wall, "process_seconds": time.process_time() - process,
                  "residues": sum(map(len, proteins.values()))}
        if line.strip():
            from safetensors.torch import save_file
            save_file({name: value.clone() for name, value in vectors.items()}, line.strip())
        print(json.dumps(answer), flush=True)


class Contestant:
    def __init__(self, name, command, environment, agrees=True):
        self.name, self.agrees, self.rates, self.process_rates = name, agrees, [], []
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True, env=environment)
        if self.process.stdout.readline().strip() != "ready":
            raise RuntimeError(f"{name} did not start")

    def run(self, out=""):
        self.process.stdin.write(f"{out}\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return answer["residues"] / answer["seconds"], answer["residues"] / answer["process_seconds"]

    def time(self):
        rate, process_rate = self.run()
        self.rates.append(rate)
        self.process_rates.append(process_rate)


def make_contestants(options, folder, fasta, few):
    base = {k: v for k, v in os.environ.items() if k not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    base["OMP_NUM_THREADS"] = str(options.threads)
    raised = {**base, "MALLOC_MMAP_THRESHOLD_": "4294967296", "MALLOC_TRIM_THRESHOLD_": "4294967296"}
    hf = [sys.executable, __file__, "--serve", "hf", folder]
    ours = [options.bench, folder, fasta]
    contestants = [Contestant(f"twofold {p}", [*ours, p, str(options.threads)], base)
                   for p in options.precisions]
    settings = [("eager fp32, batches of 8", few, "eager", "float32", "eights"),
                ("SDPA fp32, sorted", fasta, "sdpa", "float32", "sorted"),
                ("SDPA bf16, sorted", fasta, "sdpa", "bfloat16", "sorted")]
    for name, proteins, *rest in settings:
        for label, environment in (("", base), (", raised mmap threshold", raised)):
            contestants.append(Contestant(f"Hugging Face {name}{label}", [*hf, proteins, *rest],
                                          environment, proteins == fasta))
    if options.esmcpp:
        for precision in ("fp32", "int8"):
            contestants.append(Contestant(
                f"esm-cpp {precision}",
                [options.esmcpp, __file__, "--serve", "esmcpp", folder, fasta, precision], base, False))
    return contestants


def check_agreement(contestants, folder):
    import torch
    from safetensors.torch import load_file
    reference = None
    for contestant in [c for c in contestants if "SDPA fp32" in c.name] + contestants:
        path = f"{folder}/vectors.safetensors"
        contestant.run(path if contestant.agrees else "")
        if not contestant.agrees:
            continue
        vectors = load_file(path)
        reference = reference or vectors
        worst = min(torch.cosine_similarity(vectors[n].float(), reference[n].float(), 0).item() for n in reference)
        print(f"  worst cosine to Hugging Face fp32 {worst:.6f}  {contestant.name}", flush=True)
        if worst < (0.995 if "int8" in contestant.name else 0.999):
            raise RuntimeError(f"{contestant.name} computes something else")


# What this program wants to be beside a rival, by shape where it depends on it.
AIMS = {("bf16", "Hugging Face's best"): {"8M": 2, "35M": 2, "150M": 1.3},
        ("bf16", "Hugging Face's default"): {"8M": 20, "35M": 20},
        ("fp32", "Hugging Face's best fp32"): {"8M": 2, "35M": 2, "150M": 2},
        ("int8", "twofold bf16"): {"8M": 1.5, "35M": 1.5, "150M": 1.5},
        ("int8", "esm-cpp int8"): {"8M": 1.5, "35M": 1.5, "150M": 1.5}}
PEAK_AIM = {"150M": 0.7}


def judged(reached, aim):
    return "" if aim is None else f"  {'reached' if reached >= aim else 'NOT REACHED'}: {aim:g}"


def report(options, contestants):
    def median(contestant):
        return statistics.median(contestant.process_rates if options.process_time else contestant.rates)
    def best(word):
        return max((median(c) for c in contestants if word in c.name), default=None)
    for contestant in contestants:
        print(f"  {median(contestant):10,.0f} residues/s  {contestant.name}")
    rivals = {"Hugging Face's default": best("eager fp32"), "Hugging Face's best fp32": best("SDPA fp32"),
              "Hugging Face's best": best("Hugging Face"), "esm-cpp int8": best("esm-cpp int8"),
              "twofold bf16": best("twofold bf16")}
    for precision in options.precisions:
        own = best(f"twofold {precision}")
        for name, rate in rivals.items():
            if rate and name != f"twofold {precision}":
                aim = AIMS.get((precision, name), {}).get(options.shape)
                print(f"  {own / rate:6.2f} x {name}: twofold {precision}{judged(own / rate, aim)}")


def report_peak(options, contestants):
    """How much of what a linear layer of this shape reaches alone the whole network reaches."""
    layers, width, _, _, _ = SHAPES[options.shape]
    answer = subprocess.run([options.bench, "--peak", str(width), str(4 * width)],
                            capture_output=True, text=True, check=True)
    flops = 2 * 12 * width * width * layers  # of the linear layers, a residue
    for precision, peak in zip(("fp32", "bf16"), map(float, answer.stdout.split())):
        for contestant in contestants:
            if contestant.name == f"twofold {precision}":
                share = statistics.median(contestant.rates) * flops / 1e9 / peak
                print(f"  {share:6.0%} of the {peak:,.0f} GFLOP/s of a linear layer {width} x {4 * width}: "
                      f"twofold {precision}"
                      f"{judged(share, PEAK_AIM.get(options.shape) if precision == 'bf16' else None)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", required=True)
    parser.add_argument("--fasta", required=True)
    parser.add_argument("--shape", choices=SHAPES, default="8M")
    parser.add_argument("--precisions", nargs="+", default=["fp32", "bf16"])
    parser.add_argument("--esmcpp", help="Python that has esm-cpp")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--process-time", action="store_true",
                        help="rates per second of processor time, for a machine that others use too")
    options = parser.parse_args()
    layers, width, heads, count, few_count = SHAPES[options.shape]
    import torch
    import transformers
    print(f"ESM-2 {options.shape}, {options.threads} threads, torch {torch.__version__}, "
          f"transformers {transformers.__version__}, OPENBLAS_* unset"
          f"{', rates per processor second' if options.process_time else ''}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        make_weights(folder, layers, width, heads)
        write_fasta(folder / "all.fasta", read_fasta(options.fasta, count))
        write_fasta(folder / "few.fasta", read_fasta(options.fasta, few_count))
        contestants = make_contestants(options, str(folder), str(folder / "all.fasta"),
                                       str(folder / "few.fasta"))
        check_agreement(contestants, temporary)
        for _ in range(options.rounds):
            for contestant in contestants:
                contestant.time()
        report(options, contestants)
        report_peak(options, contestants)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(*sys.argv[2:])
    else:
        main()
