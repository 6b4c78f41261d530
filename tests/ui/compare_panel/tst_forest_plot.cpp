#include <QTest>

#include "core/comparison/comparison_words.h"
#include "tests/ui/compare_panel/compared_project.h"
#include "ui/plots/forest_plot.h"

using namespace twofold;
using namespace twofold::ui;

class TestForestPlot : public QObject {
  Q_OBJECT

 private:
  ComparedProject m_project;

 private Q_SLOTS:
  void aRowIsAComparisonWithItsInterval() {
    const std::vector<std::string> ids = {m_project.add(2), m_project.add(0), m_project.add(2)};
    const auto shared =
        comparison::sharedScores(m_project.project().database(), ids, data::Part::Test);
    const auto found = comparison::compareRuns(shared, {});
    const auto spec = forestPlot(shared, found, "auprc");
    QCOMPARE(spec.y.names.size(), 2);
    QCOMPARE(spec.y.names.last(), QString::fromStdString(ids[0] + " → " + ids[1]));  // the top
    QCOMPARE(spec.lines.size(), 3);
    QCOMPARE(spec.lines[0].x, (QList<double>{0, 0}));
    QVERIFY(spec.lines[0].dashed);
    const auto& own = found.differences[0].differences.at("auprc");
    QCOMPARE(spec.lines[1].x, (QList<double>{own.interval->low, own.value, own.interval->high}));
    QCOMPARE(spec.lines[1].y, (QList<double>{1, 1, 1}));
    QCOMPARE(spec.marks[0].x, own.value);
    QVERIFY(comparison::isShown(found.differences[0], "auprc"));
    QCOMPARE(spec.marks[0].color, 0);
    QCOMPARE(spec.marks[1].color, kMutedLine);
    QVERIFY2(spec.marks[1].text.contains("+0.000"), qPrintable(spec.marks[1].text));
    QVERIFY2(spec.title.startsWith("1 of 2 comparisons"), qPrintable(spec.title));
    QVERIFY(spec.note.contains("n = 66"));
  }

  void whatCannotBeMeasuredHasARowAndNoMark() {
    const std::vector<std::string> ids = {m_project.add(2), m_project.addRanks(3)};
    const auto shared =
        comparison::sharedScores(m_project.project().database(), ids, data::Part::Test);
    const auto spec = forestPlot(shared, comparison::compareRuns(shared, {}), "accuracy");
    QCOMPARE(spec.y.names.size(), 1);
    QCOMPARE(spec.lines.size(), 1);
    QVERIFY(spec.marks.isEmpty());
  }

  void lessIsBetterIsSaid() {
    const std::vector<std::string> ids = {m_project.add(2), m_project.add(0)};
    const auto shared =
        comparison::sharedScores(m_project.project().database(), ids, data::Part::Test);
    const auto found = comparison::compareRuns(shared, {});
    QVERIFY(forestPlot(shared, found, "auprc").x.label.contains("right: second is better"));
    QVERIFY(forestPlot(shared, found, "brier").x.label.contains("left: second is better"));
  }
};

QTEST_GUILESS_MAIN(TestForestPlot)
#include "tst_forest_plot.moc"
