#include <QTest>

#include "core/formats/file_kind.h"
#include "core/formats/uniprot_text.h"
#include "core/formats/uniprot_xml.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/gzip.h"
#include "tests/core/base/test_files.h"
#include "tests/core/formats/uniprot_samples.h"

using namespace twofold;
using namespace twofold::formats;
using namespace twofold::tests;

namespace {

std::vector<UniprotEntry> read(const std::filesystem::path& path) {
  std::vector<UniprotEntry> entries;
  readUniprotXml(path, [&](UniprotEntry&& entry) { entries.push_back(std::move(entry)); });
  return entries;
}

std::vector<UniprotEntry> readXml(std::string_view text) {
  const TestFolder folder;
  return read(folder.write("x.xml", text));
}

std::string changed(const std::string& from, const std::string& to) {
  std::string text = uniprotXmlEntry();
  return text.replace(text.find(from), from.size(), to);
}

std::string entryOf(const std::string& inside) {
  return "<uniprot><entry>" + inside + "</entry></uniprot>";
}

}  // namespace

class TestUniprotXml : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void namesOrganismAndSequenceAreRead() {
    const auto entries = readXml(uniprotXmlEntry());
    QCOMPARE(entries.size(), std::size_t{1});
    const auto& entry = entries[0];
    QCOMPARE(entry.accessions, (std::vector<std::string>{"O95832", "Q0001"}));
    QCOMPARE(entry.name, std::string("Claudin-1 & α"));
    QCOMPARE(entry.organism, std::string("Homo sapiens"));
    QCOMPARE(entry.taxon, 9606);
    QCOMPARE(entry.created, std::string("1999-07-15"));
    QCOMPARE(entry.sequence, std::string("MANAGLQL"));
    QCOMPARE(entry.publications, 1);
    QCOMPARE(entry.line, std::size_t{4});
  }

  void annotationsKeepTheirEvidence() {
    const auto entry = readXml(uniprotXmlEntry())[0];
    QCOMPARE(entry.goTerms.size(), std::size_t{2});
    QCOMPARE(entry.goTerms[0].aspect, 'C');
    QCOMPARE(entry.goTerms[0].evidence, std::string("IDA"));
    QCOMPARE(entry.goTerms[1].evidence, std::string("IPI"));
    QCOMPARE(entry.interpro, std::vector<std::string>{"IPR006187"});
    QCOMPARE(entry.pfam, std::vector<std::string>{"PF00822"});
    QCOMPARE(entry.prosite, std::vector<std::string>{"PS01346"});
    QCOMPARE(entry.keywords.size(), std::size_t{2});
    QCOMPARE(entry.keywords[0].evidence, std::string("IEA"));
    QCOMPARE(entry.keywords[1].evidence, std::string());
    QCOMPARE(entry.locations.size(), std::size_t{1});
    QCOMPARE(entry.locations[0].term, std::string("Cell membrane"));
    QCOMPARE(entry.locations[0].evidence, std::string("EXP"));
    QCOMPARE(entry.function, std::string("First.\nSecond <one>."));
    QCOMPARE(entry.subunit, std::string("Interacts with CLDN3."));
  }

  void brokenEntriesAreSaidWithTheirLine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& text, const char* reason) {
      QTest::newRow(name) << QByteArray::fromStdString(text) << QString(reason);
    };
    const std::string sequence = "<sequence>MKV</sequence>";
    row("empty", "", "x.xml: the file is empty");
    row("no entry", "<uniprot></uniprot>", "x.xml: there is no <entry>");
    row("other root", "<UniRef><entry/></UniRef>", "x.xml:1: the document is a <UniRef>");
    row("no accession", entryOf(sequence), "no accession");
    row("no sequence", entryOf("<accession>Z</accession>"), "\"Z\" has no sequence");
    row("length", changed("length=\"8\"", "length=\"9\""),
        "has 8 residues, its sequence header says 9");
    row("length that is no number", changed("length=\"8\"", "length=\"x\""), "is no number");
    row("taxon", changed("id=\"9606\"", "id=\"human\""), "x.xml:15: the organism's NCBI Taxonomy");
    row("date", changed("1999-07-15", "yesterday"), "x.xml:4: the entry was created on");
    row("bad nesting", changed("</accession>", "</name>"),
        "x.xml:5: </name> stands where <accession>");
    row("GO id", changed("GO:0005886", "GO:1"), "\"GO:1\" is no GO id");
    row("GO without aspect", changed("C:plasma membrane", ""), "has no aspect");
    row("letter", changed("MANAG", "MAN4G"), "letter 4 of the sequence");
    row("doctype", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]>" + uniprotXmlEntry(), "x.xml:1: a DOCTYPE");
  }

  void brokenEntriesAreSaidWithTheirLine() {
    QFETCH(QByteArray, text);
    QFETCH(QString, reason);
    EXPECT_ERROR(readXml(text.toStdString()), ErrorKind::BadInput, reason.toStdString());
  }

  void everyCutOffFileIsRefused() {
    const std::string whole = uniprotXmlEntry();
    const std::size_t end = whole.rfind('>');
    for (std::size_t size = 0; size <= end; size += 7) {
      const auto error = caught([&] { static_cast<void>(readXml(whole.substr(0, size))); });
      QVERIFY2(error.has_value(), whole.substr(0, size).c_str());
    }
    QCOMPARE(readXml(gzip(whole)).size(), std::size_t{1});
  }

  void realFilesOldAndOddAreRead() {
    NEEDS_FILE(sharedData("uniprot"));
    std::size_t files = 0;
    for (const char* name :
         {"uni001", "uni003", "F2CXE6.xml", "P62330.xml", "P84001.xml", "P97881.xml", "Q13639.xml",
          "R5HY77.xml", "multi_ex.xml", "multiligand.xml"}) {
      const auto entries = read(sharedData("uniprot") / name);
      QVERIFY2(!entries.empty() && !entries[0].name.empty(), name);
      ++files;
    }
    QCOMPARE(files, std::size_t{10});
    const auto arf6 = read(sharedData("uniprot/P62330.xml"))[0];
    QCOMPARE(arf6.name, std::string("ADP-ribosylation factor 6"));
    QVERIFY(arf6.publications > 30);
    for (const auto& term : arf6.goTerms) {
      QVERIFY2(!term.evidence.empty() && !term.evidence.starts_with("ECO"), term.evidence.c_str());
    }
    EXPECT_ERROR(read(sharedData("uniprot/UniRef90_P99999.xml")), ErrorKind::BadInput, "UniRef");
  }

  void textAndXmlOfOneEntrySayTheSame() {
    NEEDS_FILE(sharedData("uniprot/F2CXE6.xml"));
    const auto xml = read(sharedData("uniprot/F2CXE6.xml"))[0];
    std::vector<UniprotEntry> texts;
    readUniprotText(sharedData("uniprot/F2CXE6.txt"),
                    [&](UniprotEntry&& entry) { texts.push_back(std::move(entry)); });
    const auto& text = texts.at(0);
    QCOMPARE(text.name, xml.name);
    QCOMPARE(text.organism, xml.organism);
    QCOMPARE(text.sequence, xml.sequence);
    QCOMPARE(text.publications, xml.publications);
    QCOMPARE(text.pfam, xml.pfam);
    QCOMPARE(text.interpro, xml.interpro);
    QCOMPARE(text.keywords.size(), xml.keywords.size());
    for (std::size_t i = 0; i < text.keywords.size(); ++i) {
      QCOMPARE(text.keywords[i].term, xml.keywords[i].term);
      QCOMPARE(text.keywords[i].evidence, xml.keywords[i].evidence);
    }
    QCOMPARE(text.goTerms.size(), xml.goTerms.size());
    for (std::size_t i = 0; i < text.goTerms.size(); ++i) {
      QCOMPARE(text.goTerms[i].id, xml.goTerms[i].id);
      QCOMPARE(text.goTerms[i].evidence, xml.goTerms[i].evidence);
    }
  }

  void filesAreToldByTheirFirstBytes() {
    const TestFolder folder;
    const auto kind = [&](std::string_view bytes) { return fileKind(folder.write("x", bytes)); };
    QVERIFY(kind(">A\nMKV\n") == FileKind::Fasta);
    QVERIFY(kind("\xEF\xBB\xBF\r\n>A\r\n") == FileKind::Fasta);
    QVERIFY(kind(uniprotTextEntry()) == FileKind::UniprotText);
    QVERIFY(kind(gzip(uniprotXmlEntry())) == FileKind::UniprotXml);
    QVERIFY(kind(std::string("SQLite format 3\0more", 20)) == FileKind::Sqlite);
    QVERIFY(kind("MKV\n") == FileKind::Unknown);
    QVERIFY(kind("") == FileKind::Unknown);
    EXPECT_ERROR(fileKind(folder.path("none")), ErrorKind::NotFound, "none");
  }
};

QTEST_GUILESS_MAIN(TestUniprotXml)
#include "tst_uniprot_xml.moc"
