#!/usr/bin/env bash
# Prints the parity and throughput tables of the backbones: equality with Hugging Face, residues a
# second beside Hugging Face, esm-cpp and PyTorch loops of pretraining and of UniRep, the first embedding of a new
# process, the proteins of Bernett's set, and what pair models make of them. Contestants are installed
# into ~/.cache/twofold.
#   backbones.sh [SHAPE…]   (8M 35M 150M)
. "$(dirname "${BASH_SOURCE[0]}")/../../packaging/common.sh"
cd "$top"
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
bench=$top/build/release/tests/bench/embed_contestant
worker=$top/build/release/app/worker/twofold-worker
shared=$top/../shared/data
fasta=$shared/cross-species/yeast/proteins.fasta
shapes=("${@:-8M}")
[ $# -gt 0 ] || shapes=(8M 35M 150M)
[ -x "$bench" ] || fail "build first: cmake --build --preset release"

milliseconds() { # COMMAND…: the best of three runs
  local best=999999 started taken i
  for i in 1 2 3; do
    started=$(date +%s%N)
    "$@" >/dev/null 2>&1
    taken=$((($(date +%s%N) - started) / 1000000))
    [ "$taken" -ge "$best" ] || best=$taken
  done
  echo "$best"
}

say "Machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(uname -r)"
contestant hf torch==2.15.0 transformers==5.23.0 safetensors numpy
contestant esmcpp esm-cpp==0.2.1
python=$cache/bench-hf/bin/python

say "Parity with transformers 5.23.0, fp32, every layer"
QT_QPA_PLATFORM=offscreen "$top/build/release/tests/models/backbones/tst_parity" | grep '^parity'

if [ -r "$fasta" ]; then
  for shape in "${shapes[@]}"; do
    say "Embedding throughput, ESM-2 $shape"
    "$python" tests/bench/embedding_contest.py --bench "$bench" --fasta "$fasta" --shape "$shape" --rounds 3 \
      --precisions fp32 bf16 int8 --esmcpp "$cache/bench-esmcpp/bin/python"
  done
  say "Pretraining throughput, 4 layers of 256"
  "$python" tests/bench/pretrain_loop.py --bench "$(dirname "$bench")/pretrain_contestant" --fasta "$fasta"
  if [ -r "$weights_dir/unirep-1900/model_weights.npz" ]; then
    say "Embedding throughput, UniRep 1,900 units"
    "$python" tests/bench/unirep_loop.py --bench "$bench" --fasta "$fasta" --weights "$weights_dir/unirep-1900" \
      --proteins 400 --rounds 3
  else
    say "UniRep is not installed (packaging/unirep.sh): left out"
  fi
else
  say "The yeast proteins are not here ($fasta): throughput left out"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '>p\nMKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQAPILSRVGDGTQDNLSGAEKAVQVKVKALPDAQFEVVHSLAKWKRQTLGQHDFSAGEGLYTHMKALRPDEDRLSPLHSVYVDQWDWERVMGDGERQFSTLKSTVEAIWAGIKATEAAVSEEFGLAPFLPDQIHFVHSQELLSRYPDLDAKGRERAIAKDLGAVFLVGIGGKLSDGHRHDVRAPDYDDWSTPSELGHAGLNGDILVWNPVLEDAFELSSMGIRVDADTLKHQLALTGDEDRLELEWHQALLRGEMPQTIGGGIGQSRLTMLLLQLPHIGQVQAGVWPAAVRESVPSLL\n' > "$work/one.fasta"
"$python" - "$work/8M" <<'PY' 2>/dev/null
import sys
sys.path.insert(0, "tests/bench")
import embedding_contest as contest
contest.make_weights(sys.argv[1], *contest.SHAPES["8M"][:3])
PY
say "First embedding of a new process, ESM-2 8M (33 MB of weights, 330 residues): $(milliseconds "$worker" embed \
  --backbone esm2 --weights "$work/8M" --fasta "$work/one.fasta" --out "$work/one.safetensors") ms"
proteins=$shared/bernett/proteins.fasta
if [ -r "$proteins" ] && [ -r "$weights_dir/unirep-64/model_weights.npz" ]; then
  say "Bernett's $(grep -c '>' "$proteins") proteins with UniRep, 64 units: $(milliseconds "$worker" embed --backbone unirep \
    --fasta "$proteins" --out "$work/all.safetensors") ms"
fi
if [ -r "$proteins" ] && [ -d resources/backbones/esm2 ]; then
  say "Bernett's $(grep -c '>' "$proteins") proteins with the network that comes with the program, bf16: $(milliseconds "$worker" \
    embed --backbone esm2 --set precision=bf16 --fasta "$proteins" --out "$work/all.safetensors") ms"
fi
signal=()
[ ! -r "$weights_dir/unirep-64/model_weights.npz" ] || signal+=(unirep)
[ ! -d resources/backbones/esm2 ] || signal+=(esm2,precision=bf16 esm2,random=true,layers=4,width=256,heads=4,precision=bf16)
say "Pair models on Bernett's validation pairs"
"$top/build/release/tests/bench/bench_backbones" "${signal[@]}"
