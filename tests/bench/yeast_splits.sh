#!/usr/bin/env bash
# One model on Guo's yeast pairs under three splits: random, rewired (negatives keep each protein's
# number of partners) and partition (train and test share no near relatives). What falls from the
# first to the last was never knowledge of interaction. A tenth of each training file chooses epoch
# and threshold; the table is of the test files.   yeast_splits.sh [WORKER]
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
worker=${1:-$top/build/release/app/worker/twofold-worker}
data=$top/../shared/data/yeast-lab
[ -r "$data/proteins.fasta" ] || { say "$data is absent: nothing measured"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$worker" import proteins "$data/proteins.fasta" --project "$work/yeast" --quiet
prepare() { # NAME TRAIN TEST
  awk -v out="$work/$1" 'NR % 10 == 0 {print > (out "-val.tsv"); next} {print > (out "-train.tsv")}' \
    <(tr -d '\r' <"$data/$2" | sort -R --random-source="$data/$2")
  "$worker" split --parts "train=$work/$1-train.tsv,validation=$work/$1-val.tsv,test=$data/$3" --name "$1" \
    --project "$work/yeast" --quiet
}
prepare random random/guo_train.tsv random/guo_test.tsv
prepare rewired rewired/guo_train.tsv rewired/guo_test.tsv
prepare partition partition/guo_block_0.tsv partition/guo_block_1.tsv

figure() { # SPLIT BACKBONE CHANNELS SEED
  "$worker" train --pairs "$1" --split "$1" --backbone "$2" --channels "$3" --seed "$4" --experiment "$1" \
    --set training.batch_size=256 training.epochs=30 --project "$work/yeast" --threads 1 --json | tail -n 1 |
    python3 -c 'import json, sys; t = json.load(sys.stdin)["parts"]["test"]; print(t["accuracy"], t["auprc"])'
}
printf '%-34s %-10s %s\n' model split 'accuracy, AUPRC on test: mean of three seeds'
for model in "composition sequence" "composition degree" "unirep sequence" "unirep neighbours" "unirep sequence,neighbours" "unirep sequence,degree"; do
  for split in random rewired partition; do
    # shellcheck disable=SC2086
    for seed in 1 2 3; do figure $split $model $seed; done |
      awk -v m="$model" -v s="$split" '{a += $1; p += $2} END {printf "%-34s %-10s %.3f  %.3f\n", m, s, a / NR, p / NR}'
  done
done
