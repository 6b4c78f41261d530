#include "ui/panels/errors/errors_data.h"

#include <algorithm>

#include "core/base/progress.h"

namespace twofold::ui {

namespace {

using errors::Trait;

/// Nothing where the kind is not known of these pairs.
SharedBinning binningOf(const SurenessRequest& request) {
  const auto& part = request.loaded->part;
  const auto made = [](errors::Binning binning) {
    return std::make_shared<const errors::Binning>(std::move(binning));
  };
  switch (request.trait) {
    case Trait::Length:
      return made(errors::lengthBins(part, request.which));
    case Trait::Degree:
      return part.hasTraining ? made(errors::degreeBins(part, request.which)) : nullptr;
    case Trait::Similarity:
      return request.nearest != nullptr
                 ? made(errors::similarityBins(part, *request.nearest, request.which))
                 : nullptr;
    case Trait::Species:
      return made(errors::speciesBins(part));
    case Trait::Compartment:
      break;
  }
  store::Database database(request.store, store::Access::ReadOnly);
  return made(errors::compartmentBins(database, part));
}

RunStamp stampIn(store::Database& database, const std::string& run) {
  const auto record = store::RunRepository(database).run(run);
  return {record.status, record.finished, errors::partsWithScores(database, run)};
}

}  // namespace

RunStamp stampOf(const std::filesystem::path& store, const std::string& run) {
  store::Database database(store, store::Access::ReadOnly);
  return stampIn(database, run);
}

bool LoadedErrors::hasBothClasses() const {
  const auto positives = std::count(part.labels.begin(), part.labels.end(), std::int8_t{1});
  return positives > 0 && positives < static_cast<std::ptrdiff_t>(part.size());
}

SharedErrors loadErrors(const std::filesystem::path& store, const std::string& run,
                        std::optional<data::Part> part, const std::stop_token& stop) {
  store::Database database(store, store::Access::ReadOnly);
  auto loaded = std::make_shared<LoadedErrors>();
  loaded->stamp = stampIn(database, run);
  loaded->parts = loaded->stamp.parts;
  if (loaded->parts.empty()) {
    return loaded;
  }
  const bool hasIt = part && std::count(loaded->parts.begin(), loaded->parts.end(), *part) > 0;
  loaded->part = errors::readPartScores(database, run, hasIt ? *part : loaded->parts.back(), stop);
  throwIfStopped(stop);
  loaded->ladder = {loaded->part.scores, loaded->part.labels};
  if (loaded->part.part == data::Part::Validation) {
    loaded->validationScores = loaded->part.scores;
    loaded->validationLabels = loaded->part.labels;
  } else if (loaded->parts.front() == data::Part::Validation) {
    auto validation = errors::readPartScores(database, run, data::Part::Validation, stop);
    loaded->validationScores = std::move(validation.scores);
    loaded->validationLabels = std::move(validation.labels);
  }
  return loaded;
}

CallsAtThreshold callsAt(const errors::PartScores& part, double threshold) {
  return {threshold, errors::proteinErrors(part, threshold), errors::selectiveOf(part, threshold)};
}

Sureness surenessOf(const SurenessRequest& request, const std::stop_token& stop) {
  const metrics::BootstrapOptions bootstrap{errors::kResamples, 1, 1, stop};
  const auto& part = request.loaded->part;
  Sureness sureness;
  sureness.point = errors::operatingPoint(part, request.threshold, request.prevalence, bootstrap);
  sureness.binning = request.binning != nullptr ? request.binning : binningOf(request);
  if (sureness.binning != nullptr) {
    sureness.strata = errors::strataOf(part, *sureness.binning, request.threshold, bootstrap);
  }
  return sureness;
}

}  // namespace twofold::ui
