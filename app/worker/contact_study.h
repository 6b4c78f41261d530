// The docking study of contact models: families left out in turn, beside baselines that need no
// learning from embeddings. What a fold gave is kept and not computed twice.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/worker/command_context.h"
#include "app/worker/contact_inputs.h"
#include "core/formats/bounded_json.h"
#include "core/metrics/mean_interval.h"
#include "core/runs/run_spec.h"
#include "models/contacts/contact_folds.h"
#include "models/contacts/contact_measure.h"
#include "models/contacts/contact_settings.h"

namespace twofold::app {

struct ContactStudyPlan {
  runs::PartSpec backbone;
  models::ContactSettings settings;
  std::filesystem::path familyLabels;  // empty: families by sequence alone
  std::string negatives;               // pair set; empty: contacts alone
  std::uint32_t folds = 5;             // 0: a fold a family
  int seeds = 3;
  std::uint64_t seed = 1;  // the first
  bool oracle = false;
};

/// Numbers of one complex, means over the seeds.
struct ComplexRow {
  std::string name;
  std::uint32_t family = 0;
  std::size_t fold = 0;
  bool isHomomer = false;
  std::size_t residuesA = 0;  // observed
  std::size_t residuesB = 0;
  std::size_t contacts = 0;
  models::MapMeasure model;
  models::MapMeasure propensity;
  models::MapMeasure chance;  // exact expectation
};

struct ContactStudyResult {
  ContactStudyPlan plan;
  std::string identity;  // of the backbone's numbers
  std::uint32_t families = 0;
  std::size_t folds = 0;
  std::vector<ComplexRow> rows;  // in the order of the project's complexes
  double validationAuprc =
      0;                     // mean over the trainings: the only number a setting may be chosen by
  double mapsPerSecond = 0;  // mean over the trainings
  std::int64_t trainings = 0;
  std::int64_t kept = 0;  // trainings that were there already
  std::filesystem::path folder;
};

/// Throws StopRequested, after which the finished trainings are kept; Error.
[[nodiscard]] ContactStudyResult runContactStudy(Job& job, store::Project& project,
                                                 const ContactStudyPlan& plan);

/// What stands in every form of the report of a study with `oracle`.
inline constexpr const char* kOracleMark = "ORACLE: sees the answer";

[[nodiscard]] formats::Json toJson(const ContactStudyResult& result);
/// With `colours` the oracle's mark is red.
[[nodiscard]] std::string contactStudyText(const ContactStudyResult& result, bool colours);
/// One line a complex, with a header.
[[nodiscard]] std::string contactStudyTsv(const ContactStudyResult& result);

}  // namespace twofold::app
