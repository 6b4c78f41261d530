#include <QTest>
#include <limits>

#include "../base/expect_error.h"
#include "chains.h"
#include "core/retrieval/spatial_index.h"

using namespace twofold;
using namespace twofold::retrieval;
using namespace twofold::tests;

class TestSpatialIndex : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// Fewer and more than the 20 queries from which FAISS multiplies matrices.
  void itFindsTheContactsOfTheGrid() {
    Random random(1);
    for (const double centre : {0.0, 300.0, -5000.0, 1e7}) {
      for (const float radius : {0.5F, 6.0F, 8.0F, 100.0F}) {
        for (const std::size_t count : {10, 250}) {
          const auto a = randomChain(random, count, 40, centre);
          const auto b = randomChain(random, 130, 40, centre + 5);
          const auto found = SpatialIndex(b).contactsWith(a, radius);
          const auto expected = bio::findContacts(a, b, radius);
          QCOMPARE(found.size(), expected.size());
          for (std::size_t i = 0; i < found.size(); ++i) {
            QCOMPARE(found[i].a, expected[i].a);
            QCOMPARE(found[i].b, expected[i].b);
            QVERIFY(found[i].distance == expected[i].distance);
          }
        }
      }
    }
  }

  void theRadiusIsIncluded() {
    const auto a = chainAt("AA", {0, 100});
    const auto b = chainAt("GG", {8, 108.001F});
    const auto found = SpatialIndex(b).contactsWith(a, 8);
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].distance, 8.0F);
  }

  void nothingIsNearNothing() {
    const auto chain = chainAt("A", {0});
    QVERIFY(SpatialIndex(bio::Chain()).contactsWith(chain, 8).empty());
    QVERIFY(SpatialIndex(chain).contactsWith(bio::Chain(), 8).empty());
    for (const float radius : {0.0F, -1.0F, std::numeric_limits<float>::quiet_NaN()}) {
      QVERIFY(SpatialIndex(chain).contactsWith(chain, radius).empty());
    }
  }

  void positionsOutOfReachAreNamed() {
    const auto chain = chainAt("A", {0});
    for (const float place : {std::numeric_limits<float>::quiet_NaN(), 3e38F}) {
      auto broken = chainAt("GG", {0, place});
      broken.id = "B";
      broken.residues[1].name = "GLY";
      broken.residues[1].number = 42;
      EXPECT_ERROR(SpatialIndex(broken), ErrorKind::BadInput, "B:GLY 42");
      EXPECT_ERROR(SpatialIndex(chain).contactsWith(broken, 8), ErrorKind::BadInput, "B:GLY 42");
    }
  }
};

QTEST_GUILESS_MAIN(TestSpatialIndex)
#include "tst_spatial_index.moc"
