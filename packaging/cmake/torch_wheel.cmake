# LibTorch from the PyPI wheel, unpacked by packaging/setup.sh. Hand-made targets, because the
# wheel's own TorchConfig.cmake insists on a CUDA toolkit.
set(TWOFOLD_TORCH_DIR "$ENV{HOME}/.cache/twofold/libtorch-2.15.0" CACHE PATH "Unpacked torch 2.15.0 wheel")
if(NOT EXISTS ${TWOFOLD_TORCH_DIR}/torch/lib/libtorch_cpu.so)
  message(FATAL_ERROR "LibTorch is not in ${TWOFOLD_TORCH_DIR}. Run packaging/setup.sh, or set TWOFOLD_TORCH_DIR.")
endif()

find_path(TWOFOLD_FMT_INCLUDE_DIR fmt/format.h REQUIRED)

add_library(torch_c10 SHARED IMPORTED)
set_target_properties(torch_c10 PROPERTIES IMPORTED_LOCATION ${TWOFOLD_TORCH_DIR}/torch/lib/libc10.so)
add_library(torch_cpu SHARED IMPORTED)
set_target_properties(torch_cpu PROPERTIES IMPORTED_LOCATION ${TWOFOLD_TORCH_DIR}/torch/lib/libtorch_cpu.so)

# The wheel carries fmt 12 beside its headers, which would shadow the fmt that this project links.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/system_fmt)
file(CREATE_LINK ${TWOFOLD_FMT_INCLUDE_DIR}/fmt ${CMAKE_BINARY_DIR}/system_fmt/fmt SYMBOLIC)

add_library(twofold_torch INTERFACE)
target_include_directories(twofold_torch SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/system_fmt
  ${TWOFOLD_TORCH_DIR}/torch/include ${TWOFOLD_TORCH_DIR}/torch/include/torch/csrc/api/include)
target_link_libraries(twofold_torch INTERFACE torch_cpu torch_c10)
# An option comes before all libraries: whoever else brings matrix products (FAISS's OpenBLAS) must not
# be found first, or torch would call them in place of its own.
target_link_options(twofold_torch INTERFACE -Wl,--no-as-needed
  ${TWOFOLD_TORCH_DIR}/torch/lib/libtorch_cpu.so -Wl,--allow-shlib-undefined
  -Wl,-rpath,${TWOFOLD_TORCH_DIR}/torch/lib -Wl,-rpath,${TWOFOLD_TORCH_DIR}/nvidia/cu13/lib)
