#include <QSignalSpy>
#include <QTest>

#include "../viewport/scenes.h"
#include "ui/panels/structure/sequence_strip.h"

using namespace twofold;
using namespace twofold::ui;

class TestSequenceStrip : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<SequenceStrip> m_strip;

 private Q_SLOTS:
  void init() {
    m_strip = std::make_unique<SequenceStrip>(m_theme);
    m_strip->setChain({test::straightChain("A", 75, 0), "A", 0, true});
    m_strip->resize(320, m_strip->heightForWidth(320));
    m_strip->show();
  }

  void everyResidueIsFoundAtItsPlace() {
    for (int residue = 0; residue < 75; ++residue) {
      QCOMPARE(m_strip->residueAt(m_strip->cellOf(residue).center()), residue);
      QVERIFY(m_strip->rect().contains(m_strip->cellOf(residue)));
    }
    QCOMPARE(m_strip->residueAt({0, 0}), -1);
    QCOMPARE(m_strip->residueAt({319, m_strip->height() - 1}), -1);
  }

  void narrowStripIsTaller() {
    QVERIFY(m_strip->heightForWidth(200) > m_strip->heightForWidth(800));
  }

  void pointerHoversAndClicks() {
    QSignalSpy hovered(m_strip.get(), &SequenceStrip::hovered);
    QSignalSpy clicked(m_strip.get(), &SequenceStrip::clicked);
    const QPoint at = m_strip->cellOf(42).center();
    QTest::mouseMove(m_strip.get(), at);
    QTRY_VERIFY(hovered.count() > 0);
    QCOMPARE(hovered.last()[0].toInt(), 42);
    QTest::mouseClick(m_strip.get(), Qt::LeftButton, Qt::ControlModifier, at);
    QCOMPARE(clicked.last()[0].toInt(), 42);
    QCOMPARE(clicked.last()[1].toBool(), true);
  }

  void keyboardMovesSelectsAndClears() {
    QSignalSpy clicked(m_strip.get(), &SequenceStrip::clicked);
    QSignalSpy cleared(m_strip.get(), &SequenceStrip::cleared);
    QTest::keyClick(m_strip.get(), Qt::Key_Right);
    QTest::keyClick(m_strip.get(), Qt::Key_Right);
    QCOMPARE(m_strip->accessibleDescription(), QString("A:ALA 3"));
    QTest::keyClick(m_strip.get(), Qt::Key_Space);
    QCOMPARE(clicked.last()[0].toInt(), 2);
    QTest::keyClick(m_strip.get(), Qt::Key_Escape);
    QCOMPARE(cleared.count(), 1);
  }

  void marksAreFilledWithTheChainsColour() {
    std::vector<bool> marks(75, false);
    marks[10] = true;
    m_strip->setMarks(marks);
    const QImage image = m_strip->grab().toImage();
    const auto corner = [&](int residue) {
      const QRect cell = m_strip->cellOf(residue);
      return image.pixelColor(cell.left() + 1, cell.top() + 2);
    };
    QCOMPARE(corner(10).rgb(), proteinAColor().rgb());
    QVERIFY(corner(11).rgb() != proteinAColor().rgb());
  }

  void hasAnAccessibleName() { QVERIFY(m_strip->accessibleName().contains("chain A")); }
};

QTEST_MAIN(TestSequenceStrip)
#include "tst_sequence_strip.moc"
