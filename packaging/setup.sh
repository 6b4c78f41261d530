#!/usr/bin/env bash
# Installs what is missing on Debian 12: packages, and LibTorch from its PyPI wheel into
# ~/.cache/twofold (TWOFOLD_CACHE overrides), with its CUDA half where an NVIDIA driver is (or
# TWOFOLD_CUDA=1 asks for it). Safe to run again; does nothing when all is there.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

wheels=(
  "torch==2.15.0 48c2d861134c0b5697c7602cb5ffa68f62a2989fdcd1717e593356f67996ca1e"
  "nvidia-cuda-runtime==13.2.86 3498247680dfddce31bad102af7e3e26fc795342a3cac64722bb0fa95e7f60f0"
  "nvidia-cuda-cupti==13.2.86 8fa29f15dd8336181f961764d9d95236fc6b931dd0c8fcf8cd70aab0c310b586"
)
cuda_wheels=( # torch last: without it the worker finds no CUDA half, with it all of it
  "nvidia-cublas==13.4.1.3 a5917cb642cfb07f4a0231ee16aec7e2e0357d8cb8b1b78a0c9c68dba3e6afc7"
  "nvidia-cuda-nvrtc==13.2.86 8111c5130e967b78222ea2124145f8efe9ce201b752b2579a2513100a53be1c5"
  "nvidia-cudnn-cu13==9.26.0.51 9c976d539786698c71d6bcdbe2053b7485fae062ff7e1215d2f2ff67b1a2149a"
  "nvidia-cufft==12.2.0.57 34da27fadf3979b0b042c43823f0530be8408b86df31ee0108e1ca0b621d4ef6"
  "nvidia-cufile==1.17.1.22 87feaf8c3ad20d3d03a01933181801ff6892bace5c8f0b1e4b48f319d3e62d36"
  "nvidia-cusolver==12.2.0.11 fab5778f6769947389a1a6abc07e635576825a08c0ffc68c3ae7f1392c794b42"
  "nvidia-cusparse==12.7.10.12 25907c75e4db1581685f06f61cc6cdecc04611765516a52373e0a18ebd69fa00"
  "nvidia-cusparselt-cu13==0.8.1 786ce87568c303fadb5afcc7102d454cd3040d75f6f8626f5db460d1871f4dd0"
  "nvidia-nccl-cu13==2.30.7 cefa7fdb9710efd0f39c5f1be1d61ff6fc9a996c451265bd7fbdcf9455ed4b50"
  "nvidia-nvjitlink==13.5.37 280d7cb9649704145f074b8dbde500de04ce02d0872e066e20a83c17bcaa93eb"
  "nvidia-nvshmem-cu13==3.7.2 b9a4f843c62b5dded8ad33fd6d220e007dcd39f06cee549292f5ba14ce4c235c"
  "${wheels[0]}"
)
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

# unpack FOLDER PATTERN… -- WHEEL…: the files that fit a pattern, of each wheel in turn.
unpack() {
  local wheel folder="$1" work patterns=(); shift
  while [ "$1" != -- ]; do patterns+=("$1"); shift; done; shift
  mkdir -p "$folder"
  for wheel in "$@"; do
    work=$(mktemp -d -p "$cache" wheel.XXXXXX) || return 1
    # shellcheck disable=SC2086
    download_wheel $wheel "$work" || { rm -rf "$work"; return 1; }
    unzip -q -o "$work"/*.whl "${patterns[@]}" -d "$folder" || [ $? = 11 ] || return 1 # 11: a pattern that this wheel lacks
    rm -rf "$work"
  done
}

require_files() { # FOLDER FILE…
  local folder="$1" file; shift
  for file in "$@"; do
    [ -s "$folder/$file" ] || fail "$file is not in the wheels of PyPI; has torch 2.15.0 been replaced there?"
  done
}

install_torch() {
  [ -f "$torch_dir/complete" ] && return 0
  say "Fetching LibTorch 2.15.0 (540 MB) into $torch_dir"
  mkdir -p "$cache"
  rm -rf "$torch_dir.part"
  step torch unpack "$torch_dir.part" 'torch/lib/libtorch_cpu.so' 'torch/lib/libc10.so' 'torch/lib/libgomp*' \
    'torch/include/*' 'torch-*/licenses/*' 'nvidia/cu13/lib/*' -- "${wheels[@]}"
  require_files "$torch_dir.part" torch/lib/libtorch_cpu.so torch/lib/libc10.so torch/include/ATen/ATen.h \
    nvidia/cu13/lib/libcudart.so.13 nvidia/cu13/lib/libcupti.so.13
  rm -rf "$torch_dir"
  touch "$torch_dir.part/complete"
  mv "$torch_dir.part" "$torch_dir"
}

# ldconfig is not in the path of a Debian user; grep reads to the end, or ldconfig would die of its pipe.
has_nvidia_driver() { PATH=$PATH:/usr/sbin:/sbin ldconfig -p | grep 'libcuda\.so\.1' >/dev/null; }

wants_cuda() {
  [ "${TWOFOLD_CUDA:-}" = 1 ] || { [ "${TWOFOLD_CUDA:-}" != 0 ] && has_nvidia_driver; }
}

install_cuda() {
  wants_cuda && [ ! -f "$torch_dir/complete-cuda" ] || return 0
  say "Fetching LibTorch's CUDA half (2.5 GB) into $torch_dir; TWOFOLD_CUDA=0 leaves it out"
  step cuda unpack "$torch_dir" 'nvidia/*/lib/*' 'nvidia/*/[Ll]icense*' 'torch/lib/libc10_cuda.so' \
    'torch/lib/libtorch_nvshmem.so' 'torch/lib/libcaffe2_nvrtc.so' 'torch/lib/libtorch_cuda*.so' -- "${cuda_wheels[@]}"
  require_files "$torch_dir" torch/lib/libtorch_cuda.so torch/lib/libc10_cuda.so nvidia/cudnn/lib/libcudnn.so.9
  touch "$torch_dir/complete-cuda"
}

# Asked once, and only of a person at a terminal: the weights are not free for every use.
offer_unirep() {
  [ ! -e "$weights_dir/unirep-64" ] && [ ! -e "$cache/unirep-declined" ] || return 0
  if [ -t 0 ] && [ -t 1 ]; then
    local status=0
    "$top/packaging/unirep.sh" || status=$?
    [ "$status" -ne "$declined" ] || touch "$cache/unirep-declined"
  else
    say "A protein language model with published weights is a command away: packaging/unirep.sh"
  fi
}

# shellcheck disable=SC1091
. /etc/os-release
[ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ] || say "This is ${PRETTY_NAME:-an unknown system}; Twofold is built and tested on Debian 12."
[ "$(uname -m)" = x86_64 ] || fail "LibTorch's wheel is for x86_64, and this machine is $(uname -m)."
command -v apt-get >/dev/null || fail "apt-get is missing; install the packages of packaging/packages.txt by hand and run again."
say "Checking packages and LibTorch"
install_packages
install_torch
install_cuda
say "Set-up is complete"
offer_unirep
