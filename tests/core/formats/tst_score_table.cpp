#include <QTest>
#include <cmath>
#include <string>
#include <vector>

#include "core/formats/score_columns.h"
#include "core/formats/score_table.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::formats;
using namespace twofold::tests;

class TestScoreTable : public QObject {
  Q_OBJECT

 private:
  struct Read {
    ScoreLayout layout;
    std::vector<std::string> pairs;
    std::vector<double> scores;
    std::vector<std::optional<bool>> labels;
  };

  Read read(std::string_view text, const ScoreTableFormat& format = {}) const {
    Read found;
    found.layout = readScoreTable(m_folder.write("scores", text), format, [&](const ScoreRow& row) {
      found.pairs.push_back(std::string(row.a) + "+" + std::string(row.b));
      found.scores.push_back(row.score);
      found.labels.push_back(row.label);
    });
    return found;
  }

  TestFolder m_folder;

 private Q_SLOTS:
  void layoutsAreToldByTheirFirstLine_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("layout");
    QTest::addColumn<bool>("hasIds");
    QTest::newRow("TUnA") << std::string("Protein A,Protein B,T,S,uncertainty\na,b,1,0.25,0.7\n")
                          << std::string("TUnA") << true;
    QTest::newRow("D-SCRIPT") << std::string("a\tb\t1.0\t0.25\n") << std::string("D-SCRIPT")
                              << true;
    QTest::newRow("three") << std::string("a b 0.25\n") << std::string("three columns") << true;
    QTest::newRow("named") << std::string("\"Score\";\"ID2\";\"ID1\"\n0.25;b;a\n")
                           << std::string("named columns") << true;
    QTest::newRow("PLM-interact") << std::string("query,text,prob\na,b,0.25\n")
                                  << std::string("PLM-interact") << true;
    QTest::newRow("SPRINT") << std::string("0.25 1\n") << std::string("SPRINT") << false;
    QTest::newRow("alone") << std::string("\n0.25\r\n") << std::string("scores alone") << false;
    QTest::newRow("alone, named") << std::string("score\n0.25\n") << std::string("scores alone")
                                  << false;
  }

  void layoutsAreToldByTheirFirstLine() {
    QFETCH(std::string, text);
    QFETCH(std::string, layout);
    QFETCH(bool, hasIds);
    const auto found = read(text);
    QCOMPARE(found.layout.name, layout);
    QCOMPARE(found.layout.hasIds, hasIds);
    QCOMPARE(found.layout.idsAreSequences, layout == "PLM-interact");
    QCOMPARE(found.scores.size(), std::size_t{1});
    QCOMPARE(found.scores[0], 0.25);
    QCOMPARE(found.pairs[0], std::string(hasIds ? "a+b" : "+"));
  }

  void whatIsNoNumberIsToldApartFromText() {
    const auto found = read("a\tb\t\na\tc\tNaN\na\td\tN/A\na\te\t-inf\na\tf\t1e-5\n");
    QVERIFY(std::isnan(found.scores[0]) && std::isnan(found.scores[1]) &&
            std::isnan(found.scores[2]));
    QVERIFY(std::isinf(found.scores[3]));
    QCOMPARE(found.scores[4], 1e-5);
    EXPECT_ERROR(read("a\tb\t0.5\na\tc\tabout 1\n"), ErrorKind::BadInput, "scores:2: score");
  }

  void givenColumnsWinAndLeaveLabelsUnread() {
    const auto found = read("a\tb\t7\t0.25\n", {"2", "1", "4"});
    QCOMPARE(found.pairs[0], std::string("b+a"));
    QVERIFY(!found.labels[0].has_value());
    QCOMPARE(read("a\tb\t1\na\tc\t0\n", {"1", "2", "3"}).scores.size(), std::size_t{2});
    EXPECT_ERROR(read("x,y,z\na,b,0.5\n", {"x", "y", "zz"}), ErrorKind::BadInput, "zz");
    EXPECT_ERROR(read("a,b,0.5\n", {"1", "1", "3"}), ErrorKind::BadInput, "three different");
  }

  void nothingIsGuessed() {
    EXPECT_ERROR(read("a\tb\t1\na\tc\t0\n"), ErrorKind::BadInput, "which are labels");
    EXPECT_ERROR(read("a\tb\t2\t0.5\n"), ErrorKind::BadInput, "--columns");
    EXPECT_ERROR(read("a\tb\t1\t0.5\na\tc\t0.5\n"), ErrorKind::BadInput, "scores:2: there are 3");
    EXPECT_ERROR(read("a\tb\t1\t0.5\na\tc\tx\t0.5\n"), ErrorKind::BadInput, "label \"x\"");
    EXPECT_ERROR(read("ID1,ID2,pred,score\na,b,1,2\n"), ErrorKind::BadInput, "may both be");
    EXPECT_ERROR(read("left,right,score\na,b,0.5\n"), ErrorKind::BadInput, "protein_a");
    EXPECT_ERROR(read("ID1,ID2,score\n"), ErrorKind::BadInput, "no score in the file");
    EXPECT_ERROR(read(""), ErrorKind::BadInput, "scores");
  }
};

QTEST_GUILESS_MAIN(TestScoreTable)
#include "tst_score_table.moc"
