#!/usr/bin/env bash
# Does the learned C-alpha encoder tell which chains touch, where the fixed descriptors do not? Chain
# pairs of the shared structures, families apart (calpha_splits.py), ten cuts. Mean of the test AUPRC
# and AUROC (.5 is chance for both: there are as many negatives), its 95 % interval over the cuts, and
# the difference from the descriptors cut by cut. TWOFOLD_SHARED_DATA names the data elsewhere.
#   calpha_encoders.sh [WORKER [CUTS]]
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
worker=${1:-$top/build/release/app/worker/twofold-worker}
cuts=${2:-10}
data=${TWOFOLD_SHARED_DATA:-$top/../shared/data}/structures
[ -d "$data/docking" ] || { say "$data is absent: nothing measured"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
project=$work/project

"$worker" import structures "$data/bernett-complexes" "$data/docking" "$data/mmcif" --pairs touching \
  --project "$project" --quiet
figure() { # CUT CHANNELS [SETTING…]
  "$worker" train --pairs "cut$1" --split "cut$1" --backbone composition --channels "$2" --seed "$1" \
    --experiment encoders --set training.batch_size=32 training.epochs=60 training.patience=15 "${@:3}" \
    --project "$project" --json | tail -n 1 |
    python3 -c 'import json, sys; t = json.load(sys.stdin)["parts"]["test"]; print(t["auprc"], t["auroc"])'
}
for cut in $(seq "$cuts"); do
  say "$(python3 "$top/tests/bench/calpha_splits.py" "$project" touching "$work/cut" "$cut")"
  "$worker" split --parts "train=$work/cut-train.tsv,validation=$work/cut-validation.tsv,test=$work/cut-test.tsv" \
    --name "cut$cut" --project "$project" --quiet
  {
    echo "descriptors $(figure "$cut" calpha calpha.encoder=descriptors)"
    echo "graph $(figure "$cut" calpha calpha.encoder=graph)"
    echo "composition $(figure "$cut" sequence)"
    echo "composition+descriptors $(figure "$cut" sequence,calpha calpha.encoder=descriptors)"
    echo "composition+graph $(figure "$cut" sequence,calpha calpha.encoder=graph)"
  } >>"$work/figures"
done
python3 - "$work/figures" <<'END'
import collections, statistics, sys
STUDENT = {2: 12.71, 3: 4.30, 4: 3.18, 5: 2.78, 6: 2.57, 7: 2.45, 8: 2.36, 9: 2.31, 10: 2.26}
table = collections.defaultdict(list)
for line in open(sys.argv[1]):
    name, auprc, auroc = line.split()
    table[name].append((float(auprc), float(auroc)))
def told(values):
    half = STUDENT.get(len(values), 2.0) * statistics.stdev(values) / len(values) ** 0.5
    return f"{statistics.mean(values):6.3f} ± {half:.3f}"
print(f"{'channels':<26}{'AUPRC':<18}{'AUROC':<18}{'AUROC less descriptors'}")
for name, rows in table.items():
    less = [row[1] - base[1] for row, base in zip(rows, table["descriptors"])]
    print(f"{name:<26}{told([r[0] for r in rows]):<18}{told([r[1] for r in rows]):<18}{told(less)}")
END
