#include <QTest>

#include "tests/core/base/expect_error.h"
#include "tests/core/imports/project_fixture.h"

using namespace twofold;
using namespace twofold::imports;
using namespace twofold::tests;
using data::Label;
using data::Part;

namespace {

constexpr std::string_view kProteins = ">A\nMKV\n>B\nMKL\n>C\nMKK\n>D\nMKM\n";

}  // namespace

class TestImportPairs : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void pairsAreStoredInFileOrder() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    const auto file = fixture.write("p.tsv", "B\tA\t1\r\nA\tC\t0\r\n");
    const auto report = importPairs(fixture.project(), {file, "demo", {}}, {});
    QCOMPARE(report.read, 2);
    QCOMPARE(report.kept, 2);
    const auto info = fixture.pairs().set("demo");
    QCOMPARE(info.source, std::string("p.tsv"));
    const data::Pairs expected = {{2, 1, Label::Positive}, {1, 3, Label::Negative}};
    QCOMPARE(fixture.pairs().pairs(info.key), expected);
  }

  void pairsWithoutALabelColumnAreUnknown() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    const auto file = fixture.write("p.tsv", "A\tB\nA\tC\n");
    static_cast<void>(importPairs(fixture.project(), {file, "candidates", {}}, {}));
    const auto info = fixture.pairs().set("candidates");
    QCOMPARE(info.positives + info.negatives, 0);
    QCOMPARE(fixture.pairs().pairs(info.key).at(0).label, Label::Unknown);
  }

  void everythingLeftOutIsCountedWithItsLine() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    const auto file = fixture.write("p.tsv",
                                    "A\tB\t1\nA\tX\t1\nC\tC\t1\nB\tA\t1\nA\tC\t1\nC\tA\t0\n"
                                    "A\tC\t1\nC\tD\t0\n");
    const auto report = importPairs(fixture.project(), {file, "demo", {}}, {});
    QCOMPARE(report.read, 8);
    QCOMPARE(report.kept, 2);
    QCOMPARE(report.skipped.at("unknown protein"), 1);
    QCOMPARE(report.skipped.at("self pair"), 1);
    QCOMPARE(report.skipped.at("duplicate"), 1);
    QCOMPARE(report.skipped.at("contradiction"), 3);
    QCOMPARE(report.examples.at("unknown protein").at(0), std::string("p.tsv:2: X"));
    QCOMPARE(report.examples.at("self pair").at(0), std::string("p.tsv:3: C"));
    QCOMPARE(report.examples.at("duplicate").at(0), std::string("p.tsv:4: B and A"));
    QCOMPARE(report.examples.at("contradiction").at(1), std::string("p.tsv:6: C and A"));
  }

  void aLabelThatIsNoneImportsNothing() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    const auto file = fixture.write("p.tsv", "A\tB\t1\nA\tC\t2\n");
    EXPECT_ERROR(importPairs(fixture.project(), {file, "demo", {}}, {}), ErrorKind::BadInput,
                 "p.tsv:2:");
    QVERIFY(fixture.pairs().sets().empty());
  }

  void noPairLeftSaysWhy() {
    ProjectFixture fixture;
    const auto file = fixture.write("p.tsv", "A\tB\t1\nA\tC\t0\n");
    EXPECT_ERROR(importPairs(fixture.project(), {file, "demo", {}}, {}), ErrorKind::BadInput,
                 "import the proteins first");
  }

  void aTakenNameIsSaidBeforeTheFileIsRead() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    const auto file = fixture.write("p.tsv", "A\tB\t1\n");
    static_cast<void>(importPairs(fixture.project(), {file, "demo", {}}, {}));
    EXPECT_ERROR(importPairs(fixture.project(), {fixture.path("none"), "demo", {}}, {}),
                 ErrorKind::Usage, "already");
  }

  void oneFileForEachPartMakesASetAndAFrozenSplit() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    const auto train = fixture.write("train.tsv", "A\tB\t1\nA\tC\t0\n");
    const auto validation = fixture.write("val.tsv", "B\tA\t1\nC\tD\t1\n");
    const auto report =
        importSplitParts(fixture.project(), "gold", {train, validation, {}}, {}, {});
    QCOMPARE(report.kept, 3);
    QCOMPARE(report.examples.at("duplicate").at(0), std::string("val.tsv:1: B and A"));
    QVERIFY(report.notes.at(0).find("1 of 2 validation proteins") == 0);
    const auto info = fixture.pairs().splitInfo("gold", "gold");
    QCOMPARE(info.rule, std::string("files"));
    QCOMPARE(info.train, 2);
    QCOMPARE(info.validation, 1);
    QCOMPARE(info.test, 0);
    QCOMPARE(fixture.pairs().split(info.key).parts,
             (std::vector{Part::Train, Part::Train, Part::Validation}));
  }

  void aPartThatIsMissingOrEndsUpEmptyImportsNothing() {
    ProjectFixture fixture;
    static_cast<void>(fixture.importFasta(kProteins));
    const auto train = fixture.write("train.tsv", "A\tB\t1\nA\tC\t0\n");
    const auto same = fixture.write("val.tsv", "B\tA\t1\n");
    EXPECT_ERROR(importSplitParts(fixture.project(), "x", {train, {}, {}}, {}, {}),
                 ErrorKind::Usage, "validation");
    EXPECT_ERROR(importSplitParts(fixture.project(), "x", {train, same, {}}, {}, {}),
                 ErrorKind::BadInput, "val.tsv");
    QVERIFY(fixture.pairs().sets().empty());
  }
};

QTEST_GUILESS_MAIN(TestImportPairs)
#include "tst_import_pairs.moc"
