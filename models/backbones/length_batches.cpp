#include "models/backbones/length_batches.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"

namespace twofold::models {

std::string name(LongProteins rule) {
  switch (rule) {
    case LongProteins::Windows:
      return "windows";
    case LongProteins::Refuse:
      return "refuse";
    case LongProteins::Crop:
      break;
  }
  return "crop";
}

std::vector<Piece> pieces(std::span<const std::string> sequences, const LongRule& rule) {
  std::vector<Piece> list;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    const auto length = static_cast<std::int64_t>(sequences[i].size());
    if (length <= rule.limit || rule.kind == LongProteins::Crop) {
      list.push_back({i, 0, std::min(length, rule.limit)});
      continue;
    }
    if (rule.kind == LongProteins::Refuse) {
      throw Error(
          ErrorKind::BadInput,
          fmt::format("sequence {} of {} has {} residues, more than the limit of {}; choose "
                      "to crop long proteins, or windows over them",
                      i + 1, sequences.size(), length, rule.limit));
    }
    const std::int64_t step = rule.limit - rule.limit / 4;
    const std::int64_t last = length - rule.limit;
    const std::int64_t steps = (last + step - 1) / step;
    for (std::int64_t k = 0; k <= steps; ++k) {
      list.push_back({i, last * k / steps, rule.limit});
    }
  }
  return list;
}

std::vector<std::vector<Piece>> lengthBatches(std::vector<Piece> pieces, std::int64_t tokens) {
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.length > b.length; });
  std::vector<std::vector<Piece>> batches;
  std::int64_t used = 0;
  for (const Piece& piece : pieces) {
    const std::int64_t needed = piece.length + 2;
    if (batches.empty() || used + needed > tokens) {
      batches.emplace_back();
      used = 0;
    }
    batches.back().push_back(piece);
    used += needed;
  }
  return batches;
}

}  // namespace twofold::models
