#!/usr/bin/env bash
# Seconds from touching one .cpp to linked programs, for one file of each layer; ccache is off, so
# that the compiler really runs.   incremental_build.sh [BUILD_FOLDER]
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${1:-$top/build/release}
export CCACHE_DISABLE=1
ninja -C "$build" twofold twofold-worker >/dev/null
for file in core/formats/fasta.cpp core/store/run_repository.cpp models/learning/trainer.cpp models/backbones/esm2.cpp \
            ui/panels/pairs/pairs_panel.cpp ui/viewport/viewport_widget.cpp app/worker/commands/train.cpp; do
  [ -f "$top/$file" ] || { echo "$file is gone; name another one here" >&2; exit 1; }
  touch "$top/$file"
  started=$(date +%s.%N)
  ninja -C "$build" twofold twofold-worker >/dev/null
  awk -v file="$file" -v a="$started" -v b="$(date +%s.%N)" 'BEGIN { printf "incremental build  %-40s %5.1f s\n", file, b - a }'
done
