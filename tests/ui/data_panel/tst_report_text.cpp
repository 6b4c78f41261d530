#include <QTest>
#include <QTextDocument>

#include "ui/panels/data/report_text.h"

using namespace twofold;
using namespace twofold::ui;

class TestReportText : public QObject {
  Q_OBJECT

 private:
  static QString plain(const formats::Json& result) {
    QTextDocument document;
    document.setHtml(reportHtml(result));
    return document.toPlainText();
  }

 private Q_SLOTS:
  void countsReasonsAndFirstLinesAreSaid() {
    const formats::Json result{
        {"command", "import pairs"},
        {"counts", {{"read", 1200}, {"kept", 1198}, {"skipped", {{"unknown protein", 2}}}}},
        {"examples", {{"unknown protein", {"pairs.tsv:7: Q9<b>"}}}},
        {"notes", {"Column 3 is the label."}}};
    const QString text = plain(result);
    QVERIFY(text.contains("Read 1 200, kept 1 198"));
    QVERIFY(text.contains("unknown protein"));
    QVERIFY(text.contains("pairs.tsv:7: Q9<b>"));
    QVERIFY(text.contains("Column 3 is the label."));
  }

  void aSplitHasItsSizesAndItsHash() {
    const QString text = plain({{"command", "split"},
                                {"split", "random"},
                                {"pairs", "demo"},
                                {"hash", "0123456789abcdef"},
                                {"train", 8},
                                {"validation", 1},
                                {"test", 1}});
    QVERIFY(text.contains("random"));
    QVERIFY(text.contains("0123456789ab"));
  }

  void aPreviewIsNotCalledFrozenAndSaysWhatIsDropped() {
    const QString text = plain(
        {{"command", "split"},
         {"split", "c3"},
         {"pairs", "demo"},
         {"hash", "0123456789abcdef"},
         {"preview", true},
         {"splits",
          {{{"dropped", {{"its proteins are of two parts", 1200}}}, {"notes", {"A note."}}}}}});
    QVERIFY(text.contains("Nothing is stored yet") && !text.contains("frozen"));
    QVERIFY(text.contains("1 200 pairs are in no part: its proteins are of two parts."));
    QVERIFY(text.contains("A note."));
  }

  void aRemovedChannelNamesTheRunsThatMissIt() {
    const QString text =
        plain({{"command", "channels remove"}, {"channel", "expression"}, {"runs", {"r1", "r2"}}});
    QVERIFY(text.contains("Channel expression is removed."));
    QVERIFY(text.contains("r1, r2"));
  }

  void anExportToMlflowSaysWhatWasSentAndWhatWasLeft() {
    const QString text = plain({{"command", "export mlflow"},
                                {"url", "http://localhost:5000"},
                                {"created", 2},
                                {"updated", 1},
                                {"unchanged", 0},
                                {"metrics", 1200},
                                {"params", 30},
                                {"tags", 9},
                                {"left", {{"a param differs there", 1}}},
                                {"examples", {{"a param differs there", {"r1: <seed>"}}}}});
    QVERIFY(text.contains("http://localhost:5000: 2 created, 1 updated, 0 unchanged"));
    QVERIFY(text.contains("1 200 points of metrics"));
    QVERIFY(text.contains("1 times: a param differs there"));
    QVERIFY(text.contains("r1: <seed>"));
  }

  void runsInAndOutAreTold() {
    QVERIFY(plain({{"command", "import run"},
                   {"run", "r1"},
                   {"counts", {{"proteins", 12}, {"pairs", 1200}}},
                   {"next", "twofold-worker run --run r1"},
                   {"notes", {"A note."}}})
                .contains("Run r1 with 12 proteins and 1 200 pairs is in the project."));
    QVERIFY(plain({{"command", "export folder"},
                   {"run", "r1"},
                   {"files", 7},
                   {"bytes", 2048},
                   {"out", "/x/r1"}})
                .contains("Run r1, 7 files (2.0 KiB), is in /x/r1."));
    QVERIFY(
        plain({{"command", "export runs"}, {"runs", 3}, {"columns", 40}, {"out", "/x/runs.csv"}})
            .contains("3 runs with 40 columns are in /x/runs.csv."));
    QVERIFY(plain({{"command", "export runs"}}).contains("cannot be read"));
  }

  void aReportOfAnotherShapeIsShownAsItIs() {
    QVERIFY(plain({{"command", "new"}, {"answer", 42}}).contains("42"));
    QVERIFY(plain({{"counts", "none"}}).contains("cannot be read"));
  }
};

QTEST_MAIN(TestReportText)
#include "tst_report_text.moc"
