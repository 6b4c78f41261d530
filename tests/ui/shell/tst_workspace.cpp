#include <QLabel>
#include <QTest>

#include "tests/ui/shell/settings.h"
#include "ui/shell/workspace.h"

using namespace twofold::ui;

class TestWorkspace : public QObject {
  Q_OBJECT

 private:
  TestSettings m_settings;

  static std::unique_ptr<Workspace> make() {
    auto space = std::make_unique<Workspace>("explore", nullptr);
    space->addPanel("left", "Left", new QLabel("left"));
    space->addPanel("right", "Right", new QLabel("right"));
    space->setArrangement(
        [](Workspace& self) {
          self.addDockWidget(Qt::LeftDockWidgetArea, self.dock("left"));
          self.splitDockWidget(self.dock("left"), self.dock("right"), Qt::Horizontal);
        },
        [](Workspace& self) {
          self.resizeDocks({self.dock("left"), self.dock("right")}, {200, 600}, Qt::Horizontal);
        });
    space->resize(800, 400);
    space->show();
    return space;
  }
  static bool isLeftFirst(const Workspace& space) {
    return space.dock("left")->x() < space.dock("right")->x();
  }

 private Q_SLOTS:
  void docksStandAsArranged() {
    const auto space = make();
    QVERIFY(space->has("left") && !space->has("middle"));
    QTRY_VERIFY(isLeftFirst(*space));
    QTRY_VERIFY(2 * space->dock("left")->width() < space->dock("right")->width());
  }

  void theLayoutIsRememberedAndReset() {
    {
      const auto space = make();
      space->removeDockWidget(space->dock("left"));
      space->splitDockWidget(space->dock("right"), space->dock("left"), Qt::Horizontal);
      space->dock("left")->show();
      QTRY_VERIFY(!isLeftFirst(*space));
      space->saveLayout();
    }
    const auto space = make();
    space->restoreLayout();
    QTRY_VERIFY(!isLeftFirst(*space));
    space->resetLayout();
    QTRY_VERIFY(isLeftFirst(*space));
    QVERIFY(space->dock("left")->isVisible());
  }

  void aFloatingDockComesBackOnReset() {
    const auto space = make();
    space->dock("left")->setFloating(true);
    space->resetLayout();
    QVERIFY(!space->dock("left")->isFloating());
    QTRY_VERIFY(isLeftFirst(*space));
  }
};

QTEST_MAIN(TestWorkspace)
#include "tst_workspace.moc"
