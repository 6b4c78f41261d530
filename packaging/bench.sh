#!/usr/bin/env bash
# Prints the figures of the project that need no GPU: import, window, toggle, linear layers, neighbour
# search, all pairs, channels of the user's, C-alpha encoders, backbones and head training beside others,
# the channel tables, yeast under three splits, incremental build. Hours. Contacts of docking complexes
# have a command of their own (README). Real data is read from ../shared/data; a benchmark whose data is
# absent says so.
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
for bench in import window toggle linear neighbours all_pairs user_channels calpha; do
  say "bench_$bench"
  xvfb-run -a -s "-screen 0 1920x1200x24" "$top/build/release/tests/bench/bench_$bench"
done
"$top/tests/bench/backbones.sh" 8M 35M 150M
"$top/tests/bench/head_training.sh"
"$top/tests/bench/audit.sh"
"$top/tests/bench/channel_study.sh"
"$top/tests/bench/yeast_splits.sh"
"$top/tests/bench/calpha_encoders.sh"
"$top/tests/bench/incremental_build.sh"
