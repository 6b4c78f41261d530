// The baseline of residue types: what it learns, and that it has no order of the pair.
#include <QTest>

#include "core/bio/sequence.h"
#include "made_up_complexes.h"
#include "models/contacts/contact_measure.h"
#include "models/contacts/propensity_baseline.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::models;

class TestPropensityBaseline : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void typesThatTouchHaveHighOdds() {
    const auto made = madeUpComplexes(12);
    const std::vector<std::uint32_t> training = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    const PropensityBaseline baseline(made.set, training, 1);
    const auto tryptophan = *bio::residueIndex('W');
    const auto cysteine = *bio::residueIndex('C');
    const auto alanine = *bio::residueIndex('A');
    QVERIFY(baseline.logOdds(tryptophan, cysteine) > 0.5);
    QVERIFY(baseline.logOdds(alanine, alanine) < 0);
    QCOMPARE(baseline.logOdds(tryptophan, alanine), baseline.logOdds(alanine, tryptophan));
    for (const std::uint32_t c : {10U, 11U}) {
      const auto& complex = made.set.complexes[c];
      const auto measure = measureObserved(complex, baseline.scores(made.set, complex));
      QVERIFY(measure.auprc > 10 * expectedOfChance(complex).auprc);
    }
  }

  void theOtherOrderIsTheTranspose() {
    const auto made = madeUpComplexes(6);
    const std::vector<std::uint32_t> training = {0, 1, 2, 3};
    const PropensityBaseline baseline(made.set, training, 1);
    const auto& complex = made.set.complexes[5];
    auto turned = complex;
    std::swap(turned.a, turned.b);
    std::swap(turned.observedA, turned.observedB);
    const auto forth = baseline.scores(made.set, complex);
    const auto back = baseline.scores(made.set, turned);
    for (std::size_t i = 0; i < complex.observedA.size(); ++i) {
      for (std::size_t j = 0; j < complex.observedB.size(); ++j) {
        QVERIFY(forth[i * complex.observedB.size() + j] == back[j * complex.observedA.size() + i]);
      }
    }
  }

  void noContactIsNothingToLearnFrom() {
    auto made = madeUpComplexes(2);
    made.set.complexes[0].contacts.clear();
    const std::vector<std::uint32_t> training = {0};
    EXPECT_ERROR(PropensityBaseline(made.set, training, 1), ErrorKind::BadInput, "has a contact");
  }
};

QTEST_APPLESS_MAIN(TestPropensityBaseline)
#include "tst_propensity_baseline.moc"
