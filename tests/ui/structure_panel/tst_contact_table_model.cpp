#include <QAbstractItemModelTester>
#include <QTest>

#include "../viewport/scenes.h"
#include "ui/panels/structure/contact_table_model.h"
#include "ui/viewport/interface_highlight.h"

using namespace twofold;
using namespace twofold::ui;

class TestContactTableModel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void isAValidModelWhileItChanges() {
    ContactTableModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const StructureScene scene = pairScene(test::twoChains(), "A", "B");
    model.setContacts(scene, widestContacts(scene));
    model.setContacts(scene, {});
    model.setContacts(scene, widestContacts(scene));
  }

  void rowsNameBothResiduesAndTheDistance() {
    ContactTableModel model;
    const StructureScene scene = pairScene(test::twoChains(12, 7), "A", "B");
    model.setContacts(scene, interfaceWithin(scene, widestContacts(scene), 7.5F).contacts);
    QCOMPARE(model.rowCount(), 12);
    const int row = model.rowOf(4, 4);
    QVERIFY(row >= 0);
    QCOMPARE(model.data(model.index(row, 0), Qt::DisplayRole).toString(), QString("ALA 5"));
    QCOMPARE(model.data(model.index(row, 1), Qt::DisplayRole).toString(), QString("ALA 5"));
    QCOMPARE(model.data(model.index(row, 2), Qt::DisplayRole).toString(),
             QLocale().toString(7.0, 'f', 2));
    QCOMPARE(model.rowOf(0, 11), -1);
  }
};

QTEST_GUILESS_MAIN(TestContactTableModel)
#include "tst_contact_table_model.moc"
