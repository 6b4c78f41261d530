#include <QImage>
#include <QTest>

#include "tests/ui/bridge/test_project.h"
#include "tests/ui/shell/settings.h"
#include "ui/shell/screenshot.h"

using namespace twofold;
using namespace twofold::ui;

class TestScreenshot : public QObject {
  Q_OBJECT

 private:
  TestSettings m_settings;
  Theme m_theme{ThemeMode::Light};
  QTemporaryDir m_folder;

  ScreenshotRequest request(const QString& panel) {
    ScreenshotRequest request;
    request.file = m_folder.filePath("shot.png");
    request.panel = panel;
    request.size = {1300, 760};
    return request;
  }

 private Q_SLOTS:
  void init() { useFakeWorker(); }

  void thePictureHasTheSizeAskedFor() {
    TestProject test;
    MainWindow window(m_theme);
    QVERIFY(window.openProject(test.folder()));
    QVERIFY(takeScreenshot(window, request("data")));
    const QImage image(m_folder.filePath("shot.png"));
    QCOMPARE(image.size() / image.devicePixelRatio(), QSize(1300, 760));
    QVERIFY(window.session().pair().has_value());
  }

  void anUnknownPanelFails() {
    TestProject test;
    MainWindow window(m_theme);
    QVERIFY(window.openProject(test.folder()));
    QVERIFY(!takeScreenshot(window, request("no such panel")));
  }

  void aFileThatCannotBeWrittenFails() {
    MainWindow window(m_theme);
    auto wrong = request("welcome");
    wrong.file = m_folder.filePath("no folder/shot.png");
    QVERIFY(!takeScreenshot(window, wrong));
  }
};

QTEST_MAIN(TestScreenshot)
#include "tst_screenshot.moc"
