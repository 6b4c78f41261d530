#include "core/metrics/protein_mcc.h"

#include <cmath>
#include <limits>
#include <vector>

#include "core/metrics/bootstrap.h"
#include "core/metrics/confusion.h"

namespace twofold::metrics {

namespace {

void count(Confusion& counts, bool positive, bool called) {
  double& cell = positive ? (called ? counts.truePositives : counts.falseNegatives)
                          : (called ? counts.falsePositives : counts.trueNegatives);
  cell += 1;
}

}  // namespace

ProteinMcc proteinMcc(const ScoredPairs& pairs, double threshold,
                      const BootstrapOptions& bootstrap) {
  ProteinMcc result;
  result.mean.value = std::numeric_limits<double>::quiet_NaN();
  if (!canBeMeasured(pairs) || std::isnan(threshold)) {
    return result;
  }
  const DenseProteins proteins(pairs);
  std::vector<Confusion> counts(proteins.count);
  for (std::size_t i = 0; i < pairs.labels.size(); ++i) {
    const bool called = static_cast<double>(pairs.probabilities[i]) >= threshold;
    count(counts[proteins.a[i]], pairs.labels[i] != 0, called);
    if (proteins.a[i] != proteins.b[i]) {
      count(counts[proteins.b[i]], pairs.labels[i] != 0, called);
    }
  }
  std::vector<double> values;
  for (const Confusion& own : counts) {
    if (own.truePositives + own.falseNegatives > 0 && own.trueNegatives + own.falsePositives > 0) {
      values.push_back(own.mcc());
    }
  }
  result.proteins = proteins.count;
  result.defined = values.size();
  result.mean = meanOfUnits(values, bootstrap);
  return result;
}

}  // namespace twofold::metrics
