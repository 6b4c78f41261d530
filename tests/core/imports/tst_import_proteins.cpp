#include <QTest>

#include "core/store/annotation_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/gzip.h"
#include "tests/core/formats/uniprot_samples.h"
#include "tests/core/imports/project_fixture.h"

using namespace twofold;
using namespace twofold::imports;
using namespace twofold::tests;

class TestImportProteins : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void proteinsGetTheirIdNameAndOrganism() {
    ProjectFixture fixture;
    const auto report = fixture.importFasta(
        ">sp|P69905|HBA_HUMAN Hemoglobin subunit alpha OS=Homo sapiens OX=9606 GN=HBA1\r\n"
        "mvlspadk\r\nTNVKAAW\r\n>Q2\r\nMKV\r\n");
    QCOMPARE(report.read, 2);
    QCOMPARE(report.kept, 2);
    QVERIFY(report.skipped.empty());
    const auto protein = fixture.proteins().byId("P69905");
    QCOMPARE(protein.name, std::string("Hemoglobin subunit alpha"));
    QCOMPARE(protein.organism, std::string("Homo sapiens"));
    QCOMPARE(protein.sequence, std::string("MVLSPADKTNVKAAW"));
  }

  void uniprotTextAndXmlBringNamesAndAnnotations() {
    for (const auto& content : {uniprotTextEntry(), gzip(uniprotXmlEntry())}) {
      ProjectFixture fixture;
      const auto report = fixture.importFasta(content, "entries");
      QCOMPARE(report.read, 1);
      QCOMPARE(report.kept, 1);
      const auto protein = fixture.proteins().byId("O95832");
      QVERIFY(protein.name.starts_with("Claudin-1"));
      QCOMPARE(protein.organism, std::string("Homo sapiens"));
      QCOMPARE(protein.sequence, std::string("MANAGLQL"));
      const std::vector<data::ProteinKey> keys = {protein.key};
      const auto known = store::AnnotationRepository(fixture.project().database()).load(keys).at(0);
      QVERIFY(known.annotations.size() >= 8);
      QCOMPARE(known.subunitText, std::string("Interacts with CLDN3."));
      QVERIFY(report.notes.at(0).find("annotations read") != std::string::npos);
    }
  }

  void aProteinThatIsThereGetsTheAnnotations() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">O95832\nMANAGLQL\n"));
    const auto report = fixture.importFasta(uniprotTextEntry(), "entries.txt");
    QCOMPARE(report.skipped.at("already present"), 1);
    QCOMPARE(report.notes, std::vector<std::string>{"11 annotations read, 11 kept."});
    // With another sequence it is another protein, and its annotations stay out.
    ProjectFixture other;
    static_cast<void>(other.importFasta(">O95832\nMKV\n"));
    QCOMPARE(other.importFasta(uniprotTextEntry()).skipped.at("duplicate id"), 1);
    QVERIFY(store::AnnotationRepository(other.project().database()).counts().empty());
  }

  void idsThatAreThereAreCountedByReason() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">A\nMKV\n>B\nMKL\n"));
    const auto report = fixture.importFasta(">A\nMKV\n>B\nMMM\n>C\nMKK\n>C\nMKK\n", "y.fasta");
    QCOMPARE(report.read, 4);
    QCOMPARE(report.kept, 1);
    QCOMPARE(report.skipped.at("already present"), 1);
    QCOMPARE(report.skipped.at("duplicate id"), 2);
    QCOMPARE(report.examples.at("duplicate id").at(0), std::string("y.fasta:3: B"));
    QCOMPARE(report.examples.at("duplicate id").at(1), std::string("y.fasta:7: C"));
    QCOMPARE(fixture.proteins().byId("B").sequence, std::string("MKL"));
  }

  void aBrokenFileInTheMiddleImportsNothing() {
    ProjectFixture fixture;
    const std::vector<std::filesystem::path> files = {fixture.write("a.fasta", ">A\nMKV\n"),
                                                      fixture.write("b.fasta", ">B\nMK1\n"),
                                                      fixture.write("c.fasta", ">C\nMKV\n")};
    EXPECT_ERROR(importProteins(fixture.project(), files, {}), ErrorKind::BadInput, "b.fasta:2:");
    QCOMPARE(fixture.proteins().count(), 0);
  }

  void missingAndEmptyFilesAreSaid() {
    ProjectFixture fixture;
    const std::vector<std::filesystem::path> missing = {fixture.path("none.fasta")};
    EXPECT_ERROR(importProteins(fixture.project(), missing, {}), ErrorKind::NotFound, "none.fasta");
    EXPECT_ERROR(fixture.importFasta("", "empty.fasta"), ErrorKind::BadInput, "empty.fasta");
  }

  void stoppingLeavesTheStoreAsItWas() {
    ProjectFixture fixture;
    const std::vector<std::filesystem::path> files = {fixture.write("a.fasta", ">A\nMKV\n")};
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN(importProteins(fixture.project(), files, {{}, source.get_token()}),
                             StopRequested);
    QCOMPARE(fixture.proteins().count(), 0);
  }

  void progressIsReported() {
    ProjectFixture fixture;
    const std::vector<std::filesystem::path> files = {fixture.write("a.fasta", ">A\nMKV\n")};
    int reports = 0;
    static_cast<void>(
        importProteins(fixture.project(), files, {[&reports](const Progress&) { ++reports; }, {}}));
    QVERIFY(reports > 0);
  }
};

QTEST_GUILESS_MAIN(TestImportProteins)
#include "tst_import_proteins.moc"
