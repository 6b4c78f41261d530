#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>
#include <span>

#include "models/channels/calpha_graph.h"
#include "tests/models/support/chain_shapes.h"

using namespace twofold;
using namespace twofold::models;

namespace {

constexpr CalphaGraphShape kShape{12, 6};

std::span<const float> row(const std::vector<float>& graph, std::size_t centre,
                           const CalphaGraphShape& shape = kShape) {
  const auto features = static_cast<std::size_t>(shape.features());
  return std::span(graph).subspan(centre * features, features);
}

std::span<const float> neighbour(const std::vector<float>& graph, std::size_t centre,
                                 std::size_t place, const CalphaGraphShape& shape = kShape) {
  return row(graph, centre, shape)
      .subspan(kCentreNumbers + place * kNeighbourNumbers, kNeighbourNumbers);
}

std::int64_t centresOf(const std::vector<float>& graph, const CalphaGraphShape& shape = kShape) {
  std::int64_t known = 0;
  for (std::int64_t i = 0; !graph.empty() && i < shape.centres; ++i) {
    known += row(graph, static_cast<std::size_t>(i), shape)[kCentreKnown] == 1 ? 1 : 0;
  }
  return known;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
  double largest = a.size() == b.size() ? 0 : INFINITY;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    largest = std::max(largest, std::abs(static_cast<double>(a[i]) - b[i]));
  }
  return largest;
}

}  // namespace

