#include <QTest>
#include <vector>

#include "core/metrics/confusion.h"
#include "core/metrics/threshold_choice.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::metrics;

class TestThresholdChoice : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aimsAreReadAndSaid() {
    QCOMPARE(toText(thresholdAimFromText("mcc")), "best MCC");
    QCOMPARE(toText(thresholdAimFromText("f1")), "best F1");
    QCOMPARE(toText(thresholdAimFromText("precision=0.9")), "precision of at least 0.9");
    QCOMPARE(toText(thresholdAimFromText("cost=5:1")),
             "least cost, 5 a false positive and 1 a false negative");
    for (const char* wrong : {"", "F1", "precision", "precision=2", "precision=-1", "cost=5",
                              "cost=0:1", "cost=1:x", "precision=nan"}) {
      EXPECT_ERROR(thresholdAimFromText(wrong), ErrorKind::Usage, "write mcc, f1");
    }
  }

  void eachAimHasItsThreshold() {
    const std::vector<float> scores = {0.9F, 0.8F, 0.7F, 0.6F, 0.5F, 0.4F};
    const std::vector<std::int8_t> labels = {1, 0, 1, 1, 0, 0};
    const auto choose = [&](const char* aim) {
      return chooseThreshold(thresholdAimFromText(aim), scores, labels);
    };
    QCOMPARE(static_cast<float>(*choose("f1")), 0.6F);
    QCOMPARE(static_cast<float>(*choose("precision=1")), 0.9F);
    QCOMPARE(static_cast<float>(*choose("precision=0.7")), 0.6F);
    QCOMPARE(static_cast<float>(*choose("cost=1:10")), 0.6F);
    QCOMPARE(static_cast<float>(*choose("cost=10:1")), 0.9F);
  }

  void callingNothingMayBeCheapest() {
    const std::vector<float> scores = {0.9F, 0.8F};
    const std::vector<std::int8_t> labels = {0, 1};
    const auto threshold = chooseThreshold(thresholdAimFromText("cost=5:1"), scores, labels);
    QVERIFY(*threshold > static_cast<double>(0.9F));
    QCOMPARE(confusionAt(scores, labels, *threshold).falsePositives, 0.0);
  }

  void whatCannotBeReachedIsNothing() {
    const std::vector<float> scores = {0.9F, 0.8F};
    const std::vector<std::int8_t> labels = {0, 1};
    const std::vector<std::int8_t> oneClass = {1, 1};
    const auto most = thresholdAimFromText("precision=0.9");
    QVERIFY(!chooseThreshold(most, scores, labels));
    QVERIFY(!chooseThreshold({}, scores, oneClass));
    QVERIFY(!chooseThreshold({}, {}, {}));
  }
};

QTEST_GUILESS_MAIN(TestThresholdChoice)
#include "tst_threshold_choice.moc"
