// export report: an experiment as one HTML file.
#include <QFile>
#include <QTest>
#include <QXmlStreamReader>

#include "worker_harness.h"

using namespace twofold::test;

class TestReportCommand : public QObject {
  Q_OBJECT

 private:
  MadeUpProject m_made;

  static QString contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
  }
  static QString problemOf(const QString& html) {
    QXmlStreamReader reader(html);
    while (!reader.atEnd()) {
      reader.readNext();
    }
    return reader.errorString();
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepare());
    auto command = m_made.trainCommand("sequence", 2);
    command[command.indexOf("test")] = "<script>x";
    QCOMPARE(m_made.run(command).exitCode, 0);
  }

  void theFileHasTheNumbersOfTheStore() {
    const auto out = m_made.write("report.html", "an older one");
    const auto result = m_made.run({"export", "report", "--experiment", "<script>x", "--out", out});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(result.last().at("controls").get<int>(), 0);
    const auto html = contents(out);
    QVERIFY2(problemOf(html).isEmpty(), qPrintable(problemOf(html)));
    QVERIFY(!html.contains("<script") && html.contains("&lt;script&gt;x"));
    const auto listed = m_made.run({"runs", "list", "--columns", "metrics.test.auprc"}).last();
    const auto auprc = listed.at("rows")[0].at("values")[0].get<double>();
    QVERIFY(html.contains(QString::number(auprc, 'f', 3) + " ["));
    QVERIFY(html.contains("have no control beside them"));
  }

  void theCommandOfTheBoxMakesTheControl() {
    const auto out = m_made.file("report.html");
    auto command = m_made.trainCommand("degree", 2);
    command[command.indexOf("test")] = "<script>x";
    QCOMPARE(m_made.run(command).exitCode, 0);
    const auto result =
        m_made.run({"export", "report", "--experiment", "<script>x", "--out", out, "--audit"});
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    QCOMPARE(result.last().at("controls").get<int>(), 1);
    const auto html = contents(out);
    QVERIFY(html.contains("control: degree alone") && html.contains("All findings"));
    QVERIFY(html.contains("near relatives"));
  }

  void anUnknownExperimentIsNamed() {
    const auto out = m_made.file("never.html");
    const auto result = m_made.run({"export", "report", "--experiment", "<script>y", "--out", out});
    QCOMPARE(result.exitCode, 66);  // not found
    QVERIFY2(result.message().find("did you mean \"<script>x\"") != std::string::npos,
             result.message().c_str());
    QVERIFY(!QFile::exists(out));
  }

  void aPlaceThatCannotBeWrittenIsTold() {
    const auto result = m_made.run(
        {"export", "report", "--experiment", "<script>x", "--out", "/nonexistent/x.html"});
    QVERIFY(result.exitCode != 0);
    QVERIFY(result.message().find("/nonexistent") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TestReportCommand)
#include "tst_report_command.moc"
