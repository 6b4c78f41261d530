#include <QSignalSpy>
#include <QTest>

#include "ui/panels/welcome/welcome_panel.h"

using namespace twofold::ui;

class TestWelcomePanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};

 private Q_SLOTS:
  void theDemoIsOfferedWhenItIsThere() {
    WelcomePanel panel(m_theme);
    panel.show();
    auto* demo = panel.findChild<QPushButton*>("openDemo");
    QVERIFY(!demo->isVisible());
    panel.setDemo("/somewhere/demo");
    QVERIFY(demo->isVisible());
    QSignalSpy open(&panel, &WelcomePanel::openWanted);
    QTest::mouseClick(demo, Qt::LeftButton);
    QCOMPARE(open[0][0].toString(), QStringLiteral("/somewhere/demo"));
  }

  void recentProjectsAreOpenedByAClick() {
    WelcomePanel panel(m_theme);
    panel.setRecent({"/one", "/two; odd"});
    panel.setRecent({"/two; odd"});
    panel.show();
    QSignalSpy open(&panel, &WelcomePanel::openWanted);
    QPushButton* recent = nullptr;
    for (auto* button : panel.findChildren<QPushButton*>()) {
      if (button->toolTip() == "/two; odd") {
        QVERIFY(recent == nullptr);
        recent = button;
      }
    }
    QVERIFY(recent != nullptr);
    recent->click();
    QCOMPARE(open[0][0].toString(), QStringLiteral("/two; odd"));
  }

  void aProjectCanBeOpenedOrMade() {
    WelcomePanel panel(m_theme);
    QSignalSpy choose(&panel, &WelcomePanel::chooseWanted);
    QSignalSpy create(&panel, &WelcomePanel::createWanted);
    panel.findChild<QPushButton*>("openProject")->click();
    panel.findChild<QPushButton*>("newProject")->click();
    QCOMPARE(choose.size(), 1);
    QCOMPARE(create.size(), 1);
  }
};

QTEST_MAIN(TestWelcomePanel)
#include "tst_welcome_panel.moc"
