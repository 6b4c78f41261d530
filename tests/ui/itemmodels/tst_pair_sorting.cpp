#include <QTest>
#include <cmath>
#include <numeric>

#include "tests/ui/itemmodels/pair_tables.h"

using namespace twofold;
using namespace twofold::ui;

using Rows = std::vector<std::uint32_t>;

class TestPairSorting : public QObject {
  Q_OBJECT

 private:
  static Rows sorted(PairColumn column, bool ascending) {
    const auto table = smallPairTable();
    Rows rows(table.size());
    std::iota(rows.begin(), rows.end(), 0U);
    sortPairs(table, column, ascending, rows);
    return rows;
  }
  static Rows filtered(const std::string& text, bool isExpression = false) {
    PairFilter filter;
    filter.text = text;
    filter.isExpression = isExpression;
    return filterPairs(smallPairTable(), filter);
  }

 private Q_SLOTS:
  void noFilterKeepsEveryPair() { QCOMPARE(filtered({}), (Rows{0, 1, 2})); }

  void textIsFoundInIdsAndNamesOfEitherProtein() {
    QCOMPARE(filtered("c3"), (Rows{0, 1}));
    QCOMPARE(filtered("PROFIL"), (Rows{0, 1}));
    QCOMPARE(filtered("cofilin"), (Rows{1, 2}));
    QCOMPARE(filtered("myosin"), Rows());
    QCOMPARE(filtered("."), Rows());
  }

  void expressionsAreFoundToo() {
    QCOMPARE(filtered("^(A1|B2)$", true), (Rows{0, 1, 2}));
    QCOMPARE(filtered("FILIN$", true), (Rows{0, 1, 2}));
    QCOMPARE(filtered("^co", true), (Rows{1, 2}));
  }

  void aWrongExpressionMatchesNothing() { QCOMPARE(filtered("(", true), Rows()); }

  void labelsAndStructuresFilter() {
    PairFilter filter;
    filter.label = data::Label::Negative;
    QCOMPARE(filterPairs(smallPairTable(), filter), (Rows{1}));
    filter = {};
    filter.withStructure = true;
    QCOMPARE(filterPairs(smallPairTable(), filter), (Rows{0}));
  }

  void sortsByEachColumn() {
    QCOMPARE(sorted(PairColumn::ProteinA, true), (Rows{0, 2, 1}));
    QCOMPARE(sorted(PairColumn::ProteinA, false), (Rows{1, 0, 2}));
    QCOMPARE(sorted(PairColumn::ProteinB, true), (Rows{1, 2, 0}));
    QCOMPARE(sorted(PairColumn::Label, true), (Rows{1, 0, 2}));
    QCOMPARE(sorted(PairColumn::Part, true), (Rows{2, 0, 1}));
  }

  void missingProbabilitiesComeLastEitherWay() {
    QCOMPARE(sorted(PairColumn::Probability, true), (Rows{1, 0, 2}));
    QCOMPARE(sorted(PairColumn::Probability, false), (Rows{0, 1, 2}));
  }

  void nearProbabilitiesAreToldApart() {
    auto table = smallPairTable();
    table.probability = {0.5F, std::nextafter(0.5F, 0.0F), 1.0F};
    Rows rows{0, 1, 2};
    sortPairs(table, PairColumn::Probability, true, rows);
    QCOMPARE(rows, (Rows{1, 0, 2}));
  }

  void anEmptyTableIsFine() {
    QCOMPARE(filterPairs(PairTable{}, {}), Rows());
    Rows none;
    sortPairs(PairTable{}, PairColumn::Label, true, none);
    QVERIFY(none.empty());
  }
};

QTEST_GUILESS_MAIN(TestPairSorting)
#include "tst_pair_sorting.moc"
