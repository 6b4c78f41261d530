#include <QTest>

#include "models/learning/standardiser.h"

using namespace twofold;

namespace {

/// Two features, one row: the second feature is constant.
models::ChannelInputs inputs() {
  return {1, 2, {1, 5, 3, 5, 1000, 5, 9, 9}, {1, 1, 1, 0}};
}

}  // namespace

class TestStandardiser : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void onlyTrainingProteinsAreLookedAt() {
    const std::vector<std::uint32_t> training = {0, 1};
    const auto standardiser = models::Standardiser::fitted(inputs(), training);
    QCOMPARE(standardiser.mean, (std::vector<float>{2, 5}));
    QCOMPARE(standardiser.scale, (std::vector<float>{1, 1}));
  }

  void absentProteinsAreLeftOut() {
    const std::vector<std::uint32_t> training = {1, 3};
    const auto standardiser = models::Standardiser::fitted(inputs(), training);
    QCOMPARE(standardiser.mean, (std::vector<float>{3, 5}));
  }

  void valuesFarOutsideTrainingAreCut() {
    const std::vector<std::uint32_t> training = {0, 1};
    auto values = inputs();
    models::Standardiser::fitted(values, training).apply(values);
    QCOMPARE(values.values, (std::vector<float>{-1, 0, 1, 0, models::Standardiser::kLimit, 0,
                                                models::Standardiser::kLimit, 4}));
  }

  void inputsThatAreNotToBeStandardisedStayAsTheyAre() {
    const std::vector<std::uint32_t> training = {0, 1};
    auto values = inputs();
    values.standardised = false;
    const auto standardiser = models::Standardiser::fitted(values, training);
    QCOMPARE(standardiser.mean, (std::vector<float>{0, 0}));
    QCOMPARE(standardiser.scale, (std::vector<float>{1, 1}));
    standardiser.apply(values);
    QCOMPARE(values.values, inputs().values);  // 1000 is not cut
  }

  void nothingToFitLeavesValuesAsTheyAre() {
    const auto standardiser = models::Standardiser::fitted(inputs(), {});
    QCOMPARE(standardiser.mean, (std::vector<float>{0, 0}));
    QCOMPARE(standardiser.scale, (std::vector<float>{1, 1}));
  }

  void smallDeviationBesideALargeMeanIsKept() {
    const models::ChannelInputs large{1, 1, {100000, 100001}, {1, 1}};
    const std::vector<std::uint32_t> training = {0, 1};
    const auto standardiser = models::Standardiser::fitted(large, training);
    QCOMPARE(standardiser.scale[0], 2.0F);
  }
};

QTEST_GUILESS_MAIN(TestStandardiser)
#include "tst_standardiser.moc"
