#include <QTest>

#include "app/workbench/options.h"

using namespace twofold::app;

class TestWorkbenchOptions : public QObject {
  Q_OBJECT

 private:
  static ParsedOptions parse(const QStringList& words) {
    return parseOptions(QStringList{"twofold"} + words);
  }

 private Q_SLOTS:
  void noWordsAreFine() {
    const auto parsed = parse({});
    QVERIFY(parsed.text.isEmpty());
    QVERIFY(parsed.options.project.isEmpty());
  }

  void everyWishIsTaken() {
    const auto parsed = parse({"--project", "/p", "--open", "run-setup", "--run", "r1", "--pair",
                               "P1,P2", "--compare", "r1,r2", "--theme", "dark", "--size",
                               "1280x720", "--scale", "1.5", "--screenshot", "/x.png"});
    QVERIFY(parsed.text.isEmpty());
    const auto& options = parsed.options;
    QCOMPARE(options.project, QStringLiteral("/p"));
    QCOMPARE(options.panel, QStringLiteral("run-setup"));
    QCOMPARE(options.run, QStringLiteral("r1"));
    QCOMPARE(options.compared, (QStringList{"r1", "r2"}));
    QCOMPARE(options.pairA, QStringLiteral("P1"));
    QCOMPARE(options.pairB, QStringLiteral("P2"));
    QCOMPARE(options.theme, QStringLiteral("dark"));
    QCOMPARE(options.size, QSize(1280, 720));
    QCOMPARE(options.scale, QStringLiteral("1.5"));
    QCOMPARE(options.screenshot, QStringLiteral("/x.png"));
  }

  void runsToCompareAreShownUnlessAnotherPanelIsAskedFor() {
    QCOMPARE(parse({"--project", "/p", "--compare", "r1,r2"}).options.panel,
             QStringLiteral("compare"));
    QCOMPARE(parse({"--project", "/p"}).options.panel, QString());
  }

  void aBareFolderIsTheProject() {
    QCOMPARE(parse({"/somewhere"}).options.project, QStringLiteral("/somewhere"));
  }

  void wrongWordsSayWhatIsRight_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("said");
    QTest::newRow("panel") << QStringList{"--open", "pears"} << "pairs";
    QTest::newRow("theme") << QStringList{"--theme", "blue"} << "light or dark";
    QTest::newRow("size") << QStringList{"--size", "1280"} << "1280x720";
    QTest::newRow("tiny size") << QStringList{"--size", "10x10"} << "at least";
    QTest::newRow("scale") << QStringList{"--scale", "big"} << "0.5 to 4";
    QTest::newRow("pair") << QStringList{"--pair", "P1"} << "A,B";
    QTest::newRow("one run") << QStringList{"--compare", "r1"} << "two runs or more";
    QTest::newRow("unknown") << QStringList{"--nonsense"} << "nonsense";
    QTest::newRow("value missing") << QStringList{"--project"} << "project";
  }
  void wrongWordsSayWhatIsRight() {
    QFETCH(QStringList, words);
    QFETCH(QString, said);
    const auto parsed = parse(words);
    QVERIFY(parsed.failed);
    QVERIFY2(parsed.text.contains(said), qPrintable(parsed.text));
  }

  void helpAndVersionAreNoFailure() {
    QVERIFY(!parse({"--help"}).failed);
    QVERIFY(parse({"--help"}).text.contains("--screenshot"));
    QVERIFY(parse({"--version"}).text.contains(TWOFOLD_VERSION));
  }
};

QTEST_GUILESS_MAIN(TestWorkbenchOptions)
#include "tst_workbench_options.moc"
