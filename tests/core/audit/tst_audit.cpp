// Leaks of every kind are planted in a set without flaws; the audit finds each, and only those.
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "audit_sets.h"
#include "core/base/error.h"
#include "core/base/hash.h"

using namespace twofold;
using namespace twofold::audit;
using twofold::test::audited;
using twofold::test::AuditSet;
using twofold::test::changed;
using twofold::test::drawn;
using twofold::test::findingOf;
using twofold::test::foundKinds;

namespace {

constexpr auto kTrain = data::Part::Train;
constexpr auto kValidation = data::Part::Validation;
constexpr auto kTest = data::Part::Test;

/// What a plant does to the flawless set, and which kinds have to be found then. A shared pair has
/// shared proteins; a hub that gives degrees away stands on both sides too.
struct Plant {
  const char* name;
  const char* found;
  void (*plant)(AuditSet&);
};

/// A training protein among validation's, with both labels there.
void shareProtein(AuditSet& set) {
  set.add(kValidation, AuditSet::train(0), AuditSet::validation(0), true);
  set.add(kValidation, AuditSet::validation(3), AuditSet::train(0), false);
}

/// Popular and unpopular training proteins that stay so in test.
void plantHubs(AuditSet& set) {
  for (int hub = 0; hub < 6; ++hub) {
    for (int i = 8; i < 36; ++i) {
      if ((i + hub) % 3 != 0) {  // what is left goes to test
        set.add(kTrain, AuditSet::train(hub), AuditSet::train(i), hub < 3);
      } else {
        set.add(kTest, AuditSet::train(hub), AuditSet::train(i), hub < 3);
      }
    }
  }
  for (int hub = 0; hub < 6; ++hub) {  // and one of the other label each
    set.add(kTest, AuditSet::train(hub), AuditSet::train(36 + hub % 2), hub >= 3);
  }
  for (int i = 8; i < 40; ++i) {
    set.add(kTest, AuditSet::train(i), AuditSet::test(i % 20), i % 2 == 0);
    set.add(kTest, AuditSet::train(i), AuditSet::test((i + 7) % 20), i % 2 == 1);
  }
}

void plantOneLabel(AuditSet& set, bool positive) {
  const auto key = set.addProtein();
  for (int i = 0; i < 12; ++i) {
    set.add(kTrain, key, AuditSet::train(3 * i), positive);
  }
}

/// Long proteins interact, short ones do not.
void plantLengths(AuditSet& set) {
  for (const auto& [first, proteins] :
       {std::pair{AuditSet::train(0), 40}, std::pair{AuditSet::validation(0), 20},
        std::pair{AuditSet::test(0), 20}}) {
    const auto part = proteins == 40 ? kTrain : first == AuditSet::test(0) ? kTest : kValidation;
    for (int i = 0; i < proteins; ++i) {
      const bool isLong = i % 2 == 0;
      set.sequence(first + i) =
          drawn(static_cast<std::uint64_t>(5000 + first + i), isLong ? 300 : 60);
      for (int step = 4; step <= 8; step += 2) {
        set.add(part, first + i, first + (i + step) % proteins, isLong);
      }
    }
  }
}

const std::vector<Plant> kPlants = {
    {"a validation pair that is in training", "shared_pair shared_protein",
     [](AuditSet& set) {
       set.add(kValidation, AuditSet::train(0), AuditSet::train(1), true);
       set.add(kValidation, AuditSet::train(0), AuditSet::train(2), false);
       set.add(kValidation, AuditSet::train(1), AuditSet::validation(0), false);
       set.add(kValidation, AuditSet::train(2), AuditSet::validation(0), true);
     }},
    {"a test pair that is in training, swapped", "swapped_pair shared_protein",
     [](AuditSet& set) {
       set.add(kTest, AuditSet::train(1), AuditSet::train(0), true);
       set.add(kTest, AuditSet::train(2), AuditSet::train(0), false);
       set.add(kTest, AuditSet::train(1), AuditSet::test(0), false);
       set.add(kTest, AuditSet::train(2), AuditSet::test(0), true);
     }},
    {"a protein on both sides", "shared_protein", shareProtein},
    {"a relative at 45 % identity", "near_relative",
     [](AuditSet& set) {
       set.sequence(AuditSet::validation(0)) = changed(set.sequence(AuditSet::train(0)), 0.45, 1);
     }},
    {"a fragment", "near_relative",
     [](AuditSet& set) {
       set.sequence(AuditSet::test(4)) = set.sequence(AuditSet::train(7)).substr(31, 50);
     }},
    {"a shared domain", "near_relative",
     [](AuditSet& set) {
       set.sequence(AuditSet::test(4)) =
           drawn(1, 40) + changed(set.sequence(AuditSet::train(7)).substr(20, 80), 0.6, 2) +
           drawn(3, 20);
     }},
    {"one sequence under two ids", "near_relative",
     [](AuditSet& set) { set.sequence(AuditSet::test(4)) = set.sequence(AuditSet::train(7)); }},
    {"one very short sequence under two ids", "near_relative",
     [](AuditSet& set) {
       set.sequence(AuditSet::test(4)) = "MKW";
       set.sequence(AuditSet::train(7)) = "MKW";
     }},
    {"hubs", "shared_protein degree_cheat", plantHubs},
    {"a negative-only protein", "negative_only", [](AuditSet& set) { plantOneLabel(set, false); }},
    {"a positive-only protein", "positive_only", [](AuditSet& set) { plantOneLabel(set, true); }},
    {"a repeated pair", "duplicate",
     [](AuditSet& set) { set.add(kTrain, AuditSet::train(0), AuditSet::train(1), true); }},
    {"a repeated pair, swapped", "duplicate",
     [](AuditSet& set) { set.add(kTest, AuditSet::test(1), AuditSet::test(0), true); }},
    {"a contradiction", "contradiction",
     [](AuditSet& set) { set.add(kTrain, AuditSet::train(1), AuditSet::train(0), false); }},
    {"a self pair", "self_pair",
     [](AuditSet& set) {
       set.add(kValidation, AuditSet::validation(5), AuditSet::validation(5), true);
     }},
    {"lengths that tell labels", "length_imbalance", plantLengths},
};

}  // namespace

