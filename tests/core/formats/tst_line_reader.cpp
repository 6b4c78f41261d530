#include <QTest>

#include "core/formats/line_reader.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/gzip.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using formats::LineReader;

class TestLineReader : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

  static std::vector<std::string> linesOf(const std::filesystem::path& file) {
    LineReader reader(file);
    std::vector<std::string> lines;
    std::string_view line;
    while (reader.next(line)) {
      lines.emplace_back(line);
    }
    return lines;
  }
  std::vector<std::string> linesOfText(std::string_view text) {
    return linesOf(m_folder.write("text", text));
  }

 private Q_SLOTS:
  void bothLineEndsAndAMissingLastOneAreRead() {
    const std::vector<std::string> expected{"one", "", "three"};
    QVERIFY(linesOfText("one\n\nthree\n") == expected);
    QVERIFY(linesOfText("one\r\n\r\nthree\r\n") == expected);
    QVERIFY(linesOfText("one\n\nthree") == expected);
    QVERIFY(linesOfText("one\r\n\nthree\r") == expected);
    QVERIFY(linesOfText("\xEF\xBB\xBFone\n\nthree") == expected);
    QVERIFY(linesOfText("\n") == (std::vector<std::string>{""}));
  }

  void gzipIsReadAsPlain() {
    std::string text;
    for (int i = 0; i < 100'000; ++i) {
      text += "line " + std::to_string(i) + "\r\n";
    }
    const auto plain = linesOfText(text);
    QCOMPARE(plain.size(), std::size_t{100'000});
    QVERIFY(linesOf(m_folder.write("text.gz", tests::gzip(text))) == plain);
  }

  void linesLongerThanTheBufferArriveWhole() {
    const std::string big(3'000'000, 'x');
    QVERIFY(linesOfText("a\n" + big + "\nb") == (std::vector<std::string>{"a", big, "b"}));
  }

  void linesAreCounted() {
    LineReader reader(m_folder.write("counted", "a\nb\n"));
    std::string_view line;
    QCOMPARE(reader.lineNumber(), std::size_t{0});
    QVERIFY(reader.next(line));
    QCOMPARE(reader.lineNumber(), std::size_t{1});
    QVERIFY(reader.next(line));
    QCOMPARE(line, std::string_view("b"));
    QCOMPARE(reader.lineNumber(), std::size_t{2});
    QVERIFY(!reader.next(line));
    QVERIFY(!reader.next(line));
    QCOMPARE(reader.bytesRead(), reader.bytesTotal());
  }

  void anEndlessLineIsRefusedWithItsNumber() {
    const auto file = m_folder.write(
        "endless.gz", tests::gzip("a\n" + std::string(LineReader::kLongestLine + 1, 'x')));
    EXPECT_ERROR(linesOf(file), ErrorKind::BadInput, ":2: the line is longer than 64 MiB");
  }

  void aNulByteIsRefusedWithItsLine() {
    const auto file = m_folder.write("nul", std::string_view("a\nb\0c\n", 6));
    EXPECT_ERROR(linesOf(file), ErrorKind::BadInput, ":2: there is a NUL byte");
  }

  void aCutGzipIsRefusedWithItsLine() {
    std::string text;
    for (int i = 0; i < 1000; ++i) {
      text += std::to_string(i * 7919 % 1000) + '\n';
    }
    const std::string bytes = tests::gzip(text);
    const auto file = m_folder.write("cut.gz", bytes.substr(0, bytes.size() - 4));
    EXPECT_ERROR(linesOf(file), ErrorKind::BadInput, "cut.gz:1: the gzip data is cut short");
  }

  void missingEmptyAndFolderAreTold() {
    EXPECT_ERROR(LineReader(m_folder.path("none")), ErrorKind::NotFound, "no such file");
    EXPECT_ERROR(LineReader(m_folder.write("empty", "")), ErrorKind::BadInput, "empty");
    EXPECT_ERROR(LineReader(m_folder.path("")), ErrorKind::BadInput, "folder");
  }
};

QTEST_GUILESS_MAIN(TestLineReader)
#include "tst_line_reader.moc"
