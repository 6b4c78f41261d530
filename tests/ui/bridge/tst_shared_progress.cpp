#include <QTest>
#include <cmath>
#include <thread>

#include "ui/bridge/shared_progress.h"

using namespace twofold;
using namespace twofold::ui;

class TestSharedProgress : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void whatTheWorkSaidLastIsSeenWithAnEstimate() {
    const SharedProgress progress;
    QVERIFY(!progress.look());
    std::thread work([sink = progress.sink()] {
      sink({"Reading", 1, 0, "files"});
      sink({"Aligning", 0, 40, "proteins"});
      sink({"Aligning", 10, 40, "proteins"});
    });
    work.join();
    QTest::qSleep(2);
    const auto seen = progress.look();
    QVERIFY(seen.has_value());
    QCOMPARE(seen->stage, std::string("Aligning"));
    QCOMPARE(seen->done, std::int64_t(10));
    QCOMPARE(seen->total, std::int64_t(40));
    QCOMPARE(seen->unit, std::string("proteins"));
    QVERIFY(seen->rate > 0);
    QVERIFY(std::abs(seen->secondsLeft - 30 / seen->rate) < 1e-9);
  }

  void nothingIsLeftOfAnUnknownTotal() {
    const SharedProgress progress;
    progress.sink()({"Reading", 3, 0, "files"});
    QTest::qSleep(2);
    QCOMPARE(progress.look()->secondsLeft, -1.0);
  }

  void workMayOutliveIt() {
    ProgressSink sink;
    {
      const SharedProgress progress;
      sink = progress.sink();
    }
    sink({"Aligning", 1, 2, "proteins"});
  }
};

QTEST_GUILESS_MAIN(TestSharedProgress)
#include "tst_shared_progress.moc"
