#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include "scenes.h"
#include "ui/viewport/opengl_setup.h"
#include "ui/viewport/viewport_widget.h"

using namespace twofold;
using namespace twofold::ui;

namespace {

/// How many pixels have a hue near that of `color` and are clearly coloured.
int pixelsOf(const QImage& image, const QColor& color) {
  int count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const QColor pixel = image.pixelColor(x, y);
      const int apart = std::abs(pixel.hsvHue() - color.hsvHue());
      count += pixel.hsvSaturation() > 80 && std::min(apart, 360 - apart) < 14 ? 1 : 0;
    }
  }
  return count;
}

int pixelsLike(const QImage& image, const QColor& color) {
  int count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const QColor pixel = image.pixelColor(x, y);
      count += std::abs(pixel.red() - color.red()) + std::abs(pixel.green() - color.green()) +
                           std::abs(pixel.blue() - color.blue()) <
                       8
                   ? 1
                   : 0;
    }
  }
  return count;
}

}  // namespace

class TestViewportWidget : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<ViewportWidget> m_view;

 private Q_SLOTS:
  void initTestCase() {
    const QString problem = openGlProblem();
    if (!problem.isEmpty()) {
      QSKIP(qPrintable(problem));
    }
  }

  void init() {
    m_theme.setMode(ThemeMode::Light);
    m_view = std::make_unique<ViewportWidget>(m_theme);
    m_view->resize(480, 360);
    m_view->setScene(pairScene(test::twoChains(12, 12), "A", "B"));
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
  }

  void cleanup() { m_view.reset(); }

  void backgroundAndChainsHaveTheirColours() {
    const QImage image = m_view->grabFramebuffer();
    QVERIFY(pixelsLike(image, m_theme.colors().sunken) > image.width() * image.height() / 2);
    QVERIFY(pixelsOf(image, proteinAColor()) > 300);
    QVERIFY(pixelsOf(image, proteinBColor()) > 300);
  }

  void themeChangesTheBackgroundAtOnce() {
    m_theme.setMode(ThemeMode::Dark);
    const QImage image = m_view->grabFramebuffer();
    QVERIFY(pixelsLike(image, m_theme.colors().sunken) > image.width() * image.height() / 2);
  }

  void hiddenChainIsNotDrawnNorPicked() {
    m_view->setChainVisible(1, false);
    QCOMPARE(pixelsOf(m_view->grabFramebuffer(), proteinBColor()), 0);
    m_view->setChainVisible(1, true);
    QVERIFY(pixelsOf(m_view->grabFramebuffer(), proteinBColor()) > 300);
  }

  void interfaceMarksAddColour() {
    const int before = pixelsOf(m_view->grabFramebuffer(), proteinAColor());
    const auto widest = widestContacts(m_view->scene());
    m_view->setHighlight(interfaceWithin(m_view->scene(), widest, 12));
    QVERIFY(pixelsOf(m_view->grabFramebuffer(), proteinAColor()) > before * 5 / 4);
  }

  void marksOfFormerChainsAreDropped() {
    bio::Structure structure = test::twoChains(12, 12);
    structure.chains.push_back(test::straightChain("C", 4, 24));
    const auto markPair = [&] {
      m_view->setScene(pairScene(structure, "A", "B"));
      m_view->setHighlight(
          interfaceWithin(m_view->scene(), widestContacts(m_view->scene()), kLargestRadius));
    };
    m_view->setScene(pairScene(structure, "A", "B"));
    const QImage plain = m_view->grabFramebuffer();
    markPair();
    QVERIFY(m_view->grabFramebuffer() != plain);
    m_view->setScene(pairScene(structure, "A", "B"), ViewportWidget::View::Keep);
    QCOMPARE(m_view->grabFramebuffer(), plain);
    markPair();  // twelve residues of B, of which C has four
    m_view->setScene(pairScene(structure, "A", "C"), ViewportWidget::View::Keep);
    QVERIFY(!m_view->grabFramebuffer().isNull());
  }

  void clickSelectsTheResidueUnderThePointer() {
    QSignalSpy changed(m_view.get(), &ViewportWidget::selectionChanged);
    const ResidueRef wanted{1, 4};
    const QPoint at = m_view->positionOf(wanted).value().toPoint();
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at);
    QCOMPARE(m_view->selection(), QList<ResidueRef>{wanted});
    QCOMPARE(changed.count(), 1);
    QVERIFY(pixelsOf(m_view->grabFramebuffer(), m_theme.colors().accent) > 50);
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QVERIFY(m_view->selection().isEmpty());
  }

  void controlClickAddsAndTakesAway() {
    const auto click = [this](const ResidueRef& residue) {
      QTest::mouseClick(m_view.get(), Qt::LeftButton, Qt::ControlModifier,
                        m_view->positionOf(residue).value().toPoint());
    };
    click({0, 2});
    click({1, 7});
    QCOMPARE(m_view->selection(), (QList<ResidueRef>{{0, 2}, {1, 7}}));
    click({0, 2});
    QCOMPARE(m_view->selection(), (QList<ResidueRef>{{1, 7}}));
  }

  void clickBesideTheStructureClears() {
    m_view->setSelection({{0, 1}});
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {5, m_view->height() - 5});
    QVERIFY(m_view->selection().isEmpty());
  }

  void hoverNamesTheResidueOnce() {
    QSignalSpy hovered(m_view.get(), &ViewportWidget::residueHovered);
    const QPoint at = m_view->positionOf({0, 6}).value().toPoint();
    QTest::mouseMove(m_view.get(), at);
    QTRY_COMPARE(hovered.count(), 1);
    QCOMPARE(hovered[0][0].value<ResidueRef>(), (ResidueRef{0, 6}));
  }

  void leftDragRotatesWithoutSelecting() {
    const Camera before = m_view->camera();
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, {200, 150});
    QTest::mouseMove(m_view.get(), {260, 190});
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, {260, 190});
    QVERIFY(length(m_view->camera().position - before.position) > 1);
    QVERIFY(length(m_view->camera().focus - before.focus) < 1e-9);
    QVERIFY(m_view->selection().isEmpty());
  }

  void rightDragMoves() {
    const QPointF before = m_view->positionOf({0, 6}).value();
    QTest::mousePress(m_view.get(), Qt::RightButton, {}, {200, 150});
    QTest::mouseMove(m_view.get(), {230, 160});
    QTest::mouseRelease(m_view.get(), Qt::RightButton, {}, {230, 160});
    const QPointF moved = m_view->positionOf({0, 6}).value() - before;
    QVERIFY(std::abs(moved.x() - 30) < 3 && std::abs(moved.y() - 10) < 3);
  }

  void doubleClickCentresTheResidue() {
    const ResidueRef wanted{1, 9};
    QTest::mouseDClick(m_view.get(), Qt::LeftButton, {},
                       m_view->positionOf(wanted).value().toPoint());
    const QPointF at = m_view->positionOf(wanted).value();
    QVERIFY(std::abs(at.x() - m_view->width() / 2.0) < 1);
    QVERIFY(std::abs(at.y() - m_view->height() / 2.0) < 1);
  }

  void keysOfVtkDoNothing() {
    const QImage before = m_view->grabFramebuffer();
    for (const Qt::Key key : {Qt::Key_W, Qt::Key_S, Qt::Key_E, Qt::Key_Q, Qt::Key_3, Qt::Key_P}) {
      QTest::keyClick(m_view.get(), key);
    }
    QCOMPARE(m_view->grabFramebuffer(), before);
  }

  void clearedViewShowsOnlyTheBackground() {
    m_view->clear(QStringLiteral("Nothing here"));
    const QImage image = m_view->grabFramebuffer();
    QCOMPARE(pixelsOf(image, proteinAColor()) + pixelsOf(image, proteinBColor()), 0);
  }

  void movingToAnotherWindowKeepsThePicture() {
    QWidget other;
    other.resize(480, 360);
    m_view->grabFramebuffer();
    m_view->setParent(&other);
    other.show();
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(&other));
    QVERIFY(pixelsOf(m_view->grabFramebuffer(), proteinAColor()) > 300);
    m_view->setParent(nullptr);
  }
};

int main(int argc, char** argv) {
  setUpOpenGl();
  QApplication application(argc, argv);
  TestViewportWidget test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_viewport_widget.moc"
