#include <QTest>
#include <cmath>

#include "ui/plots/ranking_plot.h"

using namespace twofold;
using namespace twofold::ui;

class TestRankingPlot : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void curvesAndCountsComeFromTheCore() {
    const std::vector<float> scores{0.9F, 0.8F, 0.7F, 0.2F};
    const std::vector<std::int8_t> labels{1, 0, 1, 0};
    const RankingCurves curves = rankingCurves(scores, labels, 0.75);
    QCOMPARE(curves.n, 4);
    QCOMPARE(curves.positives, 2);
    QCOMPARE(curves.auroc, metrics::auroc(scores, labels));
    QCOMPARE(curves.confusion.truePositives, 1.0);
    QCOMPARE(curves.confusion.falsePositives, 1.0);
    QCOMPARE(curves.confusion.falseNegatives, 1.0);
    QCOMPARE(curves.confusion.trueNegatives, 1.0);
    QCOMPARE(curves.positiveRate(), 0.5);
  }

  void baselineIsTheRateOfPositives() {
    const std::vector<float> scores{0.9F, 0.8F, 0.7F, 0.2F};
    const std::vector<std::int8_t> labels{1, 0, 0, 0};
    const PlotSpec spec = precisionRecallPlot(rankingCurves(scores, labels, 0.5));
    QCOMPARE(spec.lines.size(), 2);
    QVERIFY(spec.lines[1].dashed);
    QCOMPARE(spec.lines[1].y, (QList<double>{0.25, 0.25}));
    QVERIFY(spec.note.contains("n = 4"));
  }

  void operatingPointLiesAtItsRates() {
    const std::vector<float> scores{0.9F, 0.8F, 0.7F, 0.2F};
    const std::vector<std::int8_t> labels{1, 0, 1, 0};
    const RankingCurves curves = rankingCurves(scores, labels, 0.75);
    const PlotSpec roc = rocPlot(curves);
    QCOMPARE(roc.marks.size(), 1);
    QCOMPARE(roc.marks[0].x, 0.5);
    QCOMPARE(roc.marks[0].y, 0.5);
    const PlotSpec precisionRecall = precisionRecallPlot(curves);
    QCOMPARE(precisionRecall.marks[0].x, 0.5);
    QCOMPARE(precisionRecall.marks[0].y, 0.5);
  }

  void oneClassOnlyDrawsNoCurve() {
    const std::vector<float> scores{0.9F, 0.8F};
    const std::vector<std::int8_t> labels{1, 1};
    const RankingCurves curves = rankingCurves(scores, labels, 0.5);
    QVERIFY(curves.roc.empty());
    QVERIFY(rocPlot(curves).lines[0].x.isEmpty());
    QVERIFY(rocPlot(curves).marks.isEmpty());
  }

  void nothingCalledPositiveHasNoPrecisionMark() {
    const std::vector<float> scores{0.3F, 0.2F};
    const std::vector<std::int8_t> labels{1, 0};
    QVERIFY(precisionRecallPlot(rankingCurves(scores, labels, 0.9)).marks.isEmpty());
  }

  void runsLieOverEachOther() {
    const std::vector<std::int8_t> labels{1, 0, 1, 0};
    const auto of = [&](std::vector<float> scores) { return rankingCurves(scores, labels, 0.5); };
    const std::vector<NamedCurves> runs = {{"r1", of({0.9F, 0.8F, 0.7F, 0.2F})},
                                           {"r2", of({0.9F, 0.1F, 0.7F, 0.2F})}};
    const PlotSpec roc = rocPlot(runs);
    QCOMPARE(roc.lines.size(), 3);
    QCOMPARE(roc.lines[0].name, QString("r1  0.750"));
    QCOMPARE(roc.lines[1].name, QString("r2  1.000"));
    QVERIFY(roc.lines[0].color != roc.lines[1].color);
    QVERIFY2(roc.title.contains("largest for r2"), qPrintable(roc.title));
    const PlotSpec precisionRecall = precisionRecallPlot(runs);
    QCOMPARE(precisionRecall.lines.last().y, (QList<double>{0.5, 0.5}));
    QVERIFY(precisionRecall.title.contains("highest for r2"));
    const std::vector<NamedCurves> many(9, runs[0]);
    QVERIFY(rocPlot(many).lines[8].dashed && !rocPlot(many).lines[7].dashed);
    const std::vector<std::int8_t> ones{1, 1};
    const std::vector<float> two{0.4F, 0.6F};
    QVERIFY(rocPlot(std::vector<NamedCurves>{{"r1", rankingCurves(two, ones, 0.5)}})
                .title.contains("one class"));
  }

  void linesAscendInX() {
    std::vector<float> scores;
    std::vector<std::int8_t> labels;
    for (int i = 0; i < 500; ++i) {
      scores.push_back(static_cast<float>(i * 37 % 500) / 500);
      labels.push_back(i % 3 == 0 ? 1 : 0);
    }
    const RankingCurves curves = rankingCurves(scores, labels, 0.5);
    for (const PlotSpec& spec : {rocPlot(curves), precisionRecallPlot(curves)}) {
      QVERIFY(std::ranges::is_sorted(spec.lines[0].x));
    }
  }

  void thinningKeepsTheEndsAndTheShape() {
    std::vector<metrics::CurvePoint> points;
    for (int i = 0; i <= 100'000; ++i) {
      points.push_back({i / 100'000.0, i / 100'000.0, 0});
    }
    const auto kept = thinned(points, 1.0 / 1000);
    QVERIFY(kept.size() > 1000 && kept.size() < 4000);
    QCOMPARE(kept.front().x, 0.0);
    QCOMPARE(kept.back().x, 1.0);
    QVERIFY(thinned({}, 0.1).empty());
  }
};

QTEST_GUILESS_MAIN(TestRankingPlot)
#include "tst_ranking_plot.moc"
