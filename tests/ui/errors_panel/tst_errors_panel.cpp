#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QSlider>
#include <QTabWidget>

#include "core/errors/error_tables.h"
#include "tests/ui/errors_panel/errors_fixture.h"
#include "tests/ui/pair_panel/nameless_widgets.h"
#include "ui/theme/number_text.h"

using namespace twofold;
using namespace twofold::ui;

class TestErrorsPanel : public QObject, private ErrorsFixture {
  Q_OBJECT

 private Q_SLOTS:
  void init() { open(); }
  void cleanup() { close(); }

  void numbersAreThoseOfCore() {
    focusScoredRun();
    const auto scores = part();
    const auto point = errors::operatingPoint(scores, 0.5, {}, kBootstrap);
    QCOMPARE(cell("cellTP"), "TP  " + countText(qRound64(point.counts.truePositives)));
    QCOMPARE(cell("cellFP"), "FP  " + countText(qRound64(point.counts.falsePositives)));
    QCOMPARE(cell("cellTN"), "TN  " + countText(qRound64(point.counts.trueNegatives)));
    QCOMPARE(cell("cellFN"), "FN  " + countText(qRound64(point.counts.falseNegatives)));
    const auto& precision = point.here.precision;
    QCOMPARE(textOf("precisionHere"),
             intervalText(precision.value, precision.interval->low, precision.interval->high));
    QCOMPARE(textOf("precisionThere"), textOf("precisionHere"));
    const auto list = errors::proteinErrors(scores, 0.5);
    QCOMPARE(model("proteinErrors")->rowCount(), static_cast<int>(kProteins));
    for (int row = 0; row < 3; ++row) {
      const auto& own = list.proteins[static_cast<std::size_t>(row)];
      QCOMPARE(model("proteinErrors")->index(row, 0).data().toString(),
               QString::fromStdString(scores.proteins[own.protein].id));
      QCOMPARE(model("proteinErrors")->index(row, ProteinErrorModel::Wrong).data().toString(),
               countText(own.wrong));
    }
    const auto strata = errors::strataOf(scores, errors::lengthBins(scores, errors::Which::Higher),
                                         0.5, kBootstrap);
    QCOMPARE(model("strataTable")->rowCount(), static_cast<int>(strata.bins.size()));
    const auto& rate = strata.bins[0].errorRate;
    QCOMPARE(model("strataTable")->index(0, StrataModel::ErrorRate).data().toString(),
             intervalText(rate.value, rate.interval->low, rate.interval->high));
    QVERIFY(textOf("coverageReadout")
                .contains(probabilityText(errors::selectiveOf(scores, 0.5).accuracyAt(0.5))));
    QVERIFY(textOf("thresholdFrom").contains("The run's own"));
    QVERIFY(!child<QPushButton>("ownThreshold")->isEnabled());
  }

  void anotherPartIsNotShownUnderTheFormersNumbers() {
    focusScoredRun();
    auto* part = child<QComboBox>("errorsPart");
    part->setCurrentIndex(1 - part->currentIndex());
    Q_EMIT part->activated(part->currentIndex());
    QVERIFY(!child<QTableView>("errorPairs")->isVisible());
    QVERIFY(textOf("emptyText").contains("Reading"));
    settle();
    QVERIFY(child<QTableView>("errorPairs")->isVisible());
    QVERIFY(m_panel->arguments().contains("validation"));
  }

  void cellsAndProteinsFilterThePairs() {
    focusScoredRun();
    const auto scores = part();
    const auto counts = metrics::confusionAt(scores.scores, scores.labels, 0.5);
    auto* pairs = model("errorPairs");
    QCOMPARE(pairs->rowCount(), static_cast<int>(scores.size()));
    click("cellFP");
    QCOMPARE(pairs->rowCount(), static_cast<int>(counts.falsePositives));
    QVERIFY(pairs->index(0, ErrorPairModel::Call).data().toString().startsWith("FP"));
    QVERIFY(textOf("pairWords").contains("false positives"));
    auto* proteins = child<QTableView>("proteinErrors");
    proteins->setCurrentIndex(proteins->model()->index(0, 0));
    const auto worst = errors::proteinErrors(scores, 0.5).proteins.front();
    QCOMPARE(pairs->rowCount(), static_cast<int>(worst.counts.falsePositives));
    click("cellFP");  // off again
    QCOMPARE(pairs->rowCount(), static_cast<int>(worst.pairs));
    const auto id = proteins->model()->index(0, 0).data().toString();
    for (int row = 0; row < pairs->rowCount(); ++row) {
      QVERIFY(pairs->index(row, 0).data() == id || pairs->index(row, 1).data() == id);
    }
    // The filter survives another threshold.
    child<QSlider>("thresholdSlider")->setValue(300);
    settle();
    QCOMPARE(pairs->rowCount(), static_cast<int>(worst.pairs));
    click("showAllPairs");
    QCOMPARE(pairs->rowCount(), static_cast<int>(scores.size()));
    QVERIFY(!proteins->currentIndex().isValid());
  }