class TestCalphaGraph : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void movingAndTurningAChainChangesNothing() {
    Random random(5);
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const bio::Chain chain = randomChain(10 + seed * 20, seed);
      const auto graph = calphaGraph(chain, {});
      QVERIFY(!graph.empty());
      const double change = largestDifference(graph, calphaGraph(moved(chain, random), {}));
      QVERIFY2(change < 2e-4, qPrintable(QString::number(change)));  // angstrom, of 40 to 100
    }
  }

  void mirrorImageIsTold() {
    const bio::Chain chain = randomChain(50, 3);
    const auto graph = calphaGraph(chain, {});
    const auto mirror = calphaGraph(mirrored(chain), {});
    QVERIFY(largestDifference(graph, mirror) > 0.1);
    // Only what stands across a plane turns its sign; distances stay.
    const CalphaGraphShape shape;
    for (std::size_t i = 0; i < 48; ++i) {
      QVERIFY(std::abs(neighbour(graph, i, 0, shape)[kNeighbourDistance] -
                       neighbour(mirror, i, 0, shape)[kNeighbourDistance]) < 1e-5F);
    }
  }

  void numbersSayWhatTheyAreNamed() {
    bio::Chain chain;  // a right angle at the middle
    chain.residues.resize(3);
    const std::array<bio::Point, 3> points = {{{3, 0, 0}, {0, 0, 0}, {0, 3, 0}}};
    for (std::size_t i = 0; i < 3; ++i) {
      chain.residues[i].hasCalpha = true;
      chain.residues[i].calpha = points[i];
      chain.residues[i].letter = "CAY"[i];
      chain.residues[i].confidence = 50.0F + 10 * static_cast<float>(i);
    }
    const auto graph = calphaGraph(chain, kShape);
    QCOMPARE(centresOf(graph), 1);
    const auto centre = row(graph, 0);
    QCOMPARE(centre[kCentreKind], 1.0F);  // A
    QCOMPARE(centre[kCentreHasTrust], 1.0F);
    QCOMPARE(centre[kCentreTrust], 0.6F);
    QCOMPARE(centre[kCentreNear], 2.0F);
    QCOMPARE(centre[kCentreUp], 0.0F);  // both lie away from the side chain
    QCOMPARE(centre[kCentreLength], std::log(3.0F));
    const auto first = neighbour(graph, 0, 0);  // equally near: by place
    QCOMPARE(first[kNeighbourDistance], 3.0F);
    QCOMPARE(first[kNeighbourShare], 1.0F);
    QCOMPARE(first[kNeighbourStep], -1.0F);
    QCOMPARE(first[kNeighbourKind], 2.0F);  // C
    QCOMPARE(first[kNeighbourTrust], 0.5F);
    QCOMPARE(first[kNeighbourHasTurn], 0.0F);
    const auto second = neighbour(graph, 0, 1);
    QCOMPARE(second[kNeighbourStep], 1.0F);
    QVERIFY(std::abs(first[kNeighbourWay] + std::sqrt(0.5F)) < 1e-6F);
    QVERIFY(std::abs(first[kNeighbourWay + 1]) < 1e-6F);  // in the plane
    QVERIFY(std::abs(first[kNeighbourWay + 2] + second[kNeighbourWay + 2]) < 1e-6F);
    QCOMPARE(neighbour(graph, 0, 2)[kNeighbourKnown], 0.0F);
  }

  void shortChainsHaveOnlyWhatTheyCan() {
    QVERIFY(calphaGraph({}, kShape).empty());
    QVERIFY(calphaGraph(randomChain(1, 4), kShape).empty());
    QVERIFY(calphaGraph(randomChain(2, 4), kShape).empty());
    QCOMPARE(centresOf(calphaGraph(randomChain(3, 4), kShape)), 1);
    QCOMPARE(centresOf(calphaGraph(randomChain(9, 4), kShape)), 7);
    QCOMPARE(centresOf(calphaGraph(randomChain(40, 4), kShape)), 12);
  }

  void residuesInALineOrInOnePlaceHaveNoFrame() {
    bio::Chain line = randomChain(20, 1);
    bio::Chain point = line;
    for (std::size_t i = 0; i < 20; ++i) {
      line.residues[i].calpha = {3.8F * static_cast<float>(i), 1, 2};
      point.residues[i].calpha = {1, 2, 3};
    }
    QVERIFY(calphaGraph(line, kShape).empty());
    QVERIFY(calphaGraph(point, kShape).empty());
  }

  void besideAGapThereIsNoCentreAndNoStepAcrossIt() {
    const CalphaGraphShape shape{40, 38};
    bio::Chain chain = randomChain(30, 2);
    QCOMPARE(centresOf(calphaGraph(chain, shape), shape), 28);
    chain.residues[14].hasCalpha = false;
    const auto graph = calphaGraph(chain, shape);
    QCOMPARE(centresOf(graph, shape), 25);  // without 13, 14, 15
    for (std::size_t i = 0; i < 25; ++i) {
      std::multiset<float> steps;
      std::int64_t others = 0;
      for (std::size_t n = 0; n < 28; ++n) {
        const auto to = neighbour(graph, i, n, shape);
        QCOMPARE(to[kNeighbourKnown], 1.0F);
        steps.insert(to[kNeighbourStep]);
        others += to[kNeighbourStep] == 0 ? 1 : 0;
        // Without a frame, beside the gap or at an end, there is no turn either.
        const bool hasNone = std::all_of(to.begin() + kNeighbourTurn, to.begin() + kNeighbourStep,
                                         [](float number) { return number == 0; });
        QCOMPARE(hasNone, to[kNeighbourHasTurn] == 0);
      }
      QCOMPARE(others, i < 12 ? 15 : 14);  // residues of the other stretch
      QVERIFY(
          std::all_of(steps.begin(), steps.end(), [](float step) { return std::abs(step) < 15; }));
    }
    chain = randomChain(30, 2);
    for (std::size_t i = 15; i < 30; ++i) {
      chain.residues[i].calpha[2] += 50;
    }
    QCOMPARE(centresOf(calphaGraph(chain, shape), shape), 26);  // without 14, 15
  }

  void confidenceIsMaskedWhereNothingIsKnown() {
    bio::Chain chain = randomChain(10, 6);
    chain.residues[4].confidence = 0.0F;
    const auto graph = calphaGraph(chain, kShape);
    for (std::size_t i = 0; i < 8; ++i) {
      QCOMPARE(row(graph, i)[kCentreHasTrust], i == 3 ? 1.0F : 0.0F);
      QCOMPARE(row(graph, i)[kCentreTrust], 0.0F);
    }
  }

  void theFarthestCentresSpanTheChain() {
    const bio::Chain chain = randomChain(300, 8);
    const auto graph = calphaGraph(chain, kShape);
    QVERIFY(calphaGraph(chain, kShape) == graph);
    QCOMPARE(centresOf(graph), 12);
    float deepest = 0;
    for (std::size_t i = 0; i < 12; ++i) {
      deepest = std::max(deepest, row(graph, i)[kCentreDepth]);
    }
    const auto all = calphaGraph(chain, {512, 2});
    for (std::size_t i = 0; i < 298; ++i) {
      QVERIFY(row(all, i, {512, 2})[kCentreDepth] <= deepest + 0.01F);
    }
  }

  void theLastNeighboursFadeOut() {
    const bio::Chain chain = randomChain(40, 3);
    const CalphaGraphShape wide{12, 7};
    const auto graph = calphaGraph(chain, kShape);
    const auto more = calphaGraph(chain, wide);
    for (std::size_t i = 0; i < 12; ++i) {
      const float reach = neighbour(more, i, 6, wide)[kNeighbourDistance];
      for (std::size_t n = 0; n < 6; ++n) {
        const auto to = neighbour(graph, i, n);
        const float left = reach - to[kNeighbourDistance];
        QVERIFY(std::abs(to[kNeighbourShare] - std::clamp(left, 0.0F, 1.0F)) < 1e-4F);
      }
    }
    const auto all = calphaGraph(randomChain(5, 3), kShape);  // none is left out
    QCOMPARE(neighbour(all, 0, 3)[kNeighbourShare], 1.0F);
  }
};

QTEST_GUILESS_MAIN(TestCalphaGraph)
#include "tst_calpha_graph.moc"
