#include <QTest>

#include <map>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/query/evaluation.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::query;

namespace {

/// Four rows: auprc .5 .7 – .9, loss .4 .3 .2 –, backbone esm2 unirep esm2 –, created days 1 to 4,
/// rank 1 "one" – 2.
class Table : public ColumnSource {
 public:
  Table() {
    m_columns["auprc"] = {ColumnType::Number, {0.5, 0.7, kMissing, 0.9}, {}, {}};
    m_columns["loss"] = {ColumnType::Number, {0.4, 0.3, 0.2, kMissing}, {}, {}};
    m_columns["backbone"] = {ColumnType::Text, {}, {1, 0, 1, -1}, {"unirep", "esm2"}};
    m_columns["other"] = {ColumnType::Text, {}, {0, 0, -1, -1}, {"esm2"}};
    m_columns["created"] = {ColumnType::Time, {0, 86'400, 172'800, 259'200}, {}, {}};
    m_columns["rank"] = {ColumnType::Mixed, {1, kMissing, kMissing, 2}, {-1, 0, -1, -1}, {"one"}};
  }
  std::size_t rows() const override { return 4; }
  const Column& column(const std::string& name) override {
    std::vector<std::string> names;
    for (const auto& [known, column] : m_columns) {
      if (known == name) {
        return column;
      }
      names.push_back(known);
    }
    throw Error(ErrorKind::Usage, "there is no column \"" + name + "\"" + didYouMean(name, names));
  }

 private:
  std::map<std::string, Column> m_columns;
};

}  // namespace

class TestQueryEvaluation : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void filtersFindTheirRows_data() {
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QList<unsigned>>("rows");
    const auto row = [](const char* filter, QList<unsigned> rows) {
      QTest::newRow(filter) << filter << rows;
    };
    row("auprc > 0.6", {1, 3});
    row("auprc > 0.6 and backbone = 'unirep'", {1});
    row("auprc > 0.6 or backbone = 'esm2'", {0, 1, 2, 3});
    row("(auprc > 0.6 or backbone = 'esm2') and loss < 0.35", {1, 2});
    row("not auprc > 0.6", {0});  // a missing number makes neither true
    row("auprc is null", {2});
    row("auprc is not null and loss is not null", {0, 1});
    row("backbone is null", {3});
    row("backbone != 'esm2'", {1});
    row("'esm2' = backbone", {0, 2});
    row("'f' < backbone", {1});
    row("backbone in ('esm2', 'bert')", {0, 2});
    row("backbone not in ('esm2', 'bert')", {1});
    row("auprc in (0.5, 0.9, -1)", {0, 3});
    row("backbone like 'esm%'", {0, 2});
    row("backbone ilike 'ESM_'", {0, 2});
    row("backbone not like 'esm%'", {1});
    row("backbone = other", {0});
    row("auprc - loss > 0.2", {1});
    row("auprc / (loss - 0.4) > 0", {});  // by zero: missing
    row("max(auprc, loss) >= 0.7 and min(auprc, loss) < 1", {1});
    row("abs(loss - 0.3) < 0.05", {1});
    row("log(auprc - 0.5) is null", {0, 2});
    row("-auprc < -0.6", {1, 3});
    row("created >= '1970-01-02' and created < '1970-01-03 12:00'", {1, 2});
    row("'1970-01-02' > created", {0});
    row("rank = 1", {0});
    row("rank = 'one'", {1});
    row("rank is null", {2});
    row("1 = 1", {0, 1, 2, 3});
    row("'a' like 'b%'", {});
  }
  void filtersFindTheirRows() {
    QFETCH(QString, filter);
    QFETCH(QList<unsigned>, rows);
    Table table;
    const auto found = matchingRows(parse(filter.toStdString()), table);
    QCOMPARE(QList<unsigned>(found.begin(), found.end()), rows);
  }

  void whatCannotBeComparedSaysSo_data() {
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("error");
    QTest::newRow("text") << "auprc > 'high'"
                          << "character 9: auprc is a number and cannot be compared with 'high', "
                             "which is text";
    QTest::newRow("number") << "backbone = 2"
                            << "backbone is text";
    QTest::newRow("typo") << "loss > 0.5 and auprk > 0.5"
                          << "character 16: there is no column \"auprk\"; did you mean \"auprc\"";
    QTest::newRow("date") << "created > 'yesterday'"
                          << "is no time";
    QTest::newRow("like") << "auprc like '0%'"
                          << "like compares text";
    QTest::newRow("formula") << "auprc - loss"
                             << "a filter compares";
    QTest::newRow("text alone") << "backbone"
                                << "a filter compares";
    QTest::newRow("sum of texts") << "backbone + 1 > 2"
                                  << "a number is needed";
    QTest::newRow("truth") << "(auprc > 1) + 1 > 2"
                           << "true or false";
    QTest::newRow("chain") << "auprc > 0.5 and loss"
                           << "character 17";
  }
  void whatCannotBeComparedSaysSo() {
    QFETCH(QString, filter);
    QFETCH(QString, error);
    Table table;
    EXPECT_ERROR(matchingRows(parse(filter.toStdString()), table), ErrorKind::Usage,
                 error.toStdString());
  }

  void rowsComeInOrderWithWhatIsMissingLast() {
    Table table;
    using Rows = std::vector<std::uint32_t>;
    const Rows all = {0, 1, 2, 3};
    const auto order = [&](const char* by, bool descending, std::size_t limit = 0) {
      return inOrder(all, valuesOf(parse(by), table), descending, limit);
    };
    QVERIFY(order("auprc", false) == (Rows{0, 1, 3, 2}));
    QVERIFY(order("auprc", true) == (Rows{3, 1, 0, 2}));
    QVERIFY(order("auprc", true, 2) == (Rows{3, 1}));
    QVERIFY(order("backbone", false) == (Rows{2, 0, 1, 3}));  // of equals the newest first
    QVERIFY(order("rank", false) == (Rows{0, 3, 1, 2}));      // numbers before texts
    QVERIFY(order("auprc - loss", true) == (Rows{1, 0, 3, 2}));
    QVERIFY(order("'same'", false) == (Rows{3, 2, 1, 0}));
  }
};

QTEST_GUILESS_MAIN(TestQueryEvaluation)
#include "tst_query_evaluation.moc"
