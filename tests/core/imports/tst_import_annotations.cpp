#include <QTest>

#include "core/store/annotation_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/formats/uniprot_samples.h"
#include "tests/core/imports/project_fixture.h"
#include "tests/core/imports/small_databases.h"

using namespace twofold;
using namespace twofold::imports;
using namespace twofold::tests;

namespace {

using Files = std::vector<std::filesystem::path>;

const char* const kProteins =
    ">P1 x OS=Homo sapiens OX=9606\nMKV\n>P2 x OS=Mus musculus OX=10090\nMKL\n>Q1\nMKK\n"
    ">O95832 x OS=Homo sapiens OX=9606\nMANAGLQL\n";

ImportReport import(ProjectFixture& fixture, const Files& files, const char* rule = "default") {
  return importAnnotations(fixture.project(), {files, rule}, {});
}

data::ProteinAnnotations annotationsOf(ProjectFixture& fixture, const std::string& id) {
  const std::vector<data::ProteinKey> keys = {*fixture.proteins().keyOf(id)};
  return store::AnnotationRepository(fixture.project().database()).load(keys).at(0);
}

std::int64_t sum(const ImportReport& report) {
  std::int64_t all = report.kept;
  for (const auto& [reason, count] : report.skipped) {
    all += count;
  }
  return all;
}

bool isNoted(const ImportReport& report, const std::string& words) {
  return std::any_of(report.notes.begin(), report.notes.end(), [&](const std::string& note) {
    return note.find(words) != std::string::npos;
  });
}

std::string mouse() {
  std::string text = uniprotTextEntry();
  const std::string human = "Homo sapiens (Human)";
  return text.replace(text.find(human), human.size(), "Mus musculus");
}

}  // namespace

