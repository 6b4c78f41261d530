// Splits from the store: negatives that keep the rule's promise, nothing half stored.
#include <QTest>

#include "core/data/compartments.h"
#include "core/data/negatives.h"
#include "core/imports/split_design.h"
#include "core/store/annotation_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/data/splitters/split_samples.h"
#include "tests/core/imports/project_fixture.h"

using namespace twofold;
using namespace twofold::imports;
using namespace twofold::tests;
using data::Label;
using data::Part;

namespace {

/// 120 proteins, "mine" with 500 pairs, "other" with positives that nothing may be drawn from.
class DesignFixture : public ProjectFixture {
 public:
  DesignFixture() {
    std::string fasta;
    for (std::uint64_t i = 0; i < 120; ++i) {
      fasta += ">p" + std::to_string(i) + "\n" + drawnSequence(i, 60) + "\n";
    }
    static_cast<void>(importFasta(fasta));
    m_mine = distinct(randomPairs(500, 120, 1));
    m_other = distinct(randomPairs(900, 120, 2));
    store::Transaction transaction(project().database());
    static_cast<void>(pairs().insertSet("mine", "test", m_mine));
    static_cast<void>(pairs().insertSet("other", "test", m_other));
    transaction.commit();
  }

  [[nodiscard]] const data::Pairs& mine() const { return m_mine; }
  [[nodiscard]] const data::Pairs& other() const { return m_other; }

  [[nodiscard]] SplitPlan plan(const SplitDesign& design) {
    return planSplit(project(), design, {});
  }

 private:
  /// Keys count from 1; self pairs and repeats are left out.
  static data::Pairs distinct(const data::Pairs& drawn) {
    data::PairKeys seen;
    data::Pairs pairs;
    for (auto pair : drawn) {
      ++pair.a;
      ++pair.b;
      if (pair.a != pair.b && seen.insert(pair.a, pair.b)) {
        pairs.push_back(pair);
      }
    }
    return pairs;
  }

  data::Pairs m_mine;
  data::Pairs m_other;
};

SplitDesign design(const std::string& rule, const std::string& negatives,
                   std::int64_t perPositive = 1) {
  SplitDesign design;
  design.pairSet = "mine";
  design.name = "made";
  design.rule = rule;
  design.ratio = {6, 2, 2};
  design.negatives.kind = negatives;
  design.negatives.perPositive = perPositive;
  return design;
}

}  // namespace

