#!/usr/bin/env bash
# clang-tidy over the folders named (default: core), with the flags of the release build but without
# its precompiled headers, which are gcc's.   tidy.sh [FOLDER…]
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$top"
[ $# -gt 0 ] || set -- core
database=$top/build/tidy
mkdir -p "$database"
sed -E 's/ -Winvalid-pch//; s/ -include [^ ]*cmake_pch\.hxx//g; s/ -fuse-ld=lld//' \
  "$top/build/release/compile_commands.json" >"$database/compile_commands.json"
# clang 14 cannot compile gemmi 0.5 with the standard library of gcc 12 as C++20.
look() {
  find "$@" -name '*.cpp' ! -name structure_reader.cpp -print0 |
    xargs -0 -P "$(nproc)" -n 4 clang-tidy --quiet -p "$database"
}
say "Looking for mistakes with clang-tidy in $*"
step tidy look "$@"
