#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include "core/base/error.h"
#include "tests/ui/bridge/test_channels.h"
#include "tests/ui/bridge/test_project.h"
#include "ui/panels/run_setup/run_setup_panel.h"
#include "ui/panels/run_setup/train_command.h"

using namespace twofold;
using namespace twofold::ui;

class TestRunSetupPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<RunQueue> m_queue;
  std::unique_ptr<CatalogLoader> m_catalog;
  std::unique_ptr<RunSetupPanel> m_panel;

  template <class Widget>
  Widget* child(const char* name) {
    return m_panel->findChild<Widget*>(name);
  }
  void openProject() {
    m_session->setProject(m_test->release());
    m_queue->setProject(m_session->project());
  }

 private Q_SLOTS:
  void init() {
    useFakeWorker();
    m_test = std::make_unique<TestProject>();
    m_session = std::make_unique<Session>();
    m_queue = std::make_unique<RunQueue>();
    m_catalog = std::make_unique<CatalogLoader>();
    QSignalSpy loaded(m_catalog.get(), &CatalogLoader::loaded);
    m_catalog->load();
    QTRY_VERIFY(m_catalog->catalog() != nullptr);
    m_panel = std::make_unique<RunSetupPanel>(*m_session, m_theme, *m_queue, *m_catalog);
    m_panel->show();
  }
  void cleanup() {
    m_panel.reset();
    m_queue.reset();
    m_session.reset();
    m_test.reset();
  }

  void withoutAProjectItSaysSo() {
    QVERIFY(child<QLabel>("emptyText")->text().contains("Open a project"));
    QVERIFY(!child<QPushButton>("startRun")->isVisible());
  }

  void withoutASplitItOffersToMakeOne() {
    QTemporaryDir folder;
    m_session->setProject(std::make_unique<store::Project>(
        store::Project::openOrCreate(folder.filePath("empty").toStdString())));
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    QTest::mouseClick(child<QPushButton>("emptyAction"), Qt::LeftButton);
    QCOMPARE(wanted[0][0].toString(), QString("data"));
    QVERIFY_EXCEPTION_THROWN(std::ignore = m_panel->spec(), Error);
  }

  void summaryIsOneSentenceWithCounts() {
    openProject();
    const QString text = child<QLabel>("runSummary")->text();
    QVERIFY2(text.contains("composition") && text.contains("demo/random"), qPrintable(text));
    QVERIFY(text.contains("Trains on 1 pairs"));
    QVERIFY(child<QPushButton>("startRun")->isEnabled());
  }

  void weightsFromTheModelsPanelAreSet() {
    openProject();
    m_panel->useWeights("esm2", "/weights/mine");
    const auto spec = m_panel->spec();
    QCOMPARE(spec.backbone.id, std::string("esm2"));
    QCOMPARE(std::get<std::string>(spec.backbone.options.at("folder")),
             std::string("/weights/mine"));
    m_panel->useWeights("esm2", "/weights/other");
    QCOMPARE(std::get<std::string>(m_panel->spec().backbone.options.at("folder")),
             std::string("/weights/other"));
    QVERIFY_EXCEPTION_THROWN(m_panel->useWeights("composition", "/weights/mine"), Error);
    QVERIFY_EXCEPTION_THROWN(m_panel->useWeights("nosuch", "/weights/mine"), Error);
    QCOMPARE(m_panel->spec().backbone.id, std::string("esm2"));
  }

  void editorsMakeTheSpec() {
    openProject();
    child<QCheckBox>("channel-calpha")->click();
    child<QSpinBox>("seed")->setValue(7);
    child<QSpinBox>("option-epochs")->setValue(3);
    child<QComboBox>("fusionPicker")->setCurrentIndex(1);
    const auto spec = m_panel->spec();
    QCOMPARE(spec.channels.size(), std::size_t{2});
    QCOMPARE(spec.channels[1].id, std::string("calpha"));
    QCOMPARE(spec.seed, std::uint64_t{7});
    QCOMPARE(spec.fusion.id, std::string("concat"));
    QVERIFY((spec.training == OptionValues{{"epochs", std::int64_t{3}}}));
    QVERIFY(child<QLabel>("runSummary")->text().contains("sequence + calpha"));
  }

  void theProjectsOwnChannelsAreSwitchesToo() {
    addUserChannel(m_test->project(), m_test->a());
    openProject();
    auto* box = child<QCheckBox>("channel-user:expression");
    QVERIFY(box != nullptr && !box->isChecked());
    box->click();
    auto spec = m_panel->spec();
    QCOMPARE(spec.channels.size(), std::size_t{2});
    QCOMPARE(spec.channels[1].id, std::string("user:expression"));
    QVERIFY(child<QPushButton>("startRun")->isEnabled());
    // What is switched on stays on when another comes in; no hash of a table is asked for.
    addUserChannel(*m_session->project(), m_test->a(), "more");
    Q_EMIT m_session->dataChanged();
    QVERIFY(child<QCheckBox>("channel-user:more") != nullptr);
    QVERIFY(child<QCheckBox>("channel-user:expression")->isChecked());
    QVERIFY(child<QWidget>("option-table") == nullptr);
    QTest::mouseClick(child<QPushButton>("startRun"), Qt::LeftButton);
    const auto recorded = m_test->runs().run(m_session->run().toStdString()).specJson;
    QVERIFY2(recorded.find(std::string(64, 'a')) != std::string::npos, recorded.c_str());
    QTRY_COMPARE(m_test->statusOf(m_session->run()), store::RunStatus::Done);
  }

  void otherBackboneBringsItsOwnOptions() {
    openProject();
    QVERIFY(child<QSpinBox>("option-width") != nullptr);
    child<QComboBox>("backbonePicker")->setCurrentIndex(1);
    QVERIFY(child<QWidget>("option-folder") != nullptr);
    QCOMPARE(m_panel->spec().backbone.id, std::string("esm2"));
  }

  void withoutAChannelItRefusesWithWords() {
    openProject();
    child<QCheckBox>("channel-sequence")->click();
    QVERIFY(!child<QPushButton>("startRun")->isEnabled());
    QVERIFY(child<QLabel>("runProblem")->text().contains("at least one channel"));
    child<QCheckBox>("channel-sequence")->click();
    QVERIFY(child<QPushButton>("startRun")->isEnabled());
  }

  void startPutsTheRunInTheQueueAndFocusesIt() {
    openProject();
    QTest::mouseClick(child<QPushButton>("startRun"), Qt::LeftButton);
    const QString id = m_session->run();
    QVERIFY(!id.isEmpty());
    QTRY_COMPARE(m_test->statusOf(id), store::RunStatus::Done);
  }

  void commandForATerminalIsTheSameRun() {
    openProject();
    child<QSpinBox>("option-epochs")->setValue(3);
    QTest::mouseClick(child<QPushButton>("copyTrainCommand"), Qt::LeftButton);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.startsWith("twofold-worker train --pairs demo --split random"), qPrintable(text));
    QVERIFY(text.contains("--set training.epochs=3"));
    QVERIFY(text.contains("--project " + m_test->folder()));
  }
};

QTEST_MAIN(TestRunSetupPanel)
#include "tst_run_setup_panel.moc"
