// A run whose errors are known by hand: seven test pairs, two of them at the threshold.
#pragma once

#include <algorithm>

#include "core/base/random.h"
#include "core/errors/part_scores.h"
#include "core/runs/run_spec.h"
#include "core/store/run_repository.h"
#include "tests/core/imports/project_fixture.h"

namespace twofold::tests {

/// A string of residues that is like no other of another seed.
inline std::string madeUpSequence(std::size_t length, std::uint64_t seed) {
  Random random(seed);
  std::string sequence;
  for (std::size_t i = 0; i < length; ++i) {
    sequence += "ACDEFGHIKLMNPQRSTVWY"[random.below(20)];
  }
  return sequence;
}

class MadeUpRun : public ProjectFixture {
 public:
  /// P0 to P5, of 100, 200, 400, 600, 900 and 1300 residues; P5 is of yeast.
  MadeUpRun() {
    constexpr std::size_t kLengths[] = {100, 200, 400, 600, 900, 1300};
    auto& database = project().database();
    store::Transaction transaction(database);
    for (std::size_t i = 0; i < 6; ++i) {
      m_keys.push_back(proteins().insert({0, "P" + std::to_string(i), "",
                                          i == 5 ? "Saccharomyces cerevisiae" : "Homo sapiens",
                                          madeUpSequence(kLengths[i], i + 1)}));
    }
    using enum data::Label;
    const auto pair = [&](int a, int b, data::Label label) {
      return data::Pair{m_keys[static_cast<std::size_t>(a)], m_keys[static_cast<std::size_t>(b)],
                        label};
    };
    const data::Pairs all = {pair(0, 1, Positive), pair(0, 2, Negative), pair(1, 1, Positive),
                             pair(0, 3, Positive), pair(0, 4, Negative), pair(1, 3, Positive),
                             pair(1, 4, Negative), pair(2, 5, Positive), pair(3, 3, Negative),
                             pair(3, 4, Unknown)};
    std::vector<data::Part> parts(3, data::Part::Train);
    parts.resize(all.size(), data::Part::Test);
    const auto set = pairs().insertSet("demo", "test", all);
    std::ignore = pairs().insertSplit("split", set, {"random", 1, parts});
    transaction.commit();
    runs::RunSpec spec;
    spec.pairSet = "demo";
    spec.split = "split";
    m_run = repository().create("test", runs::toJson(spec).dump(), "").id;
    setScores({0.9F, 0.8F, 0.5F, 0.5F, 0.2F, 0.1F, 0.7F});
  }

  void setScores(const std::vector<float>& scores) {
    const std::vector<std::uint32_t> indices = {3, 4, 5, 6, 7, 8, 9};
    repository().setPredictions(m_run, data::Part::Test, indices, scores);
    metrics::PartMetrics measured;
    measured.threshold = 0.5;
    repository().setPartMetrics(m_run, "test", measured);
  }

  [[nodiscard]] store::RunRepository repository() {
    return store::RunRepository(project().database());
  }
  [[nodiscard]] const std::string& run() const { return m_run; }
  [[nodiscard]] data::ProteinKey key(std::size_t protein) const { return m_keys.at(protein); }
  [[nodiscard]] errors::PartScores part() {
    return errors::readPartScores(project().database(), m_run, data::Part::Test);
  }

 private:
  std::vector<data::ProteinKey> m_keys;
  std::string m_run;
};

/// Pairs by hand: proteins as numbers, label, score.
struct HandPair {
  std::int64_t a = 0;
  std::int64_t b = 0;
  bool label = false;
  float score = 0;
};

inline errors::PartScores handMade(const std::vector<HandPair>& pairs) {
  errors::PartScores part;
  part.run = "r1";
  part.part = data::Part::Test;
  part.hasTraining = true;
  std::int64_t most = -1;
  for (const auto& pair : pairs) {
    part.a.push_back(pair.a);
    part.b.push_back(pair.b);
    part.labels.push_back(pair.label ? 1 : 0);
    part.scores.push_back(pair.score);
    part.indices.push_back(static_cast<std::uint32_t>(part.indices.size()));
    most = std::max({most, pair.a, pair.b});
  }
  for (std::int64_t key = 0; key <= most; ++key) {
    part.proteins.push_back({key + 1, "P" + std::to_string(key), "", "", 100, 0});
  }
  return part;
}

}  // namespace twofold::tests
