#include <QAbstractItemModelTester>
#include <QTest>

#include "core/base/error.h"
#include "tests/ui/bridge/test_project.h"
#include "ui/panels/evidence/evidence_run.h"
#include "ui/panels/evidence/neighbour_table_model.h"
#include "ui/panels/evidence/neighbours_page.h"

using namespace twofold;
using namespace twofold::ui;

namespace {

NeighbourRow row(const char* id, QStringList partners) {
  return {id, "Name of " + QString(id), 0.12345, 0.5, 0.25, std::move(partners)};
}

/// A is near N1, N2 and N3; B is near M1 and A itself.
NeighbourList nearA() {
  return {"A", "composition", 40, {row("N1", {"B", "X"}), row("N2", {"M1"}), row("N3", {"X"})}};
}
NeighbourList nearB() {
  return {"B", "composition", 40, {row("M1", {"N1", "N3"}), row("A", {"B"})}};
}

formats::Json body() {
  return formats::parseJson(
      R"({"command":"neighbours","protein":"P1","backbone":"esm2","searched":12,"neighbours":[
          {"id":"Q","name":"","distance":0.5,"identity":0.25,"coverage":0.75,"partners":["R"]}]})",
      "worker");
}

}  // namespace

class TestNeighbourEvidence : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void theWorkersWordsAreRead() {
    const auto list = neighbourList(body());
    QCOMPARE(list.protein, QString("P1"));
    QCOMPARE(list.searched, 12);
    QCOMPARE(list.rows.size(), std::size_t{1});
    QCOMPARE(list.rows[0].coverage, 0.75);
    QCOMPARE(list.rows[0].partners, QStringList{"R"});
  }

  void whatIsMissingIsAnErrorThatNamesIt() {
    auto broken = body();
    broken["neighbours"][0].erase("partners");
    try {
      (void)neighbourList(broken);
      QFAIL("was read all the same");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("partners"), error.what());
    }
  }

  void partnersThatAreOrAreNearTheOtherProteinAreMarked() {
    const auto marks = interologs(nearA(), nearB());
    QCOMPARE(marks.size(), std::size_t{3});
    QVERIFY(marks[0].withOther && marks[0].withNear.isEmpty());
    QVERIFY(!marks[1].withOther);
    QCOMPARE(marks[1].withNear, QStringList{"M1"});
    QVERIFY(!marks[2].isEvidence());
  }

  void aPairIsNoEvidenceForItself() {
    const auto marks = interologs(nearB(), nearA());
    QCOMPARE(marks[0].withNear, (QStringList{"N1", "N3"}));
    QVERIFY(!marks[1].isEvidence());  // A, near B, interacts with B: that is the pair
  }

  void theAnswerIsOneSentence() {
    QCOMPARE(interologSummary(nearA(), nearB()),
             QString("Interologs: 2 of the 3 nearest to A and 1 of the 2 nearest to B are known to "
                     "interact with the other protein or with one near it."));
    QVERIFY(interologSummary({"A", "", 1, {row("N", {})}}, {"B", "", 1, {row("M", {"Z"})}})
                .startsWith("No interologs"));
  }

  void theTableTellsEvidenceByWordAndShape() {
    const Theme theme(ThemeMode::Light);
    NeighbourTableModel model(theme);
    const QAbstractItemModelTester tester(&model);
    model.setList(nearA(), interologs(nearA(), nearB()), "B");
    using Model = NeighbourTableModel;
    const auto at = [&](int line, int column, int role = Qt::DisplayRole) {
      return model.index(line, column).data(role);
    };
    QCOMPARE(at(0, Model::Rank).toString(), QString("1"));
    QCOMPARE(at(0, Model::Distance).toString(), QString("0.123"));
    QCOMPARE(at(0, Model::Identity).toString(), QString("50.0 %"));
    QCOMPARE(at(0, Model::Evidence).toString(), QString("partner of B"));
    QCOMPARE(at(1, Model::Evidence).toString(), QString("partner of M1, near B"));
    QCOMPARE(at(2, Model::Evidence).toString(), QString("–"));
    QVERIFY(!at(1, Model::Evidence, Qt::DecorationRole).isNull());
    QVERIFY(at(2, Model::Evidence, Qt::DecorationRole).isNull());
    QCOMPARE(at(0, Model::Partners).toString(), QString("2: B, X"));
    QVERIFY(at(0, Model::Protein, Qt::ToolTipRole).toString().contains("Name of N1"));
  }

  void theRunSaysWhereToLookAndWithWhat() {
    TestProject test;
    auto spec = TestProject::spec();
    spec.backbone = {"esm2", {{"weights", "/some folder"}, {"lora_rank", std::int64_t{4}}}};
    const auto id = test.runs().create("x", runs::toJson(spec).dump(), "").id;
    const auto run = evidenceRun(test.project(), id);
    QVERIFY(!run.rule.has_value());
    const auto plan = neighbourPlan(test.project(), run, {"P1"});
    const auto adapters = (test.project().runFolder(id) / "checkpoints").string();
    QCOMPARE(plan.value(0), (QStringList{"neighbours", "--protein", "P1", "-k", "1", "--pairs",
                                         "demo", "--split", "random", "--backbone", "esm2", "--set",
                                         QString::fromStdString("adapters=" + adapters), "--set",
                                         "weights=/some folder"}));
  }

  void theRuleIsThatOfTheAnnotationChannel() {
    TestProject test;
    auto spec = TestProject::spec();
    spec.channels = {{"annotation", {}}};
    auto id = test.runs().create("x", runs::toJson(spec).dump(), "").id;
    QVERIFY(evidenceRun(test.project(), id).rule == data::EvidenceRule::Default);
    spec.channels = {{"sequence", {}}, {"annotation", {{"evidence", std::string("electronic")}}}};
    id = test.runs().create("x", runs::toJson(spec).dump(), "").id;
    QVERIFY(evidenceRun(test.project(), id).rule == data::EvidenceRule::Electronic);
  }
};

QTEST_MAIN(TestNeighbourEvidence)
#include "tst_neighbour_evidence.moc"
