// The shares of train, validation and test: what was asked, and growing parts until they have it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/data/split.h"

namespace twofold::data {

using Shares = std::array<double, 3>;        // of train, validation, test; they sum to one
using Counts = std::array<std::int64_t, 3>;  // pairs of train, validation, test

[[nodiscard]] constexpr std::size_t at(Part part) {
  return static_cast<std::size_t>(part);
}

/// Throws Error(Usage) for a ratio of which nothing can be made.
[[nodiscard]] Shares sharesOf(const std::array<double, 3>& ratio);
/// The same for rules that take test proteins out of training: it must not be empty.
[[nodiscard]] Shares sharesWithTraining(const std::array<double, 3>& ratio);

[[nodiscard]] Counts countsOf(const Split& split);
/// "80.0 : 10.0 : 10.0".
[[nodiscard]] std::string percentText(const Shares& shares);
[[nodiscard]] std::string percentText(const Counts& counts);
/// What a note says when parts differ by more than a tenth of their share; nothing when they do
/// not.
[[nodiscard]] std::optional<std::string> ratioNote(const Shares& asked, const Counts& got);

/// All pairs begin in training; proteins are moved out, one after another, until validation and
/// test have their shares of the pairs that are kept.
class Growth {
 public:
  Growth(const Shares& shares, Counts counts) : m_shares(shares), m_counts(counts) {}

  /// The part that is most behind its share; none when both have theirs.
  [[nodiscard]] std::optional<Part> behind() const;
  /// Takes a move after which the parts would have `counts`, unless `part` would outgrow its share
  /// by more than a tenth. With `whatever`, unless it would then be further off than now.
  [[nodiscard]] bool take(Part part, const Counts& counts, bool whatever);
  [[nodiscard]] const Counts& counts() const { return m_counts; }

 private:
  [[nodiscard]] double level(Part part, const Counts& counts) const;

  Shares m_shares;
  Counts m_counts;
};

}  // namespace twofold::data
