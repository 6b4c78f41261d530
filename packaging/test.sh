#!/usr/bin/env bash
# Sets up, checks the layout of the code, builds with warnings as errors, runs clang-tidy, core's
# tests under the sanitizers and every test under Xvfb. Ends with CTest's summary.
#   test.sh [--quick]   (without clang-tidy and sanitizers)
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$top"
quick=${1:-}

"$top/packaging/setup.sh"

say "Checking the layout of the code (clang-format)"
find app core models ui tests \( -name '*.h' -o -name '*.cpp' \) -print0 |
  xargs -0 clang-format --dry-run -Werror || fail "run clang-format -i on the files named above."

configure release
say "Building everything with its tests"
build release

if [ "$quick" != --quick ]; then
  "$top/packaging/tidy.sh"
  "$top/packaging/sanitize.sh"
fi

say "Running every test under Xvfb"
use_virtual_display_settings
within 1800 xvfb-run -a -s "-screen 0 1920x1200x24" ctest --preset release
