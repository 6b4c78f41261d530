# One target carries the language level and the warnings for all code of this project.
add_library(twofold_options INTERFACE)
target_compile_features(twofold_options INTERFACE cxx_std_20)
target_compile_options(twofold_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                                                 -Woverloaded-virtual -Wconversion -Wno-sign-conversion -Werror)
target_compile_definitions(twofold_options INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# ccache takes precompiled headers in only when it may trust their time stamps, and when the
# preprocessor's output names them.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>)
endif()
# mold 1.10 lays some programs out so that the loader refuses them (rui314/mold issue 1151), and
# hangs over others with the flag that mends it.
find_program(LLD_PROGRAM ld.lld)
if(LLD_PROGRAM)
  add_link_options(-fuse-ld=lld)
endif()
