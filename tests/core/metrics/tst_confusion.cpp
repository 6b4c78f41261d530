#include <QTest>
#include <cmath>
#include <vector>

#include "core/metrics/confusion.h"
#include "tests/core/metrics/ten_pairs.h"

using namespace twofold::metrics;
using namespace twofold::tests;

class TestConfusion : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void countsAScoreAtTheThresholdAsPositive() {
    const Confusion counts = confusionAt(kTenScores, kTenLabels, 0.5);
    QCOMPARE(counts.truePositives, 3.0);
    QCOMPARE(counts.falsePositives, 3.0);
    QCOMPARE(counts.trueNegatives, 3.0);
    QCOMPARE(counts.falseNegatives, 1.0);
  }

  void ratesFollowFromTheCounts() {
    const Confusion counts{3, 3, 3, 1};
    QVERIFY(near(counts.accuracy(), 0.6));
    QVERIFY(near(counts.precision(), 0.5));
    QVERIFY(near(counts.recall(), 0.75));
    QVERIFY(near(counts.f1(), 0.6));
    QVERIFY(near(counts.mcc(), 0.25));
  }

  void emptyMarginsAreSaid() {
    const Confusion nothingCalled{0, 0, 5, 3};
    QVERIFY(std::isnan(nothingCalled.precision()));
    QCOMPARE(nothingCalled.recall(), 0.0);
    QCOMPARE(nothingCalled.f1(), 0.0);
    QCOMPARE(nothingCalled.mcc(), 0.0);
    const Confusion noPositives{0, 2, 5, 0};
    QVERIFY(std::isnan(noPositives.recall()));
    QVERIFY(std::isnan(Confusion{}.accuracy()));
  }
};

QTEST_GUILESS_MAIN(TestConfusion)
#include "tst_confusion.moc"
