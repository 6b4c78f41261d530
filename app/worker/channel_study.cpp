#include "app/worker/channel_study.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <set>

#include "app/worker/known_runs.h"
#include "app/worker/run_execution.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/base/hash.h"

namespace twofold::app {

namespace {

constexpr std::size_t kMostChannels = 6;  // 63 subsets

StudyArm armOf(const runs::RunSpec& spec, std::vector<runs::PartSpec> channels, int seeds) {
  StudyArm arm{"", false, spec, seeds};
  std::vector<std::string> ids;
  for (const auto& channel : channels) {
    ids.push_back(channel.id);
  }
  arm.name = fmt::format("{}", fmt::join(ids, " + "));
  arm.spec.channels = std::move(channels);
  return arm;
}

StudyArm controlOf(const runs::RunSpec& spec, std::vector<runs::PartSpec> channels,
                   std::string name) {
  StudyArm arm = armOf(spec, std::move(channels), 1);
  arm.name = "control: " + std::move(name);
  arm.isControl = true;
  return arm;
}

/// The spec's own options of a channel it has, else the defaults.
runs::PartSpec channelOf(const runs::RunSpec& spec, const std::string& id) {
  const auto found = std::find_if(spec.channels.begin(), spec.channels.end(),
                                  [&](const runs::PartSpec& channel) { return channel.id == id; });
  return found == spec.channels.end() ? runs::PartSpec{id, {}} : *found;
}

std::vector<StudyArm> controlsOf(const StudyArm& whole) {
  std::vector<StudyArm> controls;
  controls.push_back(controlOf(whole.spec, {{"sequence", {}}}, "composition alone"));
  controls.back().spec.backbone = {"composition", {}};
  controls.push_back(controlOf(whole.spec, {{"degree", {}}}, "degree alone"));
  controls.back().spec.head = {"mlp", {}};  // it tells of pairs
  controls.push_back(controlOf(whole.spec, whole.spec.channels, "labels permuted"));
  controls.back().spec.training["control"] = std::string("permuted_labels");
  controls.push_back(
      controlOf(whole.spec, whole.spec.channels, "sequences shuffled, other evidence kept"));
  controls.back().spec.training["control"] = std::string("shuffled_sequences");
  controls.push_back(
      controlOf(whole.spec, whole.spec.channels, "pairs in swapped order (must change nothing)"));
  controls.back().spec.training["control"] = std::string("swapped_order");
  return controls;
}

/// The runs that a study has still to train, and how long they have taken so far.
class StudyPace {
 public:
  void expect(const std::string& recipe) { m_missing.insert(recipe); }
  void trained(const std::string& recipe) {
    m_missing.erase(recipe);
    ++m_trained;
  }
  /// "3 runs to train, about 2 min 5 s".
  [[nodiscard]] std::string text() const {
    const auto missing = m_missing.size();
    const auto words = fmt::format("{} {} to train", missing, missing == 1 ? "run" : "runs");
    if (m_trained == 0) {
      return words;
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - m_start;
    return fmt::format("{}, about {}", words,
                       durationText(taken.count() / m_trained * static_cast<double>(missing)));
  }

 private:
  std::set<std::string> m_missing;  // two rows may share one
  int m_trained = 0;
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

runs::RunSpec withSeed(runs::RunSpec spec, int seed) {
  spec.seed += static_cast<std::uint64_t>(seed);
  return spec;
}

}  // namespace

std::vector<StudyArm> planStudy(const runs::RunSpec& spec, const std::vector<std::string>& channels,
                                int seeds, bool controls) {
  if (channels.empty() || channels.size() > kMostChannels) {
    throw Error(ErrorKind::Usage, fmt::format("a study takes 1 to {} channels, as in --channels "
                                              "sequence,neighbours",
                                              kMostChannels));
  }
  for (auto channel = channels.begin(); channel != channels.end(); ++channel) {
    if (std::find(channels.begin(), channel, *channel) != channel) {
      throw Error(ErrorKind::Usage, fmt::format("channel \"{}\" is named twice", *channel));
    }
  }
  std::vector<StudyArm> arms;
  for (std::size_t size = 1; size <= channels.size(); ++size) {
    for (std::uint32_t subset = 1; subset < (1U << channels.size()); ++subset) {
      if (static_cast<std::size_t>(std::popcount(subset)) != size) {
        continue;
      }
      std::vector<runs::PartSpec> chosen;
      for (std::size_t c = 0; c < channels.size(); ++c) {
        if ((subset >> c & 1U) != 0) {
          chosen.push_back(channelOf(spec, channels[c]));
        }
      }
      arms.push_back(armOf(spec, std::move(chosen), seeds));
    }
  }
  if (controls) {
    const auto more = controlsOf(arms.back());
    arms.insert(arms.end(), more.begin(), more.end());
  }
  return arms;
}

std::string studyId(const std::vector<StudyArm>& arms) {
  Sha256 hash;
  for (const auto& arm : arms) {
    if (!arm.isControl) {
      hash.add(runs::toJson(arm.spec).dump());
    }
  }
  return "s" + hash.hex().substr(0, 7);
}

std::vector<std::vector<StudyRun>> runStudy(Job& job, store::Project& project,
                                            const std::vector<StudyArm>& arms) {
  KnownRuns known(project);
  const std::string study = studyId(arms);
  StudyPace pace;
  for (const auto& arm : arms) {
    for (int seed = 0; seed < arm.seeds; ++seed) {
      const auto spec = withSeed(arm.spec, seed);
      if (!known.isDone(spec)) {
        pace.expect(runs::toJson(spec).dump());
      }
    }
  }
  std::vector<std::vector<StudyRun>> runs;
  for (std::size_t a = 0; a < arms.size(); ++a) {
    runs.emplace_back();
    for (int seed = 0; seed < arms[a].seeds; ++seed) {
      const auto spec = withSeed(arms[a].spec, seed);
      const auto record = known.takenUp(spec);
      nestRun(project, record, study, arms[a].name);
      if (record.status != store::RunStatus::Done) {
        job.output.say(fmt::format("Row {} of {}: {}, seed {}, run {}; {}", a + 1, arms.size(),
                                   arms[a].name, spec.seed, record.id, pace.text()));
        static_cast<void>(trainRun(job, project, record.id));
        job.output.noLongerTo();
        pace.trained(runs::toJson(spec).dump());
        known.refresh(record.id);  // another row may be the same
      }
      runs.back().push_back({record.id, spec.seed});
    }
  }
  return runs;
}

}  // namespace twofold::app
