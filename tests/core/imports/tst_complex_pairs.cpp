#include <QTest>
#include <set>

#include "tests/core/base/expect_error.h"
#include "tests/core/imports/project_fixture.h"

using namespace twofold;
using namespace twofold::imports;
using namespace twofold::tests;

class TestComplexPairs : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void differentSubunitsOfOneComplexInOneSpeciesArePositive() {
    ProjectFixture fixture;
    static_cast<void>(
        fixture.importFasta(">a1 ATP synthase subunit alpha OS=Escherichia coli (strain K12)\nMKA\n"
                            ">a2 ATP synthase subunit beta OS=Escherichia coli (strain O157)\nMKB\n"
                            ">a3 ATP synthase subunit beta OS=Bacillus subtilis\nMKC\n"
                            ">a4 DNA polymerase III subunit beta OS=Escherichia coli\nMKD\n"
                            ">a5 ATP synthase subunit beta OS=Escherichia coli\nMKE\n"
                            ">b1 Urease subunit alpha OS=Helicobacter pylori\nMKF\n"
                            ">b2 Urease subunit beta OS=Helicobacter pylori\nMKG\n"));
    const auto report = makeComplexPairs(fixture.project(), {"complexes", 1, {}});
    const auto info = fixture.pairs().set("complexes");
    QCOMPARE(info.positives, 3);
    std::set<std::pair<std::string, std::string>> positives;
    for (const auto& pair : fixture.pairs().pairs(info.key)) {
      if (pair.label == data::Label::Positive) {
        positives.insert(
            {fixture.proteins().byKey(pair.a).id, fixture.proteins().byKey(pair.b).id});
      }
    }
    const std::set<std::pair<std::string, std::string>> expected = {
        {"a1", "a2"}, {"a1", "a5"}, {"b1", "b2"}};
    QCOMPARE(positives, expected);
    QCOMPARE(report.read, 7);
    QCOMPARE(report.notes.size(), std::size_t{1});
  }

  void pairsThatJoinHaveNegativesAmongThemselves() {
    ProjectFixture fixture;
    static_cast<void>(
        fixture.importFasta(">b1 Urease subunit alpha OS=Helicobacter pylori\nMKA\n"
                            ">b2 Urease subunit beta OS=Helicobacter pylori\nMKB\n"
                            ">s1\nMKC\n>s2\nMKD\n>s3\nMKE\n>s4\nMKF\n>s5\nMKG\n"));
    const auto table = fixture.write("p.tsv", "s1\ts2\t1\ns3\ts4\t1\ns1\ts5\t0\n");
    static_cast<void>(importPairs(fixture.project(), {table, "touching", {}}, {}));
    const auto report = makeComplexPairs(fixture.project(), {"all", 1, "touching"});
    std::size_t negatives = 0;
    for (const auto& pair : fixture.pairs().pairs(fixture.pairs().set("all").key)) {
      const auto a = fixture.proteins().byKey(pair.a).id;
      const auto b = fixture.proteins().byKey(pair.b).id;
      QCOMPARE(a.front(), b.front());  // never one that joined with one that did not
      QVERIFY(a != "s5" && b != "s5");
      negatives += pair.label == data::Label::Negative ? 1 : 0;
    }
    QCOMPARE(fixture.pairs().set("all").positives, 3);
    QCOMPARE(negatives, std::size_t{2});  // the two ureases leave no choice
    QVERIFY(report.notes.at(0).find("2 from \"touching\"") != std::string::npos);
  }

  void anUnknownSetToJoinIsSaid() {
    ProjectFixture fixture;
    static_cast<void>(
        fixture.importFasta(">b1 Urease subunit alpha OS=Helicobacter pylori\nMKF\n"
                            ">b2 Urease subunit beta OS=Helicobacter pylori\nMKG\n"));
    EXPECT_ERROR(makeComplexPairs(fixture.project(), {"all", 1, "none"}), ErrorKind::NotFound,
                 "none");
  }

  void namesWithoutComplexesAreSaid() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(">a Kinase OS=Homo sapiens\nMKA\n"));
    EXPECT_ERROR(makeComplexPairs(fixture.project(), {"complexes", 1, {}}), ErrorKind::BadInput,
                 "UniProt headers");
    QVERIFY(fixture.pairs().sets().empty());
  }

  void aTakenNameIsSaid() {
    ProjectFixture fixture;
    static_cast<void>(
        fixture.importFasta(">b1 Urease subunit alpha OS=Helicobacter pylori\nMKF\n"
                            ">b2 Urease subunit beta OS=Helicobacter pylori\nMKG\n"));
    static_cast<void>(makeComplexPairs(fixture.project(), {"complexes", 1, {}}));
    EXPECT_ERROR(makeComplexPairs(fixture.project(), {"complexes", 1, {}}), ErrorKind::Usage,
                 "already");
  }

  void theDemosProteinsGiveAboutTwoHundredPositives() {
    const std::filesystem::path folder = "/usr/share/doc/mmseqs2/example-data";
    NEEDS_FILE(folder / "DB.fasta.gz");
    ProjectFixture fixture;
    const std::vector<std::filesystem::path> files = {folder / "DB.fasta.gz",
                                                      folder / "QUERY.fasta.gz"};
    static_cast<void>(importProteins(fixture.project(), files, {}));
    const auto report = makeComplexPairs(fixture.project(), {"complexes", 1, {}});
    const auto info = fixture.pairs().set("complexes");
    qInfo("%s", report.notes.at(0).c_str());
    QVERIFY(info.positives >= 180 && info.positives <= 260);
    QVERIFY(info.negatives >= info.positives * 95 / 100);
    // The same seed gives the same set.
    static_cast<void>(makeComplexPairs(fixture.project(), {"again", 1, {}}));
    QCOMPARE(fixture.pairs().pairs(fixture.pairs().set("again").key),
             fixture.pairs().pairs(info.key));
  }
};

QTEST_GUILESS_MAIN(TestComplexPairs)
#include "tst_complex_pairs.moc"
