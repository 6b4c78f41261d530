#include <QTest>

#include "core/data/split_summary.h"

using namespace twofold;
using namespace twofold::data;

class TestSplitSummary : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void countsPairsProteinsAndLabels() {
    const Pairs pairs = {{1, 2, Label::Positive}, {1, 3, Label::Negative}, {4, 4, Label::Positive},
                         {1, 5, Label::Unknown},  {6, 7, Label::Negative}, {2, 3, Label::Positive}};
    const Split split{
        "files",
        0,
        {Part::Train, Part::Train, Part::Train, Part::Validation, Part::Test, Part::None}};
    const auto summary = summaryOf(pairs, split);
    const auto& train = summary.parts[0];
    QCOMPARE(train.pairs, 3);
    QCOMPARE(train.positives, 2);
    QCOMPARE(train.negatives, 1);
    QCOMPARE(train.proteins, 4);
    QCOMPARE(train.onlyPositive, 2);  // 2 and 4
    QCOMPARE(train.onlyNegative, 1);  // 3
    QCOMPARE(summary.parts[1].positives + summary.parts[1].negatives, 0);
    QCOMPARE(summary.parts[1].onlyPositive + summary.parts[1].onlyNegative, 0);
    QCOMPARE(summary.parts[2].onlyNegative, 2);
    QCOMPARE(summary.sharedProteins, (std::array<std::int64_t, 3>{1, 0, 0}));
    QCOMPARE(summary.dropped, 1);
  }

  void degreesHaveQuantilesAndBinsByPowersOfTwo() {
    Pairs pairs;
    for (ProteinKey leaf = 1; leaf <= 9; ++leaf) {
      pairs.push_back({0, leaf, Label::Positive});
    }
    pairs.push_back({1, 2, Label::Positive});
    const auto degrees = summaryOf(pairs, {"files", 0, std::vector<Part>(pairs.size(), Part::Test)})
                             .parts[2]
                             .degrees;
    QCOMPARE(degrees.quantiles, (std::array<std::int64_t, 6>{1, 1, 1, 2, 2, 9}));
    std::vector<std::int64_t> counts;
    std::int64_t next = 1;
    for (const auto& bin : degrees.histogram) {
      QCOMPARE(bin.from, next);
      QCOMPARE(bin.to, 2 * bin.from - 1);
      next = bin.to + 1;
      counts.push_back(bin.proteins);
    }
    QCOMPARE(counts, (std::vector<std::int64_t>{7, 2, 0, 1}));
  }

  void aSelfPairIsOnePairOfItsProtein() {
    const Pairs pairs = {{3, 3, Label::Positive}};
    const auto part = summaryOf(pairs, {"files", 0, {Part::Train}}).parts[0];
    QCOMPARE(part.proteins, 1);
    QCOMPARE(part.degrees.quantiles.back(), 1);
  }

  void noPairsHaveNoDegrees() {
    const auto summary = summaryOf({}, {});
    QVERIFY(summary.parts[0].degrees.histogram.empty());
    QCOMPARE(summary.parts[0].degrees.quantiles.back(), 0);
  }
};

QTEST_GUILESS_MAIN(TestSplitSummary)
#include "tst_split_summary.moc"
