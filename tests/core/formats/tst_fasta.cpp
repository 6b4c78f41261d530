#include <QTest>

#include "core/base/progress.h"
#include "core/formats/fasta.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/gzip.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using formats::FastaRecord;

class TestFasta : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

  static std::vector<FastaRecord> read(const std::filesystem::path& file) {
    std::vector<FastaRecord> records;
    formats::readFasta(file, [&](FastaRecord&& record) { records.push_back(std::move(record)); });
    return records;
  }
  std::vector<FastaRecord> readText(std::string_view text) {
    return read(m_folder.write("text.fasta", text));
  }

 private Q_SLOTS:
  void headersGiveIdNameAndOrganism() {
    const auto records = read(tests::fixture("fasta/headers.fasta"));
    QCOMPARE(records.size(), std::size_t{4});
    QCOMPARE(records[0].id, std::string("P68871"));
    QCOMPARE(records[0].name, std::string("Hemoglobin subunit beta"));
    QCOMPARE(records[0].organism, std::string("Homo sapiens"));
    QCOMPARE(records[0].sequence.size(), std::size_t{147});
    QCOMPARE(records[0].line, std::size_t{1});
    QCOMPARE(records[1].id, std::string("A0A024R161"));
    QCOMPARE(records[1].name, std::string("A0A024R161_HUMAN"));
    QCOMPARE(records[1].sequence, std::string("MKVLA"));
    QCOMPARE(records[1].line, std::size_t{6});
    QCOMPARE(records[2].id, std::string("4932.YMR188C"));
    QCOMPARE(records[2].name, std::string());
    QCOMPARE(records[2].sequence, std::string("MSXBZ"));
    QCOMPARE(records[3].id, std::string("plain"));
    QCOMPARE(records[3].name, std::string("some words here"));
  }

  void windowsLineEndsAndGzipChangeNothing() {
    const std::string text = ">a desc OS=Mus musculus\r\nMKV\r\nMK\r\n>b\r\nAA";
    for (const auto& records : {readText(text), read(m_folder.write("a.gz", tests::gzip(text)))}) {
      QCOMPARE(records.size(), std::size_t{2});
      QCOMPARE(records[0].sequence, std::string("MKVMK"));
      QCOMPARE(records[0].organism, std::string("Mus musculus"));
      QCOMPARE(records[1].sequence, std::string("AA"));
      QCOMPARE(records[1].line, std::size_t{4});
    }
  }

  void brokenFilesAreToldWithTheirLine() {
    EXPECT_ERROR(read(tests::fixture("fasta/unknown_letter.fasta")), ErrorKind::BadInput,
                 "unknown_letter.fasta:3: '1' in the sequence of \"one\"");
    EXPECT_ERROR(read(tests::fixture("fasta/no_sequence.fasta")), ErrorKind::BadInput,
                 "no_sequence.fasta:3: \"two\" has no sequence");
    EXPECT_ERROR(read(tests::fixture("fasta/no_header.fasta")), ErrorKind::BadInput,
                 "no_header.fasta:2: there is text before the first");
    EXPECT_ERROR(read(m_folder.path("none")), ErrorKind::NotFound, "no such file");
    EXPECT_ERROR(readText(""), ErrorKind::BadInput, "empty");
    EXPECT_ERROR(readText("\n\n"), ErrorKind::BadInput, "no record");
    EXPECT_ERROR(readText(">\nMKV\n"), ErrorKind::BadInput, ":1: the header has no id");
    EXPECT_ERROR(readText(">sp||X\nMKV\n"), ErrorKind::BadInput, ":1: the header has no id");
    EXPECT_ERROR(readText(">a\nMK*\nVV\n"), ErrorKind::BadInput, ":2: '*'");
    EXPECT_ERROR(readText(">a\nMK\nV\xC3\xA4\n"), ErrorKind::BadInput, ":3: byte 0xc3");
  }

  void progressIsReportedAndMayStopTheReading() {
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
      text += ">p" + std::to_string(i) + "\nMKV\n";
    }
    const auto file = m_folder.write("many.fasta", text);
    std::int64_t last = 0;
    std::int64_t calls = 0;
    formats::readFasta(
        file, [](FastaRecord&&) {},
        [&](std::int64_t done, std::int64_t total) {
          QVERIFY(done >= last && done <= total);
          last = done;
          ++calls;
        });
    QCOMPARE(last, static_cast<std::int64_t>(text.size()));
    QVERIFY(calls > 3);
    QVERIFY_EXCEPTION_THROWN(
        formats::readFasta(
            file, [](FastaRecord&&) {}, [](std::int64_t, std::int64_t) { throw StopRequested{}; }),
        StopRequested);
  }

  void realProteinsAreRead() {
    const auto file = tests::sharedData("bernett/proteins.fasta");
    NEEDS_FILE(file);
    const auto records = read(file);
    QCOMPARE(records.size(), std::size_t{7997});
    QCOMPARE(records[0].id, std::string("A0FGR8"));
  }
};

QTEST_GUILESS_MAIN(TestFasta)
#include "tst_fasta.moc"
