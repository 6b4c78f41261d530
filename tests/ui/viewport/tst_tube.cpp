#include <QTest>

#include "scenes.h"
#include "ui/viewport/tube.h"

using namespace twofold;
using namespace twofold::ui;

class TestTube : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void unbrokenChainIsOneRun() {
    QCOMPARE(unbrokenRuns(test::straightChain("A", 5, 0)), (std::vector<ResidueRun>{{0, 4}}));
  }

  void longStepBreaksTheRun() {
    bio::Chain chain = test::straightChain("A", 6, 0);
    for (std::size_t i = 3; i < 6; ++i) {
      chain.residues[i].calpha[0] += 0.8F;  // a step of 4.6
    }
    QCOMPARE(unbrokenRuns(chain), (std::vector<ResidueRun>{{0, 2}, {3, 5}}));
    for (std::size_t i = 3; i < 6; ++i) {
      chain.residues[i].calpha[0] -= 0.15F;  // 4.45
    }
    QCOMPARE(unbrokenRuns(chain).size(), 1U);
  }

  void residueWithoutPositionBreaksTheRun() {
    bio::Chain chain = test::straightChain("A", 5, 0);
    chain.residues[2].hasCalpha = false;
    QCOMPARE(unbrokenRuns(chain), (std::vector<ResidueRun>{{0, 1}, {3, 4}}));
    for (bio::Residue& residue : chain.residues) {
      residue.hasCalpha = false;
    }
    QVERIFY(unbrokenRuns(chain).empty());
  }

  void tubeStaysOpenAtAGap() {
    bio::Chain chain = test::straightChain("A", 6, 0);
    for (std::size_t i = 3; i < 6; ++i) {
      chain.residues[i].calpha[0] += 20;
    }
    TubeMesh mesh;
    addChain(mesh, chain, 0, {});
    const float from = chain.residues[2].calpha[0] + 1;
    const float to = chain.residues[3].calpha[0] - 1;
    for (std::size_t i = 0; i < mesh.pointCount(); ++i) {
      const bool inGap = mesh.points[3 * i] > from && mesh.points[3 * i] < to;
      const float across = std::hypot(mesh.points[3 * i + 1], mesh.points[3 * i + 2]);
      QVERIFY2(!inGap || across < 0.2F, "only the thin dashes may cross a gap");
    }
  }

  void normalsAreUnitLengthAndPointOutwards() {
    TubeMesh mesh;
    addChain(mesh, test::straightChain("A", 4, 0), 3, {});
    QCOMPARE(mesh.points.size(), mesh.normals.size());
    QCOMPARE(mesh.points.size(), 3 * mesh.owners.size());
    for (std::size_t i = 0; i < mesh.pointCount(); ++i) {
      const Vector normal{mesh.normals[3 * i], mesh.normals[3 * i + 1], mesh.normals[3 * i + 2]};
      const Vector across{0, mesh.points[3 * i + 1], mesh.points[3 * i + 2]};
      QVERIFY(std::abs(length(normal) - 1) < 1e-4);
      QVERIFY(dot(normal, across) > -1e-5);
      QCOMPARE(mesh.owners[i].chain, 3);
    }
  }

  void trianglesFaceOutwardsAndNameExistingPoints() {
    TubeMesh mesh;
    addChain(mesh, test::straightChain("A", 4, 0), 0, {});
    const auto at = [&](std::uint32_t i) {
      return Vector{mesh.points[3 * i], mesh.points[3 * i + 1], mesh.points[3 * i + 2]};
    };
    for (std::size_t i = 0; i < mesh.triangles.size(); i += 3) {
      const Vector a = at(mesh.triangles[i]);
      const Vector b = at(mesh.triangles[i + 1]);
      const Vector c = at(mesh.triangles[i + 2]);
      const Vector centre = (a + b + c) * (1.0 / 3);
      const Vector axisPoint{std::clamp(centre[0], 0.0, 3 * 3.8), 0, 0};
      QVERIFY(dot(cross(b - a, c - a), centre - axisPoint) > -1e-6);
    }
  }

  void everyPlacedResidueOwnsPoints() {
    TubeMesh mesh;
    addChain(mesh, test::straightChain("A", 7, 0), 0, {});
    std::vector<int> owned(7);
    for (const ResidueRef& owner : mesh.owners) {
      ++owned[static_cast<std::size_t>(owner.residue)];
    }
    QVERIFY(std::ranges::all_of(owned, [](int count) { return count > 0; }));
  }

  void singleResidueBecomesABall() {
    TubeMesh mesh;
    addChain(mesh, test::straightChain("A", 1, 0), 0, {});
    QVERIFY(mesh.pointCount() > 20);
    for (const float value : mesh.points) {
      QVERIFY(std::isfinite(value) && std::abs(value) < 1);
    }
  }

  void largeScenesAreDrawnCoarser() {
    QCOMPARE(shapeFor(500, true).steps, 5);
    QVERIFY(shapeFor(20'000, false).steps < shapeFor(1'000, false).steps);
    QVERIFY(shapeFor(6'000, true).sides < shapeFor(6'000, false).sides);
  }
};

QTEST_GUILESS_MAIN(TestTube)
#include "tst_tube.moc"
