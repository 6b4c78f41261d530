#include <QTest>

#include "core/imports/import_report.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::imports;

class TestImportReport : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void reasonsAreCountedAndTheFirstFiveShown() {
    ImportReport report;
    for (int i = 0; i < 8; ++i) {
      report.skip("self pair", "x.tsv:" + std::to_string(i));
    }
    QCOMPARE(report.skipped.at("self pair"), 8);
    QCOMPARE(report.examples.at("self pair").size(), std::size_t{5});
    QCOMPARE(report.examples.at("self pair").front(), std::string("x.tsv:0"));
  }

  void aReportComesBackFromItsJson() {
    ImportReport report;
    report.read = 10;
    report.kept = 9;
    report.skip("duplicate", "x.tsv:3: A and B");
    report.notes = {"A sentence."};
    const ImportReport back = reportFromJson(toJson(report));
    QCOMPARE(back.read, 10);
    QCOMPARE(back.kept, 9);
    QCOMPARE(back.skipped, report.skipped);
    QCOMPARE(back.examples, report.examples);
    QCOMPARE(back.notes, report.notes);
  }

  void brokenJsonIsRefused() {
    EXPECT_ERROR(reportFromJson({{"read", "many"}}), ErrorKind::BadInput, "import report");
    EXPECT_ERROR(reportFromJson(3), ErrorKind::BadInput, "import report");
  }
};

QTEST_GUILESS_MAIN(TestImportReport)
#include "tst_import_report.moc"
