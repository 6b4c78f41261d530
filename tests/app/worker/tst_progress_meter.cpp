// Progress is thinned, measured, and its last word is never lost.
#include <QTest>

#include "app/worker/progress_meter.h"

using namespace twofold;
using app::ProgressMeter;
using namespace std::chrono_literals;

class TestProgressMeter : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void showsAtMostFiveASecond() {
    ProgressMeter meter;
    int shown = 0;
    for (int i = 0; i < 1000; ++i) {
      shown += meter.report({"Training", i, 2000, "pairs"}, m_start + i * 1ms).has_value() ? 1 : 0;
    }
    QCOMPARE(shown, 5);
  }

  void stagesThatAlternateAreThinnedTogether() {
    ProgressMeter meter;
    QVERIFY(meter.report({"Training", 1, 9, "steps"}, m_start).has_value());
    QVERIFY(!meter.report({"Scoring", 5, 5, "pairs"}, m_start + 1ms).has_value());
    QVERIFY(!meter.report({"Training", 2, 9, "steps"}, m_start + 2ms).has_value());
  }

  void ratesGoOnAcrossOtherStagesAndStartAgainWithTheWork() {
    ProgressMeter meter;
    (void)meter.report({"Training", 0, 100, "steps"}, m_start);
    (void)meter.report({"Scoring", 5, 5, "pairs"}, m_start + 1s);
    QCOMPARE(meter.report({"Training", 20, 100, "steps"}, m_start + 2s)->rate, 10.0);
    (void)meter.report({"Scoring", 0, 5, "pairs"}, m_start + 3s);
    QCOMPARE(meter.report({"Scoring", 4, 5, "pairs"}, m_start + 4s)->rate, 4.0);
  }

  void measuresRateAndTimeLeft() {
    ProgressMeter meter;
    (void)meter.report({"Training", 0, 100, "pairs"}, m_start);
    const auto event = meter.report({"Training", 20, 100, "pairs"}, m_start + 2s);
    QVERIFY(event.has_value());
    QCOMPARE(event->rate, 10.0);
    QCOMPARE(event->secondsLeft, 8.0);
  }

  void unknownTotalsLeaveTheTimeUnknown() {
    ProgressMeter meter;
    (void)meter.report({"Reading", 0, 0, "lines"}, m_start);
    const auto event = meter.report({"Reading", 50, 0, "lines"}, m_start + 1s);
    QCOMPARE(event->rate, 50.0);
    QCOMPARE(event->secondsLeft, -1.0);
  }

  void whatWasHeldBackCanBeTaken() {
    ProgressMeter meter;
    (void)meter.report({"Training", 1, 9, "pairs"}, m_start);
    (void)meter.report({"Training", 2, 9, "pairs"}, m_start + 1ms);
    const auto event = meter.takeHeldBack();
    QVERIFY(event.has_value());
    QCOMPARE(event->done, 2);
    QVERIFY(!meter.takeHeldBack().has_value());
  }

 private:
  ProgressMeter::Clock::time_point m_start{1h};
};

QTEST_GUILESS_MAIN(TestProgressMeter)
#include "tst_progress_meter.moc"
