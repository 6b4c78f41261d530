#include <QTest>

#include "core/data/training_partners.h"

using namespace twofold::data;

class TestTrainingPartners : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void onlyTrainingPositivesMakePartners() {
    const Pairs pairs = {{7, 3, Label::Positive}, {3, 5, Label::Negative}, {3, 9, Label::Positive},
                         {3, 8, Label::Positive}, {2, 7, Label::Unknown},  {5, 5, Label::Positive},
                         {3, 7, Label::Positive}};
    const Split split{"files",
                      0,
                      {Part::Train, Part::Train, Part::Validation, Part::Test, Part::Train,
                       Part::Train, Part::Train}};
    const auto known = trainingPartners(pairs, split);
    QVERIFY((known.proteins == std::vector<ProteinKey>{2, 3, 5, 7}));
    QVERIFY(std::ranges::equal(known.of(3), std::vector<ProteinKey>{7}));
    QVERIFY(std::ranges::equal(known.of(7), std::vector<ProteinKey>{3}));
    QVERIFY(std::ranges::equal(known.of(5), std::vector<ProteinKey>{5}));
    QVERIFY(known.of(2).empty());
    QVERIFY(known.of(9).empty());
  }
};

QTEST_GUILESS_MAIN(TestTrainingPartners)
#include "tst_training_partners.moc"
