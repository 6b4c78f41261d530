// A project whose runs scored the same pairs well and badly, for tests of what compares them.
#pragma once

#include <QTemporaryDir>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "core/metrics/part_metrics.h"
#include "core/runs/run_spec.h"
#include "core/store/pair_repository.h"
#include "core/store/project.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"

namespace twofold::ui {

/// The pair set "demo": all 66 pairs of twelve proteins, of which every third interacts; "other":
/// pairs of four other proteins. Pairs are stored with the later protein first.
class ComparedProject {
 public:
  static constexpr int kPairs = 66;

  ComparedProject() : m_project(open()) {
    store::Transaction transaction(m_project.database());
    insert("demo", "P", 12);
    insert("other", "Q", 4);
    transaction.commit();
  }

  [[nodiscard]] store::Project& project() { return m_project; }
  [[nodiscard]] std::string folder() const { return m_folder.filePath("project").toStdString(); }
  [[nodiscard]] store::Project open() const { return store::Project::openOrCreate(folder()); }

  /// A run that is done and right on all but every `wrong`-th pair (0: right on all) of the first
  /// `count` pairs of the set.
  std::string add(int wrong, int count = kPairs, const std::string& pairSet = "demo",
                  data::Part part = data::Part::Test) {
    runs::RunSpec spec;
    spec.experiment = pairSet;
    spec.pairSet = pairSet;
    return add(spec, wrong, count, part);
  }

  /// Scores of another program that order pairs only, without a threshold.
  std::string addRanks(int wrong) {
    runs::RunSpec spec;
    spec.experiment = "imported demo";
    spec.pairSet = "demo";
    spec.imported = runs::ImportedScores{};
    spec.imported->name = "Rival";
    spec.imported->file = "scores.tsv";
    spec.imported->scale = "rank";
    spec.imported->threshold = "none";
    return add(spec, wrong, kPairs, data::Part::Test);
  }

  /// A run without any scores.
  std::string addWithoutScores() {
    runs::RunSpec spec;
    spec.experiment = "demo";
    spec.pairSet = "demo";
    return runs().create(spec.experiment, runs::toJson(spec).dump(), "").id;
  }

  [[nodiscard]] store::RunRepository runs() { return store::RunRepository(m_project.database()); }
  [[nodiscard]] data::Pairs pairs(const std::string& name = "demo") {
    store::PairRepository repository(m_project.database());
    return repository.pairs(repository.set(name).key);
  }

 private:
  void insert(const std::string& name, const std::string& prefix, int count) {
    store::ProteinRepository proteins(m_project.database());
    std::vector<data::ProteinKey> keys;
    for (int i = 0; i < count; ++i) {
      keys.push_back(proteins.insert({0, prefix + std::to_string(i), "", "",
                                      "MKV" + prefix + std::string(1, "ACDEFGHIKLMN"[i])}));
    }
    data::Pairs pairs;
    for (std::size_t a = 0; a < keys.size(); ++a) {
      for (std::size_t b = a + 1; b < keys.size(); ++b) {
        const bool interacts = (a * 7 + b * 5) % 3 == 0;
        pairs.push_back(
            {keys[b], keys[a], interacts ? data::Label::Positive : data::Label::Negative});
      }
    }
    std::ignore = store::PairRepository(m_project.database()).insertSet(name, "test", pairs);
  }

  std::string add(const runs::RunSpec& spec, int wrong, int count, data::Part part) {
    const auto all = pairs(spec.pairSet);
    std::vector<std::uint32_t> indices;
    std::vector<float> scores;
    for (int i = 0; i < std::min(count, static_cast<int>(all.size())); ++i) {
      const bool interacts = all[static_cast<std::size_t>(i)].label == data::Label::Positive;
      const bool isRight = wrong == 0 || i % wrong != wrong - 1;
      const double doubt = 0.05 + 0.4 * std::fmod(i * 0.618, 1.0);
      indices.push_back(static_cast<std::uint32_t>(i));
      scores.push_back(static_cast<float>(interacts == isRight ? 1 - doubt : doubt));
    }
    auto repository = runs();
    const auto id = repository.create(spec.experiment, runs::toJson(spec).dump(), "").id;
    repository.setPredictions(id, part, indices, scores);
    metrics::PartMetrics measured;
    measured.threshold = spec.imported ? std::nan("") : 0.5;
    repository.setPartMetrics(id, std::string(data::name(part)), measured);
    repository.setStatus(id, store::RunStatus::Done);
    return id;
  }

  QTemporaryDir m_folder;
  store::Project m_project;
};

}  // namespace twofold::ui
