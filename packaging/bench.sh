#!/usr/bin/env bash
# Prints every figure of the project: import, window, toggle, linear layers, neighbour search, all
# pairs, channels of the user's, backbones and head training beside others, yeast under three splits,
# incremental build. Real data is read from ../shared/data; a benchmark whose data is absent says so.
#   bench.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$top"
"$top/packaging/setup.sh"
configure release
say "Building"
build release
# Both slow OpenBLAS down where a machine sets them; unset for every contestant.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
use_virtual_display_settings
for bench in import window toggle linear neighbours all_pairs user_channels; do
  say "bench_$bench"
  xvfb-run -a -s "-screen 0 1920x1200x24" "$top/build/release/tests/bench/bench_$bench"
done
"$top/tests/bench/backbones.sh" 8M 35M 150M
"$top/tests/bench/head_training.sh"
"$top/tests/bench/yeast_splits.sh"
"$top/tests/bench/incremental_build.sh"
