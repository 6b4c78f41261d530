# Every outside library, found in one place. packaging/THIRD_PARTY.md says why each is here.
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(CURL REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_path(GEMMI_INCLUDE_DIR gemmi/model.hpp REQUIRED)
find_library(UTF8PROC_LIBRARY utf8proc REQUIRED) # its header lies where every compiler looks
find_library(FAISS_LIBRARY faiss REQUIRED)
find_library(OPENBLAS_LIBRARY openblas REQUIRED)

# FAISS is an archive that leaves matrix products to whoever has them: LibTorch where a program links
# it, else OpenBLAS. As needed, so that a program without FAISS loads neither of its libraries, and
# one with LibTorch keeps a single pool of threads.
add_library(twofold_faiss INTERFACE)
target_link_libraries(twofold_faiss INTERFACE ${FAISS_LIBRARY}
  -Wl,--push-state,--as-needed ${OPENBLAS_LIBRARY} gomp -Wl,--pop-state)

if(WITH_MODELS)
  find_package(CLI11 REQUIRED)
  find_package(OpenMP REQUIRED COMPONENTS CXX) # torch's parallel_for runs serially without it
  include(torch_wheel)
endif()
if(WITH_UI)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets OpenGL OpenGLWidgets Svg
                                     PrintSupport) # QCustomPlot asks for it
  find_package(MPI REQUIRED COMPONENTS C) # VTK 9.1 of Debian asks for it at generation time
  find_package(VTK 9.1 REQUIRED COMPONENTS CommonCore CommonDataModel FiltersCore FiltersSources
                                           InteractionStyle RenderingCore RenderingOpenGL2 RenderingFreeType)
  find_package(QCustomPlotQt6 REQUIRED)
endif()
if(WITH_TESTS)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test)
endif()
