#!/usr/bin/env bash
# The strict split rules on Bernett's train and val pairs together: seconds on one core, pairs kept,
# proteins and relatives of two parts.   splits.sh [WORKER]
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
worker=${1:-$top/build/release/app/worker/twofold-worker}
data=$top/../shared/data/bernett
[ -r "$data/proteins.fasta" ] || { say "$data is absent: nothing measured"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat "$data/train.tsv" "$data/val.tsv" >"$work/pairs.tsv"
"$worker" import proteins "$data/proteins.fasta" --project "$work/project" --quiet >"$work/import.txt"
"$worker" import pairs "$work/pairs.tsv" --name bernett --project "$work/project" --quiet >>"$work/import.txt"

printf '%-26s %8s %9s %9s %9s %9s %7s\n' rule seconds train validation test dropped shared
measure() { # NAME SPLIT-OPTIONS…
  local name=$1
  shift
  TIMEFORMAT='%U'
  { time "$worker" split --pairs bernett --preview "$@" --project "$work/project" --json >"$work/out.jsonl"; } 2>"$work/seconds"
  python3 - "$name" "$(cat "$work/seconds")" "$work/out.jsonl" <<'PY'
import json, sys
split = json.loads(open(sys.argv[3]).readlines()[-1])["splits"][0]
parts, shared = split["parts"], split["shared_proteins"]
print("%-26s %8s %9d %9d %9d %9d %7d" % (sys.argv[1], sys.argv[2], *(parts[p]["pairs"] for p in ("train", "validation", "test")),
      sum(split["dropped"].values()), max(shared.values())))
for note in split["notes"]:
    print("    " + note)
PY
}
measure random --rule random
measure c1 --rule c1
measure c2 --rule c2
measure c3 --rule c3
for identity in 0.4 0.3; do
  measure "clusters, identity $identity" --rule clusters --set "identity=$identity"
  measure "partition, identity $identity" --rule partition --set "identity=$identity"
done
measure "c3, degree 1:1" --rule c3 --negatives degree
measure "c3, degree 1:10" --rule c3 --negatives degree --per-positive 10
