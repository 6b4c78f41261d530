#!/usr/bin/env bash
# Makes the demo project from installed packages and trains on it: real proteins, real complexes.
# An existing demo is left alone; an unfinished one is made again.   demo.sh PROJECT_FOLDER WORKER
set -euo pipefail

project=${1:?usage: demo.sh PROJECT_FOLDER WORKER}
project=${project%/}
worker=${2:?usage: demo.sh PROJECT_FOLDER WORKER}
marker=demo-made-by-twofold
making=$project.making

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }
fail() { printf '\nStopped: %s\n' "$*" >&2; exit 1; }

examples=/usr/share/doc/mmseqs2/example-data
emboss=/usr/share/EMBOSS/test/data/structure
pymol=/usr/share/pymol/data
proteins=("$examples/DB.fasta.gz" "$examples/QUERY.fasta.gz")
structures=("$emboss/2hhb.ent" "$emboss/pdb/4at1.ent" "$pymol/demo/1tii.pdb" "$pymol/tut/1hpv.pdb")

package_of() {
  case $1 in
    "$examples"/*) echo mmseqs2-examples ;;
    "$emboss"/*) echo emboss-test ;;
    *) echo pymol-data ;;
  esac
}

# The one table that matters: every run with its metrics.
show_runs() { "$worker" runs --project "$project"; }

if [ -e "$project/$marker" ]; then
  say "The demo project is in $project"
  show_runs
  exit 0
fi
if [ -e "$project" ] && [ -n "$(ls -A "$project")" ]; then
  fail "$project holds something else than the demo. Name another folder."
fi
[ -x "$worker" ] || fail "$worker is not there. Build it first: packaging/run.sh does."
for file in "${proteins[@]}" "${structures[@]}"; do
  [ -r "$file" ] ||
    fail "$file is missing. It is in the Debian package $(package_of "$file"): apt-get install $(package_of "$file")"
done

# Made beside its place and moved there when whole.
mkdir -p "$(dirname "$project")"
rm -rf -- "$making"
step() { "$worker" "$@" --project "$making"; }

say "Importing about 20,000 proteins"
step import proteins "${proteins[@]}"
say "Importing four complexes"
step import structures "${structures[@]}" --pairs complexes
say "Making pairs from the subunits of named complexes"
step import pairs --rule co-complex --with complexes --name subunits
step split --pairs subunits --rule random --ratio 6,2,2 --seed 1 --name random
train() { # BACKBONE
  step train --pairs subunits --split random --backbone "$1" --channels sequence,calpha --experiment demo --seed 1 \
    --set training.batch_size=16 training.epochs=60 training.patience=15
}
say "Training on composition and C-alpha shape"
train composition
if [ -s "${XDG_DATA_HOME:-$HOME/.local/share}/twofold/backbones/unirep-64/model_weights.npz" ]; then
  say "Training on UniRep and C-alpha shape"
  train unirep
fi

touch "$making/$marker"
rmdir "$project" 2>/dev/null || true
mv -- "$making" "$project"
say "The demo project is in $project"
show_runs
