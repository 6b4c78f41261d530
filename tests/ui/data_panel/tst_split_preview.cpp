#include <QTest>
#include <cmath>

#include "tests/ui/bridge/split_sample.h"
#include "ui/panels/data/degree_plot.h"
#include "ui/panels/data/split_preview.h"

using namespace twofold;
using namespace twofold::ui;

class TestSplitPreview : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void eachPartHasARowWithItsNumbers() {
    const auto rows = partRows(previewSplit("c3"));
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[0].cells.mid(1),
             (QVariantList{qint64{1200}, qint64{600}, qint64{600}, qint64{400}, qint64{3},
                           qint64{2}, qint64{4}, qint64{5}}));
  }

  void whatIsSharedDroppedAndNotedIsSaid() {
    const auto text = splitSentences(previewSplit("c3"));
    QVERIFY(text.contains("train and validation 7, train and test 0"));
    QVERIFY(text.contains("pairs are in no part: its proteins are of two parts."));
    QVERIFY(text.endsWith("A <note>."));
  }

  void degreesAreSharesByPowersOfTwo() {
    const auto plot = degreePlot(previewSplit("c3"));
    QCOMPARE(plot.lines.size(), 3);
    QCOMPARE(plot.lines[0].x, (QList<double>{0, 1, 2}));
    QCOMPARE(plot.lines[0].y, (QList<double>{0.25, 0, 0.75}));
    QVERIFY(plot.note.contains("80 test"));
  }

  void aPartWithoutPairsHasALineWithoutPoints() {
    auto split = previewSplit("c3");
    split["parts"]["test"] = {
        {"pairs", 0},
        {"positives", 0},
        {"negatives", 0},
        {"proteins", 0},
        {"only_positive_proteins", 0},
        {"only_negative_proteins", 0},
        {"degrees",
         {{"quantiles", formats::Json::array()}, {"histogram", formats::Json::array()}}}};
    QVERIFY(degreePlot(split).lines[2].x.isEmpty());
    QVERIFY(!partRows(split)[2].cells.last().isValid());
  }

  void foldsAreChosenAndOneSplitIsNot() {
    const Theme theme(ThemeMode::Light);
    SplitPreview folds(theme, previewResult());
    auto* which = folds.findChild<QComboBox*>("previewWhich");
    QVERIFY(which->isVisibleTo(&folds));
    which->setCurrentIndex(1);
    QCOMPARE(folds.findChild<QTableView*>("previewParts")->model()->rowCount(), 3);
    auto one = previewResult();
    one["splits"].erase(1);
    SplitPreview single(theme, one);
    QVERIFY(!single.findChild<QComboBox*>("previewWhich")->isVisibleTo(&single));
    QVERIFY(!single.findChild<PlotView*>("previewDegrees")->spec().lines.isEmpty());
  }
};

QTEST_MAIN(TestSplitPreview)
#include "tst_split_preview.moc"
