#include "core/errors/protein_errors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "core/errors/cell.h"
#include "core/metrics/wilson.h"

namespace twofold::errors {

namespace {

void count(metrics::Confusion& counts, Cell cell) {
  switch (cell) {
    case Cell::TruePositive:
      counts.truePositives += 1;
      break;
    case Cell::FalsePositive:
      counts.falsePositives += 1;
      break;
    case Cell::TrueNegative:
      counts.trueNegatives += 1;
      break;
    case Cell::FalseNegative:
      counts.falseNegatives += 1;
      break;
  }
}

bool liesAbove(std::int64_t wrong, std::int64_t pairs, double errorRate) {
  return metrics::wilsonInterval(wrong, pairs)->low > errorRate;
}

/// The chance that a protein of so many pairs is above, each pair wrong with the part's rate.
double chanceAbove(std::int64_t pairs, double errorRate) {
  if (errorRate <= 0 || errorRate >= 1) {
    return 0;
  }
  // The least count that is above, by bisection: the lower end grows with the count.
  std::int64_t least = 0;
  std::int64_t most = pairs + 1;
  while (least < most) {
    const auto middle = (least + most) / 2;
    if (middle > pairs || liesAbove(middle, pairs, errorRate)) {
      most = middle;
    } else {
      least = middle + 1;
    }
  }
  const auto n = static_cast<double>(pairs);
  double chance = 0;
  for (std::int64_t k = least; k <= pairs; ++k) {
    const auto hits = static_cast<double>(k);
    chance += std::exp(std::lgamma(n + 1) - std::lgamma(hits + 1) - std::lgamma(n - hits + 1) +
                       hits * std::log(errorRate) + (n - hits) * std::log1p(-errorRate));
  }
  return chance;
}

void finish(ProteinErrors& own, double errorRate) {
  const auto& counts = own.counts;
  own.wrong = std::llround(counts.falsePositives + counts.falseNegatives);
  own.pairs = own.wrong + std::llround(counts.truePositives + counts.trueNegatives);
  own.rate = metrics::wilsonInterval(own.wrong, own.pairs).value();
  own.expected = errorRate * static_cast<double>(own.pairs);
  own.isAbove = own.rate.low > errorRate;
  const bool hasBoth = counts.truePositives + counts.falseNegatives > 0 &&
                       counts.trueNegatives + counts.falsePositives > 0;
  own.mcc = hasBoth ? counts.mcc() : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

ProteinErrorList proteinErrors(const PartScores& part, double threshold) {
  requireThreshold(part, threshold);
  ProteinErrorList list;
  list.proteins.resize(part.proteins.size());
  std::int64_t wrong = 0;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto cell = cellOf(part.labels[i] != 0, static_cast<double>(part.scores[i]) >= threshold);
    wrong += isWrong(cell) ? 1 : 0;
    count(list.proteins[static_cast<std::size_t>(part.a[i])].counts, cell);
    if (part.a[i] != part.b[i]) {
      count(list.proteins[static_cast<std::size_t>(part.b[i])].counts, cell);
    }
  }
  list.errorRate = part.size() == 0 ? std::numeric_limits<double>::quiet_NaN()
                                    : static_cast<double>(wrong) / static_cast<double>(part.size());
  std::map<std::int64_t, double> chances;  // by number of pairs
  for (std::uint32_t p = 0; p < list.proteins.size(); ++p) {
    auto& own = list.proteins[p];
    own.protein = p;
    finish(own, list.errorRate);
    list.above += own.isAbove ? 1 : 0;
    const auto [known, isNew] = chances.try_emplace(own.pairs, 0);
    if (isNew) {
      known->second = chanceAbove(own.pairs, list.errorRate);
    }
    list.aboveByChance += known->second;
  }
  std::sort(list.proteins.begin(), list.proteins.end(),
            [](const ProteinErrors& x, const ProteinErrors& y) {
              return std::tuple(-x.rate.low, -x.wrong, x.protein) <
                     std::tuple(-y.rate.low, -y.wrong, y.protein);
            });
  return list;
}

}  // namespace twofold::errors
