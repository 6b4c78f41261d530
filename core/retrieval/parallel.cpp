#include "core/retrieval/parallel.h"

#include <omp.h>

#include <algorithm>

namespace twofold::retrieval {

std::size_t threadsOr(int threads) noexcept {
  return static_cast<std::size_t>(std::max(1, threads > 0 ? threads : omp_get_max_threads()));
}

}  // namespace twofold::retrieval
