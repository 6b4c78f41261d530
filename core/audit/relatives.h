// Proteins of two sides that are relatives: found by shared words and, where it is installed, by
// MMseqs2; confirmed by alignment.
#pragma once

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/bio/alignment.h"

namespace twofold::audit {

/// The field's limits: CD-HIT at 40 % is how Bernett's parts were kept apart, and half of the
/// shorter sequence is a shared domain at least.
struct RelativeRule {
  double identity = 0.4;
  double coverage = 0.5;  // of the shorter
};

struct RelativeSearch {
  RelativeRule rule{};
  int threads = 0;                 // 0: all
  std::filesystem::path mmseqs{};  // the program; empty: without it
};

struct Relative {
  std::uint32_t query = 0;  // indices into what was given
  std::uint32_t target = 0;
  double identity = 0;  // of the aligned stretch, gaps included
  double coverage = 0;  // of the shorter
};

/// Every query that has a relative among the targets, with all of them, ascending. The alignment
/// is local; its identity must also be beyond what its length makes by accident (Rost 1999, see
/// data::leastIdentity). Texts that are equal are relatives of identity 1 whatever their length;
/// empty ones have none. Throws StopRequested, and Error(Io) when MMseqs2 fails.
[[nodiscard]] std::vector<Relative> findRelatives(std::span<const std::string_view> queries,
                                                  std::span<const std::string_view> targets,
                                                  const RelativeSearch& search,
                                                  const ProgressSink& progress = {},
                                                  const std::stop_token& stop = {});

}  // namespace twofold::audit
