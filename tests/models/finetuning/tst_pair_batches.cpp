#include <QTest>

#include "models/finetuning/pair_batches.h"

using namespace twofold;
using models::IndexedPair;

class TestPairBatches : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aProteinCountsOnceABatch() {
    const std::vector<IndexedPair> pairs = {
        {0, 1, data::Label::Positive}, {1, 2, data::Label::Negative}, {2, 2, {}}, {3, 0, {}}};
    const std::vector<std::int64_t> tokens = {10, 20, 30, 40};
    const auto batches = models::pairBatches(pairs, tokens, 60, 100);
    QCOMPARE(batches.size(), std::size_t{2});
    QCOMPARE(batches[0].proteins, (std::vector<std::uint32_t>{2, 1, 0}));
    QCOMPARE(batches[0].pairs.size(), std::size_t{3});
    QCOMPARE(batches[0].pairs[0].a, 2U);
    QCOMPARE(batches[0].pairs[0].b, 1U);
    QVERIFY(batches[0].pairs[1].label == data::Label::Negative);
    QCOMPARE(batches[0].pairs[2].a, batches[0].pairs[2].b);
    QCOMPARE(batches[1].proteins, (std::vector<std::uint32_t>{3, 0}));
  }

  void aPairBeyondTheBudgetStandsAlone() {
    const std::vector<IndexedPair> pairs = {{0, 1, {}}, {0, 2, {}}, {2, 3, {}}};
    const std::vector<std::int64_t> tokens = {100, 100, 1, 1};
    const auto batches = models::pairBatches(pairs, tokens, 50, 100);
    QCOMPARE(batches.size(), std::size_t{3});
    QCOMPARE(models::pairBatches(pairs, tokens, 1000, 2).size(), std::size_t{2});
    QVERIFY(models::pairBatches({}, tokens, 50, 100).empty());
  }
};

QTEST_APPLESS_MAIN(TestPairBatches)
#include "tst_pair_batches.moc"
