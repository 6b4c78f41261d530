#include <QAction>
#include <QDockWidget>
#include <QFileDialog>
#include <QMenuBar>
#include <QTest>

#include "tests/ui/bridge/test_project.h"
#include "tests/ui/shell/settings.h"
#include "ui/shell/main_window.h"
#include "ui/shell/preferences.h"

using namespace twofold;
using namespace twofold::ui;

class TestMainWindow : public QObject {
  Q_OBJECT

 private:
  TestSettings m_settings;
  Theme m_theme{ThemeMode::Light};
  TestProject m_test;
  std::unique_ptr<MainWindow> m_window;

  QWidget* panel(const char* name) { return m_window->findChild<QWidget*>(name); }
  QAction* action(const QString& text) {
    for (auto* action : m_window->findChildren<QAction*>()) {
      if (QString(action->text()).remove('&') == text) {
        return action;
      }
    }
    return nullptr;
  }

 private Q_SLOTS:
  void init() {
    useFakeWorker();
    m_window = std::make_unique<MainWindow>(m_theme);
    m_window->show();
  }
  void cleanup() { m_window.reset(); }

  void beginsWithTheWelcome() {
    QVERIFY(panel("welcomePanel")->isVisible());
    QVERIFY(!panel("pairsPanel")->isVisible());
  }

  void everyPanelCanBeShownByItsName() {
    QVERIFY(m_window->openProject(m_test.folder()));
    for (const auto& name : MainWindow::panelNames()) {
      QVERIFY2(m_window->showPanel(name), qPrintable(name));
    }
    QVERIFY(!m_window->showPanel("no such panel"));
  }

  void everyPanelFitsASmallScreen() {
    constexpr QSize kSmallest(1280, 720);
    QVERIFY(m_window->openProject(m_test.folder()));
    m_window->resize(kSmallest);
    for (const auto& name : MainWindow::panelNames()) {
      QVERIFY(m_window->showPanel(name));
      QTest::qWait(20);  // until the docks have their shares
      QStringList panels;
      for (const auto* dock : m_window->findChildren<QDockWidget*>()) {
        panels << QStringLiteral("%1 %2")
                      .arg(dock->objectName())
                      .arg(dock->widget()->minimumSizeHint().height());
      }
      QVERIFY2(m_window->size() == kSmallest,
               qPrintable(QStringLiteral("with %1 the window is %2 x %3; least heights: %4")
                              .arg(name)
                              .arg(m_window->width())
                              .arg(m_window->height())
                              .arg(panels.join(QStringLiteral(", ")))));
    }
  }

  void aProjectOpensInExploreAndIsRemembered() {
    QVERIFY(m_window->openProject(m_test.folder()));
    QVERIFY(panel("pairsPanel")->isVisible());
    QVERIFY(m_window->windowTitle().contains("project"));
    QCOMPARE(recentProjects().first(), m_test.folder());
  }

  void aProjectOpensWithItsNewestRunAndAPairInFocus() {
    auto runs = m_test.runs();
    const auto done = runs.create("x", runs::toJson(TestProject::spec()).dump(), "").id;
    runs.setStatus(done, store::RunStatus::Done);
    const auto failed = runs.create("x", runs::toJson(TestProject::spec()).dump(), "").id;
    runs.setStatus(failed, store::RunStatus::Failed);
    QVERIFY(m_window->openProject(m_test.folder()));
    QCOMPARE(m_window->session().run(), QString::fromStdString(done));
    QTRY_VERIFY(m_window->session().pair().has_value());
  }

  void pairsAreFocusedByTheirIds() {
    QVERIFY(!m_window->focusPair("P1", "P2"));  // no project is open
    QVERIFY(m_window->openProject(m_test.folder()));
    QVERIFY(m_window->focusPair("P2", "P1"));
    QCOMPARE(m_window->session().pair()->idA, QString("P2"));
    QVERIFY(!m_window->focusPair("P1", "nobody"));
    QVERIFY(m_window->messageText().contains("nobody"));
  }

  void runsThatAreNoneOpenTheWindowAllTheSame() {
    QVERIFY(m_window->openProject(m_test.folder()));
    for (const char* run : {"R3CFQ", "../x", "nosuch"}) {
      m_window->session().focusRun(run);
      QTRY_VERIFY(!m_window->isBusy());
    }
    QVERIFY(panel("pairsPanel")->isVisible());
  }

