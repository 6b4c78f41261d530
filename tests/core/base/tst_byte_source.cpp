#include <QTest>

#include "core/base/byte_source.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/gzip.h"
#include "tests/core/base/test_files.h"

using namespace twofold;

class TestByteSource : public QObject {
  Q_OBJECT

 private:
  static constexpr std::size_t kLimit = std::size_t{1} << 24;
  tests::TestFolder m_folder;

  static std::string longText() {
    std::string text;
    for (int i = 0; i < 200'000; ++i) {
      text += std::to_string(i) + '\n';
    }
    return text;
  }

 private Q_SLOTS:
  void plainAndGzipGiveTheSameBytes() {
    const std::string text = longText();
    QVERIFY(readInflated(m_folder.write("a", text), kLimit) == text);
    QVERIFY(readInflated(m_folder.write("b", tests::gzip(text)), kLimit) == text);
  }

  void membersFollowEachOtherAndZerosPadThem() {
    const auto file = m_folder.write(
        "members", tests::gzip("one\n") + tests::gzip("two\n") + std::string(512, '\0'));
    QCOMPARE(readInflated(file, kLimit), std::string("one\ntwo\n"));
  }

  void aCutGzipIsRefused() {
    const std::string bytes = tests::gzip(longText());
    for (const std::size_t size :
         {std::size_t{3}, std::size_t{12}, bytes.size() / 2, bytes.size() - 9, bytes.size() - 1}) {
      const auto file = m_folder.write("cut.gz", bytes.substr(0, size));
      EXPECT_ERROR(readInflated(file, kLimit), ErrorKind::BadInput, "cut short");
    }
  }

  void aChangedByteIsNoticed() {
    std::string bytes = tests::gzip(longText());
    bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 1);
    EXPECT_ERROR(readInflated(m_folder.write("changed.gz", bytes), kLimit), ErrorKind::BadInput,
                 "damaged");
  }

  void bytesBehindTheGzipAreRefused() {
    const auto file = m_folder.write("tail.gz", tests::gzip("one\n") + "tail");
    EXPECT_ERROR(readInflated(file, kLimit), ErrorKind::BadInput, "after the end");
  }

  void aBombStopsAtTheLimit() {
    const auto file =
        m_folder.write("bomb.gz", tests::gzip(std::string(std::size_t{1} << 25, 'A')));
    EXPECT_ERROR(readInflated(file, kLimit), ErrorKind::BadInput, "more than the 16777216 bytes");
  }

  void missingEmptyAndFolderAreTold() {
    EXPECT_ERROR(readInflated(m_folder.path("none"), kLimit), ErrorKind::NotFound, "no such file");
    EXPECT_ERROR(readInflated(m_folder.path(""), kLimit), ErrorKind::BadInput, "folder");
    EXPECT_ERROR(readInflated(m_folder.write("empty", ""), kLimit), ErrorKind::BadInput, "empty");
    EXPECT_ERROR(readInflated(m_folder.write("empty.gz", tests::gzip("")), kLimit),
                 ErrorKind::BadInput, "empty");
  }

  void progressCountsBytesOfTheFile() {
    const std::string bytes = tests::gzip(longText());
    ByteSource source(m_folder.write("progress.gz", bytes));
    std::vector<char> buffer(kLimit);
    QVERIFY(source.read(buffer) > bytes.size());
    QCOMPARE(source.bytesTotal(), static_cast<std::int64_t>(bytes.size()));
    QCOMPARE(source.read(buffer), std::size_t{0});
    QCOMPARE(source.bytesRead(), source.bytesTotal());
  }
};

QTEST_GUILESS_MAIN(TestByteSource)
#include "tst_byte_source.moc"
