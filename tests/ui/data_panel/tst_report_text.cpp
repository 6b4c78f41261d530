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

  void aReportOfAnotherShapeIsShownAsItIs() {
    QVERIFY(plain({{"command", "new"}, {"answer", 42}}).contains("42"));
    QVERIFY(plain({{"counts", "none"}}).contains("cannot be read"));
  }
};

QTEST_MAIN(TestReportText)
#include "tst_report_text.moc"
