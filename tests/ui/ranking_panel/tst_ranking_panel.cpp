#include <QComboBox>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

#include "core/runs/run_spec.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"
#include "ui/panels/ranking/ranking_panel.h"

using namespace twofold;
using namespace twofold::ui;

class TestRankingPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<QTemporaryDir> m_folder;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<RankingPanel> m_panel;
  std::string m_run;

  QLabel* label(const char* name) const { return m_panel->findChild<QLabel*>(name); }

  store::RunRepository runs() const {
    return store::RunRepository(m_session->project()->database());
  }

  /// Six pairs, the first three positive, the last without a label.
  void makePairs(store::Database& database) {
    store::Transaction transaction(database);
    store::ProteinRepository proteins(database);
    std::vector<data::ProteinKey> keys;
    for (int i = 0; i < 7; ++i) {
      keys.push_back(proteins.insert(
          {0, "P" + std::to_string(i), "", "", "ACDEF" + std::string(1, "GHIKLMN"[i])}));
    }
    data::Pairs pairs;
    for (std::size_t i = 0; i < 6; ++i) {
      const auto label = i == 5  ? data::Label::Unknown
                         : i < 3 ? data::Label::Positive
                                 : data::Label::Negative;
      pairs.push_back({keys[i], keys[i + 1], label});
    }
    store::PairRepository(database).insertSet("demo", "test", pairs);
    transaction.commit();
  }

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<Session>();
    m_session->setProject(std::make_unique<store::Project>(
        store::Project::openOrCreate(m_folder->filePath("project").toStdString())));
    makePairs(m_session->project()->database());
    runs::RunSpec spec;
    spec.pairSet = "demo";
    m_run = runs().create("test", runs::toJson(spec).dump(), "").id;
    m_panel = std::make_unique<RankingPanel>(*m_session, m_theme);
    m_panel->show();
  }

  void cleanup() {
    m_panel.reset();
    m_session.reset();
  }

  void predictionsBecomeCurvesAndCounts() {
    const std::vector<std::uint32_t> pairs{0, 1, 2, 3, 4, 5};
    const std::vector<float> scores{0.9F, 0.8F, 0.3F, 0.6F, 0.1F, 0.99F};
    runs().setPredictions(m_run, data::Part::Test, pairs, scores);
    metrics::PartMetrics part;
    part.threshold = 0.7;
    runs().setPartMetrics(m_run, "test", part);
    m_session->focusRun(QString::fromStdString(m_run));
    QTRY_VERIFY(label("truePositives")->isVisible());
    QCOMPARE(label("truePositives")->text(), QString("2"));
    QCOMPARE(label("falseNegatives")->text(), QString("1"));
    QCOMPARE(label("falsePositives")->text(), QString("0"));
    QCOMPARE(label("trueNegatives")->text(), QString("2"));
    QVERIFY(label("thresholdText")->text().contains("0.7"));
    const PlotSpec& curve = m_panel->findChild<PlotView*>("precisionRecallPlot")->spec();
    QVERIFY2(curve.note.contains("n = 5"), "the pair without a label is left out");
    QCOMPARE(curve.lines[1].y[0], 0.6);
  }

  void partCanBeChosenWhenThereAreTwo() {
    const std::vector<std::uint32_t> pairs{0, 3};
    runs().setPredictions(m_run, data::Part::Validation, pairs, std::vector<float>{0.9F, 0.1F});
    runs().setPredictions(m_run, data::Part::Test, std::vector<std::uint32_t>{1, 2, 4},
                          std::vector<float>{0.9F, 0.4F, 0.1F});
    m_session->focusRun(QString::fromStdString(m_run));
    auto* part = m_panel->findChild<QComboBox*>("partChooser");
    QTRY_COMPARE(part->count(), 2);
    QVERIFY(m_panel->findChild<PlotView*>("rocPlot")->spec().note.contains("n = 3"));
    part->setCurrentIndex(part->findData(static_cast<int>(data::Part::Validation)));
    Q_EMIT part->activated(part->currentIndex());
    QTRY_VERIFY(m_panel->findChild<PlotView*>("rocPlot")->spec().note.contains("n = 2"));
  }

  void runWithoutPredictionsSaysSo() {
    m_session->focusRun(QString::fromStdString(m_run));
    QTRY_VERIFY(label("emptyText")->text().contains("no predictions yet"));
  }

  void predictionsOfPairsThatAreGoneAreAnError() {
    runs().setPredictions(m_run, data::Part::Test, std::vector<std::uint32_t>{0, 4000},
                          std::vector<float>{0.9F, 0.1F});
    m_session->focusRun(QString::fromStdString(m_run));
    QTRY_VERIFY2(label("emptyText")->text().contains("Evaluate the run again"),
                 qPrintable(label("emptyText")->text()));
  }

  void unknownRunShowsTheReason() {
    m_session->focusRun("nosuch");
    QTRY_VERIFY(label("emptyText")->text().contains("nosuch"));
    QVERIFY(label("emptyText")->isVisible());
  }
};

QTEST_MAIN(TestRankingPanel)
#include "tst_ranking_panel.moc"
