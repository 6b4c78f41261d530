// A run whose scores know the label a little, and the panel that shows where it fails.
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/random.h"
#include "core/runs/run_spec.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"
#include "ui/panels/errors/errors_panel.h"

namespace twofold::ui {

inline constexpr std::uint32_t kProteins = 24;
inline const metrics::BootstrapOptions kBootstrap{errors::kResamples, 1, 1, {}};

/// 24 proteins and all their pairs, a third of each in train, validation and test; scores that know
/// the label a little.
class ErrorsFixture {
 protected:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<QTemporaryDir> m_folder;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<ErrorsPanel> m_panel;
  std::string m_run;
  data::Pairs m_pairs;
  data::Split m_split{"random", 1, {}};

  template <class Widget>
  Widget* child(const char* name) const {
    return m_panel->findChild<Widget*>(name);
  }
  QString textOf(const char* name) const { return child<QLabel>(name)->text(); }
  QString cell(const char* name) const { return child<QPushButton>(name)->text(); }
  QAbstractItemModel* model(const char* table) const { return child<QTableView>(table)->model(); }
  void click(const char* name) { QTest::mouseClick(child<QPushButton>(name), Qt::LeftButton); }
  store::Database& database() const { return m_session->project()->database(); }
  store::RunRepository runs() const { return store::RunRepository(database()); }

  void makePairs() {
    store::Transaction transaction(database());
    store::ProteinRepository proteins(database());
    std::vector<data::ProteinKey> keys;
    for (std::uint32_t i = 0; i < kProteins; ++i) {
      keys.push_back(
          proteins.insert({0, "P" + std::to_string(i), "", "Homo sapiens",
                           std::string(100 + 60 * i, 'A') + "CDEFGHIKLMNPQRSTVWYACDEF"[i]}));
    }
    m_pairs.clear();
    m_split.parts.clear();
    Random random(3);
    for (std::size_t a = 0; a < kProteins; ++a) {
      for (std::size_t b = a; b < kProteins; ++b) {
        m_pairs.push_back({keys[a], keys[b],
                           random.below(2) == 1 ? data::Label::Positive : data::Label::Negative});
        m_split.parts.push_back(static_cast<data::Part>(m_pairs.size() % 3));
      }
    }
    store::PairRepository repository(database());
    const auto set = repository.insertSet("demo", "test", m_pairs);
    std::ignore = repository.insertSplit("thirds", set, m_split);
    transaction.commit();
  }

  void score(data::Part part, std::uint64_t seed) {
    Random random(seed);
    const auto indices = m_split.indices(part);
    std::vector<float> scores;
    for (const auto index : indices) {
      const double lift = m_pairs[index].label == data::Label::Positive ? 0.3 : 0;
      scores.push_back(static_cast<float>(0.7 * random.uniform() + lift));
    }
    runs().setPredictions(m_run, part, indices, scores);
    metrics::PartMetrics measured;
    measured.threshold = 0.5;
    runs().setPartMetrics(m_run, std::string(data::name(part)), measured);
  }

  void focusScoredRun() {
    score(data::Part::Validation, 5);
    score(data::Part::Test, 6);
    m_session->focusRun(QString::fromStdString(m_run));
    settle();
    QVERIFY(child<QTableView>("errorPairs")->isVisible());
  }

  void settle() { QTRY_VERIFY(!m_panel->isLoading()); }

  errors::PartScores part() const {
    return errors::readPartScores(database(), m_run, data::Part::Test);
  }

  void open() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<Session>();
    m_session->setProject(std::make_unique<store::Project>(
        store::Project::openOrCreate(m_folder->filePath("project").toStdString())));
    makePairs();
    runs::RunSpec spec;
    spec.pairSet = "demo";
    spec.split = "thirds";
    m_run = runs().create("test", runs::toJson(spec).dump(), "").id;
    m_panel = std::make_unique<ErrorsPanel>(*m_session, m_theme);
    m_panel->resize(1400, 420);
    m_panel->show();
  }

  void close() {
    m_panel.reset();
    m_session.reset();
  }
};

}  // namespace twofold::ui
