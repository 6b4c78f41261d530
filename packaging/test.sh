#!/usr/bin/env bash
# Sets up, builds with warnings as errors, checks format and lint, runs the core tests under
# sanitizers and every test of the release build under Xvfb. Ends with CTest's summary.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$top"

"$top/packaging/setup.sh"

say "Checking the layout of the code (clang-format)"
sources() { find app core models ui tests \( -name '*.h' -o -name '*.cpp' \) -print0; }
sources | xargs -0 clang-format --dry-run -Werror || fail "run clang-format -i on the files named above."

for preset in asan tsan; do
  configure $preset
  say "Building and testing core under the preset $preset"
  step build-$preset cmake --build --preset $preset
  # gcc's ThreadSanitizer wants a predictable address layout
  OMP_NUM_THREADS=1 setarch -R ctest --preset $preset >"$log_dir/test-$preset.log" 2>&1 ||
    { tail -n 60 "$log_dir/test-$preset.log"; fail "the tests under $preset failed."; }
  tail -n 3 "$log_dir/test-$preset.log"
done

configure release
say "Building everything"
step build-release cmake --build --preset release
say "Linting core (clang-tidy)"
step tidy "$top/packaging/tidy.sh"

say "Running every test under Xvfb"
use_virtual_display_settings
xvfb-run -a -s "-screen 0 1920x1200x24" ctest --preset release
