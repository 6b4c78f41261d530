// Precision of the highest residue pairs and area under the curve, over observed residues alone.
#include <QTest>
#include <cmath>

#include "models/contacts/contact_measure.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::models;

namespace {

/// Ten by twelve residues of which the first of both chains were not observed.
ContactComplex made() {
  ContactComplex complex;
  complex.lengthA = 11;
  complex.lengthB = 13;
  for (std::uint32_t i = 1; i < 11; ++i) {
    complex.observedA.push_back(i);
  }
  for (std::uint32_t j = 1; j < 13; ++j) {
    complex.observedB.push_back(j);
  }
  complex.contacts = {{1, 1}, {2, 2}, {10, 12}};
  return complex;
}

}  // namespace

class TestContactMeasure : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void onlyObservedResiduesCount() {
    const auto complex = made();
    std::vector<float> map(11 * 13, 0.1F);
    map[0] = 1;  // not observed
    map[1 * 13 + 1] = 0.9F;
    map[5 * 13 + 5] = 0.8F;
    map[10 * 13 + 12] = 0.7F;
    const auto measure = measureMap(complex, map);
    QCOMPARE(measure.topFifth, 0.5);  // two of ten residues
    QCOMPARE(measure.topTenth, 1.0);
    // Seven places are left for 117 ties with one contact among them.
    QVERIFY(std::fabs(measure.top10 - (2 + 7.0 / 117) / 10) < 1e-12);
    QVERIFY(std::fabs(measure.auprc - (1.0 + 2.0 / 3 + 3.0 / 120) / 3) < 1e-6);
  }

  void chanceHasTheDensity() {
    const auto chance = expectedOfChance(made());
    QCOMPARE(chance.topFifth, 3.0 / 120);
    QCOMPARE(chance.top10, 3.0 / 120);
    QVERIFY(chance.auprc > 3.0 / 120);
  }

  void withoutContactsThereIsNoNumber() {
    auto complex = made();
    complex.contacts.clear();
    const std::vector<float> map(11 * 13, 0.1F);
    QVERIFY(std::isnan(measureMap(complex, map).auprc));
    QVERIFY(std::isnan(expectedOfChance(complex).topFifth));
  }

  void shortChainsCountOnePairAtLeast() {
    ContactComplex complex;
    complex.lengthA = complex.lengthB = 1;
    complex.observedA = complex.observedB = {0};
    complex.contacts = {{0, 0}};
    const auto measure = measureMap(complex, std::vector<float>{0.5F});
    QCOMPARE(measure.topFifth, 1.0);
    QCOMPARE(measure.auprc, 1.0);
    QCOMPARE(expectedOfChance(complex).auprc, 1.0);
  }

  void aMapOfAnotherSizeIsRefused() {
    EXPECT_ERROR(measureMap(made(), std::vector<float>(12)), ErrorKind::Internal, "another size");
  }
};

QTEST_APPLESS_MAIN(TestContactMeasure)
#include "tst_contact_measure.moc"
