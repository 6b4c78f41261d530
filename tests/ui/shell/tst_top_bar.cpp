#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/bridge/test_project.h"
#include "ui/shell/top_bar.h"

using namespace twofold;
using namespace twofold::ui;

class TestTopBar : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void saysWhatIsInFocus() {
    useFakeWorker("slow");
    Theme theme(ThemeMode::Light);
    TestProject test;
    Session session;
    RunQueue queue;
    TopBar bar(session, theme, queue);
    bar.addWorkspace("Explore", 0);
    bar.addWorkspace("Train", 1);
    bar.show();
    const auto label = [&](const char* name) { return bar.findChild<QLabel*>(name); };
    auto* train = bar.findChild<QPushButton*>("workspace-train");
    QVERIFY(!train->isVisible());

    session.setProject(test.release());
    queue.setProject(session.project());
    QVERIFY(train->isVisible());
    QVERIFY(label("projectInFocus")->text().contains("project"));
    FocusedPair pair;
    pair.idA = "P1";
    pair.idB = "P2";
    session.focusPair(pair);
    QVERIFY(label("pairInFocus")->text().contains("P1"));
    QVERIFY(label("pairInFocus")->text().contains("P2"));
    session.focusRun("r7k2m");
    QVERIFY(label("runInFocus")->text().contains("r7k2m"));
    QVERIFY(label("queueState")->text().contains("Nothing runs"));
    const QString run = queue.submit(TestProject::spec());
    QTRY_COMPARE(label("queueState")->text(), QStringLiteral("1 running"));
    queue.stop(run);
    QTRY_VERIFY(label("queueState")->text().contains("Nothing runs"));

    QSignalSpy wanted(&bar, &TopBar::workspaceWanted);
    QTest::mouseClick(train, Qt::LeftButton);
    QCOMPARE(wanted[0][0].toInt(), 1);
    bar.setCurrent(-1);
    QVERIFY(!train->isChecked());
    queue.setProject(nullptr);
  }
};

QTEST_MAIN(TestTopBar)
#include "tst_top_bar.moc"
