#include "core/base/nearest_name.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace twofold {

namespace {

std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substitution = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substitution, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string nearestName(std::string_view wrong, std::span<const std::string> candidates) {
  std::string best;
  std::size_t bestDistance = wrong.size() / 2 + 2;
  for (const auto& candidate : candidates) {
    const std::size_t distance = editDistance(wrong, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

std::string didYouMean(std::string_view wrong, std::span<const std::string> candidates) {
  const std::string nearest = nearestName(wrong, candidates);
  if (!nearest.empty()) {
    return fmt::format("; did you mean \"{}\"?", nearest);
  }
  if (candidates.empty()) {
    return "; there is none yet";
  }
  const std::size_t shown = std::min<std::size_t>(candidates.size(), 12);
  return fmt::format("; there {} {}{}", candidates.size() == 1 ? "is" : "are",
                     fmt::join(candidates.begin(), candidates.begin() + shown, ", "),
                     shown < candidates.size() ? ", …" : "");
}

}  // namespace twofold
