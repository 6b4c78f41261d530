#include <QAbstractItemModelTester>
#include <QTest>

#include "ui/panels/structure/mapping_table_model.h"

using namespace twofold;
using namespace twofold::ui;

namespace {

/// MKTA of a structure that shows K as R at 24B with a confidence, and T.
ChainMapping example() {
  ChainMapping mapping{"P12345", "MKTA", {}};
  mapping.mapping.chain = std::string("H");
  mapping.mapping.residues.resize(4);
  mapping.mapping.residues[1] = bio::MappedResidue{0, 24, 'B', "ARG", 'R', 87.5F};
  mapping.mapping.residues[2] = bio::MappedResidue{1, 25, ' ', "THR", 'T', {}};
  return mapping;
}

}  // namespace

class TestMappingTableModel : public QObject {
  Q_OBJECT

 private:
  static QStringList row(const MappingTableModel& model, int row) {
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column) {
      cells.append(model.data(model.index(row, column), Qt::DisplayRole).toString());
    }
    return cells;
  }

 private Q_SLOTS:
  void isAValidModelWhileItChanges() {
    MappingTableModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setMapping(example());
    model.setMapping({});
    model.setMapping(example());
  }

  void rowsNameBothNumbersAndWhatDiffers() {
    MappingTableModel model;
    model.setMapping(example());
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(row(model, 0), (QStringList{"1", "M", "", "", "", "gap"}));
    QCOMPARE(row(model, 1),
             (QStringList{"2", "K", "24B", "ARG", QLocale().toString(87.5, 'f', 1), "differs"}));
    QCOMPARE(row(model, 2), (QStringList{"3", "T", "25", "THR", "", ""}));
    QCOMPARE(model.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), QString("Chain H"));
  }
};

QTEST_GUILESS_MAIN(TestMappingTableModel)
#include "tst_mapping_table_model.moc"
