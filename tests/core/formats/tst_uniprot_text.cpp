#include <QTest>

#include "core/formats/evidence_code.h"
#include "core/formats/uniprot_text.h"
#include "core/formats/uniprot_text_fields.h"
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
  readUniprotText(path, [&](UniprotEntry&& entry) { entries.push_back(std::move(entry)); });
  return entries;
}

std::vector<UniprotEntry> readText(std::string_view text) {
  const TestFolder folder;
  return read(folder.write("x.txt", text));
}

/// An entry with `lines` between its AC and SQ lines.
std::string entryWith(const std::string& lines) {
  return "ID   X_Y  Reviewed; 3 AA.\nAC   X;\n" + lines + "SQ   SEQUENCE   3 AA;\n     MKV\n//\n";
}

/// The sample with its first `from` replaced.
std::string changed(const std::string& from, const std::string& to) {
  std::string text = uniprotTextEntry();
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

class TestUniprotText : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void namesOrganismAndSequenceAreRead() {
    const auto entries = readText(uniprotTextEntry());
    QCOMPARE(entries.size(), std::size_t{1});
    const auto& entry = entries[0];
    QCOMPARE(entry.accessions, (std::vector<std::string>{"O95832", "Q0001", "Q0002"}));
    QCOMPARE(entry.name, std::string("Claudin-1"));
    QCOMPARE(entry.organism, std::string("Homo sapiens"));
    QCOMPARE(entry.taxon, 9606);
    QCOMPARE(entry.sequence, std::string("MANAGLQL"));
    QCOMPARE(entry.publications, 1);  // a submission is none
    QCOMPARE(entry.line, std::size_t{1});
  }

  void annotationsKeepTheirEvidence() {
    const auto entry = readText(uniprotTextEntry())[0];
    QCOMPARE(entry.goTerms.size(), std::size_t{2});
    QCOMPARE(entry.goTerms[0].id, std::string("GO:0005886"));
    QCOMPARE(entry.goTerms[0].aspect, 'C');
    QCOMPARE(entry.goTerms[0].evidence, std::string("IDA"));
    QCOMPARE(entry.goTerms[1].evidence, std::string("IPI"));
    QCOMPARE(entry.interpro, std::vector<std::string>{"IPR006187"});
    QCOMPARE(entry.pfam, std::vector<std::string>{"PF00822"});
    QCOMPARE(entry.prosite, std::vector<std::string>{"PS01346"});
    QCOMPARE(entry.keywords.size(), std::size_t{3});
    QCOMPARE(entry.keywords[1].term, std::string("Membrane"));
    QCOMPARE(entry.keywords[1].evidence, std::string("IEA"));
    QCOMPARE(entry.keywords[2].term, std::string("Tight junction"));
    QCOMPARE(entry.keywords[2].evidence, std::string());
  }

  void textsAndLocationsAreFreeOfMarks() {
    const auto entry = readText(uniprotTextEntry())[0];
    QCOMPARE(entry.function,
             std::string("Claudins function as major constituents of the tight junction-complexes "
                         "(PubMed:1).\n(Microbial infection) Acts as a receptor."));
    QCOMPARE(entry.subunit, std::string("Interacts with CLDN3."));
    QCOMPARE(entry.locations.size(), std::size_t{3});
    QCOMPARE(entry.locations[0].term, std::string("Cell junction, tight junction"));
    QCOMPARE(entry.locations[0].evidence, std::string("EXP"));
    QCOMPARE(entry.locations[1].term, std::string("Cell membrane"));
    QCOMPARE(entry.locations[1].evidence, std::string());  // the topology's is not the location's
    QCOMPARE(entry.locations[2].term, std::string("Nucleus"));
  }

  void gzipAndWindowsLineEndsAreRead() {
    std::string windows = uniprotTextEntry();
    for (std::size_t i = windows.find('\n'); i != std::string::npos;
         i = windows.find('\n', i + 2)) {
      windows.insert(i, "\r");
    }
    QCOMPARE(readText(gzip(windows + windows)).size(), std::size_t{2});
    QCOMPARE(readText(windows)[0].keywords.back().term, std::string("Tight junction"));
  }

  void theFirstDateIsWhenTheEntryCameIn() {
    const auto dateIn = [](const std::string& lines) {
      return readText(entryWith(lines)).at(0).created;
    };
    QCOMPARE(
        dateIn("DT   21-JUL-1986, integrated into UniProtKB/Swiss-Prot.\nDT   12-OCT-2022, x.\n"),
        std::string("1986-07-21"));
    QCOMPARE(dateIn("DT   01-DEC-1988 (REL. 06, CREATED)\n"), std::string("1988-12-01"));
    QCOMPARE(dateIn(""), std::string());
    for (const char* wrong : {"DT   21-AJA-1986, x.\n", "DT   soon\n", "DT   99-JUL-1986, x.\n"}) {
      EXPECT_ERROR(readText(entryWith(wrong)), ErrorKind::BadInput, "x.txt:3: the DT line");
    }
  }

  void organismsKeepTheirStrain() {
    QCOMPARE(organismOf("Escherichia coli (strain K12)."),
             std::string("Escherichia coli (strain K12)"));
    QCOMPARE(organismOf("Takifugu rubripes (Japanese pufferfish) (Fugu rubripes)."),
             std::string("Takifugu rubripes"));
    QCOMPARE(organismOf("Yersinia pestis (strain X (Y)) (Z)."),
             std::string("Yersinia pestis (strain X (Y))"));
    QCOMPARE(organismOf("A (B) and C."), std::string("A (B) and C"));
    QCOMPARE(organismOf(""), std::string());
  }

  void evidenceCodesAreUnderstood() {
    QCOMPARE(evidenceCode("IEA:UniProtKB-KW"), std::string("IEA"));
    QCOMPARE(evidenceCode("TAS."), std::string("TAS"));
    QCOMPARE(evidenceCode("ECO:0000353|PubMed:1, ECO:0000269|PubMed:2"), std::string("IPI"));
    QCOMPARE(evidenceCode("ECO:9999999"), std::string("ECO:9999999"));
    QCOMPARE(evidenceCode(""), std::string());
  }

  void brokenEntriesAreSaidWithTheirLine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const std::string& text, const char* reason) {
      QTest::newRow(name) << QByteArray::fromStdString(text) << QString(reason);
    };
    const std::string whole = uniprotTextEntry();
    row("empty", "", "x.txt: the file is empty");
    row("no entry", "\n\n", "x.txt: there is no entry");
    row("cut off", whole.substr(0, whole.size() - 3), "x.txt:33: the file ends inside an entry");
    row("missing end", whole.substr(0, whole.size() - 3) + whole,
        "x.txt:34: an entry begins inside");
    row("no accession", changed("AC   O95832; Q0001;\nAC   Q0002;\n", ""), "no accession");
    row("no sequence", entryWith("") + "ID   X 3 AA.\nAC   Z;\n//\n",
        "x.txt:8: \"Z\" has no sequence");
    row("length of the ID line", changed("8 AA.", "9 AA."), "has 8 residues, its ID line says 9");
    row("length of the SQ line", changed("SEQUENCE   8", "SEQUENCE   7"), "sequence header says 7");
    row("no length", "ID   2Fe-2S.\nAC   KW-0001\n//\n", "x.txt:1: the ID line states no length");
    row("letter", changed("MANAGL", "MANA1L"), "letter 5 of the sequence of \"O95832\"");
    row("text before", "Hello\n" + whole, "x.txt:1: the line belongs to no entry");
    row("no code", changed("GN   Name=CLDN1;", "GN Name=CLDN1;"),
        "x.txt:6: is no line of a UniProt");
    row("GO id", changed("GO:0005886", "GO:5886"), "\"GO:5886\" is no GO id");
    row("GO aspect", changed("C:plasma", "X:plasma"), "has no aspect");
    row("DR", changed("DR   PDB; 1ABC; X-ray; 2.0 A; A=1-8.", "DR   PDB"), "x.txt:29: the DR line");
    row("OX", changed("NCBI_TaxID=9606", "NCBI_TaxID=human"), "x.txt:8: the OX line");
    row("end alone", "//\n", "x.txt:1: \"//\" ends an entry");
    row("NUL", entryWith(std::string("CC   \0\n", 7)), "x.txt:3: there is a NUL byte");
    row("endless entry",
        entryWith("CC   " + std::string(std::size_t{40} << 20, 'x') + "\nCC   " +
                  std::string(std::size_t{40} << 20, 'x') + "\n"),
        "x.txt:4: the entry is longer than 64 MiB");
    row("endless line", std::string(std::size_t{65} << 20, 'I'), "longer than 64 MiB");
    row("broken gzip", gzip(whole).substr(0, 200), "x.txt");
  }

  void brokenEntriesAreSaidWithTheirLine() {
    QFETCH(QByteArray, text);
    QFETCH(QString, reason);
    EXPECT_ERROR(readText(text.toStdString()), ErrorKind::BadInput, reason.toStdString());
  }

  void everyCutOffFileIsRefused() {
    const std::string whole = uniprotTextEntry();
    for (std::size_t size = 0; size + 3 < whole.size(); size += 5) {
      const auto error = caught([&] { static_cast<void>(readText(whole.substr(0, size))); });
      QVERIFY2(error.has_value(), whole.substr(0, size).c_str());
    }
  }

  void strangeFieldsDoNotHurt() {
    for (const char* lines :
         {"DE\nOS\nKW\nDE   \nKW   ;;;\n", "KW   {ECO:1\nDE   {ECO:\n", "CC   -!- FUNCTION\n",
          "CC   -!- SUBCELLULAR LOCATION: Note=x\n", "CC   -!- SUBCELLULAR LOCATION: . . ;;. \n",
          "OS   ((((.\n", "OS   )))).\n", "RX\nRX   \nRN\n", "CC   -!- :\n", "OS   (strain).\n"}) {
      QCOMPARE(readText(entryWith(lines)).size(), std::size_t{1});
    }
    EXPECT_ERROR(read("/nowhere.txt"), ErrorKind::NotFound, "nowhere.txt");
  }

  void realEntriesOldAndOddAreRead() {
    NEEDS_FILE(sharedData("uniprot"));
    std::size_t read_ = 0;
    for (const auto& file : std::filesystem::directory_iterator(sharedData("uniprot"))) {
      const std::string name = file.path().filename().string();
      const bool isText = name.starts_with("sp0") || file.path().extension() == ".txt";
      if (!isText || name.starts_with("keyw")) {
        continue;
      }
      const auto entries = read(file.path());
      QCOMPARE(entries.size(), std::size_t{1});
      QVERIFY2(!entries[0].name.empty() && !entries[0].organism.empty() && entries[0].taxon > 0,
               name.c_str());
      ++read_;
    }
    QVERIFY(read_ >= 15);
    const auto old = read(sharedData("uniprot/sp012"))[0];
    QCOMPARE(old.name, std::string("UBIQUITIN"));
    QCOMPARE(old.organism, std::string("Trichophyton mentagrophytes, and Microsporum canis"));
    QCOMPARE(old.pfam, std::vector<std::string>{"PF00240"});
    const auto claudin = read(sharedData("uniprot/O95832.txt"))[0];
    QCOMPARE(claudin.locations.at(0).term, std::string("Cell junction, tight junction"));
    QVERIFY(claudin.goTerms.size() > 30);
    QVERIFY(claudin.subunit.find("{ECO") == std::string::npos);
    EXPECT_ERROR(read(sharedData("uniprot/keywlist.txt")), ErrorKind::BadInput, "keywlist.txt:1:");
    EXPECT_ERROR(read(sharedData("uniprot/keywlist2.txt")), ErrorKind::BadInput, "no length");
  }

  void embossRecordsAreRead() {
    const std::filesystem::path file = "/usr/share/EMBOSS/test/swiss/seq.dat";
    NEEDS_FILE(file);
    const auto entries = read(file);
    QCOMPARE(entries.size(), std::size_t{100});
    QCOMPARE(entries[0].name, std::string("12S seed storage protein CRU4"));
  }
};

QTEST_GUILESS_MAIN(TestUniprotText)
#include "tst_uniprot_text.moc"
