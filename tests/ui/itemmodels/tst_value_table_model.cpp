#include <QAbstractItemModelTester>
#include <QSortFilterProxyModel>
#include <QTest>

#include "ui/itemmodels/value_table_model.h"

using namespace twofold::ui;

class TestValueTableModel : public QObject {
  Q_OBJECT

 private:
  static std::vector<ValueTableModel::Row> rows() {
    return {{{"small", qlonglong{9}}, 1}, {{"large", qlonglong{10'000}}, 2}};
  }

 private Q_SLOTS:
  void keepsTheRulesOfAModelWhileItChanges() {
    ValueTableModel model({"Name", "Pairs"});
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows(rows());
    QCOMPARE(model.rowCount(), 2);
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
  }

  void numbersAreGroupedAndRightAligned() {
    ValueTableModel model({"Name", "Pairs"});
    model.setRows(rows());
    const auto number = model.index(1, 1);
    QCOMPARE(number.data().toString(), QStringLiteral("10") + QChar(0x2009) + "000");
    QVERIFY((number.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight) != 0);
    QVERIFY((model.index(1, 0).data(Qt::TextAlignmentRole).toInt() & Qt::AlignLeft) != 0);
    QCOMPARE(number.data(ValueTableModel::KeyRole).toLongLong(), 2);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("Pairs"));
  }

  void numbersSortAsNumbers() {
    ValueTableModel model({"Name", "Pairs"});
    model.setRows(rows());
    QSortFilterProxyModel sorted;
    sorted.setSourceModel(&model);
    sorted.setSortRole(ValueTableModel::SortRole);
    sorted.sort(1, Qt::DescendingOrder);
    QCOMPARE(sorted.index(0, 0).data().toString(), QStringLiteral("large"));
  }
};

QTEST_MAIN(TestValueTableModel)
#include "tst_value_table_model.moc"
