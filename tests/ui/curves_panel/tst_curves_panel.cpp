#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/store/run_repository.h"
#include "ui/panels/curves/curves_panel.h"

using namespace twofold;
using namespace twofold::ui;

class TestCurvesPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<QTemporaryDir> m_folder;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<CurvesPanel> m_panel;
  std::string m_run;

  std::filesystem::path projectFolder() const {
    return m_folder->filePath("project").toStdString();
  }

  QLabel* emptyText() const { return m_panel->findChild<QLabel*>("emptyText"); }
  PlotView* plot() const { return m_panel->findChild<PlotView*>("curvePlot"); }

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<Session>();
    m_session->setProject(
        std::make_unique<store::Project>(store::Project::openOrCreate(projectFolder())));
    m_run = store::RunRepository(m_session->project()->database()).create("test", "{}", "").id;
    m_panel = std::make_unique<CurvesPanel>(*m_session, m_theme);
    m_panel->show();
  }

  void cleanup() {
    m_panel.reset();
    m_session.reset();
  }

  void withoutARunItOffersToSetOneUp() {
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    QTest::mouseClick(m_panel->findChild<QPushButton*>("emptyAction"), Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].toString(), QString("run-setup"));
  }

  void newRunSaysThatItHasNoValues() {
    m_session->focusRun(QString::fromStdString(m_run));
    QVERIFY(emptyText()->isVisible());
    QVERIFY(emptyText()->text().contains("no values yet"));
  }

  void valuesOfAnotherConnectionAppearLive() {
    m_session->focusRun(QString::fromStdString(m_run));
    store::Project worker = store::Project::open(projectFolder());
    store::RunRepository runs(worker.database());
    runs.appendMetric(m_run, "validation", "auprc", 1, 0.5);
    QTRY_VERIFY(plot()->isVisible());
    QCOMPARE(plot()->spec().lines.size(), 1);
    runs.appendMetric(m_run, "validation", "auprc", 2, 0.75);
    QTRY_COMPARE(plot()->spec().lines[0].x.size(), 2);
    QVERIFY(plot()->spec().title.contains("epoch 2"));
    QVERIFY(plot()->spec().note.contains(QString::fromStdString(m_run)));
  }

  void chosenMetricIsKeptWhileValuesArrive() {
    store::RunRepository runs(m_session->project()->database());
    runs.appendMetric(m_run, "train", "loss", 1, 0.7);
    runs.appendMetric(m_run, "validation", "auprc", 1, 0.5);
    m_session->focusRun(QString::fromStdString(m_run));
    auto* metric = m_panel->findChild<QComboBox*>("metricChooser");
    QCOMPARE(metric->currentData().toString(), QString("loss"));
    metric->setCurrentIndex(metric->findData("auprc"));
    QVERIFY(plot()->spec().title.contains("AUPRC"));
    runs.appendMetric(m_run, "validation", "auprc", 2, 0.6);
    runs.appendMetric(m_run, "validation", "auroc", 2, 0.6);
    Q_EMIT m_session->runsChanged();
    QCOMPARE(metric->currentData().toString(), QString("auprc"));
    QCOMPARE(plot()->spec().lines[0].x.size(), 2);
  }

  void missingValueStaysAGap() {
    store::RunRepository runs(m_session->project()->database());
    runs.appendMetric(m_run, "validation", "auprc", 1, std::nan(""));
    runs.appendMetric(m_run, "validation", "auprc", 2, 0.4);
    m_session->focusRun(QString::fromStdString(m_run));
    QVERIFY(std::isnan(plot()->spec().lines[0].y[0]));
  }

  void deletedRunShowsWordsInsteadOfItsCurves() {
    store::RunRepository runs(m_session->project()->database());
    runs.appendMetric(m_run, "validation", "auprc", 1, 0.4);
    m_session->focusRun(QString::fromStdString(m_run));
    QVERIFY(plot()->isVisible());
    runs.remove(m_run);
    Q_EMIT m_session->runsChanged();
    QVERIFY(emptyText()->isVisible());
  }
};

QTEST_MAIN(TestCurvesPanel)
#include "tst_curves_panel.moc"
