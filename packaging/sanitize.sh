#!/usr/bin/env bash
# Builds core and its tests under AddressSanitizer with UBSan, then under ThreadSanitizer, and runs
# them.   sanitize.sh [PRESET…]   (default: asan tsan)
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$top"
[ $# -gt 0 ] || set -- asan tsan
for preset in "$@"; do
  configure "$preset"
  say "Building and testing core under the preset $preset"
  build "$preset"
  # gcc's ThreadSanitizer wants a predictable address layout
  TSAN_OPTIONS="suppressions=$top/packaging/tsan.supp" OMP_NUM_THREADS=1 within 1200 setarch -R \
    ctest --preset "$preset" -j "$(nproc)" --stop-on-failure >"$log_dir/test-$preset.log" 2>&1 ||
    { tail -n 60 "$log_dir/test-$preset.log"; fail "the tests under $preset failed."; }
  tail -n 3 "$log_dir/test-$preset.log"
done
