// The whole path with the real worker: set up a run in the window, wait for its end, question it.
#include <QCheckBox>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "core/store/run_repository.h"
#include "tests/app/worker/worker_harness.h"
#include "tests/ui/shell/settings.h"
#include "ui/panels/run_setup/run_setup_panel.h"
#include "ui/shell/main_window.h"

using namespace twofold;
using namespace twofold::ui;

class TestTrainInWindow : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    qputenv("XDG_DATA_HOME", m_folder.path().toUtf8());  // no backbone is installed
    qputenv("TWOFOLD_WORKER", TWOFOLD_WORKER);
  }

  void aRunStartedInTheWindowAnswersWhenItEnds() {
    const test::MadeUpProject made;
    QVERIFY(made.prepareWithStructures());
    TestSettings settings;
    Theme theme(ThemeMode::Light);
    MainWindow window(theme);
    window.show();
    QVERIFY(window.openProject(made.project()));
    QVERIFY(window.focusPair("p10", "p12"));

    window.showPanel("run-setup");
    auto* start = window.findChild<QPushButton*>("startRun");
    QTRY_VERIFY_WITH_TIMEOUT(start->isVisible() && start->isEnabled(), 30'000);
    window.findChild<QCheckBox*>("channel-calpha")->setChecked(true);
    QTest::mouseClick(start, Qt::LeftButton);
    const std::string run = window.session().run().toStdString();
    QVERIFY(!run.empty());

    window.showPanel("pair");
    auto* probability = window.findChild<QLabel*>("probability");
    const QString state = window.findChild<QLabel*>("pairState")->text();
    QVERIFY2(state.contains("appear here when it ends"), qPrintable(state));
    QTRY_VERIFY_WITH_TIMEOUT(probability->text() != "–", 120'000);
    store::RunRepository runs(window.session().project()->database());
    QCOMPARE(runs.run(run).status, store::RunStatus::Done);
    const QString both = probability->text();
    window.findChild<QCheckBox*>("toggle-sequence")->click();
    window.findChild<QCheckBox*>("toggle-calpha")->click();
    // Without any evidence the model falls back to what it knows of pairs in general.
    QTRY_VERIFY(probability->text() != both);
  }

  void everyArchitectureIsTrainedFromTheWindow_data() {
    QTest::addColumn<QString>("backbone");
    for (const char* backbone : {"esm2", "protbert", "bert", "llama3"}) {
      QTest::newRow(backbone) << backbone;
    }
  }

  void everyArchitectureIsTrainedFromTheWindow() {
    QFETCH(QString, backbone);
    const QTemporaryDir weights;
    QCOMPARE(QProcess::execute(TWOFOLD_MAKE_WEIGHTS, {weights.path()}), 0);
    const test::MadeUpProject made;
    QVERIFY(made.prepare());
    TestSettings settings;
    Theme theme(ThemeMode::Light);
    MainWindow window(theme);
    window.show();
    QVERIFY(window.openProject(made.project()));
    window.showPanel("run-setup");
    auto* start = window.findChild<QPushButton*>("startRun");
    QTRY_VERIFY_WITH_TIMEOUT(start->isVisible() && start->isEnabled(), 30'000);
    // As the panel Models does when its button is pressed.
    window.findChild<RunSetupPanel*>()->useWeights(backbone, weights.filePath(backbone));
    window.findChild<QSpinBox*>("option-limit")->setValue(100);
    QTest::mouseClick(start, Qt::LeftButton);
    const std::string run = window.session().run().toStdString();
    store::RunRepository runs(window.session().project()->database());
    QTRY_VERIFY_WITH_TIMEOUT(runs.run(run).finished != 0, 120'000);
    const auto record = runs.run(run);
    QVERIFY2(record.status == store::RunStatus::Done, record.message.c_str());
    QVERIFY(record.specJson.find("\"" + backbone.toStdString() + "\"") != std::string::npos);
  }

 private:
  QTemporaryDir m_folder;
};

QTEST_MAIN(TestTrainInWindow)
#include "tst_train_in_window.moc"
