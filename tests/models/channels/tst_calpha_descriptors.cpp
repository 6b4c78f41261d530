#include <QTest>

#include <cmath>

#include "models/channels/calpha_descriptors.h"
#include "tests/models/support/chain_shapes.h"

using namespace twofold;
using twofold::models::moved;
using twofold::models::randomChain;

namespace {

double largestDifference(const models::CalphaFeatures& a, const models::CalphaFeatures& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    largest = std::max(largest, std::abs(static_cast<double>(a[i]) - b[i]));
  }
  return largest;
}

}  // namespace

class TestCalphaDescriptors : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void movingAndTurningAChainChangesNothing() {
    Random random(5);
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const bio::Chain chain = randomChain(40 + seed * 10, seed);
      const auto before = models::calphaDescriptors(chain);
      const auto after = models::calphaDescriptors(moved(chain, random));
      QVERIFY(before && after);
      QVERIFY2(largestDifference(*before, *after) < 1e-4,
               qPrintable(QString::number(largestDifference(*before, *after))));
    }
  }

  void mirrorImageIsTold() {
    const bio::Chain chain = randomChain(80, 1);
    const auto left = models::calphaDescriptors(chain);
    const auto right = models::calphaDescriptors(models::mirrored(chain));
    QVERIFY(left && right);
    QVERIFY(largestDifference(*left, *right) > 1e-2);
    const std::size_t sine = models::kAngleBins + models::kDihedralBins;
    QVERIFY(std::abs((*left)[sine] + (*right)[sine]) < 1e-5F);
    for (std::size_t i = sine + 1; i < left->size(); ++i) {
      QVERIFY(std::abs((*left)[i] - (*right)[i]) < 1e-5F);
    }
  }

  void brokenTraceGivesNoAngleAcrossTheGap() {
    bio::Chain chain = randomChain(30, 2);
    const auto whole = models::calphaDescriptors(chain);
    for (std::size_t i = 15; i < 30; ++i) {
      chain.residues[i].calpha[2] += 50;
    }
    const auto torn = models::calphaDescriptors(chain);
    chain.residues[14].hasCalpha = false;
    const auto missing = models::calphaDescriptors(chain);
    QVERIFY(whole && torn && missing);
    QCOMPARE((*whole)[models::kCalphaFeatures - 1], 0.0F);
    QVERIFY(std::abs((*torn)[models::kCalphaFeatures - 1] - 1.0F / 29) < 1e-6F);
    QVERIFY(std::abs((*missing)[models::kCalphaFeatures - 1] - 1.0F / 28) < 1e-6F);
    // The long distance i to i + 2 over the gap would fall into the last bin.
    const std::size_t lastStepBin =
        models::kAngleBins + models::kDihedralBins + 2 + models::kStepBins - 1;
    QVERIFY((*torn)[lastStepBin] <= (*whole)[lastStepBin] * 30.0F / 26.0F + 1e-6F);
  }

  void everyHistogramSumsToOne() {
    const auto features = models::calphaDescriptors(randomChain(60, 3));
    QVERIFY(features);
    std::size_t at = 0;
    const auto verifySum = [&](std::size_t bins) {
      float sum = 0;
      for (std::size_t i = 0; i < bins; ++i) {
        sum += (*features)[at + i];
      }
      at += bins;
      QVERIFY(std::abs(sum - 1) < 1e-4F);
    };
    verifySum(models::kAngleBins);
    verifySum(models::kDihedralBins);
    at += 2;
    for (int i = 0; i < 3; ++i) {
      verifySum(models::kStepBins);
    }
    for (int i = 0; i < 3; ++i) {
      verifySum(models::kContactBins);
    }
    verifySum(models::kExposureBins);
    verifySum(models::kExposureBins);
    verifySum(models::kPairBins);
    QCOMPARE(at + models::kGlobalFeatures, models::kCalphaFeatures);
  }

  void traceTooShortIsNotDescribed() {
    QVERIFY(!models::calphaDescriptors({}));
    QVERIFY(!models::calphaDescriptors(randomChain(models::kShortestTrace - 1, 4)));
    QVERIFY(models::calphaDescriptors(randomChain(models::kShortestTrace, 4)));
  }

  void coincidingAtomsGiveFiniteNumbers() {
    bio::Chain chain = randomChain(20, 5);
    for (auto& residue : chain.residues) {
      residue.calpha = {1, 2, 3};
    }
    const auto features = models::calphaDescriptors(chain);
    QVERIFY(features);
    for (const float value : *features) {
      QVERIFY(std::isfinite(value));
    }
  }
};

QTEST_GUILESS_MAIN(TestCalphaDescriptors)
#include "tst_calpha_descriptors.moc"
