#include <QDir>
#include <QTest>

#include "tests/ui/shell/settings.h"
#include "ui/shell/preferences.h"

using namespace twofold::ui;

class TestPreferences : public QObject {
  Q_OBJECT

 private:
  TestSettings m_settings;
  QTemporaryDir m_folder;

  QString made(const QString& name) {
    QDir(m_folder.path()).mkpath(name);
    return m_folder.filePath(name);
  }

 private Q_SLOTS:
  void theThemeFollowsTheSystemAtFirst() {
    QCOMPARE(themePreference(), QStringLiteral("system"));
    setThemePreference("dark");
    QCOMPARE(themePreference(), QStringLiteral("dark"));
    QVERIFY(themeMode("dark") == ThemeMode::Dark);
    QVERIFY(themeMode("light") == ThemeMode::Light);
  }

  void recentProjectsAreNewestFirstAndOnlyOnce() {
    const QString odd = made("a; b, c");
    const QString plain = made("plain");
    addRecentProject(odd);
    addRecentProject(plain);
    addRecentProject(odd);
    QCOMPARE(recentProjects(), (QStringList{odd, plain}));
  }

  void aProjectThatIsGoneIsLeftOut() {
    const QString gone = made("gone");
    addRecentProject(gone);
    QVERIFY(QDir(gone).removeRecursively());
    QVERIFY(!recentProjects().contains(gone));
  }

  void onlyTheLastEightAreKept() {
    for (int i = 0; i < 12; ++i) {
      addRecentProject(made(QString::number(i)));
    }
    QCOMPARE(recentProjects().size(), 8);
    QVERIFY(recentProjects().first().endsWith("11"));
  }
};

QTEST_MAIN(TestPreferences)
#include "tst_preferences.moc"
