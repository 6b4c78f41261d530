// The table of weights folders: what each cell says, and the rules of item models.
#include <QAbstractItemModelTester>
#include <QTest>

#include "tests/ui/models_panel/some_weights.h"
#include "ui/panels/models/weights_table_model.h"

using namespace twofold;
using namespace twofold::ui;
using Model = WeightsTableModel;

class TestWeightsTableModel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};

  static QString text(const Model& model, int row, int column) {
    return model.index(row, column).data().toString();
  }

 private Q_SLOTS:
  void keepsTheRulesOfItemModels() {
    Model model(m_theme);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFolders(threeFolders());
    m_theme.setMode(ThemeMode::Dark);
    m_theme.setMode(ThemeMode::Light);
    model.setFolders({});
    QCOMPARE(model.rowCount(), 0);
  }

  void eachCellSaysWhatIsKnown() {
    Model model(m_theme);
    model.setFolders(threeFolders());
    QCOMPARE(text(model, 0, Model::Name), QString("small"));
    QCOMPARE(text(model, 0, Model::Shape), QString("6 layers × 320, 20 heads"));
    QCOMPARE(text(model, 0, Model::Origin), QString("shipped, default"));
    QVERIFY(model.index(0, Model::Name).data(Qt::FontRole).value<QFont>().bold());
    QVERIFY(!model.index(1, Model::Name).data(Qt::FontRole).isValid());
    QCOMPARE(text(model, 1, Model::Memory), QString("fits in int8"));
    QVERIFY(model.index(1, Model::Memory).data(Qt::DecorationRole).isValid());
    QCOMPARE(text(model, 2, Model::Memory), QString("cannot be used"));
    QVERIFY(model.index(2, Model::Name).data(Qt::ToolTipRole).toString().contains("pickled"));
    QCOMPARE(model.index(0, Model::Parameters).data(Model::SortRole).toLongLong(), 7'523'082);
  }

  void whatIsNotKnownIsADash() {
    Model model(m_theme);
    weights::WeightsFolder bare;
    bare.path = "/x";
    model.setFolders({bare});
    for (int column = 0; column < Model::Folder; ++column) {
      if (column != Model::Origin) {
        QCOMPARE(text(model, 0, column), QString("–"));
      }
    }
  }

  void theWidestPrecisionThatFitsIsNamed() {
    auto folder = someWeights("x", weights::WeightsFolder::Origin::Added);
    folder.memory[0].fit = weights::Fit::Fits;
    QCOMPARE(fitWords(folder), QString("fits in fp32"));
    for (auto& need : folder.memory) {
      need.fit = weights::Fit::DoesNotFit;
    }
    QCOMPARE(fitWords(folder), QString("does not fit"));
    folder.memory[1].fit = weights::Fit::Tight;
    QCOMPARE(fitWords(folder), QString("tight in bf16"));
  }

  void foldersAreFoundByTheirPath() {
    Model model(m_theme);
    model.setFolders(threeFolders());
    QCOMPARE(model.rowOf("/weights/mine"), 1);
    QCOMPARE(model.folder("/weights/mine")->name, std::string("mine"));
    QVERIFY(model.folder("/weights/nothing") == nullptr);
  }
};

QTEST_MAIN(TestWeightsTableModel)
#include "tst_weights_table_model.moc"
