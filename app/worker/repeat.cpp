#include "app/worker/repeat.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "app/worker/run_execution.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/base/machine.h"
#include "core/runs/run_difference.h"
#include "core/runs/run_spec.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"

namespace twofold::app {

namespace {

struct PartComparison {
  std::string part;
  std::int64_t pairs = 0;
  std::int64_t differing = 0;
  double largest = 0;     // difference of two probabilities
  bool samePairs = true;  // false: nothing else was compared
};

PartComparison compared(store::RunRepository& runs, const std::string& first,
                        const std::string& second, data::Part part) {
  const auto a = runs.predictions(first, part);
  const auto b = runs.predictions(second, part);
  PartComparison result{std::string(data::name(part)), static_cast<std::int64_t>(a.size())};
  result.samePairs = a.size() == b.size();
  for (std::size_t i = 0; result.samePairs && i < a.size(); ++i) {
    result.samePairs = a[i].first == b[i].first;
    if (std::bit_cast<std::uint32_t>(a[i].second) != std::bit_cast<std::uint32_t>(b[i].second)) {
      ++result.differing;
      result.largest = std::max(result.largest, std::abs(static_cast<double>(a[i].second) -
                                                         static_cast<double>(b[i].second)));
    }
  }
  return result;
}

/// Recorded threads, or the cores of the machine that took them all, where this one has others.
runs::RunSpec specAsComputed(const store::RunRecord& run, const store::RunValueMap& values) {
  auto spec = runs::runSpecFromJson(formats::parseJson(run.specJson, run.id), run.id);
  const auto number = [&](const char* name) {
    const auto found = values.find(name);
    const auto* value = found == values.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
    return value == nullptr ? std::int64_t{0} : *value;
  };
  if (const auto threads = number("params.threads"); threads > 0) {
    spec.threads = static_cast<int>(threads);
  } else if (const auto cores = number("system.cores"); cores > 0 && cores != thisMachine().cores) {
    spec.threads = static_cast<int>(cores);
  }
  return spec;
}

formats::Json toJson(const std::vector<PartComparison>& parts) {
  formats::Json all = formats::Json::object();
  for (const auto& part : parts) {
    all[part.part] = {{"pairs", part.pairs},
                      {"same_pairs", part.samePairs},
                      {"differing", part.differing},
                      {"largest", part.largest}};
  }
  return all;
}

std::string textOf(const PartComparison& part) {
  if (!part.samePairs) {
    return fmt::format("{}: not the same pairs\n", part.part);
  }
  return part.differing == 0
             ? fmt::format("{}: {} probabilities, all the same\n", part.part, countText(part.pairs))
             : fmt::format("{}: {} of {} probabilities differ, by {:.3g} at most\n", part.part,
                           countText(part.differing), countText(part.pairs), part.largest);
}

void tell(Job& job, store::Project& project, const std::string& runId, const std::string& copyId) {
  store::RunRepository repository(project.database());
  std::vector<PartComparison> parts;
  bool isSame = true;
  std::string text;
  for (const auto part : {data::Part::Validation, data::Part::Test}) {
    parts.push_back(compared(repository, runId, copyId, part));
    if (parts.back().pairs == 0 && parts.back().samePairs) {
      parts.pop_back();
      continue;
    }
    isSame = isSame && parts.back().samePairs && parts.back().differing == 0;
    text += textOf(parts.back());
  }
  store::RunTracking tracking(project.database());
  const auto reasons =
      runs::differenceOf({tracking.values(runId), tracking.values(copyId)}).reasons;
  text = fmt::format("\nRun {} repeated as {}: {}\n{}", runId, copyId,
                     isSame ? "the same to the last bit" : "other numbers", text);
  if (!isSame) {
    for (const auto& reason : reasons) {
      text += reason + "\n";
    }
  }
  job.output.result({{{"command", "run"},
                      {"run", copyId},
                      {"of", runId},
                      {"same", isSame},
                      {"parts", toJson(parts)},
                      {"reasons", reasons}}},
                    text);
}

}  // namespace

void repeatRun(Job& job, store::Project& project, const std::string& runId, RankTeam& team) {
  const auto record = store::RunRepository(project.database()).run(runId);
  if (record.status != store::RunStatus::Done) {
    throw Error(ErrorKind::Usage, fmt::format("run {} is {}; without --again it is gone on with",
                                              runId, store::name(record.status)));
  }
  store::RunTracking tracking(project.database());
  const auto copy = createAgain(project, specAsComputed(record, tracking.values(runId)), runId);
  tracking.setParent(copy, runId);
  job.output.say(fmt::format("Run {} is trained again as {}.", runId, copy));
  static_cast<void>(trainRun(job, project, copy, team.isAlone() ? nullptr : &team));
  tell(job, project, runId, copy);
}

}  // namespace twofold::app
