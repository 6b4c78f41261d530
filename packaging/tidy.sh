#!/usr/bin/env bash
# clang-tidy over the folders named (default: core), with the flags of the release build but without
# its precompiled headers, which are gcc's.   tidy.sh [FOLDER…]
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$top"
[ $# -gt 0 ] || set -- core
database=$top/build/tidy
mkdir -p "$database"
sed -E 's/ -Winvalid-pch//; s/ -include [^ ]*cmake_pch\.hxx//g; s/ -fuse-ld=mold//' \
  "$top/build/release/compile_commands.json" >"$database/compile_commands.json"
say "Looking for mistakes with clang-tidy in $*"
find "$@" -name '*.cpp' -print0 | xargs -0 -P "$(nproc)" -n 4 clang-tidy --quiet -p "$database" ||
  fail "clang-tidy found what is listed above."
