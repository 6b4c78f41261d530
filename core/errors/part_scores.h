// What one run said of one part of its pairs, with what a look at its errors asks of the proteins.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/data/protein.h"
#include "core/data/split.h"
#include "core/metrics/part_metrics.h"
#include "core/store/database.h"

namespace twofold::errors {

struct PartProtein {
  data::ProteinKey key = 0;
  std::string id;
  std::string name;
  std::string organism;
  std::int32_t length = 0;
  std::int32_t trainingPairs = 0;  // pairs of the training part it stands in, of either label
};

/// Columns of one length, a row a labelled pair; a and b index `proteins`.
struct PartScores {
  std::string run;
  std::string pairSet;
  data::Part part = data::Part::None;
  std::vector<PartProtein> proteins;  // those of the pairs, by key
  std::vector<std::int64_t> a;
  std::vector<std::int64_t> b;
  std::vector<std::int8_t> labels;
  std::vector<float> scores;
  std::vector<std::uint32_t> indices;  // in the pair set

  double threshold = 0.5;         // the run's own; NaN: it has none
  bool isThresholdChosen = true;  // on validation; false: imported scores without a choice, 0.5
  bool areProbabilities = true;
  std::int64_t unlabelled = 0;             // scored pairs without a label, left out
  std::vector<data::ProteinKey> training;  // proteins of the training part, ascending
  bool hasTraining = false;                // false: the run has no split, and none is known of

  [[nodiscard]] std::size_t size() const { return labels.size(); }
  [[nodiscard]] metrics::ScoredPairs scored() const {
    return {scores, labels, a, b, areProbabilities};
  }
};

/// The parts that the run has stored scores of, validation first. Throws Error(NotFound).
[[nodiscard]] std::vector<data::Part> partsWithScores(store::Database& database,
                                                      const std::string& run);

/// Throws Error: Usage when the run has no scores of the part, BadInput for scores that are no
/// numbers or of pairs that the set no longer has, NotFound; StopRequested.
[[nodiscard]] PartScores readPartScores(store::Database& database, const std::string& run,
                                        data::Part part, const std::stop_token& stop = {});

/// Throws Error(Usage) for NaN, which a run of ranks has in its place.
void requireThreshold(const PartScores& part, double threshold);

}  // namespace twofold::errors
