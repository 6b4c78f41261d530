#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "tests/ui/bridge/test_channels.h"
#include "tests/ui/bridge/test_project.h"
#include "tests/ui/pair_panel/nameless_widgets.h"
#include "ui/panels/study/study_panel.h"

using namespace twofold;
using namespace twofold::ui;

class TestStudyPanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<TestProject> m_test;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<CatalogLoader> m_catalog;
  std::unique_ptr<StudyPanel> m_panel;

  template <class Widget>
  Widget* child(const char* name) {
    return m_panel->findChild<Widget*>(name);
  }
  void click(const char* name) { QTest::mouseClick(child<QPushButton>(name), Qt::LeftButton); }
  QString textOf(const char* name) { return child<QLabel>(name)->text(); }
  QString cell(int row, int column) {
    return child<QTableView>("studyTable")->model()->index(row, column).data().toString();
  }
  void openProject() { m_session->setProject(m_test->release()); }
  void openAndRun(const char* mode) {
    openProject();
    child<QCheckBox>("studyChannel-calpha")->click();
    qputenv("FAKE_WORKER", mode);
    click("startStudy");
  }

  /// Rows as `ablate` gives them, and a change of AUPRC with its interval.
  static StudyLine line(const char* name, const char* run, double gain, double low, double high) {
    StudyLine made;
    made.name = QString::fromLatin1(name);
    made.isControl = made.name.startsWith("control");
    made.runs << QString::fromLatin1(run);
    made.auroc = 0.53;
    made.gain = gain;
    made.low = low;
    made.high = high;
    made.holm = low > 0 || high < 0 ? 0.01 : 1;
    return made;
  }
  static QString reading(std::vector<StudyLine> rows, std::vector<StudyLine> controls = {}) {
    return studyReading({"study", "On validation.", std::move(rows), std::move(controls)})
        .join('\n');
  }

 private Q_SLOTS:
  void init() {
    useFakeWorker();
    m_test = std::make_unique<TestProject>();
    m_session = std::make_unique<Session>();
    m_catalog = std::make_unique<CatalogLoader>();
    m_catalog->load();
    QTRY_VERIFY(m_catalog->catalog() != nullptr);
    m_panel = std::make_unique<StudyPanel>(*m_session, m_theme, *m_catalog);
    m_panel->resize(1200, 500);
    m_panel->show();
  }
  void cleanup() {
    m_panel.reset();
    m_session.reset();
    m_test.reset();
  }

  void withoutAProjectOrASplitItSaysTheCure() {
    QVERIFY(textOf("emptyText").contains("Open a project"));
    QTemporaryDir folder;
    m_session->setProject(std::make_unique<store::Project>(
        store::Project::openOrCreate(folder.filePath("empty").toStdString())));
    QVERIFY_EXCEPTION_THROWN(std::ignore = m_panel->arguments(), Error);
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    click("emptyAction");
    QCOMPARE(wanted[0][0].toString(), QString("data"));
  }

  void withoutAChannelOrANameItRefusesWithWords() {
    openProject();
    QVERIFY(child<QPushButton>("startStudy")->isEnabled());
    child<QCheckBox>("studyChannel-sequence")->click();
    QVERIFY(!child<QPushButton>("startStudy")->isEnabled());
    QVERIFY(textOf("studyProblem").contains("at least one channel"));
    child<QCheckBox>("studyChannel-sequence")->click();
    child<QLineEdit>("studyExperiment")->setText(" ");
    QVERIFY(textOf("studyProblem").contains("Name the experiment"));
  }

  void moreChannelsThanTheCommandTakesAreRefused() {
    for (const char* name : {"u1", "u2", "u3", "u4", "u5"}) {
      addUserChannel(m_test->project(), m_test->a(), name);
    }
    openProject();
    for (auto* box : m_panel->findChildren<QCheckBox*>()) {
      box->setChecked(true);
    }
    QVERIFY2(textOf("studyProblem").contains("at most 6 channels: untick 1"),
             qPrintable(textOf("studyProblem")));
    child<QCheckBox>("studyChannel-user:u5")->click();
    QVERIFY(child<QPushButton>("startStudy")->isEnabled());
    QVERIFY(m_panel->arguments().contains("sequence,calpha,user:u1,user:u2,user:u3,user:u4"));
  }

  void theFormIsTheCommand() {
    openProject();
    child<QCheckBox>("studyChannel-calpha")->click();
    child<QSpinBox>("studySeeds")->setValue(2);
    QVERIFY2(textOf("studySummary").contains("at most 11 runs"),
             qPrintable(textOf("studySummary")));
    click("copyStudyCommand");
    const QString text = QGuiApplication::clipboard()->text();
    const QString backbone = child<QComboBox>("studyBackbone")->currentData().toString();
    QCOMPARE(text, "twofold-worker ablate --pairs demo --split random --backbone " + backbone +
                       " --channels sequence,calpha --seeds 2 --experiment study --project " +
                       m_test->folder());
  }

  void aStudyEndsAsATableWithItsReading() {
    openAndRun("good");
    QVERIFY(m_panel->isRunning());
    QVERIFY(!child<QPushButton>("startStudy")->isVisible());
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY2(textOf("studyState").contains("done"), qPrintable(textOf("studyState")));
    QVERIFY(child<QTableView>("studyTable")->isVisible());
    QCOMPARE(child<QTableView>("studyTable")->model()->rowCount(), 7);
    QCOMPARE(cell(0, StudyTableModel::Channels), QString("sequence"));
    QCOMPARE(cell(0, StudyTableModel::Gain), QString("first row"));
    QCOMPARE(cell(2, StudyTableModel::Seeds), QString("3"));
    QCOMPARE(cell(2, StudyTableModel::Accuracy), QString("0.750"));
    QCOMPARE(cell(2, StudyTableModel::Auprc), QString("0.750"));
    QCOMPARE(cell(2, StudyTableModel::Auroc), QString("0.813"));
    QCOMPARE(cell(2, StudyTableModel::Ece), QString("0.031"));
    QCOMPARE(cell(2, StudyTableModel::Gain), QString("+0.125 [+0.063, +0.188]"));
    const QString words = child<QTextBrowser>("studyReading")->toPlainText();
    QVERIFY2(words.contains("calpha helps: added to sequence it brings +0.125"), qPrintable(words));
    QVERIFY(words.contains("Not to be told apart from sequence: calpha (−0.031)."));
    QVERIFY(words.contains("On validation."));
    QCOMPARE(cell(2, StudyTableModel::P), QString("0.008"));
    QCOMPARE(cell(0, StudyTableModel::P), QString());
  }

  void aRowPutsItsRunInFocus() {
    openAndRun("good");
    QTRY_VERIFY(!m_panel->isRunning());
    auto* table = child<QTableView>("studyTable");
    table->selectRow(2);
    QCOMPARE(m_session->run(), QString("r7"));
    table->selectRow(5);
    QCOMPARE(m_session->run(), QString("r10"));
  }

  void whatManyComparisonsMakeChanceIsNotShown() {
    auto added = line("sequence + calpha", "r2", 0.02, 0.01, 0.03);
    added.holm = 0.2;
    const QString words = reading({line("sequence", "r1", 0, 0, 0), added});
    QVERIFY2(words.contains("calpha is not shown to help") &&
                 words.contains("not among so many comparisons (p 0.200"),
             qPrintable(words));
  }

  void controlsAreMutedUnderAHeading() {
    openAndRun("good");
    QTRY_VERIFY(!m_panel->isRunning());
    const auto* model = child<QTableView>("studyTable")->model();
    QVERIFY(cell(3, 0).startsWith("Controls"));
    QVERIFY(!(model->index(3, 0).flags() & Qt::ItemIsSelectable));
    QCOMPARE(child<QTableView>("studyTable")->columnSpan(3, 0), int(StudyTableModel::Count));
    for (int row = 0; row < model->rowCount(); ++row) {
      const QVariant colour = model->index(row, 0).data(Qt::ForegroundRole);
      QCOMPARE(colour.isValid(), row >= 3);
      QCOMPARE(cell(row, 0).startsWith("control: "), row > 3);
    }
    QCOMPARE(model->index(5, 0).data(Qt::ForegroundRole).value<QColor>(), m_theme.colors().muted);
  }

  void theTableIsCopiedInFullPrecision() {
    openAndRun("good");
    QTRY_VERIFY(!m_panel->isRunning());
    click("copyStudyTable");
    const QStringList lines = QGuiApplication::clipboard()->text().split('\n');
    QCOMPARE(lines.size(), 8);
    QCOMPARE(lines[2], QString("calpha\tno\t3\t0.75\t0.59375\t0.65625\t0.03125\t-0.03125\t-0.09375"
                               "\t0.03125\t0.5\t1\t\t\tr4,r5,r6"));
    QVERIFY(lines[6].startsWith("control: labels permuted\tyes\t1\t"));
  }

  void aStoppedStudyGoesOnWhenStartedAgain() {
    openAndRun("slow");
    QTRY_VERIFY2(textOf("studyState").contains("Row 1 of 7"), qPrintable(textOf("studyState")));
    QVERIFY(textOf("studyState").contains("13 runs to train"));
    QTRY_VERIFY(textOf("studyStep").contains("Reading"));
    QVERIFY(!child<QComboBox>("studySplit")->isEnabled());
    click("stopStudy");
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY2(textOf("studyState").contains("goes on when it is started again"),
             qPrintable(textOf("studyState")));
    QVERIFY(child<QPushButton>("startStudy")->isVisible());
    qputenv("FAKE_WORKER", "good");
    click("startStudy");
    QTRY_VERIFY(child<QTableView>("studyTable")->isVisible());
  }

  void aFailureIsSaidInItsWords() {
    openAndRun("early");
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY2(textOf("studyState").contains("failed") &&
                 textOf("studyState").contains("two columns are needed"),
             qPrintable(textOf("studyState")));
    QVERIFY(!child<QTableView>("studyTable")->isVisible());
    QVERIFY(child<QPushButton>("startStudy")->isEnabled());
  }

  void aWorkerThatDiesIsAFailureToo() {
    openAndRun("die");
    QTRY_VERIFY(!m_panel->isRunning());
    QVERIFY2(textOf("studyState").contains("no result"), qPrintable(textOf("studyState")));
  }

  void anotherProjectLeavesNothingOfTheFormer() {
    openAndRun("good");
    QTRY_VERIFY(!m_panel->isRunning());
    click("startStudy");
    QVERIFY(m_panel->isRunning());
    openProject();
    QVERIFY(!m_panel->isRunning());
    QVERIFY(!child<QTableView>("studyTable")->isVisible());
    QVERIFY(child<QComboBox>("studySplit")->isEnabled());
  }

  void whatIsNoStudyIsRefusedWithWords() {
    QVERIFY_EXCEPTION_THROWN(std::ignore = studyResult({{"command", "ablate"}}), Error);
    QVERIFY_EXCEPTION_THROWN(
        std::ignore =
            studyResult({{"experiment", "e"}, {"note", "n"}, {"rows", formats::Json::array()}}),
        Error);
  }

  void anIntervalThatIsMissingIsToldAsSuch() {
    const double none = std::nan("");
    const QString words = reading(
        {line("sequence", "r1", 0, 0, 0), line("sequence + calpha", "r2", 0.1, none, none)});
    QVERIFY2(words.contains("too few validation pairs"), qPrintable(words));
    StudyTableModel model(m_theme);
    model.setStudy(StudyResult{
        "e", "n", {line("sequence", "r1", 0, 0, 0), line("calpha", "r2", 0.1, none, none)}, {}});
    QCOMPARE(model.index(1, StudyTableModel::Gain).data().toString(),
             QString("+0.100 [too few pairs]"));
    QCOMPARE(model.headingRow(), -1);
    QCOMPARE(model.rowCount(), 2);
  }

  void theReadingTellsHelpFromNoneAndFromHarm() {
    const auto first = line("sequence", "r1", 0, 0, 0);
    QVERIFY(reading({first}).contains("studied alone"));
    const auto with = [&](double low, double high) {
      return reading({first, line("sequence + calpha", "r2", (low + high) / 2, low, high)});
    };
    QVERIFY(with(0.01, 0.03).contains("calpha helps"));
    QVERIFY(with(-0.01, 0.03).contains("calpha is not shown to help"));
    QVERIFY(with(-0.03, -0.01).contains("calpha harms"));
  }

  void theReadingSaysWhatTheControlsSay() {
    const auto first = line("sequence", "r1", 0, 0, 0);
    const auto of = [&](StudyLine control) { return reading({first}, {std::move(control)}); };
    QVERIFY(of(line("control: degree alone", "r2", -0.2, -0.3, -0.1)).contains("as they should"));
    QVERIFY(of(line("control: degree alone", "r2", 0, -0.1, 0.1))
                .contains("Controls as good as sequence: degree alone (+0.000)."));
    QVERIFY(of(line("control: degree alone", "r2", 0.2, 0.1, 0.3)).contains("Controls above"));
    QVERIFY(of(line("control: composition alone", "r1", 0, 0, 0)).contains("first row itself"));
    QVERIFY(of(line("control: labels permuted", "r3", -0.2, -0.3, -0.1))
                .contains("With permuted labels AUROC is 0.530"));
  }

  void everythingTheKeyboardReachesHasAName() {
    openAndRun("good");
    QTRY_VERIFY(!m_panel->isRunning());
    QCOMPARE(namelessWidgets(*m_panel), QStringList());
  }
};

QTEST_MAIN(TestStudyPanel)
#include "tst_study_panel.moc"
