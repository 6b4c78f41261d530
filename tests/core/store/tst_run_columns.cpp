#include <QTest>

#include "core/store/run_columns.h"
#include "core/store/run_repository.h"
#include "core/store/run_tracking.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/store/store_fixture.h"

using namespace twofold;
using namespace twofold::store;
using namespace twofold::tests;
using query::ColumnType;

class TestRunColumns : public QObject {
  Q_OBJECT

 private:
  /// Run i has auprc i / 10 but for the second, which has none.
  static std::vector<RunRecord> fill(StoreFixture& store) {
    RunRepository runs(store.database());
    std::vector<RunRecord> all;
    for (int i = 0; i < 3; ++i) {
      all.push_back(runs.create("e", R"({"backbone":{"id":"esm2"},"seed":1})", ""));
      if (i != 1) {
        metrics::PartMetrics part;
        part.values = {{"auprc", i / 10.0}};
        runs.setPartMetrics(all.back().id, "validation", part);
      }
    }
    return all;
  }

 private Q_SLOTS:
  void namesAreShortForPeople() {
    for (const auto& [written, full] : {std::pair{"status", "attributes.status"},
                                        {"attributes.status", "attributes.status"},
                                        {"metrics.auprc", "metrics.validation.auprc"},
                                        {"metrics.test.auprc", "metrics.test.auprc"},
                                        {"params.seed", "params.seed"}}) {
      QCOMPARE(fullColumnName(written), std::string(full));
      QCOMPARE(fullColumnName(shortColumnName(full)), std::string(full));
    }
    QCOMPARE(shortColumnName("metrics.validation.auprc"), std::string("metrics.auprc"));
  }

  void columnsHoldOneValueARun() {
    StoreFixture store;
    const auto runs = fill(store);
    RunColumns columns(store.database());
    QCOMPARE(columns.rows(), std::size_t{3});
    const auto& auprc = columns.column("metrics.auprc");
    QCOMPARE(auprc.type, ColumnType::Number);
    QCOMPARE(auprc.numbers[0], 0.0);
    QVERIFY(auprc.isMissing(1));
    QCOMPARE(auprc.numbers[2], 0.2);
    QCOMPARE(&columns.column("metrics.validation.auprc"), &auprc);  // read once
    const auto& id = columns.column("id");
    QCOMPARE(id.texts[static_cast<std::size_t>(id.codes[2])], runs[2].id);
    QCOMPARE(columns.column("created").type, ColumnType::Time);
    QVERIFY(columns.column("finished").isMissing(0));
    QVERIFY(columns.column("note").isMissing(0));
    QCOMPARE(columns.column("params.backbone").texts, std::vector<std::string>{"esm2"});
    QVERIFY(columns.column("metrics.test.mcc").isMissing(0));  // known, though no run has it yet
  }

  void chosenRunsHaveTheSameValues() {
    StoreFixture store;
    const auto runs = fill(store);
    RunColumns all(store.database());
    RunColumns page(store.database(), {runs[2].key, runs[1].key, runs[2].key});
    const std::size_t rows[] = {2, 1, 2};
    for (const auto* name : {"metrics.auprc", "params.seed", "id", "status", "created"}) {
      const auto& whole = all.column(name);
      const auto& part = page.column(name);
      for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(part.isMissing(i), whole.isMissing(rows[i]));
        if (!part.isMissing(i) && part.hasNumbers()) {
          QCOMPARE(part.numbers[i], whole.numbers[rows[i]]);
        } else if (!part.isMissing(i)) {
          QCOMPARE(part.texts[static_cast<std::size_t>(part.codes[i])],
                   whole.texts[static_cast<std::size_t>(whole.codes[rows[i]])]);
        }
      }
    }
  }

  void oneNameMayHoldNumbersAndTexts() {
    StoreFixture store;
    const auto runs = fill(store);
    RunTracking tracking(store.database());
    tracking.setParameters(runs[0].id, {{"width", std::int64_t{3}}});
    tracking.setParameters(runs[1].id, {{"width", std::string("wide")}});
    RunColumns columns(store.database());
    const auto& width = columns.column("params.width");
    QCOMPARE(width.type, ColumnType::Mixed);
    QCOMPARE(width.numbers[0], 3.0);
    QCOMPARE(width.codes[1], 0);
    QVERIFY(width.isMissing(2));
  }

  void aColumnWithoutValuesComparesWithAnything() {
    StoreFixture store;
    RunColumns columns(store.database());
    QCOMPARE(columns.column("params.backbone").type, ColumnType::Mixed);
    QCOMPARE(columns.column("hashes.data").type, ColumnType::Text);
  }

  void aTypoGetsTheNearestName() {
    StoreFixture store;
    fill(store);
    RunColumns columns(store.database());
    EXPECT_ERROR(columns.column("metrics.auprk"), ErrorKind::Usage,
                 "did you mean \"metrics.auprc\"");
    EXPECT_ERROR(columns.column("statsu"), ErrorKind::Usage, "did you mean \"status\"");
    EXPECT_ERROR(columns.column("params.bckbone"), ErrorKind::Usage,
                 "did you mean \"params.backbone\"");
  }

  void aRunMadeWhileColumnsAreReadIsPassedOver() {
    StoreFixture store;
    fill(store);
    RunColumns columns(store.database());
    static_cast<void>(RunRepository(store.database()).create("e", "{}", ""));
    QCOMPARE(columns.column("id").codes.size(), std::size_t{3});
  }
};

QTEST_GUILESS_MAIN(TestRunColumns)
#include "tst_run_columns.moc"
