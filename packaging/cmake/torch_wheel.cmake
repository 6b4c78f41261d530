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
# Among the options, which stand before all libraries: LibTorch calls sgemm_ by name, and OpenBLAS,
# which FAISS asks for, would answer in its place where it is loaded first.
target_link_options(twofold_torch INTERFACE -Wl,--no-as-needed -Wl,--allow-shlib-undefined
  ${TWOFOLD_TORCH_DIR}/torch/lib/libtorch_cpu.so
  -Wl,-rpath,${TWOFOLD_TORCH_DIR}/torch/lib -Wl,-rpath,${TWOFOLD_TORCH_DIR}/nvidia/cu13/lib)

# c10d's header on Gloo asks for headers that the wheel lacks.
foreach(header algorithm context common/error rendezvous/store transport/device)
  get_filename_component(folder ${CMAKE_BINARY_DIR}/gloo_declarations/gloo/${header}.h DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/models/learning/gloo_declarations.h
       ${CMAKE_BINARY_DIR}/gloo_declarations/gloo/${header}.h SYMBOLIC)
endforeach()
