#include <QTest>

#include "scenes.h"
#include "ui/viewport/camera.h"
#include "ui/viewport/picking.h"

using namespace twofold;
using namespace twofold::ui;

namespace {

bool near(const Vector& a, const Vector& b) {
  return length(a - b) < 1e-6;
}

}  // namespace

class TestCamera : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void draggingRightTurnsTheSceneToTheRight() {
    Camera camera;
    orbit(camera, 0.1, 0);
    const auto front = project(camera, {0, 0, 10});
    QVERIFY(front && (*front)[0] > 0);
    QVERIFY(std::abs(camera.distance() - 100) < 1e-9);
  }

  void draggingUpTurnsTheSceneUp() {
    Camera camera;
    orbit(camera, 0, 0.1);
    const auto front = project(camera, {0, 0, 10});
    QVERIFY(front && (*front)[1] > 0);
  }

  void panFollowsThePointerAtTheFocus() {
    Camera camera;
    const Vector point{3, 2, 0};
    const auto before = project(camera, point);
    pan(camera, 0.3, -0.2);
    const auto after = project(camera, point);
    QVERIFY(std::abs((*after)[0] - (*before)[0] - 0.3) < 1e-9);
    QVERIFY(std::abs((*after)[1] - (*before)[1] + 0.2) < 1e-9);
  }

  void zoomKeepsWhatIsUnderThePointer() {
    Camera camera;
    const Vector point{6, -4, 0};
    const auto before = project(camera, point);
    zoomAt(camera, 0.5, (*before)[0], (*before)[1]);
    const auto after = project(camera, point);
    QVERIFY(std::abs((*after)[0] - (*before)[0]) < 1e-9);
    QVERIFY(std::abs((*after)[1] - (*before)[1]) < 1e-9);
    QVERIFY(std::abs(camera.distance() - 50) < 1e-9);
  }

  void zoomStopsBeforeTheFocus() {
    Camera camera;
    for (int i = 0; i < 200; ++i) {
      zoomAt(camera, 0.5, 0.4, 0.1);
    }
    QVERIFY(camera.distance() >= 2 - 1e-9);
  }

  void rayGoesThroughTheProjectedPoint() {
    Camera camera;
    orbit(camera, 0.13, 0.21);
    const Vector point{7, -3, 5};
    const auto at = project(camera, point);
    const Ray ray = rayThrough(camera, (*at)[0], (*at)[1]);
    QVERIFY(near(direction(point - ray.origin), ray.direction));
  }

  void pointsBehindTheCameraHaveNoPlaceOnScreen() { QVERIFY(!project(Camera{}, {0, 0, 200})); }

  void fitShowsAllPointsWithAOnTheLeft() {
    std::vector<Vector> points;
    for (int i = 0; i < 50; ++i) {
      points.push_back({i * 1.0, (i * 7 % 11) * 1.0, (i * 3 % 5) * 1.0});
    }
    const Camera camera = fittedCamera(points, Vector{-1, 0, 0}, 1.5);
    for (const Vector& point : points) {
      const auto at = project(camera, point);
      QVERIFY(at && std::abs((*at)[0]) <= 1.5 && std::abs((*at)[1]) <= 1);
    }
    QVERIFY((*project(camera, points.back()))[0] < (*project(camera, points.front()))[0]);
  }

  void fitOfNothingAndOfOnePointIsFinite() {
    QVERIFY(fittedCamera({}, {}, 1).distance() > 0);
    const std::vector<Vector> one{{5, 5, 5}};
    const Camera camera = fittedCamera(one, {}, 1);
    QVERIFY(std::isfinite(camera.distance()) && camera.distance() > 1);
    QVERIFY(near(camera.focus, {5, 5, 5}));
  }

  void pickTakesTheNearestVisibleResidue() {
    StructureScene scene = pairScene(test::twoChains(5, 7), "A", "B");
    const Ray ray{{3.8, -50, 0}, {0, 1, 0}};
    QCOMPARE(pickResidue(scene, ray).value(), (ResidueRef{0, 1}));
    scene.chains[0].visible = false;
    QCOMPARE(pickResidue(scene, ray).value(), (ResidueRef{1, 1}));
    QVERIFY(!pickResidue(scene, {{3.8, -50, 0}, {0, -1, 0}}));
    QVERIFY(!pickResidue(scene, {{3.8, -50, 9}, {0, 1, 0}}));
  }

  void pickLeavesOutResiduesWithoutPosition() {
    StructureScene scene = wholeScene(test::twoChains(3, 7));
    scene.chains[0].chain.residues[1].hasCalpha = false;
    QCOMPARE(pickResidue(scene, {{3.8, -50, 0}, {0, 1, 0}}).value(), (ResidueRef{1, 1}));
  }
};

QTEST_GUILESS_MAIN(TestCamera)
#include "tst_camera.moc"
