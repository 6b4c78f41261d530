// Chains described a second, and milliseconds a training step on 1,000 proteins, for both encoders
// of the C-alpha channel. Chains are those of the shared structures.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <vector>

#include "core/bio/structure_reader.h"
#include "models/channels/calpha_descriptors.h"
#include "models/channels/calpha_graph.h"
#include "models/learning/session.h"
#include "tests/models/support/toy_pairs.h"

namespace {

using namespace twofold;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<bio::Chain> sharedChains() {
  std::vector<bio::Chain> chains;
  for (const char* folder : {"docking", "bernett-complexes", "alphafold"}) {
    const auto path = std::filesystem::path(TWOFOLD_SHARED_DATA) / "structures" / folder;
    if (std::filesystem::exists(path)) {
      for (const auto& entry : std::filesystem::directory_iterator(path)) {
        for (auto& chain : bio::readStructure(entry.path()).chains) {
          chains.push_back(std::move(chain));
        }
      }
    }
  }
  return chains;
}

void measureDescribing(const std::vector<bio::Chain>& chains, const char* name,
                       const std::function<bool(const bio::Chain&)>& describe) {
  const auto start = Clock::now();
  std::size_t described = 0;
  for (const auto& chain : chains) {
    described += describe(chain) ? 1 : 0;
  }
  fmt::print("describing  {:<12} {:.0f} chains/s ({} of {} chains)\n", name,
             static_cast<double>(chains.size()) / secondsSince(start), described, chains.size());
}

void measureTraining(const std::vector<bio::Chain>& chains, const char* encoder) {
  constexpr std::size_t kProteins = 1000;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / "twofold-bench-calpha";
  models::TrainRequest request;
  request.spec.channels = {{"calpha", {{"encoder", std::string(encoder)}}}};
  request.spec.training = {{"epochs", std::int64_t{1}}, {"batch_size", std::int64_t{64}}};
  request.spec.device = "cpu";
  for (std::size_t i = 0; i < kProteins; ++i) {
    request.proteins.ids.push_back("P" + std::to_string(i));
    request.proteins.sequences.emplace_back("A");
    request.proteins.chains.emplace_back(chains[i % chains.size()]);
  }
  request.parts = {models::toyPairs(2560, kProteins, 1), models::toyPairs(64, kProteins, 2), {}};
  request.checkpointFolder = folder / "checkpoints";
  request.cacheFolder = folder / "cache";
  Clock::time_point first;
  Clock::time_point last;
  std::int64_t steps = 0;
  models::TrainObserver observer;
  observer.progress = [&](const Progress& progress) {
    if (progress.stage == "Training") {
      last = Clock::now();
      first = progress.done == 1 ? last : first;
      steps = progress.done;
    }
  };
  static_cast<void>(models::train(request, observer, {}));
  const double seconds = std::chrono::duration<double>(last - first).count();
  fmt::print("training    {:<12} {:.0f} ms a step of 64 pairs ({} steps)\n", encoder,
             1000 * seconds / static_cast<double>(steps - 1), steps);
  std::filesystem::remove_all(folder);
}

}  // namespace

int main() {
  try {
    const auto chains = sharedChains();
    if (chains.empty()) {
      fmt::print("the shared structures are absent: nothing measured\n");
      return 0;
    }
    measureDescribing(chains, "descriptors", [](const bio::Chain& chain) {
      return models::calphaDescriptors(chain).has_value();
    });
    measureDescribing(chains, "graph", [](const bio::Chain& chain) {
      return !models::calphaGraph(chain, {}).empty();
    });
    for (const char* encoder : {"descriptors", "graph"}) {
      measureTraining(chains, encoder);
    }
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_calpha: {}\n", error.what());
    return 1;
  }
}
