// Reads every byte of a weights folder: hashes, shapes, and numbers that are none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"

namespace twofold::weights {

struct VerifiedFile {
  std::string name;
  std::int64_t bytes = 0;
  std::string sha256;
};

struct VerifyReport {
  std::vector<VerifiedFile> files;
  std::int64_t tensors = 0;
  std::int64_t notFinite = 0;         // numbers that are infinite or not a number
  std::vector<std::string> problems;  // each a sentence; the first hundred
  std::int64_t moreProblems = 0;      // beyond those

  [[nodiscard]] bool isSound() const { return problems.empty(); }
};

/// SHA-256 of each file; every float tensor finite; names and shapes as config.json asks for; the
/// index against the files; an .npz against UniRep's arrays. Throws Error where nothing can be read
/// (NotFound, BadInput, Io) and StopRequested.
[[nodiscard]] VerifyReport verifyWeights(const std::filesystem::path& folder,
                                         const ProgressSink& progress, const std::stop_token& stop);

}  // namespace twofold::weights
