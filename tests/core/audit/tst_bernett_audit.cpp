// The audit of a published set against counts over its files.
#include <QTemporaryDir>
#include <QTest>
#include <set>

#include "audit_sets.h"
#include "core/imports/importers.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"

using namespace twofold;
using namespace twofold::audit;
using twofold::test::audited;
using twofold::test::findingOf;

namespace {

namespace fs = std::filesystem;

double numberOf(const Finding& finding, const std::string& name) {
  for (const auto& [known, value] : finding.numbers) {
    if (known == name) {
      return value;
    }
  }
  return -1;
}

}  // namespace

class TestBernettAudit : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void countsAreThoseOfTheFiles() {
    const fs::path data = fs::path(TWOFOLD_SHARED_DATA) / "bernett";
    if (!fs::exists(data / "train.tsv")) {
      QSKIP("shared/data/bernett is absent");
    }
    const QTemporaryDir folder;
    auto project = store::Project::openOrCreate(fs::path(folder.path().toStdString()) / "bernett");
    const std::vector<fs::path> sequences = {data / "proteins.fasta"};
    (void)imports::importProteins(project, sequences, {});
    (void)imports::importSplitParts(project, "bernett", {data / "train.tsv", data / "val.tsv", {}},
                                    {}, {});
    store::PairRepository repository(project.database());
    const auto pairs = repository.pairs(repository.set("bernett").key);
    const auto split = repository.split(repository.splitInfo("bernett", "bernett").key);
    std::set<data::ProteinKey> keys;
    for (const auto& pair : pairs) {
      keys.insert({pair.a, pair.b});
    }
    const std::vector<data::ProteinKey> ordered(keys.begin(), keys.end());
    const Subject subject(pairs, &split,
                          store::ProteinRepository(project.database()).load(ordered));
    AuditRequest request;
    request.withRelatives = false;  // tests/bench/audit.sh looks for them
    const auto findings = audited(subject, request);
    QCOMPARE(findingOf(findings, Kind::SharedProtein).count, 0);
    QCOMPARE(findingOf(findings, Kind::SharedPair).count, 0);
    QCOMPARE(findingOf(findings, Kind::Duplicate).count, 0);
    const auto& negative = findingOf(findings, Kind::NegativeOnly);
    QCOMPARE(numberOf(negative, "train_proteins"), 43.0);
    QCOMPARE(numberOf(negative, "validation_proteins"), 83.0);
    const auto& positive = findingOf(findings, Kind::PositiveOnly);
    QCOMPARE(numberOf(positive, "train_proteins"), 88.0);
    QCOMPARE(numberOf(positive, "validation_proteins"), 190.0);
    QCOMPARE(numberOf(findingOf(findings, Kind::DegreeCheat), "validation_auroc"), 0.5);
  }
};

QTEST_APPLESS_MAIN(TestBernettAudit)
#include "tst_bernett_audit.moc"
