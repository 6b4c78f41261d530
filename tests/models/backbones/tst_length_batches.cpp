#include <QTest>
#include <algorithm>

#include "models/backbones/length_batches.h"

using namespace twofold::models;

class TestLengthBatches : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cropKeepsOnePieceASequence() {
    const std::vector<std::string> sequences = {std::string(5, 'A'), std::string(50, 'A')};
    const auto list = pieces(sequences, {LongProteins::Crop, 20});
    QCOMPARE(list.size(), 2U);
    QCOMPARE(list[0].length, 5);
    QCOMPARE(list[1].length, 20);
    QCOMPARE(list[1].begin, 0);
  }

  void windowsCoverEverySequenceAndOverlap() {
    for (const std::size_t length : {20U, 21U, 34U, 35U, 36U, 100U, 1000U}) {
      const std::vector<std::string> sequences = {std::string(length, 'A')};
      const auto list = pieces(sequences, {LongProteins::Windows, 20});
      QCOMPARE(list.front().begin, 0);
      QCOMPARE(list.back().begin + list.back().length, static_cast<std::int64_t>(length));
      for (std::size_t i = 1; i < list.size(); ++i) {
        QCOMPARE(list[i].length, 20);
        QVERIFY(list[i - 1].begin + 20 - list[i].begin >= 5);
        QVERIFY(list[i].begin > list[i - 1].begin);
      }
    }
  }

  void batchesHoldEveryPieceOnceWithinTheBudget() {
    std::vector<std::string> sequences;
    for (std::size_t i = 0; i < 100; ++i) {
      sequences.emplace_back(i * 37 % 90 + 1, 'A');
    }
    sequences.emplace_back(500, 'A');
    std::vector<int> seen(sequences.size(), 0);
    std::int64_t last = 1'000'000;
    for (const auto& batch : lengthBatches(pieces(sequences, {}), 200)) {
      std::int64_t tokens = 0;
      for (const auto& piece : batch) {
        ++seen[piece.sequence];
        tokens += piece.length + 2;
        QVERIFY(piece.length <= last);
        last = piece.length;
      }
      QVERIFY(tokens <= 200 || batch.size() == 1);
    }
    QVERIFY(std::all_of(seen.begin(), seen.end(), [](int count) { return count == 1; }));
  }

  void nothingMakesNoBatch() { QVERIFY(lengthBatches({}, 100).empty()); }
};

QTEST_GUILESS_MAIN(TestLengthBatches)
#include "tst_length_batches.moc"
