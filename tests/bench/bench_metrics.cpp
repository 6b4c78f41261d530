// Prints what metrics cost: a paired bootstrap over proteins, and the areas of ten million scores.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/base/random.h"
#include "core/metrics/delong.h"
#include "core/metrics/paired_difference.h"
#include "core/metrics/ranking.h"

namespace {

using namespace twofold;
using namespace twofold::metrics;

double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

struct Scored {
  std::vector<float> first;
  std::vector<float> second;
  std::vector<std::int8_t> labels;
  std::vector<std::int64_t> a;
  std::vector<std::int64_t> b;
};

float sigmoid(double x) {
  return static_cast<float>(1 / (1 + std::exp(-x)));
}

/// Two models that are half right in common; partners are drawn so that few proteins have many.
Scored scoredPairs(std::size_t count, std::uint64_t proteins) {
  Random random(5);
  const auto protein = [&] {
    const double u = random.uniform();
    return static_cast<std::int64_t>(u * u * static_cast<double>(proteins));
  };
  Scored made;
  for (std::size_t i = 0; i < count; ++i) {
    const auto label = static_cast<std::int8_t>(random.below(2));
    const double shared = random.normals().first + label;
    made.labels.push_back(label);
    made.first.push_back(sigmoid(shared + random.normals().first));
    made.second.push_back(sigmoid(shared + random.normals().second));
    made.a.push_back(protein());
    made.b.push_back(protein());
  }
  return made;
}

void benchBootstrap() {
  const Scored made = scoredPairs(59260, 4000);
  const ScoredPairs pairs{made.first, made.labels, made.a, made.b};
  for (const int threads : {1, 2}) {
    const auto start = std::chrono::steady_clock::now();
    const auto found = pairedDifferences(pairs, 0.5, {made.second, 0.5}, {1000, 1, threads});
    fmt::print("paired bootstrap, 1000 resamples, 59260 pairs, two runs, {} thread(s): {:.2f} s ",
               threads, secondsSince(start));
    fmt::print("(AUPRC {:+.4f} [{:+.4f}, {:+.4f}])\n", found.at("auprc").value,
               found.at("auprc").interval->low, found.at("auprc").interval->high);
  }
  const auto start = std::chrono::steady_clock::now();
  const DeLong test = deLong(made.first, made.second, made.labels);
  fmt::print("DeLong, 59260 pairs: {:.3f} s (p {:.3f})\n", secondsSince(start), test.p);
}

void benchAreas() {
  constexpr std::size_t kScores = 10'000'000;
  Random random(7);
  std::vector<float> scores;
  std::vector<std::int8_t> labels;
  for (std::size_t i = 0; i < kScores; ++i) {
    labels.push_back(static_cast<std::int8_t>(random.below(11) == 0 ? 1 : 0));
    scores.push_back(sigmoid(random.normals().first + labels.back()));
  }
  const auto start = std::chrono::steady_clock::now();
  const RankingAreas areas = rankingAreas(scores, labels);
  fmt::print("AUROC and AUPRC of {} scores: {:.2f} s ({:.6f}, {:.6f})\n", kScores,
             secondsSince(start), areas.auroc, areas.auprc);
}

}  // namespace

int main() {
  benchBootstrap();
  benchAreas();
}
