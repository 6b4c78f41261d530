#include <QAbstractItemModelTester>
#include <QTest>
#include <cmath>

#include "core/base/progress.h"
#include "core/store/annotation_repository.h"
#include "tests/core/data/small_ontology.h"
#include "tests/ui/bridge/test_project.h"
#include "ui/panels/evidence/pair_evidence.h"
#include "ui/panels/evidence/study_bias_page.h"
#include "ui/panels/evidence/term_table_model.h"

using namespace twofold;
using namespace twofold::ui;
using data::AnnotationKind;
using data::EvidenceRule;

namespace {

const data::Annotation kTiny{AnnotationKind::Process, "GO:0000003", "IEA"};
const data::Annotation kSmall{AnnotationKind::Process, "GO:0000002", "IDA"};
const data::Annotation kBinding{AnnotationKind::Function, "GO:0005515", "IPI"};
const data::Annotation kDomain{AnnotationKind::Pfam, "PF00240", ""};
const data::Annotation kMembrane{AnnotationKind::Keyword, "Membrane", ""};

void annotate(store::Project& project, data::ProteinKey key,
              const data::ProteinAnnotations& annotations) {
  auto& database = project.database();
  store::Transaction transaction(database);
  store::AnnotationRepository repository(database);
  (void)repository.add(key, annotations, repository.source("UniProt"));
  transaction.commit();
}

/// P1: tiny and small process, binding, a domain. P2: small process, the domain, a keyword.
void annotateBoth(TestProject& test, bool withGraph = true) {
  annotate(test.project(), test.a(), {{kTiny, kSmall, kBinding, kDomain}, {}, {}, 90});
  annotate(test.project(), test.b(), {{kSmall, kDomain, kMembrane}, {}, {}, 5});
  if (withGraph) {
    store::Transaction transaction(test.project().database());
    store::AnnotationRepository(test.project().database()).replaceGraph(tests::smallOntology());
    transaction.commit();
  }
}

std::shared_ptr<const ProjectEvidence> counted(TestProject& test) {
  return std::make_shared<const ProjectEvidence>(readProjectEvidence(test.project(), {}));
}

PairEvidence read(TestProject& test, std::optional<EvidenceRule> rule) {
  return readPairEvidence(test.project(), counted(test), {test.a(), test.b()}, rule);
}

QStringList termsOf(const std::vector<TermRow>& rows) {
  QStringList terms;
  for (const auto& row : rows) {
    terms << QString::fromStdString(row.term);
  }
  return terms;
}

PairEvidence studied(std::int64_t a, std::int64_t b) {
  ProjectEvidence project;
  for (int i = 1; i <= 101; ++i) {
    project.publications.push_back(i);
  }
  PairEvidence evidence;
  evidence.project = std::make_shared<const ProjectEvidence>(std::move(project));
  evidence.ids = {"P1", "P2"};
  evidence.publications = {a, b};
  return evidence;
}

}  // namespace

