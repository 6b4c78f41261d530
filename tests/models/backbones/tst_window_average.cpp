#include <QTest>

#include "models/backbones/window_average.h"

using namespace twofold;

class TestWindowAverage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void sharedResiduesGetTheMeanOfTheirWindows() {
    models::WindowAverage average(3, 2, 2);
    average.add(1, {4, 4, 6, 6});
    QVERIFY(!average.isComplete());
    average.add(0, {1, 1, 2, 2});
    QVERIFY(average.isComplete());
    const auto residues = average.result(true);
    QCOMPARE(residues.residues, 3);
    QCOMPARE(residues.values, (std::vector<float>{1, 1, 3, 3, 6, 6}));
    const auto pooled = average.result(false);
    QCOMPARE(pooled.residues, 0);
    QCOMPARE(pooled.values.size(), 2U);
    QVERIFY(std::fabs(pooled.values[0] - 10.0F / 3.0F) < 1e-6F);
  }
};

QTEST_GUILESS_MAIN(TestWindowAverage)
#include "tst_window_average.moc"
