#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "models/learning/controls.h"
#include "tests/models/support/toy_pairs.h"

using namespace twofold;
using namespace twofold::models;

class TestControls : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void permutedLabelsKeepPairsAndCounts() {
    const auto pairs = toyPairs(300, 40, 1);
    const auto permuted = withPermutedLabels(pairs, 5);
    QCOMPARE(permuted.size(), pairs.size());
    int moved = 0;
    const auto isPositive = [](const IndexedPair& pair) {
      return pair.label == data::Label::Positive;
    };
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      QCOMPARE(permuted[i].a, pairs[i].a);
      QCOMPARE(permuted[i].b, pairs[i].b);
      moved += permuted[i].label != pairs[i].label ? 1 : 0;
    }
    QCOMPARE(std::ranges::count_if(permuted, isPositive), std::ranges::count_if(pairs, isPositive));
    QVERIFY(moved > 90);
  }

  void shuffledSequencesKeepTheirComposition() {
    const std::string sequence = "MKTAYIAKQRGDEWLNSPHFCVMKTAYIAKQRGDEWLN";
    auto shuffled = shuffledSequence(sequence, 3);
    QVERIFY(shuffled != sequence);
    QCOMPARE(shuffledSequence(sequence, 3), shuffled);
    QVERIFY(shuffledSequence(sequence, 4) != shuffled);
    auto own = sequence;
    std::ranges::sort(own);
    std::ranges::sort(shuffled);
    QCOMPARE(shuffled, own);
  }

  void swappedOrderChangesNothing() {
    QTemporaryDir folder;
    auto request = toyRequest(folder.path().toStdString());
    const auto plain = train(request, {}, {});
    request.checkpointFolder = folder.path().toStdString() + "/swapped";
    request.spec.training["control"] = std::string("swapped_order");
    const auto swapped = train(request, {}, {});
    for (const char* part : {"validation", "test"}) {
      QCOMPARE(swapped.parts.at(part).probabilities, plain.parts.at(part).probabilities);
    }
    QCOMPARE(spoiled(request).parts[1].front().a, request.parts[1].front().b);
    QCOMPARE(spoiled(request).parts[0].front().a, request.parts[0].front().a);
  }

  void aRunWithoutRealLabelsLearnsNothing() {
    const QTemporaryDir folder;
    auto request = toyRequest(folder.path().toStdString());
    const auto real = train(request, {}, {}).parts.at("test").metrics.values.at("auroc");
    request.spec.training["control"] = std::string("permuted_labels");
    const auto permuted = train(request, {}, {}).parts.at("test").metrics.values.at("auroc");
    QVERIFY2(real > 0.9 && permuted < real - 0.1,
             qPrintable(QString("%1 and %2").arg(real).arg(permuted)));
  }

  /// The toy kinds differ by composition alone, which a shuffle keeps: the scorer must shuffle too.
  void shuffledSequencesAreShuffledWheneverTheModelIsAsked() {
    const QTemporaryDir folder;
    auto request = toyRequest(folder.path().toStdString());
    request.spec.channels = {{"sequence", {}}};
    request.spec.training["control"] = std::string("shuffled_sequences");
    const auto result = train(request, {}, {});
    Scorer scorer({request.checkpointFolder, request.cacheFolder, "cpu", 1});
    static_cast<void>(scorer.addProteins(request.proteins));
    QCOMPARE(scorer.score(request.parts[2], scorer.channels()),
             result.parts.at("test").probabilities);
  }
};

QTEST_GUILESS_MAIN(TestControls)
#include "tst_controls.moc"
