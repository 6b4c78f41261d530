#include <QTest>

#include "core/formats/pair_table.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::formats;

class TestPairTable : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

  /// Each row as "a b label@line".
  static std::vector<std::string> read(const std::filesystem::path& file,
                                       const PairTableFormat& format = {}) {
    std::vector<std::string> rows;
    readPairTable(file, format, [&](const PairRow& row) {
      const char* label = !row.label ? "?" : *row.label ? "1" : "0";
      rows.push_back(std::string(row.a) + ' ' + std::string(row.b) + ' ' + label + '@' +
                     std::to_string(row.line));
    });
    return rows;
  }
  std::vector<std::string> readText(std::string_view text, const PairTableFormat& format = {}) {
    return read(m_folder.write("pairs.tsv", text), format);
  }

 private Q_SLOTS:
  void rowsOfEachDelimiterAndLineEndAreRead() {
    const std::vector<std::string> expected{"P1 P2 1@1", "P3 P4 0@2"};
    QVERIFY(readText("P1\tP2\t1\r\nP3\tP4\t0\r\n") == expected);
    QVERIFY(readText("P1,P2,1.0\nP3,P4,0.0") == expected);
    QVERIFY(readText("P1;P2;1;more\nP3;P4;0;more\n") == expected);
    QVERIFY(readText("P1 P2  1\nP3   P4 0\n") == expected);
  }

  void headerAndBlankLinesAreSkippedButCounted() {
    QVERIFY(readText("\nprotein_a,protein_b,label\nP1,P2,1\n\n  \nP3,P4,0\n") ==
            (std::vector<std::string>{"P1 P2 1@3", "P3 P4 0@6"}));
    QVERIFY(read(tests::fixture("pairs/header.csv"), {"Protein_A", "protein_b", "", {}, 0}) ==
            (std::vector<std::string>{"P1 P2 1@2", "P3 P4 0@3"}));
  }

  void filesWithoutLabelsHaveNone() {
    QVERIFY(readText("P1\tP2\nP3\tP4\n") == (std::vector<std::string>{"P1 P2 ?@1", "P3 P4 ?@2"}));
    QVERIFY(read(tests::fixture("pairs/string_links.txt")) ==
            (std::vector<std::string>{"9606.A 9606.B ?@2", "9606.A 9606.C ?@3"}));
  }

  void brokenRowsAreToldWithTheirLine() {
    EXPECT_ERROR(read(tests::fixture("pairs/wrong_label.tsv")), ErrorKind::BadInput,
                 "wrong_label.tsv:3: label \"2\" in column 3 is neither 0 nor 1");
    EXPECT_ERROR(readText("P1\tP2\t2\n"), ErrorKind::BadInput, ":1: label \"2\"");
    EXPECT_ERROR(readText("P1\tP2\t1\nP3\tP4\n"), ErrorKind::BadInput,
                 ":2: there are 2 columns, at least 3 are needed");
    EXPECT_ERROR(readText("P1\tP2\t1\nP3\n"), ErrorKind::BadInput, ":2: there is 1 column,");
    EXPECT_ERROR(readText("P1\tP2\t1\n\tP4\t1\n"), ErrorKind::BadInput, ":2: column 1 has no id");
    EXPECT_ERROR(readText("P1\tP2\t1\nP3\tP4\t\n"), ErrorKind::BadInput, ":2: label \"\"");
    EXPECT_ERROR(readText("P1\tP2\nP3\tP4\t1\n"), ErrorKind::BadInput, ":2: there are 3 columns");
    EXPECT_ERROR(readText("alone\n"), ErrorKind::BadInput, ":1: there is one column");
  }

  void filesWithoutPairsAreTold() {
    EXPECT_ERROR(read(m_folder.path("none")), ErrorKind::NotFound, "no such file");
    EXPECT_ERROR(readText(""), ErrorKind::BadInput, "empty");
    EXPECT_ERROR(readText("\n \n"), ErrorKind::BadInput, "no pair");
    EXPECT_ERROR(readText("protein1\tprotein2\tlabel\n"), ErrorKind::BadInput, "no pair");
  }

  void realPairsAreRead() {
    const auto train = tests::sharedData("bernett/train.tsv");
    NEEDS_FILE(train);
    const auto rows = read(train);
    QCOMPARE(rows.size(), std::size_t{163'192});
    QCOMPARE(rows[0], std::string("P43405 P21860 1@1"));
    const auto yeast = read(tests::sharedData("cross-species/yeast/test.tsv"));
    QCOMPARE(yeast.size(), std::size_t{55'000});
    QCOMPARE(std::count_if(yeast.begin(), yeast.end(),
                           [](const auto& row) { return row.find(" 1@") != std::string::npos; }),
             5'000);
  }
};

QTEST_GUILESS_MAIN(TestPairTable)
#include "tst_pair_table.moc"
