#include <QTest>
#include <cmath>
#include <limits>
#include <vector>

#include "core/metrics/ranking.h"
#include "tests/core/metrics/ten_pairs.h"

using namespace twofold::metrics;
using namespace twofold::tests;

class TestRanking : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void areasEqualScikitLearn() {
    QVERIFY(near(auroc(kTenScores, kTenLabels), kTenAuroc));
    QVERIFY(near(auprc(kTenScores, kTenLabels), kTenAuprc));
    // The example of scikit-learn's documentation: 0.75 and 0.8333.
    const std::vector<float> scores = {0.1F, 0.4F, 0.35F, 0.8F};
    const std::vector<std::int8_t> labels = {0, 0, 1, 1};
    QVERIFY(near(auroc(scores, labels), 0.75));
    QVERIFY(near(auprc(scores, labels), 0.8333333333));
  }

  void constantScoresAreChance() {
    const std::vector<float> scores(8, 0.3F);
    const std::vector<std::int8_t> labels = {1, 0, 0, 0, 1, 0, 0, 0};
    QCOMPARE(auroc(scores, labels), 0.5);
    QCOMPARE(auprc(scores, labels), 0.25);
  }

  void oneClassOrNoNumberIsUndefined() {
    const std::vector<float> scores = {0.3F, 0.4F};
    const std::vector<std::int8_t> negatives = {0, 0};
    const std::vector<std::int8_t> both = {0, 1};
    QVERIFY(std::isnan(auroc(scores, negatives)));
    QVERIFY(std::isnan(auprc(scores, negatives)));
    QVERIFY(rocCurve(scores, negatives).empty());
    QVERIFY(std::isnan(auroc({}, {})));
    const std::vector<float> broken = {std::numeric_limits<float>::quiet_NaN(), 0.4F};
    QVERIFY(std::isnan(auroc(broken, both)));
    QVERIFY(std::isnan(auprc(broken, both)));
  }

  void theRocCurveRunsFromCornerToCorner() {
    const auto curve = rocCurve(kTenScores, kTenLabels);
    QCOMPARE(curve.front().x, 0.0);
    QCOMPARE(curve.front().y, 0.0);
    QCOMPARE(curve.back().x, 1.0);
    QCOMPARE(curve.back().y, 1.0);
    double area = 0;
    for (std::size_t i = 1; i < curve.size(); ++i) {
      QVERIFY(curve[i].x >= curve[i - 1].x && curve[i].y >= curve[i - 1].y);
      area += (curve[i].x - curve[i - 1].x) * (curve[i].y + curve[i - 1].y) / 2;
    }
    QVERIFY(near(area, kTenAuroc));
  }

  void thePrecisionRecallCurveStepsToTheAveragePrecision() {
    const auto curve = precisionRecallCurve(kTenScores, kTenLabels);
    double area = 0;
    for (std::size_t i = 1; i < curve.size(); ++i) {
      area += (curve[i].x - curve[i - 1].x) * curve[i].y;
    }
    QVERIFY(near(area, kTenAuprc));
    QCOMPARE(curve.back().x, 1.0);
    QVERIFY(near(curve.back().y, 0.4));
  }
};

QTEST_GUILESS_MAIN(TestRanking)
#include "tst_ranking.moc"
