#include <QTest>

#include "audit_sets.h"
#include "core/audit/fixed_split.h"
#include "core/base/error.h"

using namespace twofold;
using namespace twofold::audit;
using twofold::test::audited;
using twofold::test::AuditSet;
using twofold::test::changed;
using twofold::test::findingOf;
using twofold::test::foundKinds;

namespace {

constexpr auto kTrain = data::Part::Train;
constexpr auto kValidation = data::Part::Validation;

/// One flaw of each kind that leaving pairs out cures.
AuditSet flawed() {
  AuditSet set;
  set.add(kValidation, AuditSet::train(0), AuditSet::train(1), true);  // shared
  set.add(kValidation, AuditSet::train(4), AuditSet::train(3), true);  // swapped
  set.add(kValidation, AuditSet::train(8), AuditSet::validation(0), true);
  set.sequence(AuditSet::validation(3)) = changed(set.sequence(AuditSet::train(20)), 0.6, 1);
  set.add(kTrain, AuditSet::train(30), AuditSet::train(31), true);   // duplicate
  set.add(kTrain, AuditSet::train(33), AuditSet::train(32), false);  // contradiction
  set.add(kValidation, AuditSet::validation(5), AuditSet::validation(5), true);
  return set;
}

}  // namespace

class TestFixedSplit : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aSecondAuditFindsNoneOfWhatWasLeftOut() {
    AuditSet set = flawed();
    const auto findings = audited(set.subject());
    QCOMPARE(foundKinds(findings).substr(0, 53),
             std::string("shared_pair swapped_pair shared_protein near_relative"));
    const auto fixed = splitWithout(set.split, "flawed", findings, {});
    QCOMPARE(fixed.leftOut.size(), std::size_t{7});
    for (std::size_t i = 0; i < set.pairs.size(); ++i) {
      if (set.split.parts[i] != kTrain && set.pairs[i].a != set.pairs[i].b) {
        QCOMPARE(fixed.split.parts[i], set.split.parts[i]);
      }
    }
    QVERIFY(
        fixed.split.rule.starts_with("flawed (" + set.split.hash().substr(0, 12) + ") without "));
    QVERIFY(fixed.split.rule.find("duplicate 1") != std::string::npos);
    QCOMPARE(fixed.pairs,
             std::count(fixed.split.parts.begin(), fixed.split.parts.end(), data::Part::None));
    set.split = fixed.split;
    for (const auto& after : audited(set.subject())) {
      QVERIFY2(!canBeLeftOut(after.kind) || after.count == 0, infoOf(after.kind).id.data());
    }
  }

  void onlyWhatWasAskedForIsLeftOut() {
    AuditSet set = flawed();
    const std::vector kinds = {Kind::Duplicate, Kind::SelfPair};
    const auto fixed = splitWithout(set.split, "flawed", audited(set.subject()), kinds);
    QCOMPARE(fixed.pairs, 2);
    set.split = fixed.split;
    const auto after = audited(set.subject());
    QCOMPARE(findingOf(after, Kind::Duplicate).count, 0);
    QCOMPARE(findingOf(after, Kind::SelfPair).count, 0);
    QCOMPARE(findingOf(after, Kind::SharedPair).count, 1);
  }

  void whatCannotBeCuredIsRefused() {
    const AuditSet set = flawed();
    const auto findings = audited(set.subject());
    const std::vector degree = {Kind::DegreeCheat};
    QVERIFY_THROWS_EXCEPTION(Error, (void)splitWithout(set.split, "flawed", findings, degree));
    const AuditSet clean;
    QVERIFY_THROWS_EXCEPTION(
        Error, (void)splitWithout(clean.split, "clean", audited(clean.subject()), {}));
  }

  void aPartIsNeverEmptied() {
    AuditSet set;
    for (int i = 0; i < 40; ++i) {  // every training protein is evaluated too
      set.add(kValidation, AuditSet::train(i), AuditSet::validation(i % 20), i % 2 == 0);
    }
    try {
      (void)splitWithout(set.split, "all", audited(set.subject()), {});
      QFAIL("no error");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::BadInput);
      QVERIFY(std::string(error.what()).find("no train pair would be left") != std::string::npos);
    }
  }
};

QTEST_APPLESS_MAIN(TestFixedSplit)
#include "tst_fixed_split.moc"
