#include <QTest>

#include <array>
#include <cmath>

#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"
#include "core/store/saved_views.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/store/store_fixture.h"

using namespace twofold;
using namespace twofold::store;
using namespace twofold::tests;

namespace {

constexpr const char* kSpec =
    R"({"backbone":{"id":"esm2","options":{"layers":6,"fast":true,"rate":0.001}},)"
    R"("channels":[{"id":"sequence"},{"id":"user:x","options":{"table":"abc"}}],)"
    R"("device":"auto","fusion":{"id":"attention","options":{}},"head":{"id":"mlp"},)"
    R"("pairSet":"made","seed":7,"split":"random","threads":0,"training":{"epochs":3}})";

std::string text(const RunValueMap& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? "missing" : toText(found->second);
}

}  // namespace

class TestRunTracking : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aRunsRecipeIsThereAsValues() {
    StoreFixture store;
    const auto id = RunRepository(store.database()).create("default", kSpec, "hash").id;
    const auto values = RunTracking(store.database()).values(id);
    QCOMPARE(text(values, "params.backbone"), std::string("esm2"));
    QCOMPARE(text(values, "params.backbone.layers"), std::string("6"));
    QCOMPARE(text(values, "params.backbone.fast"), std::string("true"));
    QCOMPARE(text(values, "params.backbone.rate"), std::string("0.001"));
    QCOMPARE(text(values, "params.channels"), std::string("sequence + user:x"));
    QCOMPARE(text(values, "params.user:x.table"), std::string("abc"));
    QCOMPARE(text(values, "params.training.epochs"), std::string("3"));
    QCOMPARE(text(values, "params.seed"), std::string("7"));
    QCOMPARE(text(values, "hashes.split"), std::string("hash"));
    QCOMPARE(text(values, "system.version"), std::string(TWOFOLD_VERSION));
  }

  void aDamagedRecipeLeavesTheRunWithoutValues() {
    StoreFixture store;
    for (const char* spec : {"no json", "[]", R"({"backbone":3,"channels":{},"training":[1]})"}) {
      const auto id = RunRepository(store.database()).create("default", spec, "").id;
      const auto values = RunTracking(store.database()).values(id);
      QCOMPARE(values.size(), std::size_t{1});  // the version
    }
  }

  void measuredMetricsReplaceThoseOfBefore() {
    StoreFixture store;
    RunRepository runs(store.database());
    RunTracking tracking(store.database());
    const auto id = runs.create("default", "{}", "").id;
    metrics::PartMetrics part;
    part.values = {{"auprc", 0.5}, {"mcc", 0.25}};
    runs.setPartMetrics(id, "test", part);
    QCOMPARE(text(tracking.values(id), "metrics.test.mcc"), std::string("0.25"));
    part.values = {{"auprc", 0.75}, {"auroc", std::nan("")}};
    runs.setPartMetrics(id, "test", part);
    const auto values = tracking.values(id);
    QCOMPARE(text(values, "metrics.test.auprc"), std::string("0.75"));
    QCOMPARE(text(values, "metrics.test.mcc"), std::string("missing"));
    QCOMPARE(text(values, "metrics.test.auroc"), std::string("missing"));  // NaN is no value
  }

  void valuesEndWithTheirRun() {
    StoreFixture store;
    RunRepository runs(store.database());
    const auto first = runs.create("default", kSpec, "hash").id;
    const auto second = runs.create("default", kSpec, "hash").id;
    const auto before = RunTracking(store.database()).values(second).size();
    runs.remove(first);
    auto count = store.database().prepare("SELECT count(*) FROM run_value");
    QVERIFY(count.step());
    QCOMPARE(static_cast<std::size_t>(count.integer(0)), before);
  }

  void tagsNotesAndFlagsStay() {
    StoreFixture store;
    RunRepository runs(store.database());
    RunTracking tracking(store.database());
    const auto id = runs.create("default", "{}", "").id;
    tracking.setTags(id, {{"fold", "3"}, {"=HYPERLINK(1)", "'\"<b>\n"}});
    tracking.setTags(id, {{"fold", "4"}});
    QCOMPARE(text(tracking.values(id), "tags.fold"), std::string("4"));
    QCOMPARE(text(tracking.values(id), "tags.=HYPERLINK(1)"), std::string("'\"<b>\n"));
    tracking.removeTag(id, "=HYPERLINK(1)");
    EXPECT_ERROR(tracking.removeTag(id, "fald"), ErrorKind::NotFound, "did you mean \"fold\"");
    EXPECT_ERROR(tracking.setTags(id, {{"", "x"}}), ErrorKind::Usage, "not empty");
    tracking.setNote(id, "best so far");
    tracking.setParent(id, "s1234567");
    tracking.setFavourite(std::array{id}, true);
    tracking.setArchived(std::array{id}, true);
    const auto run = runs.run(id);
    QCOMPARE(run.note, std::string("best so far"));
    QCOMPARE(run.parent, std::string("s1234567"));
    QVERIFY(run.favourite && run.archived);
    tracking.setArchived(std::array{id}, false);
    QVERIFY(!runs.run(id).archived);
    EXPECT_ERROR(tracking.setArchived(std::array{id, std::string("nope")}, true),
                 ErrorKind::NotFound, "no run \"nope\"");
    QVERIFY(!runs.run(id).archived);  // all of them or none
  }

  void anExperimentHasOneBaseline() {
    StoreFixture store;
    RunRepository runs(store.database());
    RunTracking tracking(store.database());
    const auto first = runs.create("a", "{}", "");
    const auto second = runs.create("a", "{}", "");
    tracking.setBaseline(first.id);
    tracking.setBaseline(second.id);
    QCOMPARE(tracking.baselines().size(), std::size_t{1});
    QCOMPARE(tracking.baselines().at("a"), second.key);
    runs.remove(second.id);
    QVERIFY(tracking.baselines().empty());
    tracking.setBaseline(first.id);
    tracking.clearBaseline("a");
    QVERIFY(tracking.baselines().empty());
  }

  void everyChangeOfStatusIsKept() {
    StoreFixture store;
    RunRepository runs(store.database());
    const auto id = runs.create("default", "{}", "").id;
    runs.claim(id, currentProcess());
    runs.setStatus(id, RunStatus::Running);  // said already
    runs.setStatus(id, RunStatus::Stopped, "stopped on request");
    runs.setStatus(id, RunStatus::Queued);
    runs.setStatus(id, RunStatus::Done);
    std::string statuses;
    for (const auto& change : RunTracking(store.database()).history(id)) {
      statuses += change.status + " ";
      QVERIFY(change.at > 1'700'000'000);
    }
    QCOMPARE(statuses, std::string("queued running stopped queued done "));
  }

  void artifactsOfAFolderReplaceThoseOfBefore() {
    StoreFixture store;
    const auto id = RunRepository(store.database()).create("default", "{}", "").id;
    RunTracking tracking(store.database());
    tracking.putArtifacts(id, "checkpoints/",
                          std::vector<Artifact>{{"checkpoints/1", "runs/x/1", 5, "aa", 0},
                                                {"checkpoints/2", "runs/x/2", 5, "bb", 0}});
    tracking.putArtifacts(id, "predictions/a.tsv",
                          std::vector<Artifact>{{"predictions/a.tsv", "/a.tsv", 1, "cc", 0}});
    tracking.putArtifacts(id, "checkpoints/",
                          std::vector<Artifact>{{"checkpoints/3", "runs/x/3", 5, "dd", 0}});
    const auto artifacts = tracking.artifacts(id);
    QCOMPARE(artifacts.size(), std::size_t{2});
    QCOMPARE(artifacts[0].name, std::string("checkpoints/3"));
    QCOMPARE(artifacts[1].hash, std::string("cc"));
  }

  void viewsAreSavedByName() {
    StoreFixture store;
    SavedViews views(store.database());
    const SavedView view{"best", "metrics.auprc > 0.6", "id, status", "metrics.auprc desc", true};
    views.save({"best", "", "", "", false});
    views.save(view);
    QVERIFY(views.views() == std::vector{view});
    EXPECT_ERROR(views.view("bast"), ErrorKind::NotFound, "did you mean \"best\"");
    EXPECT_ERROR(views.save({"", "", "", "", false}), ErrorKind::Usage, "needs a name");
    views.remove("best");
    QVERIFY(views.views().empty());
  }
};

QTEST_GUILESS_MAIN(TestRunTracking)
#include "tst_run_tracking.moc"
