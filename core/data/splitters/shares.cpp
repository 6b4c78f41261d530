#include "core/data/splitters/shares.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace twofold::data {

namespace {

constexpr double kTolerance = 0.1;

}  // namespace

Shares sharesOf(const std::array<double, 3>& ratio) {
  const double sum = ratio[0] + ratio[1] + ratio[2];
  const bool usable = std::isfinite(sum) && sum > 0 &&
                      std::all_of(ratio.begin(), ratio.end(), [](double r) { return r >= 0; });
  if (!usable) {
    throw Error(ErrorKind::Usage,
                fmt::format("the ratio {}:{}:{} cannot be used; give three numbers that are not "
                            "negative, such as 8:1:1",
                            ratio[0], ratio[1], ratio[2]));
  }
  return {ratio[0] / sum, ratio[1] / sum, ratio[2] / sum};
}

Shares sharesWithTraining(const std::array<double, 3>& ratio) {
  const auto shares = sharesOf(ratio);
  if (shares[0] <= 0) {
    throw Error(ErrorKind::Usage,
                "this rule takes proteins out of the training part, so the first number of the "
                "ratio must not be zero, as in 8:1:1");
  }
  return shares;
}

Counts countsOf(const Split& split) {
  Counts counts{};
  for (const Part part : split.parts) {
    if (part != Part::None) {
      ++counts[at(part)];
    }
  }
  return counts;
}

std::string percentText(const Shares& shares) {
  return fmt::format("{:.1f} : {:.1f} : {:.1f}", 100 * shares[0], 100 * shares[1], 100 * shares[2]);
}

std::string percentText(const Counts& counts) {
  const auto sum =
      static_cast<double>(std::max<std::int64_t>(counts[0] + counts[1] + counts[2], 1));
  return percentText(Shares{static_cast<double>(counts[0]) / sum,
                            static_cast<double>(counts[1]) / sum,
                            static_cast<double>(counts[2]) / sum});
}

std::optional<std::string> ratioNote(const Shares& asked, const Counts& got) {
  const auto sum = static_cast<double>(got[0] + got[1] + got[2]);
  for (std::size_t part = 0; part < asked.size(); ++part) {
    const double wanted = asked[part] * sum;
    if (std::abs(static_cast<double>(got[part]) - wanted) > std::max(1.0, kTolerance * wanted)) {
      return fmt::format("Asked for {} % of the pairs that are kept, got {} %.", percentText(asked),
                         percentText(got));
    }
  }
  return std::nullopt;
}

double Growth::level(Part part, const Counts& counts) const {
  return static_cast<double>(counts[at(part)]) / m_shares[at(part)];
}

std::optional<Part> Growth::behind() const {
  std::optional<Part> found;
  double lowest = level(Part::Train, m_counts);
  for (const Part part : {Part::Validation, Part::Test}) {
    if (m_shares[at(part)] > 0 && level(part, m_counts) < lowest) {
      lowest = level(part, m_counts);
      found = part;
    }
  }
  return found;
}

bool Growth::take(Part part, const Counts& counts, bool whatever) {
  const double after = level(part, counts) - level(Part::Train, counts);
  const double before = level(part, m_counts) - level(Part::Train, m_counts);
  const bool fits = after <= kTolerance * level(Part::Train, counts) && counts[0] > 0;
  const bool helps = counts[0] > 0 && std::abs(after) < std::abs(before);
  if (whatever ? helps : fits) {
    m_counts = counts;
    return true;
  }
  return false;
}

}  // namespace twofold::data
