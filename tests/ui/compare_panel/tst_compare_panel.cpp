#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

#include "core/comparison/comparison_words.h"
#include "core/store/run_tracking.h"
#include "tests/ui/compare_panel/compared_project.h"
#include "tests/ui/pair_panel/nameless_widgets.h"
#include "ui/panels/compare/compare_panel.h"
#include "ui/panels/compare/compare_words.h"
#include "ui/theme/number_text.h"

using namespace twofold;
using namespace twofold::ui;

class TestComparePanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<ComparedProject> m_project;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<ComparePanel> m_panel;

  template <class Widget>
  Widget* child(const char* name) {
    return m_panel->findChild<Widget*>(name);
  }
  QString note() { return child<QLabel>("emptyText")->text(); }
  QString state() { return child<QLabel>("compareState")->text(); }
  QString words() { return child<QTextBrowser>("compareWords")->toPlainText(); }
  bool isShown() { return !m_panel->isLoading() && child<QTabWidget>("compareTabs")->isVisible(); }
  void compare(const std::vector<std::string>& ids) {
    QStringList list;
    for (const auto& id : ids) {
      list << QString::fromStdString(id);
    }
    m_session->compareRuns(list);
  }

  /// As the command computes it.
  std::pair<comparison::SharedScores, comparison::RunComparison> expected(
      const std::vector<std::string>& ids, bool allAgainstAll = false) {
    auto shared = comparison::sharedScores(m_project->project().database(), ids, data::Part::Test);
    auto found = comparison::compareRuns(shared, {allAgainstAll, {1000, 1, 2, {}}});
    return {std::move(shared), std::move(found)};
  }

 private Q_SLOTS:
  void init() {
    m_project = std::make_unique<ComparedProject>();
    m_session = std::make_unique<Session>();
    m_session->setProject(std::make_unique<store::Project>(m_project->open()));
    m_panel = std::make_unique<ComparePanel>(*m_session, m_theme);
    m_panel->resize(1300, 500);
    m_panel->show();
  }
  void cleanup() {
    m_panel.reset();
    m_session.reset();
  }

  void withoutTwoRunsItSaysWhereToChooseThem() {
    QVERIFY2(note().contains("press Compare"), qPrintable(note()));
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    QTest::mouseClick(child<QPushButton>("emptyAction"), Qt::LeftButton);
    QCOMPARE(wanted[0][0].toString(), QString("runs"));
    Session empty;
    ComparePanel panel(empty, m_theme);
    QVERIFY(panel.findChild<QLabel*>("emptyText")->text().contains("Open a project"));
  }

  void veryManyRunsAreRefusedInWords() {
    std::vector<std::string> ids;
    for (int i = 0; i < 51; ++i) {
      ids.push_back("r" + std::to_string(i));
    }
    compare(ids);
    QVERIFY2(note().contains("51 runs are selected, and no more than 50"), qPrintable(note()));
    QVERIFY(!m_panel->isLoading());
  }

  void theNumbersAreThoseOfTheCommand() {
    const std::vector<std::string> ids = {m_project->add(2), m_project->add(5), m_project->add(0)};
    compare(ids);
    QTRY_VERIFY(isShown());
    const auto [shared, found] = expected(ids);
    auto* table = child<QTableView>("compareTable")->model();
    const QAbstractItemModelTester tester(table);
    const auto metrics = static_cast<int>(metrics::metricCatalog().size());
    QCOMPARE(table->rowCount(), 2 * (metrics + 2));
    const auto text = [&](int row, int column) {
      return table->index(row, column).data().toString();
    };
    for (int m = 0; m < metrics; ++m) {
      const auto& id = metrics::metricCatalog()[static_cast<std::size_t>(m)].id;
      for (int d = 0; d < 2; ++d) {
        const auto& difference = found.differences[static_cast<std::size_t>(d)];
        const auto& own = difference.differences.at(id);
        QCOMPARE(text(2 * m + d, DifferenceTableModel::First),
                 probabilityText(found.runs[0].values.at(id)));
        QCOMPARE(text(2 * m + d, DifferenceTableModel::Difference),
                 QString("%1 [%2, %3]")
                     .arg(deltaText(own.value), deltaText(own.interval->low),
                          deltaText(own.interval->high)));
        QCOMPARE(text(2 * m + d, DifferenceTableModel::Holm),
                 QString::fromStdString(comparison::pText(difference.holm.at(id))));
      }
    }
    QCOMPARE(text(2 * metrics, DifferenceTableModel::P),
             QString::fromStdString(comparison::pText(found.differences[0].deLong.p)));
    QCOMPARE(text(2 * metrics + 2, DifferenceTableModel::Second),
             countText(found.differences[0].mcNemar->onlySecond));
    for (const auto& difference : found.differences) {
      QVERIFY(words().contains(
          QString::fromStdString(comparison::differenceWords(shared, difference, "auprc"))));
    }
    QVERIFY2(state().contains("66 test pairs that all 3 runs have"), qPrintable(state()));
    QVERIFY(state().contains("None is left out"));
    QCOMPARE(child<PlotView>("forestPlot")->spec().marks.size(), 2);
    QCOMPARE(child<PlotView>("compareRoc")->spec().lines.size(), 4);  // and that of chance
    QCOMPARE(child<PlotView>("comparePrecisionRecall")->spec().lines.size(), 4);
  }

  void aShownDifferenceStandsFirst() {
    const auto base = m_project->add(2);
    compare({base, m_project->add(2), m_project->add(0)});
    QTRY_VERIFY(isShown());
    QVERIFY(words().indexOf("is better than") >= 0);
    QVERIFY(words().indexOf("is better than") < words().indexOf("No difference between"));
    const auto tsv = comparisonTsv(compareOn(
        {m_project->folder(), {base, m_project->add(0)}, data::Part::Test, false}, {}, {}));
    QCOMPARE(tsv.count('\n'), 13);
    QVERIFY(tsv.contains("\nmcnemar\t"));
  }

  void anotherMetricIsToldWithoutMeasuringAgain() {
    compare({m_project->add(2), m_project->add(0)});
    QTRY_VERIFY(isShown());
    auto* metric = child<QComboBox>("compareMetric");
    metric->setCurrentIndex(metric->findData("mcc"));
    QVERIFY(!m_panel->isLoading());
    QVERIFY2(words().contains("MCC"), qPrintable(words()));
    QVERIFY(child<PlotView>("forestPlot")->spec().x.label.contains("MCC"));
  }

  void theReferenceIsTheBaselineAndCanBeChanged() {
    const auto a = m_project->add(2);
    const auto b = m_project->add(5);
    const auto c = m_project->add(0);
    store::RunTracking(m_project->project().database()).setBaseline(b);
    compare({a, b, c});
    QTRY_VERIFY(isShown());
    auto* reference = child<QComboBox>("compareReference");
    QCOMPARE(reference->currentText(), QString::fromStdString(b) + ", baseline");
    QCOMPARE(m_panel->arguments(),
             (QStringList{"compare", "--runs", QString::fromStdString(b + "," + a + "," + c),
                          "--part", "test"}));
    reference->setCurrentIndex(reference->findData(QString::fromStdString(c)));
    QTRY_VERIFY(isShown());
    const auto [shared, found] = expected({c, a, b});
    QVERIFY(words().contains(QString::fromStdString(
        comparison::differenceWords(shared, found.differences[0], "auprc"))));
    QCOMPARE(child<PlotView>("forestPlot")->spec().y.names.last(),
             QString::fromStdString(c + " → " + a));
  }

  void everyRunAgainstEveryOther() {
    const std::vector<std::string> ids = {m_project->add(2), m_project->add(5), m_project->add(0)};
    compare(ids);
    QTRY_VERIFY(isShown());
    child<QCheckBox>("compareAll")->click();
    QTRY_VERIFY(isShown());
    const auto [shared, found] = expected(ids, true);
    QCOMPARE(child<PlotView>("forestPlot")->spec().y.names.size(), 3);
    QVERIFY(words().contains(QString::fromStdString(
        comparison::differenceWords(shared, found.differences[2], "auprc"))));
    QTest::mouseClick(child<QPushButton>("copyCompareCommand"), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QString::fromStdString("twofold-worker compare --runs " + ids[0] + "," + ids[1] + "," +
                                    ids[2] + " --part test --all-against-all --project " +
                                    m_project->folder()));
  }

  void pairsThatAreLeftOutAreCounted() {
    const auto part = m_project->add(5, 60);
    const auto all = QString::fromStdString(m_project->add(2));
    compare({part, all.toStdString()});
    QTRY_VERIFY(isShown());
    QVERIFY2(state().startsWith("60 test pairs that both runs have"), qPrintable(state()));
    QVERIFY2(state().contains("Left out: 6 of " + all), qPrintable(state()));
  }

  void noSharedPairsAreToldAndAnotherPartIsOffered() {
    compare({m_project->add(2), m_project->add(2, 6, "other")});
    QTRY_VERIFY2(note().contains("share no test pair"), qPrintable(note()));
    QVERIFY(child<QComboBox>("comparePart")->isVisible());
    QCOMPARE(child<QPushButton>("emptyAction")->text(), QString("Show runs"));
  }

  void onlyPartsThatAllHaveAreOffered() {
    const auto both = m_project->add(2);
    m_project->runs().setPredictions(both, data::Part::Validation,
                                     std::vector<std::uint32_t>{0, 1, 2, 3},
                                     std::vector<float>{0.9F, 0.2F, 0.6F, 0.4F});
    const auto one = m_project->add(3, 4, "demo", data::Part::Validation);
    compare({both, one});
    QTRY_VERIFY(isShown());
    QCOMPARE(child<QComboBox>("comparePart")->count(), 1);
    QCOMPARE(child<QComboBox>("comparePart")->currentText(), QString("validation"));
    const auto test = m_project->add(2);
    compare({one, test});
    QTRY_VERIFY2(note().contains("has the test alone"), qPrintable(note()));
    QVERIFY(note().contains(QString::fromStdString(one) + " has validation alone"));
  }

  void runsWithoutScoresAreNamed() {
    const auto none = m_project->addWithoutScores();
    compare({m_project->add(2), none});
    QTRY_VERIFY2(note().contains(QString::fromStdString(none) + " has none (queued)"),
                 qPrintable(note()));
  }

  void ranksWithoutAThresholdAreTold() {
    const auto ranks = m_project->addRanks(0);
    compare({m_project->add(2), ranks});
    QTRY_VERIFY(isShown());
    QVERIFY2(words().contains("Without a threshold: " + QString::fromStdString(ranks)),
             qPrintable(words()));
    QVERIFY(words().contains("only order pairs"));
    QVERIFY2(child<QLabel>("differenceReasons")->text().contains("Rival (scores.tsv); how they"),
             qPrintable(child<QLabel>("differenceReasons")->text()));
    const auto* table = child<QTableView>("compareTable")->model();
    QCOMPARE(table->index(table->rowCount() - 1, DifferenceTableModel::Verdict).data().toString(),
             QString("not measured"));
    auto* metric = child<QComboBox>("compareMetric");
    metric->setCurrentIndex(metric->findData("accuracy"));
    QVERIFY(words().contains("cannot be compared by"));
  }

  void aRunThatIsGoneIsToldByItsName() {
    compare({m_project->add(2), "rzzzz"});
    QTRY_VERIFY2(note().contains("rzzzz"), qPrintable(note()));
  }

  void stopEndsTheMeasuringAndItCanBeStartedAgain() {
    compare({m_project->add(2), m_project->add(0)});
    QTRY_VERIFY(isShown());
    child<QCheckBox>("compareAll")->click();
    QVERIFY(child<QPushButton>("stopCompare")->isVisible());
    QVERIFY(!child<QTabWidget>("compareTabs")->isVisible());
    QTest::mouseClick(child<QPushButton>("stopCompare"), Qt::LeftButton);
    QVERIFY(!m_panel->isLoading());
    QVERIFY2(note().contains("was stopped"), qPrintable(note()));
    QTest::mouseClick(child<QPushButton>("emptyAction"), Qt::LeftButton);
    QTRY_VERIFY(isShown());
  }

  void whatWasChangedIsShown() {
    const auto a = m_project->add(2);
    const auto b = m_project->add(0);
    store::RunTracking tracking(m_project->project().database());
    tracking.record(a, {{"params.seed", std::int64_t{1}}});
    tracking.record(b, {{"params.seed", std::int64_t{9}}});
    compare({a, b});
    QTRY_VERIFY(isShown());
    const auto* table = child<QTableView>("differenceTable")->model();
    QCOMPARE(table->index(0, 0).data().toString(), QString("params.seed"));
  }

  void anotherProjectTakesTheNumbersAway() {
    compare({m_project->add(2), m_project->add(0)});
    QTRY_VERIFY(isShown());
    const ComparedProject other;
    m_session->setProject(std::make_unique<store::Project>(other.open()));
    QVERIFY(!child<QTabWidget>("compareTabs")->isVisible());
    QVERIFY(note().contains("press Compare"));
  }

  void hiddenItReadsNothing() {
    m_panel->hide();
    compare({m_project->add(2), m_project->add(0)});
    QVERIFY(!m_panel->isLoading());
    m_panel->show();
    QTRY_VERIFY(isShown());
  }

  void everythingTheKeyboardReachesHasAName() {
    compare({m_project->add(2), m_project->add(0)});
    QTRY_VERIFY(isShown());
    auto* tabs = child<QTabWidget>("compareTabs");
    for (int i = 0; i < tabs->count(); ++i) {
      tabs->setCurrentIndex(i);
      QCOMPARE(namelessWidgets(*m_panel), QStringList());
    }
  }
};

QTEST_MAIN(TestComparePanel)
#include "tst_compare_panel.moc"
