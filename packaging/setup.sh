#!/usr/bin/env bash
# Installs what is missing on Debian 12: packages, and LibTorch from its PyPI wheel into
# ~/.cache/twofold (TWOFOLD_CACHE overrides). Safe to run again; does nothing when all is there.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

wheels=(
  "torch==2.15.0 48c2d861134c0b5697c7602cb5ffa68f62a2989fdcd1717e593356f67996ca1e"
  "nvidia-cuda-runtime==13.2.86 3498247680dfddce31bad102af7e3e26fc795342a3cac64722bb0fa95e7f60f0"
  "nvidia-cuda-cupti==13.2.86 8fa29f15dd8336181f961764d9d95236fc6b931dd0c8fcf8cd70aab0c310b586"
)
platforms=(manylinux_2_28_x86_64 manylinux_2_25_x86_64 manylinux2014_x86_64)

missing_packages() {
  comm -23 <(grep -v '^#' "$top/packaging/packages.txt" | sort) \
           <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' | sed -n 's/ installed$//p' | sort)
}

install_packages() {
  local missing as_root=()
  missing=$(missing_packages)
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "these packages are missing and there is no sudo to install them: $(echo $missing)"
    as_root=(sudo)
  fi
  say "Installing Debian packages: $(echo $missing)"
  step apt-update "${as_root[@]}" apt-get update -q
  # shellcheck disable=SC2086
  step apt-install "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends $missing
}

download_wheel() { # NAME==VERSION SHA256 FOLDER
  local arguments=(--no-deps --no-cache-dir --only-binary=:all: --implementation cp --python-version 3.11 --dest "$3") platform
  for platform in "${platforms[@]}"; do arguments+=(--platform "$platform"); done
  python3 -m pip download "${arguments[@]}" "$1" || return 1
  echo "$2  $(ls "$3"/*.whl)" | sha256sum --check --quiet
}

unpack_torch() { # FOLDER
  local wheel folder="$1" work
  mkdir -p "$folder"
  for wheel in "${wheels[@]}"; do
    work=$(mktemp -d -p "$cache" wheel.XXXXXX) || return 1
    # shellcheck disable=SC2086
    download_wheel $wheel "$work" || { rm -rf "$work"; return 1; }
    unzip -q -o "$work"/*.whl 'torch/lib/libtorch_cpu.so' 'torch/lib/libc10.so' 'torch/lib/libgomp*' 'torch/include/*' \
      'torch-*/licenses/*' 'nvidia/cu13/lib/*' -d "$folder" || [ $? = 11 ] || return 1 # 11: a pattern that this wheel lacks
    rm -rf "$work"
  done
  for wheel in torch/lib/libtorch_cpu.so torch/lib/libc10.so torch/include/ATen/ATen.h nvidia/cu13/lib/libcudart.so.13 nvidia/cu13/lib/libcupti.so.13; do
    [ -s "$folder/$wheel" ] || { echo "$wheel is not in the wheels"; return 1; }
  done
}

install_torch() {
  [ -f "$torch_dir/complete" ] && return 0
  say "Fetching LibTorch 2.15.0 (540 MB) into $torch_dir"
  mkdir -p "$cache"
  rm -rf "$torch_dir.part"
  step torch unpack_torch "$torch_dir.part"
  rm -rf "$torch_dir"
  touch "$torch_dir.part/complete"
  mv "$torch_dir.part" "$torch_dir"
}

# shellcheck disable=SC1091
. /etc/os-release
[ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ] || say "This is ${PRETTY_NAME:-an unknown system}; Twofold is built and tested on Debian 12."
[ "$(uname -m)" = x86_64 ] || fail "LibTorch's wheel is for x86_64, and this machine is $(uname -m)."
command -v apt-get >/dev/null || fail "apt-get is missing; install the packages of packaging/packages.txt by hand and run again."
say "Checking packages and LibTorch"
install_packages
install_torch
say "Set-up is complete"
