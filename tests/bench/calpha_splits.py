"""Cuts the chain pairs in contact of a project into parts that share no family, with negatives.

    calpha_splits.py PROJECT PAIR_SET OUT SEED

Families are single-linkage clusters of proteins that share a sixth of the shorter one's words of
three residues, and eight, beyond those expected by chance: some 50 % identity. Groups of them go to train, validation and test at 60, 15 and
25 % of the positives. Homomers are left out: that a chain is like itself would be the answer. Negatives are drawn within a part, each protein as often as it is
positive. Writes OUT-{train,validation,test}.tsv and says how many of what.
"""

import random
import sqlite3
import sys


def words(sequence):
    return {sequence[i : i + 3] for i in range(len(sequence) - 2)}


def families(sequences):
    """One number a protein."""
    parent = {key: key for key in sequences}

    def root(key):
        while parent[key] != key:
            key = parent[key]
        return key

    keys = sorted(sequences)
    sets = {key: words(sequences[key]) for key in keys}
    for i, a in enumerate(keys):
        for b in keys[:i]:
            sizes = len(sets[a]), len(sets[b])
            shared = len(sets[a] & sets[b]) - sizes[0] * sizes[1] / 20**3
            if shared >= max(8, min(sizes) / 6):
                parent[root(a)] = root(b)
    return {key: root(key) for key in keys}


def parts_of(pairs, family, rng):
    """Families that pairs link stay together, so no pair is lost; each group goes, the largest first
    and the others in random order, to the part that lacks most of its share of positives."""
    group = {one: one for one in family.values()}
    for a, b in pairs:
        old, new = group[family[a]], group[family[b]]
        group = {one: new if of == old else of for one, of in group.items()}
    order = sorted(set(group.values()))
    rng.shuffle(order)
    order.sort(key=lambda one: -sum(group[family[a]] == one for a, _ in pairs) // 20)
    share = {"train": 0.6, "validation": 0.15, "test": 0.25}
    parts = {part: [] for part in share}
    for one in order:
        part = max(share, key=lambda p: share[p] * len(pairs) - len(parts[p]))
        parts[part] += [pair for pair in pairs if group[family[pair[0]]] == one]
    return parts


def negatives(positives, rng):
    known = set(positives)
    ends = [key for pair in positives for key in pair]
    made = set()
    for _ in range(200 * len(positives)):
        if len(made) == len(positives):
            break
        pair = tuple(sorted(rng.sample(ends, 2)))
        if pair[0] != pair[1] and pair not in known:
            made.add(pair)
    return sorted(made)


def main(project, pair_set, out, seed):
    store = sqlite3.connect(f"file:{project}/twofold.sqlite?mode=ro", uri=True)
    name = {k: i for k, i in store.execute("SELECT key, id FROM protein")}
    sequences = dict(store.execute("SELECT key, sequence FROM protein"))
    rows = store.execute(
        "SELECT a, b FROM pair WHERE set_key = (SELECT key FROM pair_set WHERE name = ?)", [pair_set]
    )
    pairs = sorted({tuple(sorted(row)) for row in rows if row[0] != row[1]})
    family = families({key: sequences[key] for pair in pairs for key in pair})
    rng = random.Random(seed)
    for part, positives in parts_of(pairs, family, rng).items():
        rest = negatives(positives, rng)
        with open(f"{out}-{part}.tsv", "w", encoding="utf-8") as file:
            for label, chosen in ((1, positives), (0, rest)):
                for a, b in chosen:
                    file.write(f"{name[a]}\t{name[b]}\t{label}\n")
        print(part, len(positives), len(rest), end="  ")
    print("of", len(pairs), "pairs,", len(set(family.values())), "families")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
