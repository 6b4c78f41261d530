#include <QTest>

#include "core/bio/cif_text.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::bio;

class TestCifText : public QObject {
  Q_OBJECT

 private:
  static constexpr std::array<std::string_view, 2> kWanted = {"_a.", "_atom_site."};

  static CifBlock read(std::string_view text) { return readCifBlock(text, "f", kWanted); }

 private Q_SLOTS:
  void valuesOfEachFormAreRead() {
    constexpr std::string_view kText =
        "# comment\ndata_X1 _a.one 1 # more\n_A.two 'it''s' _a.three \"b'c\"\n_a.four\n"
        ";text _a.no\nloop_\n;\n_other.x 3\nloop_ _a.x _a.y 1 . ? 'q' data_Y _a.z 4\n";
    const auto block = read(kText);
    QCOMPARE(block.name, std::string_view("X1"));
    QCOMPARE(block.tables.size(), std::size_t{5});
    QCOMPARE(block.tables[1].values[0], std::string_view("'it''s'"));
    QCOMPARE(block.tables[2].values[0], std::string_view("\"b'c\""));
    QCOMPARE(block.tables[3].values[0], std::string_view(";text _a.no\nloop_\n;"));
    QCOMPARE(block.tables[4].tags.size(), std::size_t{2});
    QVERIFY(block.tables[4].values == (std::vector<std::string_view>{"1", ".", "?", "'q'"}));
    QCOMPARE(block.tables[4].line, std::size_t{9});
  }

  void valuesOfATagComeWithoutQuotes() {
    constexpr std::string_view kText =
        "data_X1 _A.two 'it''s' _a.four\n;text\nmore\n;\nloop_ _a.x _a.y 1 . ? 'q' \"r\" 3\n";
    const auto block = read(kText);
    QVERIFY(valuesOf(block, "_a.two") == std::vector<std::string>{"it''s"});
    QVERIFY(valuesOf(block, "_a.four") == std::vector<std::string>{"text\nmore"});
    QVERIFY(valuesOf(block, "_a.X") == (std::vector<std::string>{"1", "r"}));
    QVERIFY(valuesOf(block, "_a.y") == (std::vector<std::string>{"q", "3"}));
    QVERIFY(valuesOf(block, "_a.none").empty());
  }

  void brokenTextIsToldWithItsLine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const char* text, const char* message) {
      QTest::newRow(name) << QByteArray(text) << QByteArray(message);
    };
    row("nothing", "# only a comment", "f: a \"data_\" line");
    row("no block", "\nloop_", "f:2: a \"data_\" line");
    row("open text", "data_x\n_a.x\n;abc\n", "f:3: the text that starts here");
    row("open quote", "data_x\n_a.x 'abc\n'\n", "f:2: the text in '");
    row("no value", "data_x\n_a.x\n_a.y 1\n", "f:2: _a.x has no value");
    row("no value at the end", "data_x\n_a.x\n", "f:2: _a.x has no value");
    row("stray value", "data_x\n_a.x 1 2\n", "f:2: \"2\" stands where");
    row("save frame", "data_x\nsave_y\n", "f:2: \"save_y\" stands where");
    row("short loop", "data_x\nloop_\n_a.x\n_a.y\n1 2\n3\n_a.z 1\n",
        "f:7: the loop of _a.x from line 2");
    row("loop without tags", "data_x\nloop_\n1 2\n", "f:2: the loop has no tags");
    row("twice", "data_x\n_a.x 1\n_A.X 2\n", "f:3: _A.X is there twice");
  }
  void brokenTextIsToldWithItsLine() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    EXPECT_ERROR(read(text.toStdString()), ErrorKind::BadInput, message.toStdString());
  }

  void coordinatesMustBeNumbers() {
    const std::string good = "data_x\nloop_\n_atom_site.Cartn_x\n_atom_site.id\n1.5(2) a\n+3e1 b\n";
    checkCoordinates(read(good), good, "f");
    for (const auto* wrong : {"?", ".", "nan", "1.2.3", "'1'"}) {
      const std::string text = good + wrong + " c\n";
      EXPECT_ERROR(checkCoordinates(read(text), text, "f"), ErrorKind::BadInput,
                   "f:7: _atom_site.Cartn_x");
    }
  }
};

QTEST_GUILESS_MAIN(TestCifText)
#include "tst_cif_text.moc"
