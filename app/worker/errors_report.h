// A look at a run's errors as the JSON of `errors` and as text for people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/errors/operating_point.h"
#include "core/errors/protein_errors.h"
#include "core/errors/strata.h"
#include "core/formats/bounded_json.h"

namespace twofold::app {

struct ErrorsReport {
  errors::PartScores part;
  std::string thresholdFrom;  // a sentence
  errors::OperatingPoint point;
  bool atPrevalence = false;  // another one was asked for
  errors::ProteinErrorList proteins;
  std::vector<errors::NearestInTraining> nearest;  // empty: not asked for
  std::vector<errors::Strata> strata;
  std::size_t shownProteins = 0;
};

/// Without "command" and "run".
[[nodiscard]] formats::Json toJson(const ErrorsReport& report);
[[nodiscard]] std::string errorsText(const ErrorsReport& report);

}  // namespace twofold::app