class TestAudit : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aCleanSetIsGreen() {
    const auto findings = audited(AuditSet().subject());
    QCOMPARE(findings.size(), kKinds.size());
    for (std::size_t i = 0; i < findings.size(); ++i) {
      QCOMPARE(static_cast<std::size_t>(findings[i].kind), i);
      const bool isSkipped = findings[i].kind == Kind::PretrainingExposure;  // no backbone named
      QCOMPARE(findings[i].severity, isSkipped ? Severity::Skipped : Severity::Ok);
      QVERIFY(findings[i].rows.empty());
      QVERIFY(findings[i].leaving.empty());
      QVERIFY(!findings[i].what.empty());
    }
    QCOMPARE(foundKinds(findings).c_str(), "");
    QCOMPARE(lightOf(findings), Severity::Ok);
  }

  void plantedLeaksAreFoundAndOnlyThose_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(kPlants.size()); ++i) {
      QTest::newRow(kPlants[static_cast<std::size_t>(i)].name) << i;
    }
  }
  void plantedLeaksAreFoundAndOnlyThose() {
    QFETCH(int, index);
    const Plant& plant = kPlants[static_cast<std::size_t>(index)];
    AuditSet set;
    plant.plant(set);
    const auto findings = audited(set.subject());
    QCOMPARE(foundKinds(findings).c_str(), plant.found);
    QVERIFY(lightOf(findings) > Severity::Skipped);
    for (const auto& finding : findings) {
      if (finding.count > 0) {
        QVERIFY(finding.severity > Severity::Skipped);
        QVERIFY(!finding.cure.empty());
      }
    }
  }

  void preTrainingOnEvaluatedProteinsIsFound() {
    const AuditSet set;
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    QVERIFY(!weights::SequenceManifest::of(path));
    const auto hashOf = [&](data::ProteinKey key) {
      return sha256(set.proteins[static_cast<std::size_t>(key - 1)].sequence).substr(0, 16);
    };
    std::ofstream(path / "sequences.sha256") << hashOf(AuditSet::train(3)) << '\n'
                                             << hashOf(AuditSet::validation(2)) << '\n';
    AuditRequest request;
    request.backbones = {{"seen", weights::SequenceManifest::of(path)}};
    const auto findings = audited(set.subject(), request);
    QCOMPARE(foundKinds(findings).c_str(), "pretraining_exposure");
    const auto& finding = findingOf(findings, Kind::PretrainingExposure);
    QCOMPARE(finding.count, 1);
    QCOMPARE(finding.severity, Severity::Warn);
    QCOMPARE(finding.rows.at(0).protein, AuditSet::validation(2));
    // A backbone that says nothing is no proof of innocence.
    request.backbones = {{"silent", std::nullopt}};
    const auto& unknown = audited(set.subject(), request);
    QCOMPARE(findingOf(unknown, Kind::PretrainingExposure).severity, Severity::Warn);
    QCOMPARE(foundKinds(unknown).c_str(), "");
  }

  void evidenceThatEncodesLabelsIsFound() {
    const AuditSet set;
    AuditRequest request;
    request.evidence.annotations.resize(set.proteins.size());
    const auto known = [&](data::ProteinKey key) -> data::ProteinAnnotations& {
      return request.evidence.annotations[static_cast<std::size_t>(key - 1)];
    };
    known(AuditSet::train(0)).annotations = {{data::AnnotationKind::Function, "GO:0005515", "IPI"}};
    known(AuditSet::test(0)).annotations = {{data::AnnotationKind::Keyword, "Membrane", ""},
                                            {data::AnnotationKind::Pfam, "PF00240", ""}};
    QCOMPARE(foundKinds(audited(set.subject(), request)).c_str(), "");
    known(AuditSet::test(1)).annotations = {{data::AnnotationKind::Function, "GO:0005515", "IPI"},
                                            {data::AnnotationKind::Component, "GO:0032991", "IDA"}};
    known(AuditSet::test(2)).subunitText = "Binds to many.";
    const auto findings = audited(set.subject(), request);
    QCOMPARE(foundKinds(findings).c_str(), "label_in_evidence");
    const auto& finding = findingOf(findings, Kind::LabelInEvidence);
    QCOMPARE(finding.count, 2);
    QCOMPARE(finding.severity, Severity::Warn);
    QVERIFY((finding.numbers[0] == std::pair<std::string, double>("interaction_evidence", 1)));
    QVERIFY((finding.numbers[1] == std::pair<std::string, double>("interaction_terms", 1)));
    QVERIFY((finding.numbers[2] == std::pair<std::string, double>("subunit_texts", 1)));
    request.evidence.leakingRuns = {"r7k2m"};
    QCOMPARE(findingOf(audited(set.subject(), request), Kind::LabelInEvidence).severity,
             Severity::Bad);
  }

  void rowsNameThePairsAndProteins() {
    AuditSet set;
    const auto copied = static_cast<std::int64_t>(set.pairs.size());
    set.add(kTest, AuditSet::train(1), AuditSet::train(0), true);
    set.sequence(AuditSet::validation(3)) = changed(set.sequence(AuditSet::train(9)), 0.7, 1);
    const auto findings = audited(set.subject());
    const auto& swapped = findingOf(findings, Kind::SwappedPair);
    QCOMPARE(swapped.count, 1);
    QCOMPARE(swapped.rows.at(0).pair, copied);
    QCOMPARE(swapped.rows.at(0).otherPair, 0);
    QCOMPARE(swapped.rows.at(0).part, kTest);
    QCOMPARE(swapped.leaving, (std::vector<std::uint32_t>{0}));
    const auto& relative = findingOf(findings, Kind::NearRelative);
    QCOMPARE(relative.rows.at(0).protein, AuditSet::validation(3));
    QCOMPARE(relative.rows.at(0).other, AuditSet::train(9));
    QCOMPARE(relative.leaving.size(), std::size_t{4});
    const auto& shared = findingOf(findings, Kind::SharedProtein);
    QCOMPARE(shared.count, 2);
    QVERIFY((shared.numbers[1] == std::pair<std::string, double>("pairs_with_both", 1)));
  }

  void distantProteinsAreNoRelatives() {
    AuditSet set;
    set.sequence(AuditSet::validation(0)) = changed(set.sequence(AuditSet::train(0)), 0.25, 1);
    set.sequence(AuditSet::validation(1)) =
        set.sequence(AuditSet::train(1)).substr(0, 45) + drawn(9, 75);  // 38 % of the shorter
    QCOMPARE(foundKinds(audited(set.subject())).c_str(), "");
    AuditRequest request;
    request.relatives.rule = {0.4, 0.3};
    QCOMPARE(foundKinds(audited(set.subject(), request)).c_str(), "near_relative");
  }

  void withoutASplitTheSetIsOnePart() {
    AuditSet set;
    set.sequence(AuditSet::validation(0)) = changed(set.sequence(AuditSet::train(0)), 0.6, 1);
    set.add(kTrain, AuditSet::train(1), AuditSet::train(0), true);
    const auto findings = audited(set.withoutSplit());
    QCOMPARE(foundKinds(findings).c_str(), "near_relative duplicate");
    QCOMPARE(findingOf(findings, Kind::NearRelative).count, 2);
    QCOMPARE(findingOf(findings, Kind::NearRelative).severity, Severity::Warn);
    for (const auto kind : {Kind::SharedPair, Kind::SwappedPair, Kind::SharedProtein}) {
      QCOMPARE(findingOf(findings, kind).severity, Severity::Skipped);
    }
  }

  void degreesAreCrossValidatedWithoutASplit() {
    AuditSet set;
    for (int hub = 0; hub < 6; ++hub) {
      for (int i = 8; i < 40; ++i) {
        set.add(kTrain, AuditSet::train(hub), AuditSet::train(i), hub < 3);
      }
    }
    const auto findings = audited(set.withoutSplit());
    const auto& degree = findingOf(findings, Kind::DegreeCheat);
    QCOMPARE(degree.severity, Severity::Bad);
    QVERIFY(degree.numbers.at(0).first == "auprc" && degree.numbers[0].second > 0.7);
  }

  void pairsOfNoPartAreNotLookedAt() {
    AuditSet set;
    set.add(data::Part::None, AuditSet::train(1), AuditSet::train(0), false);
    set.add(data::Part::None, AuditSet::validation(1), AuditSet::validation(1), true);
    QCOMPARE(foundKinds(audited(set.subject())).c_str(), "");
  }

  void withoutSequencesRelativesAreNotLookedAt() {
    AuditSet set;
    for (auto& protein : set.proteins) {
      protein.sequence.clear();
    }
    const auto findings = audited(set.subject());
    QCOMPARE(findingOf(findings, Kind::NearRelative).severity, Severity::Skipped);
  }

  void whyRelativesAreNotLookedAtIsSaid() {
    AuditSet set;
    for (int i = 0; i < 40; ++i) {
      set.sequence(AuditSet::train(i)).clear();
    }
    const auto without = audited(set.subject());
    QVERIFY(findingOf(without, Kind::NearRelative).what.find("in training has a sequence") !=
            std::string::npos);
    for (auto& part : set.split.parts) {
      part = kTrain;
    }
    const auto trainOnly = audited(set.subject());
    QVERIFY(findingOf(trainOnly, Kind::NearRelative).what.find("no pair in validation or test") !=
            std::string::npos);
  }

  void unlabelledPairsTellNoDegrees() {
    AuditSet set;
    for (auto& pair : set.pairs) {
      pair.label = data::Label::Unknown;
    }
    const auto findings = audited(set.subject());
    QCOMPARE(foundKinds(findings).c_str(), "");
    QCOMPARE(findingOf(findings, Kind::DegreeCheat).severity, Severity::Skipped);
    QCOMPARE(findingOf(findings, Kind::LengthImbalance).severity, Severity::Skipped);
  }

  void aSplitOfAnotherSetIsRefused() {
    AuditSet set;
    set.split.parts.pop_back();
    QVERIFY_THROWS_EXCEPTION(Error, (void)set.subject());
  }

  void aStopIsHeard() {
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_THROWS_EXCEPTION(StopRequested,
                             (void)audit::audit(AuditSet().subject(), {}, {}, stop.get_token()));
  }

  void unknownKindsNameTheNearest() {
    try {
      (void)kindFromName("shared_pairs");
      QFAIL("no error");
    } catch (const Error& error) {
      QVERIFY(std::string(error.what()).find("\"shared_pair\"") != std::string::npos);
    }
  }
};

QTEST_APPLESS_MAIN(TestAudit)
#include "tst_audit.moc"
