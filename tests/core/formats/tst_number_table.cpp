#include <zlib.h>

#include <QTest>
#include <cmath>
#include <limits>

#include "core/formats/number_table.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::formats;
using namespace twofold::tests;

namespace {

struct Row {
  std::string id;
  std::int64_t position = 0;
  std::vector<float> values;
  std::size_t line = 0;
};

struct Read {
  NumberTable table;
  std::vector<Row> rows;
};

Read read(const std::filesystem::path& file, bool perResidue = false) {
  Read result;
  const NumberTableFormat format{perResidue, 4,
                                 [](std::string_view id) { return id.starts_with('P'); }};
  result.table = readNumberTable(file, format, [&](const NumberRow& row) {
    result.rows.push_back(
        {std::string(row.id), row.position, {row.values.begin(), row.values.end()}, row.line});
  });
  return result;
}

}  // namespace

class TestNumberTable : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsAreReadWithTheirLines_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("tabs") << "P1\t1\t-2.5e1\nP2\t+3\t4\n";
    QTest::newRow("commas, CRLF, quotes") << "\"P1\",1,-25\r\n\"P2\",3,4.0\r\n";
    QTest::newRow("semicolons") << "P1;1.0;-25\nP2;3;4\n";
    QTest::newRow("blanks, no end of line") << "P1 1 -25\nP2  3  4";
  }
  void rowsAreReadWithTheirLines() {
    QFETCH(QString, text);
    const TestFolder folder;
    const auto result = read(folder.write("t.tsv", text.toStdString()));
    QCOMPARE(result.table.width, 2);
    QVERIFY(result.table.columns.empty());
    QCOMPARE(result.rows.size(), std::size_t{2});
    QCOMPARE(result.rows[0].values, (std::vector<float>{1, -25}));
    QCOMPARE(result.rows[1].id, std::string("P2"));
    QCOMPARE(result.rows[1].values, (std::vector<float>{3, 4}));
    QCOMPARE(result.rows[1].line, std::size_t{2});
  }

  void gzipIsReadAlike() {
    const TestFolder folder;
    const auto file = folder.path("t.tsv.gz");
    gzFile out = gzopen(file.c_str(), "wb");
    QVERIFY(gzputs(out, "id\ta\nP1\t7\n") > 0);
    gzclose(out);
    QCOMPARE(read(file).rows.at(0).values, (std::vector<float>{7}));
  }

  void aHeaderIsToldFromARow_data() {
    QTest::addColumn<QString>("first");
    QTest::addColumn<int>("columns");
    QTest::newRow("names") << "gene\theight\tweight" << 2;
    QTest::newRow("numbers as names, an id's word") << "id\t0\t1" << 2;
    QTest::newRow("pandas leaves the id unnamed") << "\t0\t1" << 2;
    QTest::newRow("a row of a protein nobody knows") << "Q7\t0\t1" << 0;
  }
  void aHeaderIsToldFromARow() {
    QFETCH(QString, first);
    QFETCH(int, columns);
    const TestFolder folder;
    const auto result = read(folder.write("t.tsv", first.toStdString() + "\nP1\t1\t2\n"));
    QCOMPARE(static_cast<int>(result.table.columns.size()), columns);
    QCOMPARE(result.rows.size(), std::size_t{columns == 0 ? 2U : 1U});
  }

  void cellsWithoutANumberAreNaNAndHugeOnesInfinite() {
    const TestFolder folder;
    const auto values =
        read(folder.write("t.csv", "P1,,NA,1e300,-inf\nP2,nan,N/A,1e-400,1e39\n")).rows;
    QVERIFY(std::isnan(values[0].values[0]) && std::isnan(values[0].values[1]));
    QVERIFY(std::isinf(values[0].values[2]) && std::isinf(values[0].values[3]));
    QVERIFY(std::isnan(values[1].values[0]) && std::isnan(values[1].values[1]));
    QCOMPARE(values[1].values[2], 0.0F);
    QVERIFY(std::isinf(values[1].values[3]));
  }

  void residuesHaveAPosition() {
    const TestFolder folder;
    const auto result =
        read(folder.write("t.tsv", "id\tposition\tx\nP1\t1\t0.5\nP1\t2\t0.25\n"), true);
    QCOMPARE(result.table.columns, (std::vector<std::string>{"x"}));
    QCOMPARE(result.rows[1].position, 2);
    QCOMPARE(result.rows[1].values, (std::vector<float>{0.25}));
  }

  void brokenTablesNameTheirLine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("perResidue");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const QByteArray& text, const char* message,
                        bool perResidue = false) {
      QTest::newRow(name) << text << perResidue << message;
    };
    row("empty", "", "t.tsv: the file is empty");
    row("header alone", "id\ta\n\n", "t.tsv: there are no rows below the header");
    row("blank lines alone", "\n \n", "t.tsv: there are no rows");
    row("one column", "P1\nP2\n", "t.tsv:1: there is one column");
    row("too short", "P1\t1\t2\n\nP2\t1\n", "t.tsv:3: 2 columns, where the first line has 3");
    row("too long", "P1\t1\nP2\t1\t2\n", "t.tsv:2: 3 columns, where the first line has 2");
    row("a word in a known protein's row", "P1\t1\tx\n", "t.tsv:1: \"x\" in column 3 is no number");
    row("a word", "P1\t1\nP2\tx\n", "t.tsv:2: \"x\" in column 2 is no number");
    row("two numbers in a cell", "P1\t1\nP2\t1 2\n", "t.tsv:2: \"1 2\" in column 2");
    row("no id", "P1\t1\n\t2\n", "t.tsv:2: the id is empty");
    row("too wide", "P1\t1\t2\t3\t4\t5\n", "t.tsv:1: 5 numbers a row; 4 are allowed");
    row("no numbers", "P1\t1\n", "t.tsv:1: there are two columns", true);
    row("position 0", "P1\t0\t1\n", "t.tsv:1: \"0\" is no position", true);
    row("position 1.5", "P1\t1\t1\nP1\t1.5\t1\n", "t.tsv:2: \"1.5\" is no position", true);
    row("NUL byte", QByteArray("P1\t1\nP\0\t2\n", 9), "t.tsv:2: there is a NUL byte");
  }
  void brokenTablesNameTheirLine() {
    QFETCH(QByteArray, text);
    QFETCH(bool, perResidue);
    QFETCH(QString, message);
    const TestFolder folder;
    const auto file = folder.write("t.tsv", text.toStdString());
    EXPECT_ERROR(read(file, perResidue), ErrorKind::BadInput, message.toStdString());
  }

  void aMissingFileIsSaid() {
    const TestFolder folder;
    EXPECT_ERROR(read(folder.path("none")), ErrorKind::NotFound, "none");
  }
};

QTEST_GUILESS_MAIN(TestNumberTable)
#include "tst_number_table.moc"
