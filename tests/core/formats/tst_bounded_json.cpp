#include <QTest>

#include "core/formats/bounded_json.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using formats::parseJson;

class TestBoundedJson : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void valuesAreRead() {
    const auto json =
        parseJson("{\"a\": [1, 2.5, \"x]{\\\"[[\", null], \"b\": {\"a\": true}}", "text");
    QCOMPARE(json.at("a").at(1).get<double>(), 2.5);
    QCOMPARE(json.at("a").at(2).get<std::string>(), std::string("x]{\"[["));
    QVERIFY(json.at("b").at("a").get<bool>());
  }

  void equalKeysOfDifferentObjectsAreFine() {
    QCOMPARE(parseJson("[{\"a\":1},{\"a\":{\"a\":2}},{\"a\":3}]", "text").size(), std::size_t{3});
  }

  void duplicateKeysAreRefusedWithTheirLine() {
    EXPECT_ERROR(formats::readJsonFile(tests::fixture("json/duplicate_key.json")),
                 ErrorKind::BadInput, "duplicate_key.json:4: the key \"c\" is there twice");
  }

  void depthIsCapped() {
    const auto nested = [](std::size_t depth) {
      return std::string(depth, '[') + std::string(depth, ']');
    };
    QVERIFY(parseJson(nested(64), "text").is_array());
    EXPECT_ERROR(parseJson(nested(65), "text"), ErrorKind::BadInput, "text:1: the JSON is nested");
    EXPECT_ERROR(parseJson(std::string(1'000'000, '['), "text"), ErrorKind::BadInput, "deeper");
    EXPECT_ERROR(parseJson("{\"a\":\n" + nested(70), "text"), ErrorKind::BadInput, "text:2:");
  }

  void brokenTextIsToldWithItsPlace_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("empty") << QByteArray("") << QByteArray("t:1: ");
    QTest::newRow("cut") << QByteArray("{\"a\":\n1,") << QByteArray("t:2: ");
    QTest::newRow("open string") << QByteArray("[\"a") << QByteArray("t:1: ");
    QTest::newRow("escape at the end") << QByteArray("[\"a\\") << QByteArray("t:1: ");
    QTest::newRow("tail") << QByteArray("{}\n{}") << QByteArray("t:2: ");
    QTest::newRow("comment") << QByteArray("\n\n// x\n1") << QByteArray("t:3: ");
    QTest::newRow("nan") << QByteArray("[NaN]") << QByteArray("t:1: ");
    QTest::newRow("too large") << QByteArray("[\n1e999]") << QByteArray("t:2: ");
    QTest::newRow("not UTF-8") << QByteArray("[\"\xff\"]") << QByteArray("t:1: ");
    QTest::newRow("only closed") << QByteArray("]]]]") << QByteArray("t:1: ");
  }
  void brokenTextIsToldWithItsPlace() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, message);
    EXPECT_ERROR(parseJson(text.toStdString(), "t"), ErrorKind::BadInput, message.toStdString());
  }

  void messagesHaveNoParserNames() {
    const auto error = tests::caught([] { static_cast<void>(parseJson("[1,]", "t")); });
    QVERIFY(error.has_value());
    QVERIFY2(std::string(error->what()).find("json.exception") == std::string::npos, error->what());
  }

  void filesAreBounded() {
    const tests::TestFolder folder;
    EXPECT_ERROR(formats::readJsonFile(folder.path("none")), ErrorKind::NotFound, "no such file");
    const std::string large = '[' + std::string(std::size_t{16} << 20, ' ') + ']';
    EXPECT_ERROR(formats::readJsonFile(folder.write("large.json", large)), ErrorKind::BadInput,
                 "more than the 16777216 allowed");
    EXPECT_ERROR(formats::readJsonFile(folder.write("empty.json", "")), ErrorKind::BadInput,
                 "empty.json:1: ");
  }
};

QTEST_GUILESS_MAIN(TestBoundedJson)
#include "tst_bounded_json.moc"
