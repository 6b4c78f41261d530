#include "models/learning/backbone_notes.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"

namespace twofold::models {

namespace {

constexpr std::size_t kMostProblems = 3;
constexpr const char* kRefuse = "refuse";

std::string lengthNote(const LengthLimit& limit, std::int64_t longer, std::size_t all) {
  const auto who =
      all == 1 ? std::string("The protein is")
               : fmt::format("{} of {} proteins {}", longer, all, longer == 1 ? "is" : "are");
  return fmt::format("{} longer than {} residues: {}.", who, limit.residues,
                     limit.rule == "windows"
                         ? "averaged over overlapping windows"
                         : fmt::format("only the first {} residues count", limit.residues));
}

}  // namespace

std::int64_t longerThan(const LengthLimit& limit, std::span<const std::string> sequences) {
  if (limit.residues == 0) {
    return 0;
  }
  return std::count_if(sequences.begin(), sequences.end(), [&](const std::string& sequence) {
    return static_cast<std::int64_t>(sequence.size()) > limit.residues;
  });
}

void requireWithinLimit(const LengthLimit& limit, std::span<const std::string> ids,
                        std::span<const std::string> sequences) {
  if (limit.rule != kRefuse || limit.residues == 0) {
    return;
  }
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    if (const auto residues = static_cast<std::int64_t>(sequences[i].size());
        residues > limit.residues) {
      throw Error(
          ErrorKind::BadInput,
          fmt::format("protein {} has {} residues, more than the limit of {}; choose to "
                      "crop long proteins, or windows over them",
                      i < ids.size() ? ids[i] : std::to_string(i + 1), residues, limit.residues));
    }
  }
}

std::vector<std::string> notesOn(const Backbone& backbone, std::span<const std::string> sequences) {
  std::vector<std::string> notes;
  const LengthLimit limit = backbone.lengthLimit();
  if (const auto longer = longerThan(limit, sequences); longer > 0 && limit.rule != kRefuse) {
    notes.push_back(lengthNote(limit, longer, sequences.size()));
  }
  // A token is a byte of text at least.
  if (const auto longer = longerThan({limit.tokens, limit.rule, 0}, sequences); longer > 0) {
    notes.push_back(fmt::format("Of texts, the first {} tokens count: {} of {} may be longer.",
                                limit.tokens, longer, sequences.size()));
  }
  const auto problems = backbone.problems();
  for (std::size_t i = 0; i < std::min(problems.size(), kMostProblems); ++i) {
    notes.push_back(fmt::format("A file of stored embeddings is left out: {}", problems[i]));
  }
  if (problems.size() > kMostProblems) {
    notes.push_back(fmt::format("{} more files of stored embeddings are left out.",
                                problems.size() - kMostProblems));
  }
  return notes;
}

}  // namespace twofold::models
