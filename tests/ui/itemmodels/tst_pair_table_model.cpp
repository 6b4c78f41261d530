#include <QAbstractItemModelTester>
#include <QTest>

#include "tests/ui/itemmodels/pair_tables.h"
#include "ui/itemmodels/pair_table_model.h"

using namespace twofold;
using namespace twofold::ui;

class TestPairTableModel : public QObject {
  Q_OBJECT

 private:
  static QString text(const PairTableModel& model, int row, PairColumn column) {
    return model.index(row, static_cast<int>(column)).data().toString();
  }

 private Q_SLOTS:
  void keepsTheRulesOfAModelWhileItChanges() {
    PairTableModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTable(smallPairTable());
    model.sort(static_cast<int>(PairColumn::Probability), Qt::DescendingOrder);
    PairFilter filter;
    filter.text = "a1";
    model.setFilter(filter);
    QCOMPARE(model.rowCount(), 2);
    model.setTable({});
    QCOMPARE(model.rowCount(), 0);
  }

  void showsIdsLabelPartAndProbability() {
    PairTableModel model;
    model.setTable(smallPairTable());
    QCOMPARE(text(model, 0, PairColumn::ProteinA), QStringLiteral("A1"));
    QCOMPARE(text(model, 0, PairColumn::ProteinB), QStringLiteral("C3"));
    QCOMPARE(text(model, 0, PairColumn::Label), QStringLiteral("interacts"));
    QCOMPARE(text(model, 1, PairColumn::Label), QStringLiteral("does not"));
    QCOMPARE(text(model, 1, PairColumn::Part), QStringLiteral("test"));
    QCOMPARE(text(model, 0, PairColumn::Probability), QStringLiteral("0.900"));
  }

  void whatIsMissingIsADashWithAReason() {
    PairTableModel model;
    model.setTable(smallPairTable());
    QCOMPARE(text(model, 2, PairColumn::Part), QStringLiteral("–"));
    QCOMPARE(text(model, 2, PairColumn::Probability), QStringLiteral("–"));
    const auto index = model.index(2, static_cast<int>(PairColumn::Probability));
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains("has not scored"));
  }

  void forgottenProbabilitiesAreDashes() {
    PairTableModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTable(smallPairTable());
    model.forgetProbabilities();
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(text(model, 0, PairColumn::Probability), QStringLiteral("–"));
  }

  void namesAreOnHover() {
    PairTableModel model;
    model.setTable(smallPairTable());
    QCOMPARE(model.index(0, 1).data(Qt::ToolTipRole).toString(), QStringLiteral("Profilin"));
  }

  void rowsAndPairsTranslateBothWays() {
    PairTableModel model;
    model.setTable(smallPairTable());
    model.sort(static_cast<int>(PairColumn::ProteinA), Qt::DescendingOrder);
    for (int row = 0; row < model.rowCount(); ++row) {
      QCOMPARE(model.rowOf(model.pairAt(row)), row);
    }
    PairFilter filter;
    filter.label = data::Label::Negative;
    model.setFilter(filter);
    QCOMPARE(model.rowOf(0), -1);
    QCOMPARE(model.pairAt(0), 1U);
  }
};

QTEST_MAIN(TestPairTableModel)
#include "tst_pair_table_model.moc"
