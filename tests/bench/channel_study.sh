#!/usr/bin/env bash
# The channel tables: every subset of the channels, three seeds, intervals and controls, for each
# backbone, on Bernett's validation pairs and on a tenth of the training pairs of yeast's three
# splits. Annotations come from Debian's r-bioc-org.hs.eg.db and r-bioc-go.db where they are
# installed or ANNOTATIONS names a folder with org.Hs.eg.sqlite and GO.sqlite. A FOLDER that is kept
# goes on where it was stopped.   channel_study.sh [FOLDER]
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
worker=$top/build/release/app/worker/twofold-worker
shared=$top/../shared/data
[ -r "$shared/bernett/train.tsv" ] || { say "$shared/bernett is absent: nothing measured"; exit 0; }
folder=${1:-$(mktemp -d)}
[ $# -gt 0 ] || trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder"

backbones=(composition)
[ -r "$weights_dir/unirep-64/model_weights.npz" ] && backbones+=(unirep)
databases=()
for name in org.Hs.eg GO; do
  for file in "${ANNOTATIONS:-/nowhere}/$name.sqlite" "/usr/lib/R/site-library/$name.db/extdata/$name.sqlite"; do
    [ -r "$file" ] && { databases+=("$file"); break; }
  done
done
channels=sequence,neighbours
[ "${#databases[@]}" -eq 2 ] && channels+=,annotation

study() { # PAIRS SPLIT CHANNELS PROJECT EXPERIMENT OPTION…
  local pairs=$1 split=$2 chosen=$3 project=$4 experiment=$5 backbone
  shift 5
  for backbone in "${backbones[@]}"; do
    say "$experiment, $backbone"
    "$worker" ablate --pairs "$pairs" --split "$split" --backbone "$backbone" --channels "$chosen" --seeds 3 \
      --experiment "$experiment-$backbone" --project "$project" --threads 1 "$@"
  done
}

if [ ! -d "$folder/bernett" ]; then
  "$worker" import proteins "$shared/bernett/proteins.fasta" --project "$folder/bernett" --quiet
  "$worker" split --parts "train=$shared/bernett/train.tsv,validation=$shared/bernett/val.tsv" --name bernett \
    --project "$folder/bernett" --quiet
  [ "${#databases[@]}" -eq 2 ] && "$worker" import annotations "${databases[@]}" --project "$folder/bernett" --quiet
fi
study bernett bernett "$channels" "$folder/bernett" bernett
if [[ $channels == *annotation ]]; then
  study bernett bernett annotation "$folder/bernett" electronic --no-controls --set annotation.evidence=electronic
fi

if [ ! -d "$folder/yeast" ]; then
  "$worker" import proteins "$shared/yeast-lab/proteins.fasta" --project "$folder/yeast" --quiet
  for split in random/guo_train.tsv rewired/guo_train.tsv partition/guo_block_0.tsv; do
    name=${split%%/*}
    awk -v out="$folder/$name" 'NR % 10 == 0 {print > (out "-val.tsv"); next} {print > (out "-train.tsv")}' \
      <(tr -d '\r' <"$shared/yeast-lab/$split" | sort -R --random-source="$shared/yeast-lab/$split")
    "$worker" split --parts "train=$folder/$name-train.tsv,validation=$folder/$name-val.tsv" --name "$name" \
      --project "$folder/yeast" --quiet
  done
fi
for split in random rewired partition; do
  study "$split" "$split" sequence,neighbours "$folder/yeast" "yeast-$split" \
    --set training.batch_size=256 training.epochs=30
done
