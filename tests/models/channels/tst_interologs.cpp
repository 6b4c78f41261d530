#include <QTest>

#include "models/channels/interologs.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::models;

namespace {

constexpr auto kPositive = data::Label::Positive;
constexpr auto kNegative = data::Label::Negative;

/// 0-1 and 0-2 interact, 1-2 and 3-3 do not.
TrainingGraph smallGraph() {
  const std::vector<IndexedPair> pairs = {
      {0, 1, kPositive}, {2, 0, kPositive}, {1, 2, kNegative}, {3, 3, kNegative}};
  return {4, pairs};
}

}  // namespace

class TestInterologs : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void partnersAreSeenFromBothEnds() {
    const auto graph = smallGraph();
    QCOMPARE(graph.proteins(), std::size_t{4});
    QCOMPARE(graph.partners(0).size(), std::size_t{2});
    QCOMPARE(graph.partners(0)[1].protein, 2U);
    QVERIFY(graph.partners(2)[0].isPositive);
    QVERIFY(!graph.partners(2)[1].isPositive);
    QCOMPARE(graph.partners(3).size(), std::size_t{1});
  }

  void neighboursThatInteractSpeakForThePair() {
    const auto graph = smallGraph();
    Interologs interologs(graph);
    const std::vector<Neighbour> a = {{0, 0.8F}};
    const std::vector<Neighbour> b = {{1, 0.5F}};
    const auto features = interologs.describe({a, b});
    QCOMPARE(features[0], 0.4F / 1.4F);  // 0.8 x 0.5 positive, nothing negative, prior 1
    QCOMPARE(features[6], 0.4F);
    QCOMPARE(features[7], 1.3F);
    const std::vector<Neighbour> c = {{2, 0.5F}};
    QVERIFY(interologs.describe({b, c})[0] < 0);
  }

  void theOrderOfThePairNeverMatters() {
    std::vector<IndexedPair> pairs;
    for (std::uint32_t i = 0; i < 200; ++i) {
      pairs.push_back({i % 20, (i * 7 + 3) % 20, i % 3 == 0 ? kPositive : kNegative});
    }
    const TrainingGraph graph(20, pairs);
    Interologs interologs(graph);
    std::vector<Neighbour> a;
    std::vector<Neighbour> b;
    for (std::uint32_t i = 0; i < 8; ++i) {
      a.push_back({i, 0.9F / static_cast<float>(i + 1)});
      b.push_back({19 - i, 0.7F / static_cast<float>(i + 2)});
    }
    QCOMPARE(interologs.describe({a, b, 3, 12}), interologs.describe({b, a, 12, 3}));
  }

  void thePairItselfIsNoEvidence() {
    const auto graph = smallGraph();
    Interologs interologs(graph);
    // Each is the other's neighbour: without care the pair's own label would come back.
    const std::vector<Neighbour> a = {{1, 1.0F}};
    const std::vector<Neighbour> b = {{0, 1.0F}};
    QCOMPARE(interologs.describe({a, b, 0, 1})[0], 0.0F);
    QVERIFY(interologs.describe({a, b, -1, -1})[0] > 0);
  }

  void theGraphComesBackFromACheckpoint() {
    ChannelState state;
    smallGraph().save(state);
    const auto graph = TrainingGraph::restored(state);
    QCOMPARE(graph.proteins(), std::size_t{4});
    QCOMPARE(graph.partners(0)[1].protein, 2U);
    QVERIFY(!graph.partners(1)[1].isPositive);

    ChannelState damaged;
    damaged.put("graph.begin", std::vector<std::int64_t>{0, 2});
    damaged.put("graph.partners", std::vector<std::int64_t>{0, 77});
    EXPECT_ERROR(TrainingGraph::restored(damaged), ErrorKind::BadInput, "damaged");
    EXPECT_ERROR(TrainingGraph::restored({}), ErrorKind::BadInput, "graph.begin");
  }
};

QTEST_GUILESS_MAIN(TestInterologs)
#include "tst_interologs.moc"