  void aBinFiltersThePairsAndGivesWayToAProtein() {
    focusScoredRun();
    auto* bins = child<QTableView>("strataTable");
    bins->setCurrentIndex(bins->model()->index(1, 0));
    auto* pairs = model("errorPairs");
    const auto strata = errors::strataOf(part(), errors::lengthBins(part(), errors::Which::Higher),
                                         0.5, kBootstrap);
    QCOMPARE(pairs->rowCount(), static_cast<int>(strata.bins[1].pairs));
    auto* proteins = child<QTableView>("proteinErrors");
    proteins->setCurrentIndex(proteins->model()->index(0, 0));
    QVERIFY(!bins->currentIndex().isValid());
    QVERIFY(textOf("pairWords").contains("of P"));
    child<QComboBox>("trait")->setCurrentIndex(1);
    settle();
    QCOMPARE(
        model("strataTable")->rowCount(),
        static_cast<int>(errors::strataOf(part(), errors::degreeBins(part(), errors::Which::Higher),
                                          0.5, kBootstrap)
                             .bins.size()));
  }

  void theMostWrongPairComesIntoFocusAndIsShown() {
    focusScoredRun();
    const auto scores = part();
    const auto worst = errors::mostWrongFirst(scores, 0.5).front();
    auto* pairs = child<QTableView>("errorPairs");
    pairs->setCurrentIndex(pairs->model()->index(0, 0));
    QVERIFY(m_session->pair().has_value());
    QCOMPARE(m_session->pair()->index, static_cast<std::int64_t>(scores.indices[worst]));
    QCOMPARE(m_session->pair()->pairSet, QString("demo"));
    QCOMPARE(m_session->pair()->keyA,
             scores.proteins[static_cast<std::size_t>(scores.a[worst])].key);
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    QTest::keyClick(pairs, Qt::Key_Return);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front().front().toString(), QString("pair"));
  }

  void likenessIsLookedForOnRequestAlone() {
    focusScoredRun();
    auto* find = child<QPushButton>("findRelatives");
    child<QComboBox>("trait")->setCurrentIndex(2);
    settle();
    QVERIFY(child<QTableView>("strataTable")->model()->rowCount() == 0);
    QVERIFY(textOf("strataWords").contains("alignment"));
    QCOMPARE(model("proteinErrors")->index(0, ProteinErrorModel::Nearest).data().toString(),
             QString::fromUtf8("–"));
    QVERIFY(!find->parentWidget()->isHidden());
    find->click();
    child<QPushButton>("stopRelatives")->click();
    QVERIFY(textOf("relativesStep").startsWith("Stopped"));
    QVERIFY(!find->isHidden());
    find->click();
    QTRY_VERIFY(model("proteinErrors")->index(0, ProteinErrorModel::Nearest).data().toString() ==
                "in training");
    settle();
    QCOMPARE(model("strataTable")->rowCount(), 1);  // every protein is of the training part
    QVERIFY(find->parentWidget()->isHidden());
  }

  void tablesAreCopiedAndTheCommandToo() {
    focusScoredRun();
    const auto scores = part();
    click("copyErrorPairs");
    const auto expected =
        QString::fromStdString(errors::pairsTsv(scores, 0.5, errors::mostWrongFirst(scores, 0.5)));
    QTRY_COMPARE(QGuiApplication::clipboard()->text().size(), expected.size());
    click("copyErrorTable");
    QTRY_COMPARE(QGuiApplication::clipboard()->text(),
                 QString::fromStdString(
                     errors::proteinsTsv(scores, errors::proteinErrors(scores, 0.5), {})));
    child<QTabWidget>("errorTabs")->setCurrentWidget(child<QWidget>("coverageView"));
    click("copyErrorTable");
    const auto coverage = QString::fromStdString(
        errors::coverageTsv(errors::selectiveOf(scores, 0.5), scores.size()));
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), coverage);
    QVERIFY(coverage.startsWith("coverage\taccuracy\tpairs\n"));
    QVERIFY(coverage.endsWith("\t" + QString::number(scores.size()) + "\n"));
    click("copyErrorsCommand");
    const auto command = QGuiApplication::clipboard()->text();
    QVERIFY2(command.contains("errors --run " + QString::fromStdString(m_run) +
                              " --part test --by length --project"),
             qPrintable(command));
  }

  void aFailedSaveIsToldThoughAnotherFollows() {
    focusScoredRun();
    QSignalSpy said(m_session.get(), &Session::message);
    for (const auto& file : {QString("/nowhere/at/all.tsv"), m_folder->filePath("pairs.tsv")}) {
      click("saveErrorPairs");
      for (auto* dialog : m_panel->findChildren<QFileDialog*>()) {
        Q_EMIT dialog->fileSelected(file);
        delete dialog;
      }
    }
    QTRY_COMPARE(said.size(), 2);
    QVERIFY(said[0][1].toBool());
    QVERIFY2(said[0][0].toString().contains("/nowhere"), qPrintable(said[0][0].toString()));
    QCOMPARE(said[1][0].toString(), "Saved " + m_folder->filePath("pairs.tsv"));
  }

  void anotherProjectLeavesNothingOfTheFormerThoughHidden() {
    focusScoredRun();
    child<QComboBox>("trait")->setCurrentIndex(2);
    settle();
    child<QPushButton>("findRelatives")->click();
    QVERIFY(child<StrataView>("strataView")->isSearching());
    m_panel->hide();
    m_session->setProject(nullptr);
    QVERIFY(!child<StrataView>("strataView")->isSearching());
    QVERIFY(!m_panel->isLoading());
    QCOMPARE(model("errorPairs")->rowCount(), 0);
  }

  void withoutARunOrScoresItSaysSo() {
    QTRY_VERIFY(textOf("emptyText").contains("Choose a run"));
    m_session->focusRun(QString::fromStdString(m_run));
    QTRY_VERIFY(textOf("emptyText").contains("has stored no scores yet"));
    score(data::Part::Test, 6);
    Q_EMIT m_session->runsChanged();
    QTRY_VERIFY(child<QTableView>("errorPairs")->isVisible());
    QVERIFY2(!child<QPushButton>("chooseThreshold")->isEnabled(), "there is no validation");
    m_session->focusRun("nosuch");
    QTRY_VERIFY(textOf("emptyText").contains("nosuch"));
  }

  void everyWidgetHasAName() {
    focusScoredRun();
    auto* tabs = child<QTabWidget>("errorTabs");
    for (int i = 0; i < tabs->count(); ++i) {
      tabs->setCurrentIndex(i);
      QCOMPARE(namelessWidgets(*m_panel).join(", "), QString());
    }
  }

  void modelsKeepTheirPromises() {
    focusScoredRun();
    const QAbstractItemModelTester pairs(model("errorPairs"));
    const QAbstractItemModelTester proteins(model("proteinErrors"));
    const QAbstractItemModelTester strata(model("strataTable"));
    for (int column = 0; column < ProteinErrorModel::Count; ++column) {
      model("proteinErrors")->sort(column, Qt::AscendingOrder);
    }
    for (int column = 0; column < ErrorPairModel::Count; ++column) {
      model("errorPairs")->sort(column, Qt::AscendingOrder);
    }
    model("proteinErrors")->sort(ProteinErrorModel::Pairs, Qt::DescendingOrder);
    QVERIFY(model("proteinErrors")->index(0, ProteinErrorModel::Pairs).data().toInt() >=
            model("proteinErrors")->index(5, ProteinErrorModel::Pairs).data().toInt());
    child<QSlider>("thresholdSlider")->setValue(100);
    settle();
  }
};

QTEST_MAIN(TestErrorsPanel)
#include "tst_errors_panel.moc"
