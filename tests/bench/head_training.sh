#!/usr/bin/env bash
# Prints the pairs a second of training on cached embeddings, beside PyTorch loops over the same pairs
# from the same weights (head_training_loop.py), without and with dropout.
#   head_training.sh [ROUNDS]   (5)
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
cd "$top"
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
bench=$top/build/release/tests/bench/head_training_contestant
data=$top/../shared/data/bernett
[ -x "$bench" ] || fail "build first: cmake --build --preset release"
[ -r "$data/train.tsv" ] || { say "Bernett's pairs are not here ($data): head training left out"; exit 0; }
if [ -r "$weights_dir/unirep-256/model_weights.npz" ] || [ -r "$weights_dir/unirep-64/model_weights.npz" ]; then
  backbone=unirep
elif [ -d resources/backbones/esm2 ]; then
  backbone=esm2
else
  backbone=composition
fi

contestant hf torch==2.15.0 transformers==5.23.0 safetensors numpy
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say "Machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(uname -r), backbone $backbone"
for dropout in 0 0.3; do
  say "Head training, dropout $dropout"
  "$cache/bench-hf/bin/python" tests/bench/head_training_loop.py --bench "$bench" --data "$data" --backbone "$backbone" \
    --cache "$cache/bench-embeddings" --problem "$work/problem.safetensors" --dropout "$dropout" --rounds "${1:-5}"
done
