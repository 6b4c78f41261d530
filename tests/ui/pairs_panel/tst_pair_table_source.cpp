#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "tests/ui/bridge/test_project.h"
#include "ui/panels/pairs/pair_table_source.h"

using namespace twofold;
using namespace twofold::ui;

class TestPairTableSource : public QObject {
  Q_OBJECT

 private:
  TestProject m_test;

  PairTable load(const std::string& run = {}) {
    return loadPairTable({m_test.folder().toStdString(), "demo", run}, {});
  }

 private Q_SLOTS:
  void readsProteinsLabelsAndTheNewestSplit() {
    const auto table = load();
    QCOMPARE(table.size(), std::size_t{3});
    QCOMPARE(table.proteins.ids.size(), std::size_t{2});
    QCOMPARE(table.proteins.ids[static_cast<std::size_t>(table.b[0])], std::string("P2"));
    QVERIFY(table.label[0] == data::Label::Positive);
    QVERIFY(table.part[1] == data::Part::Validation);
    QVERIFY(std::isnan(table.probability[0]));
  }

  void joinsTheProbabilitiesOfARun() {
    auto runs = m_test.runs();
    const auto run = runs.create("first", toJson(TestProject::spec()).dump(), "hash");
    const std::vector<std::uint32_t> pairs{1};
    const std::vector<float> probabilities{0.25F};
    runs.setPredictions(run.id, data::Part::Validation, pairs, probabilities);
    const auto table = load(run.id);
    QCOMPARE(table.probability[1], 0.25F);
    QVERIFY(std::isnan(table.probability[2]));
  }

  void aRunOnAnotherPairSetGivesNoProbabilities() {
    auto spec = TestProject::spec();
    spec.pairSet = "another";
    const auto run = m_test.runs().create("elsewhere", toJson(spec).dump(), "hash");
    QVERIFY(std::isnan(load(run.id).probability[0]));
  }

  void aRunThatIsGoneHidesNoPairs() {
    const auto table = load("nosuch");
    QCOMPARE(table.size(), std::size_t{3});
    QVERIFY(std::isnan(table.probability[0]));
    QVERIFY(QString::fromStdString(table.problem).contains("nosuch"));
    QVERIFY(load().problem.empty());
  }

  void anUnknownSetIsAnErrorThatNamesIt() {
    try {
      std::ignore = loadPairTable({m_test.folder().toStdString(), "dmo", {}}, {});
      QFAIL("no error");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::NotFound);
      QVERIFY(QString(error.what()).contains("demo"));
    }
  }

  void stopsWhenAsked() {
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN(std::ignore = loadPairTable(
                                 {m_test.folder().toStdString(), "demo", {}}, source.get_token()),
                             StopRequested);
  }
};

QTEST_GUILESS_MAIN(TestPairTableSource)
#include "tst_pair_table_source.moc"
