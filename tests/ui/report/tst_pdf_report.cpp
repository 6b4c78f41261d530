#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "ui/report/pdf_report.h"

using namespace twofold;
using namespace twofold::report;

namespace {

Report longReport(int rows) {
  Report report{"Experiment <b>", "subtitle", {}};
  report.blocks.push_back(Heading{"Results"});
  report.blocks.push_back(Paragraph{"These scores have no control.", Tone::Bad, {"train --x '1'"}});
  Table table{"Models", {"run", "recipe", "AUPRC"}, {}, 2, "In brackets: intervals."};
  for (int i = 0; i < rows; ++i) {
    table.rows.push_back(
        {"r" + std::to_string(i), "esm2 · sequence + calpha", "0.703 [0.698, 0.708]"});
  }
  report.blocks.push_back(table);
  const Figure curve{
      "Precision", {"recall"}, {"precision"}, {{"a", {{0, 1}, {0.5, 0.8}, {1, 0.5}}}}};
  report.blocks.push_back(Figures{{curve, curve}});
  return report;
}

int pagesOf(const QByteArray& pdf) {
  static const QRegularExpression kPage(QStringLiteral("/Type\\s*/Page\\b(?!s)"));
  auto matches = kPage.globalMatch(QString::fromLatin1(pdf));
  int pages = 0;
  for (; matches.hasNext(); matches.next()) {
    ++pages;
  }
  return pages;
}

}  // namespace

class TestPdfReport : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  QByteArray written(const Report& report) {
    const auto file = m_folder.filePath("report.pdf");
    ui::writePdf(report, file);
    QFile pdf(file);
    return pdf.open(QIODevice::ReadOnly) ? pdf.readAll() : QByteArray();
  }

 private Q_SLOTS:
  void aShortReportIsOnePage() {
    const auto pdf = written(longReport(3));
    QVERIFY(pdf.startsWith("%PDF-"));
    QCOMPARE(pagesOf(pdf), 1);
  }

  void aLongTableGoesOverPages() { QVERIFY(pagesOf(written(longReport(150))) >= 3); }

  void figuresStayVectors() {
    const auto pdf = written(longReport(1));
    QVERIFY(!pdf.contains("/Subtype /Image"));
  }

  void aPlaceThatCannotBeWrittenIsAnError() {
    QVERIFY_EXCEPTION_THROWN(ui::writePdf(longReport(1), "/nonexistent/folder/x.pdf"), Error);
  }
};

QTEST_MAIN(TestPdfReport)
#include "tst_pdf_report.moc"