  void aDamagedStoreIsAMessageAndTheWindowLivesOn() {
    const TestProject damaged;
    QVERIFY(m_window->openProject(damaged.folder()));
    QTRY_VERIFY(!m_window->isBusy());
    auto& session = m_window->session();
    {
      store::Transaction transaction(session.project()->database());
      session.project()->database().execute(
          "ALTER TABLE split RENAME TO gone; ALTER TABLE part_metrics RENAME TO lost");
      transaction.commit();
    }
    Q_EMIT session.dataChanged();
    Q_EMIT session.runsChanged();
    QTRY_VERIFY(!m_window->isBusy());
    QVERIFY(!m_window->messageText().isEmpty());
    for (const auto& name : MainWindow::panelNames()) {
      QVERIFY(m_window->showPanel(name));
    }
  }

  void aFolderWithoutAProjectIsAMessage() {
    QTemporaryDir empty;
    QVERIFY(!m_window->openProject(empty.path()));
    QVERIFY(m_window->messageText().contains(empty.path()));
    QVERIFY(panel("welcomePanel")->isVisible());
  }

  void aNewProjectBeginsWithTheData() {
    QTemporaryDir folder;
    QVERIFY(m_window->openProject(folder.filePath("new"), true));
    QVERIFY(panel("dataPanel")->isVisible());
  }

  void workspacesSwitchByKeyAndByAction() {
    QVERIFY(m_window->openProject(m_test.folder()));
    QCOMPARE(action("Compare")->shortcut(), QKeySequence("Ctrl+3"));
    action("Compare")->trigger();
    QVERIFY(panel("runsPanel")->isVisible());
    QVERIFY(!panel("pairsPanel")->isVisible());
    action("Explore")->trigger();
    QVERIFY(panel("pairsPanel")->isVisible());
  }

  void panelsAskForEachOther() {
    QVERIFY(m_window->openProject(m_test.folder()));
    Q_EMIT m_window->session().panelWanted("data");
    QVERIFY(panel("dataPanel")->isVisible());
  }

  void runsGoInAndOutByTheMenuToo() {
    auto* scores = action("Import scores of another program…");
    QVERIFY(scores != nullptr && !scores->isEnabled());
    QVERIFY(m_window->openProject(m_test.folder()));
    QVERIFY(scores->isEnabled());
    scores->trigger();
    auto* dialog = m_window->findChild<QDialog*>("scoresDialog");
    QVERIFY(dialog != nullptr && dialog->isVisible());
    dialog->reject();
  }

  void messagesOfPanelsAreShownWithAWord() {
    Q_EMIT m_window->session().message("pairs.tsv:3: two columns are needed", true);
    QVERIFY(m_window->messageText().startsWith("Problem"));
    QVERIFY(m_window->messageText().contains("pairs.tsv:3"));
  }

  void theThemeIsChosenInTheSettings() {
    action("Dark")->trigger();
    QVERIFY(m_theme.mode() == ThemeMode::Dark);
    QCOMPARE(themePreference(), QStringLiteral("dark"));
    action("Light")->trigger();
    QVERIFY(m_theme.mode() == ThemeMode::Light);
  }

  void menusAreShort() {
    QStringList titles;
    for (auto* menu : m_window->menuBar()->actions()) {
      titles << QString(menu->text()).remove('&');
      QVERIFY(menu->menu()->actions().size() <= 9);
    }
    QCOMPARE(titles, (QStringList{"File", "Edit", "View", "Settings", "Help"}));
  }

  void choosingAProjectDoesNotBlock() {
    action("Open project")->trigger();
    auto* dialog = m_window->findChild<QFileDialog*>();
    QVERIFY(dialog != nullptr);
    dialog->close();
  }

  void theNextPairIsOneKeyAway() {
    QVERIFY(m_window->openProject(m_test.folder()));
    QTRY_COMPARE(m_window->pairs().model().rowCount(), 3);
    QVERIFY(m_window->pairs().focusFirstPair());
    action("Next pair")->trigger();
    QCOMPARE(m_window->session().pair()->index, std::int64_t{1});
    action("Previous pair")->trigger();
    QCOMPARE(m_window->session().pair()->index, std::int64_t{0});
  }

  void anotherProjectTakesTheFirstOnesPlace() {
    QVERIFY(m_window->openProject(m_test.folder()));
    QTRY_COMPARE(m_window->pairs().model().rowCount(), 3);
    QTemporaryDir folder;
    QVERIFY(m_window->openProject(folder.filePath("new"), true));
    QTRY_COMPARE(m_window->pairs().model().rowCount(), 0);
  }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
