#!/usr/bin/env bash
# The leakage audit of Bernett's train against val, relatives included, on two threads: seconds,
# processor seconds, shared proteins and near relatives.   audit.sh [WORKER]
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
worker=${1:-$top/build/release/app/worker/twofold-worker}
data=$top/../shared/data/bernett
[ -r "$data/train.tsv" ] || { say "$data is absent: nothing measured"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$worker" import proteins "$data/proteins.fasta" --project "$work/bernett" --quiet
"$worker" split --parts "train=$data/train.tsv,validation=$data/val.tsv" --name bernett --project "$work/bernett" --quiet
measure() { # NAME OPTION…
  local name=$1 begun
  shift
  TIMEFORMAT="%R %U"
  begun=$({ time "$worker" audit --pairs bernett --split bernett --project "$work/bernett" --threads 2 --json "$@" \
    >"$work/result.jsonl"; } 2>&1)
  tail -n 1 "$work/result.jsonl" | python3 -c '
import json, sys
name, wall, processor = sys.argv[1:4]
result = json.load(sys.stdin)
count = {f["kind"]: f["count"] for f in result["findings"]}
print("figure", name, "seconds", wall, "cpu", processor, "light", result["light"], "mmseqs", result["mmseqs"],
      *[f"{kind} {count[kind]}" for kind in ("shared_pair", "shared_protein", "near_relative")])' "$name" $begun
}
measure audit-bernett --no-mmseqs
measure audit-bernett-without-relatives --no-relatives
command -v mmseqs >/dev/null && measure audit-bernett-with-mmseqs
exit 0
