#include "core/data/splitters/families.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/data/sequence_clusters.h"

namespace twofold::data {

std::vector<OptionSpec> familyOptions() {
  return {
      realOption("identity", "Identity", 0.4, 0.25, 1,
                 "Sequences whose best alignment has at least this identity are of one cluster; "
                 "clusters grow by single linkage."),
      realOption("coverage", "Coverage", 0.5, 0.1, 1,
                 "Least share of the shorter sequence that the alignment must span.")};
}

std::vector<std::uint32_t> familiesOf(const SplitRequest& request, const Options& options) {
  const FamilyRule rule{options.real("identity"), options.real("coverage")};
  std::vector<std::string> sequences;
  for (const auto& protein : request.proteins) {
    if (protein.sequence.empty()) {
      throw Error(ErrorKind::Internal,
                  fmt::format("protein number {} has no sequence to compare", protein.key));
    }
    sequences.push_back(protein.sequence);
  }
  return sequenceClusters(sequences, rule, request.progress, request.stop);
}

std::string familyNote(const std::vector<std::uint32_t>& familyOf) {
  std::vector<std::int64_t> sizes;
  for (const auto family : familyOf) {
    sizes.resize(std::max<std::size_t>(sizes.size(), family + 1));
    ++sizes[family];
  }
  return fmt::format("{} proteins are in {} clusters of similar sequences; the largest has {}.",
                     familyOf.size(), sizes.size(),
                     sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end()));
}

}  // namespace twofold::data
