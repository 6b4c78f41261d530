#include "core/report/controls.h"

#include <algorithm>

#include "core/report/words.h"

namespace twofold::report {

namespace {

constexpr const char* kDegree = "degree alone";
constexpr const char* kComposition = "composition alone";
constexpr const char* kPermuted = "labels permuted";

bool isOnly(const runs::RunSpec& spec, std::string_view channel) {
  return spec.channels.size() == 1 && spec.channels.front().id == channel;
}

/// The controls of a channel study (`ablate`).
runs::RunSpec controlSpec(runs::RunSpec spec, const std::string& control) {
  if (control == kPermuted) {
    spec.training["control"] = std::string("permuted_labels");
    return spec;
  }
  spec.backbone = {"composition", {}};
  spec.channels = {{control == kDegree ? "degree" : "sequence", {}}};
  if (control == kDegree) {
    spec.head = {"mlp", {}};  // it tells of pairs
  }
  return spec;
}

}  // namespace

std::string controlOf(const runs::RunSpec& spec) {
  if (const auto control = spec.training.find("control"); control != spec.training.end()) {
    const auto kind = toText(control->second);
    if (kind == "permuted_labels") {
      return kPermuted;
    }
    if (kind == "shuffled_sequences") {
      return "sequences shuffled";
    }
    if (kind == "swapped_order") {
      return "pairs in swapped order";
    }
  }
  if (isOnly(spec, "degree")) {
    return kDegree;
  }
  if (!isOnly(spec, "sequence")) {
    return {};
  }
  return spec.backbone.id == "composition" ? kComposition
         : spec.backbone.id == "random"    ? "random embeddings"
                                           : "";
}

std::vector<MissingControl> missingControls(const ExperimentFacts& facts) {
  std::vector<MissingControl> missing;
  const auto trained = std::find_if(facts.models.begin(), facts.models.end(),
                                    [](const ReportedRun& run) { return !run.spec.imported; });
  if (trained == facts.models.end()) {
    return missing;
  }
  const auto& best = trained->spec;
  for (const std::string name : {kDegree, kComposition, kPermuted}) {
    const bool isThere = std::any_of(facts.controls.begin(), facts.controls.end(),
                                     [&](const ReportedRun& run) { return run.control == name; }) ||
                         (name == kComposition && controlOf(best) == kComposition);
    if (!isThere) {
      missing.push_back({name, trainCommand(controlSpec(best, name))});
    }
  }
  return missing;
}

}  // namespace twofold::report
