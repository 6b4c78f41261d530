#include "core/metrics/fisher.h"

#include <algorithm>
#include <cmath>

namespace twofold::metrics {

namespace {

double logChoose(std::int64_t n, std::int64_t k) {
  return std::lgamma(static_cast<double>(n) + 1) - std::lgamma(static_cast<double>(k) + 1) -
         std::lgamma(static_cast<double>(n - k) + 1);
}

/// Tables as likely as the given one count as such in spite of rounding; R's fisher.test allows
/// the same.
constexpr double kSlack = 1e-7;

}  // namespace

double fisherExact(const Share& first, const Share& second) {
  const std::int64_t all = first.all + second.all;
  const std::int64_t hits = first.hits + second.hits;
  if (first.all <= 0 || second.all <= 0 || hits <= 0 || hits >= all) {
    return 1;
  }
  const double whole = logChoose(all, first.all);
  const auto logLikely = [&](std::int64_t k) {
    return logChoose(hits, k) + logChoose(all - hits, first.all - k) - whole;
  };
  const double given = logLikely(first.hits) + std::log1p(kSlack);
  const std::int64_t least = std::max<std::int64_t>(0, hits - second.all);
  const std::int64_t most = std::min(hits, first.all);
  double p = 0;
  for (std::int64_t k = least; k <= most; ++k) {
    const double likely = logLikely(k);
    p += likely <= given ? std::exp(likely) : 0;
  }
  return std::min(1.0, p);
}

}  // namespace twofold::metrics
