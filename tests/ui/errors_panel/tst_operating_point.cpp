#include <QDoubleSpinBox>
#include <QSlider>
#include <cmath>

#include "tests/ui/errors_panel/errors_fixture.h"
#include "ui/theme/number_text.h"

using namespace twofold;
using namespace twofold::ui;

/// Threshold, aim and prevalence as a hand moves them, and as a run that goes on leaves them.
class TestOperatingPoint : public QObject, private ErrorsFixture {
  Q_OBJECT

 private Q_SLOTS:
  void init() { open(); }
  void cleanup() { close(); }

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

  void theSliderGoesOnUnderTheKeyboard() {
    focusScoredRun();
    const auto scores = part();
    const metrics::ScoreLadder ladder(scores.scores, scores.labels);
    auto* slider = child<QSlider>("thresholdSlider");
    slider->setValue(500);
    QTest::keyClick(slider, Qt::Key_Right);
    QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(slider->value(), 502);
    QTest::keyClick(slider, Qt::Key_PageUp);
    QCOMPARE(slider->value(), 552);
    QTest::keyClick(slider, Qt::Key_Left);
    QCOMPARE(slider->value(), 551);
    QCOMPARE(m_panel->arguments().at(m_panel->arguments().indexOf("--threshold") + 1).toDouble(),
             ladder.thresholdAbove(0.551));
    settle();
  }

  void theSliderLeavesABlockOfTiedScores() {
    const auto indices = m_split.indices(data::Part::Test);
    std::vector<float> scores(indices.size(), 0.6F);  // nine of ten tie
    for (std::size_t i = 0; i < scores.size(); i += 10) {
      scores[i] = i % 20 == 0 ? 0.2F : 0.9F;
    }
    runs().setPredictions(m_run, data::Part::Test, indices, scores);
    m_session->focusRun(QString::fromStdString(m_run));
    settle();
    auto* slider = child<QSlider>("thresholdSlider");
    slider->setValue(100);
    const double tied = child<QDoubleSpinBox>("thresholdSpin")->value();
    QCOMPARE(tied, 0.6);
    int presses = 0;
    while (child<QDoubleSpinBox>("thresholdSpin")->value() == tied && presses < 20) {
      QTest::keyClick(slider, Qt::Key_PageUp);
      ++presses;
    }
    QCOMPARE(child<QDoubleSpinBox>("thresholdSpin")->value(), 0.9);
    QCOMPARE(slider->value(), 100 + 50 * presses);
    settle();
  }

  void eachAimKeepsItsValue() {
    focusScoredRun();
    auto* aim = child<QComboBox>("aim");
    auto* value = child<QDoubleSpinBox>("aimValue");
    aim->setCurrentIndex(2);
    value->setValue(0.75);
    aim->setCurrentIndex(3);
    QCOMPARE(value->value(), 5.0);
    value->setValue(12);
    aim->setCurrentIndex(0);
    aim->setCurrentIndex(2);
    QCOMPARE(value->value(), 0.75);
    aim->setCurrentIndex(3);
    QCOMPARE(value->value(), 12.0);
  }

  void aRunThatWentOnIsReadAgainWithTheThresholdKept() {
    score(data::Part::Validation, 5);
    m_session->focusRun(QString::fromStdString(m_run));
    settle();
    QVERIFY(child<QTableView>("errorPairs")->isVisible());
    QCOMPARE(child<QComboBox>("errorsPart")->count(), 1);
    child<QDoubleSpinBox>("thresholdSpin")->setValue(0.7);
    settle();
    auto* pairs = child<QTableView>("errorPairs");
    pairs->setCurrentIndex(pairs->model()->index(4, 0));
    std::ignore = runs().create("other", "{}", "");  // another run is nothing to this one
    Q_EMIT m_session->runsChanged();
    settle();
    QCOMPARE(pairs->currentIndex().row(), 4);
    score(data::Part::Test, 6);
    runs().setStatus(m_run, store::RunStatus::Done);
    Q_EMIT m_session->runsChanged();
    QTRY_COMPARE(child<QComboBox>("errorsPart")->count(), 2);
    settle();
    QCOMPARE(child<QComboBox>("errorsPart")->currentText(), QString("Validation"));
    QCOMPARE(child<QDoubleSpinBox>("thresholdSpin")->value(), 0.7);
    QCOMPARE(textOf("thresholdFrom"), QString("Set by hand."));
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
};

QTEST_MAIN(TestOperatingPoint)
#include "tst_operating_point.moc"
