#include <QTest>

#include "core/formats/pair_columns.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::formats;

class TestPairColumns : public QObject {
  Q_OBJECT

 private:
  using Fields = std::vector<std::string_view>;

  static Fields split(std::string_view line, char delimiter) {
    Fields fields;
    splitFields(line, delimiter, fields);
    return fields;
  }

 private Q_SLOTS:
  void fieldsAreTrimmedAndUnquoted() {
    QVERIFY(split("a\t b \t\tc", '\t') == (Fields{"a", "b", "", "c"}));
    QVERIFY(split("\"a, b\",\"c\",d", ',') == (Fields{"a, b", "c", "d"}));
    QVERIFY(split("  a \t b   c ", ' ') == (Fields{"a", "b", "c"}));
    QVERIFY(split("a,", ',') == (Fields{"a", ""}));
    QVERIFY(split("\"open,b", ',') == (Fields{"\"open,b"}));
    QVERIFY(split("", ',') == (Fields{""}));
  }

  void theDelimiterIsFoundInAFixedOrder() {
    QCOMPARE(findDelimiter("a b\tc,d"), std::optional<char>('\t'));
    QCOMPARE(findDelimiter("a b,c;d"), std::optional<char>(','));
    QCOMPARE(findDelimiter("a;b c"), std::optional<char>(';'));
    QCOMPARE(findDelimiter("a  b"), std::optional<char>(' '));
    QCOMPARE(findDelimiter("alone"), std::optional<char>());
  }

  void labelsAreZeroOrOne() {
    QCOMPARE(parseLabel("1"), std::optional<bool>(true));
    QCOMPARE(parseLabel("0.0"), std::optional<bool>(false));
    for (const auto* text : {"", "2", "-1", "true", "0.5", "1.00", " 1"}) {
      QVERIFY2(!parseLabel(text), text);
    }
  }

  void headersAreToldFromData() {
    QVERIFY(!findColumns({"P1", "P2", "1"}, {}).header);
    QVERIFY(!findColumns({"P1", "P2", "2"}, {}).header);
    QVERIFY(!findColumns({"P12345", "Q12345"}, {}).header);
    QVERIFY(findColumns({"P1", "P2", "label"}, {}).header);
    QVERIFY(findColumns({"protein1", "protein2"}, {}).header);
    QVERIFY(findColumns({"#ID Interactor A", "ID Interactor B"}, {}).header);
    PairTableFormat no;
    no.header = HeaderRule::No;
    QVERIFY(!findColumns({"protein1", "protein2"}, no).header);
    PairTableFormat yes;
    yes.header = HeaderRule::Yes;
    QVERIFY(findColumns({"x", "y", "1"}, yes).header);
  }

  void namesInTheHeaderPlaceTheColumns() {
    const auto columns = findColumns({"interaction", "id_b", "source", "ID A"}, {});
    QCOMPARE(columns.a, std::size_t{3});
    QCOMPARE(columns.b, std::size_t{1});
    QCOMPARE(columns.label, std::optional<std::size_t>(0));
    QVERIFY(!findColumns({"protein1", "protein2", "combined_score"}, {}).label);
    PairTableFormat yes;
    yes.header = HeaderRule::Yes;
    QCOMPARE(findColumns({"first", "second", "third"}, yes).label, std::optional<std::size_t>(2));
  }

  void aFirstLineThatIsNeitherNamesNorDataIsRefused() {
    for (const char* label : {"yes", "maybe", "NA", "third"}) {
      EXPECT_ERROR(findColumns({"P1", "P2", label}, {}), ErrorKind::BadInput, "--header yes");
    }
    QVERIFY(findColumns({"x", "y", "label"}, {}).header);
  }

  void twoNamedColumnsAreIdsWithoutALabel() {
    PairTableFormat format;
    format.columnA = "1";
    format.columnB = "2";
    const auto columns = findColumns({"P1", "P2", "0.87"}, format);
    QVERIFY(!columns.header);
    QVERIFY(!columns.label);
    format.columnA = "3";
    format.columnB = "4";
    QCOMPARE(findColumns({"1", "x", "P1", "P2"}, format).a, std::size_t{2});
  }

  void givenColumnsAreUsed() {
    PairTableFormat format;
    format.columnA = "2";
    format.columnB = "4";
    format.columnLabel = "1";
    const auto columns = findColumns({"0", "P1", "x", "P2"}, format);
    QVERIFY(!columns.header);
    QCOMPARE(columns.a, std::size_t{1});
    QCOMPARE(columns.b, std::size_t{3});
    QCOMPARE(columns.label, std::optional<std::size_t>(0));
  }

  void wrongColumnsAreTold() {
    PairTableFormat format;
    format.columnLabel = "lable";
    EXPECT_ERROR(findColumns({"a", "b", "label"}, format), ErrorKind::BadInput,
                 "did you mean \"label\"");
    format.columnLabel = "9";
    EXPECT_ERROR(findColumns({"a", "b", "1"}, format), ErrorKind::BadInput,
                 "there is no column 9, the line has 3");
    format.columnLabel = "1";
    EXPECT_ERROR(findColumns({"1", "b", "1"}, format), ErrorKind::BadInput, "three different");
    format.columnLabel = "label";
    format.header = HeaderRule::No;
    EXPECT_ERROR(findColumns({"a", "b", "label"}, format), ErrorKind::BadInput, "no header");
    EXPECT_ERROR(findColumns({"alone"}, {}), ErrorKind::BadInput, "one column");
  }
};

QTEST_GUILESS_MAIN(TestPairColumns)
#include "tst_pair_columns.moc"