class TestImportAnnotations : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void genesAnnotateEachOfTheirProteins() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    const auto report = import(fixture, {makeDatabase(fixture.path("org.sqlite"), smallGenes())});
    QCOMPARE(report.read, sum(report));
    const auto one = annotationsOf(fixture, "P1");
    QCOMPARE(one.annotations.size(), std::size_t{4});
    QCOMPARE(one.annotations[0].evidence, std::string("IDA"));
    QCOMPARE(one.annotations[2].term, std::string("GO:0042802"));
    QCOMPARE(one.annotations[2].evidence, std::string("IPI"));  // kept: the rule comes later
    QVERIFY(one.annotations[3].kind == data::AnnotationKind::Pfam);
    QCOMPARE(one.publications, 2);
    QVERIFY(annotationsOf(fixture, "Q1").annotations ==
            one.annotations);  // its organism is unknown
    QCOMPARE(report.kept, 8);
    QCOMPARE(report.skipped.at("duplicate"), 2);
    QCOMPARE(report.skipped.at("unknown protein"), 1);
  }

  void annotationsOfAnotherSpeciesAreCountedAndLeftOut() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    const auto report = import(fixture, {makeDatabase(fixture.path("org.sqlite"), smallGenes()),
                                         fixture.write("mouse.txt", mouse())});
    QCOMPARE(report.skipped.at("contradictory taxonomy"), 5 + 11);
    QCOMPARE(report.examples.at("contradictory taxonomy").at(0),
             std::string("mouse.txt:1: O95832 is Mus musculus"));
    QVERIFY(annotationsOf(fixture, "P2").annotations.empty());
    QVERIFY(annotationsOf(fixture, "O95832").annotations.empty());
    QVERIFY(isNoted(report, "1 proteins of the project name no organism"));
    QCOMPARE(report.read, sum(report));
  }

  void termsAreCheckedByTheGraphWhicheverFileComesFirst() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">P1\nMKV\n>P2\nMKL\n"));
    const auto report = import(fixture, {makeDatabase(fixture.path("org.sqlite"), smallGenes()),
                                         makeDatabase(fixture.path("go.sqlite"), smallTerms())});
    QCOMPARE(report.read, sum(report));
    QCOMPARE(report.skipped.at("obsolete term"), 1);
    QCOMPARE(report.skipped.at("unknown term"), 1);
    QCOMPARE(report.examples.at("unknown term").at(0),
             std::string("org.sqlite, table go_bp: GO:7777777"));
    QCOMPARE(report.skipped.at("relation is neither is_a nor part_of"), 1);
    QCOMPARE(report.skipped.at("term of none of the three ontologies"), 1);
    QCOMPARE(report.skipped.at("edge to a term that is not there"), 1);
    const auto graph = store::AnnotationRepository(fixture.project().database()).graph();
    QCOMPARE(graph.size(), std::size_t{6});
    QVERIFY(graph.isBelow(*graph.find("GO:0042802"), *graph.find("GO:0005515")));
    QVERIFY(graph.edges()[0].relation == data::TermRelation::PartOf);
    QVERIFY(isNoted(report,
                    "\"default\" a model sees 5 of 7 annotations; left out: 1 × evidence "
                    "from interaction (IPI), 1 × unknown evidence code."));
  }

  void withoutAGraphThatIsSaid() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    const auto report = import(fixture, {makeDatabase(fixture.path("org.sqlite"), smallGenes())});
    QVERIFY(isNoted(report, "no graph of GO terms"));
    const auto later = import(fixture, {makeDatabase(fixture.path("go.sqlite"), smallTerms())});
    QVERIFY(isNoted(later, "name 2 GO terms; 0 are obsolete, 0 unknown"));
  }

  void uniprotTextAndXmlAreToldByTheirContent() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    const auto report = import(
        fixture, {fixture.write("a", uniprotTextEntry()), fixture.write("b", uniprotXmlEntry())});
    const auto known = annotationsOf(fixture, "O95832");
    QCOMPARE(known.subunitText, std::string("Interacts with CLDN3."));
    QCOMPARE(known.functionText, std::string("First.\nSecond <one>."));
    QCOMPARE(known.publications, 1);
    QCOMPARE(report.read, 11 + 8);
    QCOMPARE(report.read, sum(report));
    QVERIFY(isNoted(report, "2 of 2 entries are of proteins of the project."));
    const auto again = import(fixture, {fixture.path("a")});
    QCOMPARE(again.kept, 0);
    QCOMPARE(again.skipped.at("already present"), 11);
  }

  void secondaryAccessionsAndOtherSequencesAreUsedAndSaid() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">Q0002\nMKV\n"));
    const auto report = import(fixture, {fixture.write("a", uniprotTextEntry())});
    QCOMPARE(report.kept, 11);
    QVERIFY(isNoted(report, "1 of them with another sequence than the protein (the first: a:1: "));
  }

  void entriesOfNobodyAreCounted() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">X\nMKV\n"));
    const auto report = import(fixture, {fixture.write("a", uniprotTextEntry())});
    QCOMPARE(report.read, 11);
    QCOMPARE(report.kept, 0);
    QCOMPARE(report.skipped.at("unknown protein"), 11);
    QCOMPARE(report.examples.at("unknown protein"), std::vector<std::string>{"a:1: O95832"});
  }

  void brokenFilesLeaveTheStoreAsItWas() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    const auto good = fixture.write("good", uniprotTextEntry());
    const auto fasta = fixture.write("x.fasta", ">A\nMKV\n");
    const auto cut = fixture.write("cut", uniprotTextEntry().substr(0, 700));
    const auto other = makeDatabase(fixture.path("other.sqlite"), "CREATE TABLE t (i INTEGER);");
    const auto columns = makeDatabase(
        fixture.path("columns.sqlite"),
        "CREATE TABLE uniprot (_id INTEGER, uniprot_id TEXT); CREATE TABLE go_bp (i INTEGER);");
    std::string cycle = smallTerms();
    cycle += "INSERT INTO go_mf_parents VALUES (13, 15, 'isa');";
    const auto cyclic = makeDatabase(fixture.path("cyclic.sqlite"), cycle);
    const auto view = makeDatabase(fixture.path("view.sqlite"),
                                   "CREATE TABLE uniprot (_id INTEGER, uniprot_id TEXT);"
                                   "CREATE VIEW go_bp AS SELECT 1 AS _id;");
    EXPECT_ERROR(import(fixture, {good, fasta}), ErrorKind::BadInput, "x.fasta: is neither");
    EXPECT_ERROR(import(fixture, {good, cut}), ErrorKind::BadInput, "cut:");
    EXPECT_ERROR(import(fixture, {good, other}), ErrorKind::BadInput, "has neither GO's terms");
    EXPECT_ERROR(import(fixture, {good, columns}), ErrorKind::BadInput, "no such column");
    EXPECT_ERROR(import(fixture, {good, cyclic}), ErrorKind::BadInput, "cyclic.sqlite: the graph");
    EXPECT_ERROR(import(fixture, {good, view}), ErrorKind::BadInput, "has neither GO's terms");
    EXPECT_ERROR(import(fixture, {good, fixture.path("no")}), ErrorKind::NotFound, "no");
    EXPECT_ERROR(import(fixture, {good}, "defaults"), ErrorKind::Usage, "did you mean");
    QVERIFY(annotationsOf(fixture, "O95832").annotations.empty());
    QVERIFY(store::AnnotationRepository(fixture.project().database()).graph().empty());
  }

  void stoppingLeavesTheStoreAsItWas() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    std::stop_source source;
    // At the first protein to be stored: everything was read by then.
    const Files files = {fixture.write("a", uniprotTextEntry())};
    int reports = 0;
    const Watch watch{[&](const Progress& progress) {
                        ++reports;
                        if (progress.done == progress.total) {
                          source.request_stop();
                        }
                      },
                      source.get_token()};
    QVERIFY_EXCEPTION_THROWN(importAnnotations(fixture.project(), {files}, watch), StopRequested);
    QVERIFY(reports > 0);
    QVERIFY(annotationsOf(fixture, "O95832").annotations.empty());
  }

  void packagedDatabasesAnnotateTheHumanBenchmark() {
    const std::filesystem::path library = "/usr/lib/R/site-library";
    const Files files = {library / "org.Hs.eg.db/extdata/org.Hs.eg.sqlite",
                         library / "GO.db/extdata/GO.sqlite"};
    const auto proteins = sharedData("bernett/proteins.fasta");
    NEEDS_FILE(proteins);
    NEEDS_FILE(files[0]);
    NEEDS_FILE(files[1]);
    ProjectFixture fixture;
    const std::vector<std::filesystem::path> fasta = {proteins};
    static_cast<void>(importProteins(fixture.project(), fasta, {}));
    const auto report = import(fixture, files);
    QCOMPARE(report.read, sum(report));
    QVERIFY(isNoted(report, "of 7997 proteins of the project have annotations"));
    QVERIFY(report.kept > 250000);
  }
};

QTEST_GUILESS_MAIN(TestImportAnnotations)
#include "tst_import_annotations.moc"