class TestSplitDesign : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aPlanStoresNothingAndStoringFreezesIt() {
    DesignFixture fixture;
    const auto plan = fixture.plan(design("c3", "given"));
    QVERIFY(fixture.pairs().splits().empty());
    QVERIFY(!plan.drawn);
    const auto stored = storeSplit(fixture.project(), plan);
    QCOMPARE(stored.size(), std::size_t{1});
    QCOMPARE(stored[0].pairSet, std::string("mine"));
    QCOMPARE(stored[0].hash, plan.splits[0].cut.split.hash());
    const auto split = fixture.pairs().split(stored[0].key);
    QCOMPARE(split.options, plan.splits[0].cut.split.options);
    QCOMPARE(stored[0].options.at("ratio"), std::string("6,2,2"));
    QCOMPARE(plan.splits[0].summary.sharedProteins, (std::array<std::int64_t, 3>{0, 0, 0}));
    EXPECT_ERROR(storeSplit(fixture.project(), plan), ErrorKind::Usage, "already");
  }

  void drawnNegativesKeepTheRulesPromise_data() {
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("kind");
    for (const char* rule : {"random", "c1", "c2", "c3", "clusters", "partition"}) {
      for (const char* kind : {"degree", "uniform"}) {
        QTest::addRow("%s %s", rule, kind) << rule << kind;
      }
    }
  }

  void drawnNegativesKeepTheRulesPromise() {
    QFETCH(QString, rule);
    QFETCH(QString, kind);
    DesignFixture fixture;
    const auto plan = fixture.plan(design(rule.toStdString(), kind.toStdString()));
    const auto stored = storeSplit(fixture.project(), plan);
    QCOMPARE(stored.at(0).pairSet, std::string("made"));
    const auto set = fixture.pairs().set("made");
    QVERIFY(set.source.find("positives of mine") == 0);
    QVERIFY(set.negatives > 0);
    const auto pairs = fixture.pairs().pairs(set.key);
    const auto& split = plan.splits[0].cut.split;
    data::PairKeys positives;
    for (const auto* some : {&fixture.mine(), &fixture.other()}) {
      for (const auto& pair : *some) {
        if (pair.label == Label::Positive) {
          positives.insert(pair.a, pair.b);
        }
      }
    }
    std::map<Part, std::set<data::ProteinKey>> own;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (pairs[i].label == Label::Positive) {
        own[split.parts[i]].insert({pairs[i].a, pairs[i].b});
      }
    }
    const auto train = proteinsIn(pairs, split, Part::Train);
    data::PairKeys seen;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto& pair = pairs[i];
      QVERIFY(seen.insert(pair.a, pair.b));
      if (pair.label == Label::Negative) {
        QVERIFY(!positives.contains(pair.a, pair.b) && pair.a != pair.b);
        QVERIFY(own[split.parts[i]].contains(pair.a) && own[split.parts[i]].contains(pair.b));
      }
      if (split.parts[i] == Part::Test || split.parts[i] == Part::Validation) {
        const int count = (train.contains(pair.a) ? 1 : 0) + (train.contains(pair.b) ? 1 : 0);
        QVERIFY(rule == "random" || count == (rule == "c1" ? 2 : rule == "c2" ? 1 : 0));
      }
    }
  }

  void whatCouldNotBeDrawnIsSaid() {
    DesignFixture fixture;
    const auto plan = fixture.plan(design("c3", "degree", 100));
    std::string notes;
    for (const auto& note : plan.splits[0].cut.notes) {
      notes += note + "\n";
    }
    QVERIFY(notes.find("asked for: the part's proteins leave no other free pairs") !=
            std::string::npos);
    QVERIFY(notes.find("largest difference") != std::string::npos);
    QVERIFY(notes.find("that are no positives were left out") != std::string::npos);
  }

  void negativesFromOtherCompartmentsShareNone() {
    DesignFixture fixture;
    EXPECT_ERROR(fixture.plan([] {
      auto wanted = design("random", "uniform");
      wanted.negatives.otherCompartments = true;
      return wanted;
    }()),
                 ErrorKind::Usage, "import annotations");
    {
      store::Transaction transaction(fixture.project().database());
      store::AnnotationRepository repository(fixture.project().database());
      const auto source = repository.source("test");
      for (data::ProteinKey key = 1; key <= 100; ++key) {
        const auto* place = key % 3 == 0 ? "Nucleus" : key % 3 == 1 ? "Secreted" : "Peroxisome";
        repository.add(key, {{{data::AnnotationKind::Location, place, ""}}, {}, {}, 0}, source);
      }
      transaction.commit();
    }
    auto wanted = design("random", "uniform");
    wanted.negatives.otherCompartments = true;
    const auto plan = fixture.plan(wanted);
    std::int64_t negatives = 0;
    for (const auto& pair : *plan.drawn) {
      if (pair.label == Label::Negative) {
        ++negatives;
        QVERIFY(pair.a <= 100 && pair.b <= 100 && pair.a % 3 != pair.b % 3);
      }
    }
    QVERIFY(negatives > 100);
    const auto& notes = plan.splits[0].cut.notes;
    QVERIFY(std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
      return note.find("proteins have no known compartment and are in no negative") !=
             std::string::npos;
    }));
  }

  void foldsAreStoredTogetherUnderNumberedNames() {
    DesignFixture fixture;
    auto wanted = design("folds", "given");
    wanted.options = {{"folds", std::int64_t{3}}};
    const auto stored = storeSplit(fixture.project(), fixture.plan(wanted));
    QCOMPARE(stored.size(), std::size_t{3});
    QCOMPARE(stored[2].name, std::string("made-3"));
    wanted.negatives.kind = "degree";
    EXPECT_ERROR(fixture.plan(wanted), ErrorKind::Usage, "draw them first");
  }

  void aPartWithoutPairsIsRefusedWithTheNumbers() {
    DesignFixture fixture;
    auto wanted = design("clusters", "given");
    wanted.options = {{"identity", 0.25}, {"coverage", 0.1}};
    auto plan = fixture.plan(wanted);
    plan.splits[0].summary.parts[2].pairs = 0;
    EXPECT_ERROR(storeSplit(fixture.project(), plan), ErrorKind::Usage, "nothing is left for test");
    QVERIFY(fixture.pairs().splits().empty());
  }

  void choicesThatSayNothingAreRefused() {
    EXPECT_ERROR(negativeChoice({{"per_positive", std::int64_t{10}}}), ErrorKind::Usage, "drawn");
    EXPECT_ERROR(
        negativeChoice({{"per_positive", std::int64_t{101}}, {"negatives", std::string("degree")}}),
        ErrorKind::Usage, "1 to 100");
    EXPECT_ERROR(negativeChoice({{"negatives", std::string("degre")}}), ErrorKind::Usage, "degree");
  }
};

QTEST_GUILESS_MAIN(TestSplitDesign)
#include "tst_split_design.moc"
