#include <QTest>

#include "core/base/files.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;

class TestFiles : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

  std::size_t filesInFolder() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry :
         std::filesystem::directory_iterator(m_folder.path(""))) {
      ++count;
    }
    return count;
  }

 private Q_SLOTS:
  void writingReplacesTheWholeFileAndLeavesNoOther() {
    const auto file = m_folder.path("a.json");
    writeFileAtomically(file, "first and longer");
    writeFileAtomically(file, std::string_view("x\0y", 3));
    QCOMPARE(readFile(file, 3), std::string("x\0y", 3));
    QCOMPARE(filesInFolder(), std::size_t{1});
  }

  void aFailedWriteKeepsWhatWasThere() {
    const auto taken = m_folder.path("taken");
    makeFolders(taken / "inner");
    const std::size_t before = filesInFolder();
    EXPECT_ERROR(writeFileAtomically(taken, "bytes"), ErrorKind::Io, "cannot be replaced");
    QCOMPARE(filesInFolder(), before);
    EXPECT_ERROR(writeFileAtomically(m_folder.path("none/a"), "bytes"), ErrorKind::Io,
                 "cannot be opened");
  }

  void readingIsBounded() {
    const auto file = m_folder.write("four", "1234");
    QCOMPARE(readFile(file, 4), std::string("1234"));
    EXPECT_ERROR(readFile(file, 3), ErrorKind::BadInput, "4 bytes, more than the 3 allowed");
    EXPECT_ERROR(readFile(m_folder.path("none"), 3), ErrorKind::NotFound, "no such file");
    EXPECT_ERROR(readFile(m_folder.path(""), 3), ErrorKind::Io, "");
    QCOMPARE(readFile(m_folder.write("empty", ""), 3), std::string());
  }

  void foldersThatCannotBeMadeAreTold() {
    const auto file = m_folder.write("file", "x");
    EXPECT_ERROR(makeFolders(file / "below"), ErrorKind::Io, "cannot be made");
    makeFolders(m_folder.path("deep/er"));
    makeFolders(m_folder.path("deep/er"));
    QVERIFY(std::filesystem::is_directory(m_folder.path("deep/er")));
  }
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
