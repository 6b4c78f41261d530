#include "models/backbones/embed_checks.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace twofold::models {

std::int64_t checkedResidues(std::span<const std::string> sequences) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    if (sequences[i].empty()) {
      throw Error(ErrorKind::BadInput,
                  fmt::format("sequence {} of {} is empty; an embedding needs one residue at least",
                              i + 1, sequences.size()));
    }
    total += static_cast<std::int64_t>(sequences[i].size());
  }
  return total;
}

void reportResidues(const ProgressSink& progress, std::int64_t done, std::int64_t total) {
  if (progress) {
    progress({"Embedding proteins", done, total, "residues"});
  }
}

}  // namespace twofold::models
