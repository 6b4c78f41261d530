# Shared by the other scripts: where things are, how they speak, how they fail.
set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${TWOFOLD_CACHE:-$HOME/.cache/twofold}
torch_dir=$cache/libtorch-2.15.0
weights_dir=${XDG_DATA_HOME:-$HOME/.local/share}/twofold/backbones
log_dir=$top/build/logs
mkdir -p "$log_dir"
declined=3 # the exit status of a script whose question was answered with no

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }
fail() { printf '\nStopped: %s\n' "$*" >&2; exit 1; }

# step NAME COMMAND…: runs it with its output in build/logs/NAME.log; on failure shows the tail.
step() {
  local name=$1 started=$SECONDS; shift
  if ! "$@" >"$log_dir/$name.log" 2>&1; then
    tail -n 40 "$log_dir/$name.log" >&2
    fail "step $name failed; the whole output is in $log_dir/$name.log."
  fi
  say "  done in $((SECONDS - started)) s ($log_dir/$name.log)"
}

platforms=(manylinux_2_28_x86_64 manylinux_2_27_x86_64 manylinux_2_25_x86_64 manylinux_2_18_x86_64 manylinux2014_x86_64)

download_wheel() { # NAME==VERSION SHA256 FOLDER
  local arguments=(--no-deps --no-cache-dir --only-binary=:all: --implementation cp --python-version 3.11 --dest "$3") platform
  for platform in "${platforms[@]}"; do arguments+=(--platform "$platform"); done
  python3 -m pip download "${arguments[@]}" "$1" || return 1
  echo "$2  $(ls "$3"/*.whl)" | sha256sum --check --quiet
}

# configure PRESET: only when there is no build folder yet; ninja does it again when a file asks for it.
configure() {
  [ -f "$top/build/$1/build.ninja" ] && return 0
  say "Configuring the preset $1"
  step "configure-$1" cmake --preset "$1" -S "$top" -DTWOFOLD_TORCH_DIR="$torch_dir"
}

# within SECONDS COMMAND…: so that what hangs, a linker or a test, is told and not waited for. In the foreground:
# Ctrl-C must reach the command.
within() {
  local limit=$1 status=0; shift
  timeout --foreground "$limit" "$@" || status=$?
  [ "$status" -ne 124 ] || printf '\nStopped: "%s …" was not done after %s minutes.\n' "$1" "$((limit / 60))" >&2
  return "$status"
}

build() { step "build-$1" within 2700 cmake --build --preset "$1"; }

# A Python environment with others' programs, to be timed beside this one's.
contestant() { # NAME PACKAGE…
  local folder=$cache/bench-$1; shift
  if [ ! -e "$folder/complete" ]; then
    step "bench-$(basename "$folder")" python3 -m venv "$folder"
    step "bench-$(basename "$folder")" "$folder/bin/pip" install -q "$@"
    touch "$folder/complete"
  fi
}

# Software rendering and GLX: what VTK 9.1 needs under a virtual display.
use_virtual_display_settings() {
  export QT_QPA_PLATFORM=xcb QT_XCB_GL_INTEGRATION=xcb_glx LIBGL_ALWAYS_SOFTWARE=1
}