class TestPairEvidence : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void proteinsAreCountedWithTheTermsBelow() {
    TestProject test;
    annotateBoth(test);
    const auto project = counted(test);
    QCOMPARE(project->annotated, 2);
    QCOMPARE(project->count({AnnotationKind::Process, "GO:0000003"}), 1);
    QCOMPARE(project->count({AnnotationKind::Process, "GO:0000001"}), 2);  // by those below it
    QCOMPARE(project->count({AnnotationKind::Pfam, "PF00240"}), 2);
    QCOMPARE(project->count({AnnotationKind::Pfam, "PF99999"}), 0);
    QCOMPARE(project->publications, (std::vector<std::int64_t>{5, 90}));
  }

  void countingCanBeStopped() {
    TestProject test;
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN((void)readProjectEvidence(test.project(), stop.get_token()),
                             StopRequested);
  }

  void sharedTermsComeFirstAndTheRarestOfThem() {
    TestProject test;
    annotateBoth(test);
    const auto pair = read(test, EvidenceRule::Default);
    QCOMPARE(termsOf(pair.rows),
             (QStringList{"GO:0000002", "PF00240", "GO:0000003", "GO:0005515", "Membrane"}));
    QVERIFY(pair.rows[1].isShared() && !pair.rows[2].isShared());
    QCOMPARE(pair.rows[0].name, std::string("small process"));
    QCOMPARE(pair.rows[0].information, 0.0);
    QCOMPARE(pair.rows[2].information, std::log(2.0));
    QCOMPARE(pair.publications, (std::array<std::int64_t, 2>{90, 5}));
  }

  void theRuleOfTheRunSaysWhatIsRead() {
    TestProject test;
    annotateBoth(test);
    const auto readable = [&](std::optional<EvidenceRule> rule) {
      return termsOf(visibleRows(read(test, rule).rows, {true, false}));
    };
    QCOMPARE(readable(EvidenceRule::Default),
             (QStringList{"GO:0000002", "PF00240", "GO:0000003", "Membrane"}));
    QCOMPARE(readable(std::nullopt), readable(EvidenceRule::Default));
    QCOMPARE(readable(EvidenceRule::Electronic), (QStringList{"PF00240", "GO:0000003"}));
    QCOMPARE(readable(EvidenceRule::All).size(), 5);
  }

  void theViewFiltersWithoutChangingTheRule() {
    TestProject test;
    annotateBoth(test);
    const auto rows = read(test, EvidenceRule::Default).rows;
    QCOMPARE(visibleRows(rows, {false, false}).size(), std::size_t{5});
    QCOMPARE(termsOf(visibleRows(rows, {false, true})), (QStringList{"PF00240", "GO:0000003"}));
  }

  void withoutTheGraphNoGoTermIsReadOrNamed() {
    TestProject test;
    annotateBoth(test, false);
    const auto rows = read(test, EvidenceRule::Default).rows;
    QCOMPARE(termsOf(visibleRows(rows, {true, false})), (QStringList{"PF00240", "Membrane"}));
    QVERIFY(rows[0].name.empty());
    QCOMPARE(rows[0].proteins, 2);  // counted as it stands
  }

  void theTableTellsWhyAModelDoesNotReadATerm() {
    TestProject test;
    annotateBoth(test);
    const Theme theme(ThemeMode::Dark);
    TermTableModel model(theme);
    const QAbstractItemModelTester tester(&model);
    model.setRows(read(test, EvidenceRule::Default).rows, {"P1", "P2"});
    using Model = TermTableModel;
    const auto at = [&](int line, int column) {
      return model.index(line, column).data(Qt::DisplayRole).toString();
    };
    QCOMPARE(at(0, Model::Term), QString("small process  GO:0000002"));
    QCOMPARE(at(0, Model::First), QString("IDA"));
    QCOMPARE(at(0, Model::Reads), QString("yes"));
    QCOMPARE(at(1, Model::First), QString("no code"));
    QCOMPARE(at(2, Model::Second), QString("–"));
    QCOMPARE(at(3, Model::Reads), QString("no: evidence from interaction (IPI)"));
    QCOMPARE(model.headerData(Model::Second, Qt::Horizontal, Qt::DisplayRole).toString(),
             QString("Evidence, P2"));
  }

  void theRankIsAmongTheOthersWithACount() {
    QCOMPARE(*studyShare(*studied(0, 0).project, 101), 1.0);
    QCOMPARE(*studyShare(*studied(0, 0).project, 98), 0.97);
    QCOMPARE(*studyShare(*studied(0, 0).project, 1), 0.0);
    QVERIFY(!studyShare(*studied(0, 0).project, 0));  // not known is not never studied
    ProjectEvidence alone;
    alone.publications = {7};
    QVERIFY(!studyShare(alone, 7));
  }

  void muchStudiedProteinsAreSaidInWords() {
    QVERIFY(studyBiasWords(studied(95, 99)).contains("rests on much-studied proteins"));
    QVERIFY(studyBiasWords(studied(40, 99)).startsWith("P2 is in the best-studied tenth"));
    QVERIFY(studyBiasWords(studied(40, 3)).startsWith("P2 is in the least-studied tenth"));
    QVERIFY(studyBiasWords(studied(40, 0)).contains("not known"));
    QVERIFY(studyBiasWords(studied(40, 60)).startsWith("Neither"));
  }
};

QTEST_MAIN(TestPairEvidence)
#include "tst_pair_evidence.moc"
