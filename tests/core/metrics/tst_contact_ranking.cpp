#include <QTest>
#include <cmath>

#include "core/base/random.h"
#include "core/metrics/contact_ranking.h"
#include "core/metrics/mean_interval.h"
#include "core/metrics/ranking.h"

using namespace twofold;
using namespace twofold::metrics;

class TestContactRanking : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void precisionCountsTheHighest() {
    const std::vector<float> scores = {0.1F, 0.9F, 0.5F, 0.7F};
    const std::vector<std::int8_t> labels = {1, 1, 0, 0};
    QCOMPARE(precisionAtTop(scores, labels, 1), 1.0);
    QCOMPARE(precisionAtTop(scores, labels, 2), 0.5);
    QCOMPARE(precisionAtTop(scores, labels, 4), 0.5);
    QCOMPARE(precisionAtTop(scores, labels, 9), 0.5);
    QVERIFY(std::isnan(precisionAtTop(scores, labels, 0)));
    const std::vector<float> broken = {0.1F, std::nanf(""), 0, 0};
    QVERIFY(std::isnan(precisionAtTop(broken, labels, 2)));
  }

  void tiesCountByTheirChance() {
    const std::vector<float> scores = {0.9F, 0.5F, 0.5F, 0.5F, 0.5F};
    const std::vector<std::int8_t> labels = {0, 1, 0, 0, 0};
    QCOMPARE(precisionAtTop(scores, labels, 3), 2 * 0.25 / 3);
  }

  void chanceIsTheMeanOverAllOrders() {
    // Two positives of four: average precision over the six orders.
    std::vector<std::int8_t> labels = {0, 0, 1, 1};
    const std::vector<float> scores = {4, 3, 2, 1};
    double sum = 0;
    int orders = 0;
    do {
      sum += auprc(scores, labels);
      ++orders;
    } while (std::next_permutation(labels.begin(), labels.end()));
    QCOMPARE(orders, 6);
    QVERIFY(std::fabs(expectedAuprcOfChance(2, 4) - sum / 6) < 1e-12);
    QCOMPARE(expectedAuprcOfChance(1, 1), 1.0);
    QCOMPARE(expectedAuprcOfChance(5, 5), 1.0);
    QVERIFY(std::isnan(expectedAuprcOfChance(0, 5)));
  }

  void theMeanHasAnIntervalOfItsUnits() {
    std::vector<double> values;
    Random random(1);
    for (int i = 0; i < 400; ++i) {
      values.push_back(random.normals().first);
    }
    const auto mean = meanOfUnits(values, {1000, 1});
    QVERIFY(mean.interval.has_value());
    QVERIFY(std::fabs(mean.interval->high - mean.interval->low - 2 * 1.96 / 20) < 0.03);
    QVERIFY(mean.interval->low < mean.value && mean.value < mean.interval->high);
    const auto again = meanOfUnits(values, {1000, 1});
    QCOMPARE(again.interval->low, mean.interval->low);
  }

  void fewUnitsHaveNoInterval() {
    // Four copies of one unit are one piece of evidence.
    const std::vector<double> copies = {0, 0, 0, 0, 1};
    const std::vector<std::uint32_t> groups = {1, 1, 1, 1, 2};
    const auto apart = meanOfUnits(copies, {1000, 1});
    const auto together = meanOfUnits(copies, {1000, 1}, groups);
    QCOMPARE(together.value, apart.value);
    QVERIFY(together.interval->high > apart.interval->high);
    const std::vector<std::uint32_t> same(5, 7);
    QVERIFY(!meanOfUnits(copies, {100, 1}, same).interval);
    QVERIFY(std::isnan(meanOfUnits({}, {100, 1}).value));
    const std::vector<double> one = {0.5};
    QCOMPARE(meanOfUnits(one, {100, 1}).value, 0.5);
    QVERIFY(!meanOfUnits(one, {100, 1}).interval);
    const std::vector<double> equal = {0.5, 0.5};
    QVERIFY(!meanOfUnits(equal, {0, 1}).interval);
    QCOMPARE(meanOfUnits(equal, {100, 1}).interval->low, 0.5);
  }
};

QTEST_APPLESS_MAIN(TestContactRanking)
#include "tst_contact_ranking.moc"
