#include <QTest>

#include "core/base/hash.h"
#include "core/formats/bounded_json.h"
#include "core/tokenizers/byte_text.h"
#include "core/tokenizers/unicode.h"
#include "core/tokenizers/utf8.h"
#include "tests/core/base/test_files.h"

using namespace twofold::tokenizers;

class TestUtf8 : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Expected values: Python's bytes.decode("utf-8", "replace").
  void illFormedPartsAreReplaced_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray bad = "\xEF\xBF\xBD";
    QTest::newRow("fine") << QByteArray("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80")
                          << QByteArray("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    QTest::newRow("alone") << QByteArray("a\x80z") << "a" + bad + "z";
    QTest::newRow("cut") << QByteArray("\xE2\x82") << bad;
    QTest::newRow("cut before a letter") << QByteArray("\xF0\x9F\x98m") << bad + "m";
    QTest::newRow("overlong") << QByteArray("\xC0\x80") << bad + bad;
    QTest::newRow("overlong 3") << QByteArray("\xE0\x80\x80") << bad + bad + bad;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << bad + bad + bad;
    QTest::newRow("beyond") << QByteArray("\xF4\x90\x80\x80") << bad + bad + bad + bad;
    QTest::newRow("no first byte") << QByteArray("\xFF\xFE") << bad + bad;
  }
  void illFormedPartsAreReplaced() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    const std::string text = bytes.toStdString();
    QCOMPARE(std::string(CleanText(text).text()), expected.toStdString());
  }

  void rangesAreThoseOfTheFirstText() {
    const std::string text = "a\xF0\x9F\x98z";
    const CleanText clean(text);  // a, U+FFFD, z
    QVERIFY((clean.original({0, 1}) == ByteRange{0, 1}));
    QVERIFY((clean.original({1, 4}) == ByteRange{1, 4}));
    QVERIFY((clean.original({2, 3}) == ByteRange{1, 4}));
    QVERIFY((clean.original({0, 5}) == ByteRange{0, 5}));
    QVERIFY((clean.original({4, 5}) == ByteRange{4, 5}));
  }

  void codePointsGoThereAndBack() {
    std::string text;
    std::vector<char32_t> codes;
    for (char32_t code = 0; code < 0x110000; code += code < 0x900 ? 1 : 37) {
      if (code < 0xD800 || code > 0xDFFF) {
        appendUtf8(text, code);
        codes.push_back(code);
      }
    }
    const CleanText clean(text);
    QCOMPARE(clean.text().size(), text.size());
    const auto points = codePoints(clean.text(), 5);
    QCOMPARE(points.size(), codes.size());
    std::size_t end = 5;
    for (std::size_t i = 0; i < points.size(); ++i) {
      QCOMPARE(points[i].code, codes[i]);
      QCOMPARE(points[i].range.begin, end);
      end = points[i].range.end;
    }
    QCOMPARE(end, text.size() + 5);
  }

  // Another utf8proc than 2.8 knows another Unicode: ids could then differ from the original's.
  void classesAreThoseOfHuggingFace() {
    std::string classes;
    for (char32_t code = 1; code < 0x110000; code = code == 0xD7FF ? 0xE000 : code + 1) {
      classes += static_cast<char>(isLetter(code) | isNumber(code) << 1 | isWhitespace(code) << 2 |
                                   isRemovedByBert(code) << 3 | isBertPunctuation(code) << 4 |
                                   isBertIdeograph(code) << 5);
      for (const auto& changed : {withoutAccents({{code, {}}}), lowerCase({{code, {}}})}) {
        for (const auto& point : changed) {
          appendUtf8(classes, point.code);
        }
      }
    }
    const auto goldens =
        twofold::formats::readJsonFile(twofold::tests::fixture("tokenizers/cases.json"));
    QCOMPARE(twofold::sha256(classes), goldens.at("classes").get<std::string>());
  }

  void base64IsReadWholeOrNotAtAll() {
    QCOMPARE(bytesOfBase64("IQ==").value(), std::string("!"));
    QCOMPARE(bytesOfBase64("IHQ=").value(), std::string(" t"));
    QCOMPARE(bytesOfBase64("AP/+").value(), std::string("\0\xFF\xFE", 3));
    for (const char* broken :
         {"", "I", "IQ", "IQ=", "I===", "====", "IQ=A", "I Q=", "IQ==\n", "Ä=="}) {
      QVERIFY2(!bytesOfBase64(broken), broken);
    }
  }

  void byteLettersAreRead() {
    QCOMPARE(bytesOfByteLevel("\xC4\xA0t\xC3\xA9").value(), std::string(" t\xE9"));
    QVERIFY(!bytesOfByteLevel(" t"));
    QVERIFY(!bytesOfByteLevel("\xC5\x84"));  // U+0144, the first after the alphabet
  }
};

QTEST_GUILESS_MAIN(TestUtf8)
#include "tst_utf8.moc"
