#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/random.h"
#include "core/errors/error_tables.h"
#include "core/runs/run_spec.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"
#include "tests/ui/pair_panel/nameless_widgets.h"
#include "ui/panels/errors/errors_panel.h"
#include "ui/theme/number_text.h"

using namespace twofold;
using namespace twofold::ui;

namespace {

constexpr std::uint32_t kProteins = 24;
const metrics::BootstrapOptions kBootstrap{errors::kResamples, 1, 1, {}};

}  // namespace

/// 24 proteins and all their pairs, a third of each in train, validation and test; scores that know
/// the label a little.
class TestErrorsPanel : public QObject {
  Q_OBJECT

 private:
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

 private Q_SLOTS:
  void init() {
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

  void cleanup() {
    m_panel.reset();
    m_session.reset();
  }

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

  void theSliderMovesCellsAtOnceAndTheRestFollows() {
    focusScoredRun();
    const auto scores = part();
    const metrics::ScoreLadder ladder(scores.scores, scores.labels);
    auto* slider = child<QSlider>("thresholdSlider");
    slider->setValue(800);
    const double threshold = ladder.thresholdAbove(0.8);
    const auto counts = metrics::confusionAt(scores.scores, scores.labels, threshold);
    QCOMPARE(cell("cellFN"), "FN  " + countText(qRound64(counts.falseNegatives)));
    QCOMPARE(child<QDoubleSpinBox>("thresholdSpin")->value(), std::round(threshold * 1e6) / 1e6);
    QVERIFY2(textOf("recallHere").endsWith(QString::fromUtf8("[…]")), "its interval is to come");
    settle();
    const auto recall = errors::operatingPoint(scores, threshold, {}, kBootstrap).here.recall;
    QCOMPARE(textOf("recallHere"),
             intervalText(recall.value, recall.interval->low, recall.interval->high));
    QCOMPARE(model("proteinErrors")->index(0, 0).data().toString(),
             QString::fromStdString(
                 scores.proteins[errors::proteinErrors(scores, threshold).proteins[0].protein].id));
    QVERIFY(m_panel->arguments().contains("--threshold"));
    QCOMPARE(m_panel->arguments().at(m_panel->arguments().indexOf("--threshold") + 1).toDouble(),
             threshold);
    click("ownThreshold");
    QCOMPARE(child<QDoubleSpinBox>("thresholdSpin")->value(), 0.5);
    QVERIFY(!m_panel->arguments().contains("--threshold"));
  }

  void anAimIsReachedOnValidationAndNotOnTheTest() {
    focusScoredRun();
    const auto validation = errors::readPartScores(database(), m_run, data::Part::Validation);
    child<QComboBox>("aim")->setCurrentIndex(1);
    click("chooseThreshold");
    const auto expected = metrics::chooseThreshold({metrics::ThresholdAim::Kind::BestF1},
                                                   validation.scores, validation.labels);
    QVERIFY(std::abs(child<QDoubleSpinBox>("thresholdSpin")->value() - *expected) < 1e-6);
    QVERIFY(textOf("thresholdFrom").contains("Chosen on validation: best F1"));
    child<QComboBox>("aim")->setCurrentIndex(2);
    child<QDoubleSpinBox>("aimValue")->setValue(0.8);
    click("chooseThreshold");
    const auto precise = metrics::chooseThreshold({metrics::ThresholdAim::Kind::Precision, 0.8},
                                                  validation.scores, validation.labels);
    QVERIFY(std::abs(child<QDoubleSpinBox>("thresholdSpin")->value() - *precise) < 1e-6);
    settle();
  }

  void prevalenceMovesWhatToExpect() {
    focusScoredRun();
    auto* slider = child<QSlider>("prevalenceSlider");
    slider->setValue(200);
    QCOMPARE(textOf("prevalenceText"), QString("1 : 100"));
    const auto scores = part();
    const auto counts = metrics::confusionAt(scores.scores, scores.labels, 0.5);
    const double precision = counts.atPrevalence(1.0 / 101).precision();
    QVERIFY(textOf("precisionThere").startsWith(probabilityText(precision)));
    QVERIFY2(textOf("expectation").contains(QString::number(100 * precision, 'f', 1)),
             qPrintable(textOf("expectation")));
    settle();
    const auto there = errors::operatingPoint(scores, 0.5, 1.0 / 101, kBootstrap).there.precision;
    QCOMPARE(textOf("precisionThere"),
             intervalText(there.value, there.interval->low, there.interval->high));
    QVERIFY(m_panel->arguments().contains("--prevalence"));
    click("ownPrevalence");
    QVERIFY(!m_panel->arguments().contains("--prevalence"));
    settle();
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
    click("copyErrorsCommand");
    const auto command = QGuiApplication::clipboard()->text();
    QVERIFY2(command.contains("errors --run " + QString::fromStdString(m_run) +
                              " --part test --by length --project"),
             qPrintable(command));
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

  void ranksHaveNoThresholdUntilOneIsChosen() {
    runs::RunSpec spec;
    spec.pairSet = "demo";
    spec.split = "thirds";
    spec.imported = runs::ImportedScores{"SPRINT", "s.txt", "h", "SPRINT", "rank", "none"};
    m_run = runs().create("ranks", runs::toJson(spec).dump(), "").id;
    score(data::Part::Test, 6);
    metrics::PartMetrics measured;
    measured.threshold = std::nan("");
    runs().setPartMetrics(m_run, "test", measured);
    m_session->focusRun(QString::fromStdString(m_run));
    settle();
    QVERIFY2(textOf("thresholdFrom").contains("ranks"), qPrintable(textOf("thresholdFrom")));
    QVERIFY(!child<QPushButton>("ownThreshold")->isVisible());
    QVERIFY(m_panel->arguments().contains("--threshold"));
  }

  void pairsOfOneClassSaySo() {
    const auto indices = m_split.indices(data::Part::Test);
    std::vector<std::uint32_t> positives;
    for (const auto index : indices) {
      if (m_pairs[index].label == data::Label::Positive) {
        positives.push_back(index);
      }
    }
    runs().setPredictions(m_run, data::Part::Test, positives,
                          std::vector<float>(positives.size(), 0.6F));
    m_session->focusRun(QString::fromStdString(m_run));
    settle();
    QVERIFY(textOf("expectation").contains("of one class"));
    QVERIFY(!child<QSlider>("prevalenceSlider")->isEnabled());
    QCOMPARE(textOf("precisionThere"), QString());
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
