#!/usr/bin/env bash
# Sets up, builds, makes the demo project and opens the workbench on it. Without a display it runs
# the same job headless and prints the metric table.   run.sh [PROJECT_FOLDER]
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
project=${1:-${XDG_DATA_HOME:-$HOME/.local/share}/twofold/demo}

"$top/packaging/setup.sh"
configure release
say "Building (about ten minutes the first time on two cores)"
step build-release cmake --build "$top/build/release" --target twofold twofold-worker
"$top/packaging/demo.sh" "$project" "$top/build/release/app/worker/twofold-worker"

if [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
  say "There is no display here. To see the window, run this on a desktop, or over \"ssh -X\":"
  say "  $top/build/release/app/workbench/twofold --project $project"
  exit 0
fi
say "Opening the workbench on $project"
exec "$top/build/release/app/workbench/twofold" --project "$project"
