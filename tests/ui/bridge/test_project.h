// A small project in a temporary folder, and the fake worker in place of the real one.
#pragma once

#include <csignal>

#include <QStandardPaths>
#include <QTemporaryDir>
#include <memory>

#include "core/base/process_identity.h"
#include "core/runs/run_spec.h"
#include "core/store/pair_repository.h"
#include "core/store/project.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"

namespace twofold::ui {

/// The ways in which it goes wrong are listed in fake_worker.cpp.
inline void useFakeWorker(const char* mode = "good") {
  QStandardPaths::setTestModeEnabled(true);
  qputenv("TWOFOLD_WORKER", TWOFOLD_FAKE_WORKER);
  qputenv("FAKE_WORKER", mode);
}

/// Two proteins P1 and P2, the pair set "demo" and its split "random".
class TestProject {
 public:
  TestProject() : m_project(std::make_unique<store::Project>(open())) {
    auto& database = m_project->database();
    store::Transaction transaction(database);
    store::ProteinRepository proteins(database);
    m_a = proteins.insert({0, "P1", "Actin", "Homo sapiens", "MKVLAAGIV"});
    m_b = proteins.insert({0, "P2", "Profilin", "Homo sapiens", "MKVLAAGIVGL"});
    store::PairRepository pairs(database);
    const auto set = pairs.insertSet("demo", "demo.tsv",
                                     {{m_a, m_b, data::Label::Positive},
                                      {m_a, m_a, data::Label::Negative},
                                      {m_b, m_b, data::Label::Negative}});
    std::ignore = pairs.insertSplit(
        "random", set,
        {"random", 1, {data::Part::Train, data::Part::Validation, data::Part::Test}});
    transaction.commit();
  }

  [[nodiscard]] store::Project& project() { return *m_project; }
  [[nodiscard]] QString folder() const { return m_folder.filePath("project"); }
  [[nodiscard]] store::Project open() const {
    return store::Project::openOrCreate(folder().toStdString());
  }
  [[nodiscard]] store::RunRepository runs() { return store::RunRepository(m_project->database()); }
  [[nodiscard]] store::RunStatus statusOf(const QString& id) {
    return runs().run(id.toStdString()).status;
  }
  [[nodiscard]] data::ProteinKey a() const { return m_a; }
  [[nodiscard]] data::ProteinKey b() const { return m_b; }
  /// Hands the project over, to a session.
  [[nodiscard]] std::unique_ptr<store::Project> release() {
    auto project = std::move(m_project);
    m_project = std::make_unique<store::Project>(open());
    return project;
  }

  /// For cleanup: no worker outlives its test.
  void killWorkers() {
    for (const auto& run : runs().runs()) {
      if (run.status == store::RunStatus::Running && run.worker && isAlive(*run.worker)) {
        ::kill(static_cast<pid_t>(run.worker->pid), SIGKILL);
      }
    }
  }

  [[nodiscard]] static runs::RunSpec spec() {
    runs::RunSpec spec;
    spec.experiment = "first";
    spec.pairSet = "demo";
    spec.split = "random";
    return spec;
  }

 private:
  QTemporaryDir m_folder;
  std::unique_ptr<store::Project> m_project;
  data::ProteinKey m_a = 0;
  data::ProteinKey m_b = 0;
};

}  // namespace twofold::ui
