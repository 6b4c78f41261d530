// Splits by organism and by date: the boundaries hold, and who has neither goes nowhere, counted.
#include "tests/core/base/expect_error.h"
#include "tests/core/data/splitters/split_samples.h"

using namespace twofold;
using namespace twofold::data;
using namespace twofold::tests;

namespace {

/// Each third protein is of another organism, each seventh of none; dates go with the key.
SplitSample organisms() {
  SplitSample sample;
  sample.pairs = randomPairs(900, 60, 9);
  for (const auto key : proteinsOf(sample.pairs)) {
    const auto* organism = key % 7 == 0   ? ""
                           : key % 3 == 0 ? "Homo sapiens"
                           : key % 3 == 1 ? "Mus musculus"
                                          : "Saccharomyces cerevisiae";
    sample.proteins.push_back(
        {key, {}, organism, key % 7 == 0 ? "" : std::to_string(1990 + key / 3) + "-01-01"});
  }
  return sample;
}

const SplitProtein& proteinOf(const SplitSample& sample, ProteinKey key) {
  return sample.proteins.at(static_cast<std::size_t>(key));
}

}  // namespace

class TestSpeciesAndTime : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void eachPartIsOfItsOrganisms() {
    const auto sample = organisms();
    auto request = requestFor(sample, 1);
    request.options = {{"test", std::string("Saccharomyces cerevisiae")},
                       {"validation", std::string("Mus musculus")}};
    const auto cut = cutPairs("species", request).at(0);
    checkCut(sample, cut);
    std::int64_t nameless = 0;
    for (std::size_t i = 0; i < sample.pairs.size(); ++i) {
      const auto& a = proteinOf(sample, sample.pairs[i].a).organism;
      const auto& b = proteinOf(sample, sample.pairs[i].b).organism;
      nameless += a.empty() || b.empty() ? 1 : 0;
      const Part expected = a.empty() || a != b   ? Part::None
                            : a == "Homo sapiens" ? Part::Train
                            : a == "Mus musculus" ? Part::Validation
                                                  : Part::Test;
      QVERIFY(cut.split.parts[i] == expected);
    }
    QCOMPARE(cut.dropped.at("a protein has no organism"), nameless);
    QCOMPARE(cut.dropped.size(), std::size_t{2});
  }

  void withoutAnOrganismValidationIsAShareOfTheRest() {
    const auto sample = organisms();
    auto request = requestFor(sample, 1);
    request.options = {{"test", std::string("Saccharomyces cerevisiae")}};
    const auto cut = cutPairs("species", request).at(0);
    checkCut(sample, cut);
    const auto train = static_cast<double>(cut.split.indices(Part::Train).size());
    const auto validation = static_cast<double>(cut.split.indices(Part::Validation).size());
    QVERIFY(std::abs(validation - train / 8) <= 4);
    for (const auto i : cut.split.indices(Part::Validation)) {
      QVERIFY(proteinOf(sample, sample.pairs[i].a).organism != "Saccharomyces cerevisiae");
    }
    QVERIFY(cut.notes.at(0).find("shares proteins") != std::string::npos);
  }

  void unknownOrganismsAreRefused() {
    const auto sample = organisms();
    auto request = requestFor(sample, 1);
    request.options = {{"test", std::string("Mus musculis")}};
    EXPECT_ERROR(cutPairs("species", request), ErrorKind::Usage, "Mus musculus");
    EXPECT_ERROR(cutPairs("species", requestFor(sample, 1)), ErrorKind::Usage, "Homo sapiens");
    request.options = {{"test", std::string("Mus musculus")},
                       {"validation", std::string("Mus musculus")}};
    EXPECT_ERROR(cutPairs("species", request), ErrorKind::Usage, "name another");
    const auto samples = splitSamples();
    EXPECT_ERROR(cutPairs("species", requestFor(samples[0], 1)), ErrorKind::Usage, "OS=");
  }

  void youngerPairsComeLater() {
    const auto sample = organisms();
    const auto cut = cutPairs("time", requestFor(sample, 1)).at(0);
    checkCut(sample, cut);
    std::map<Part, std::set<std::string>> dates;
    std::int64_t dateless = 0;
    for (std::size_t i = 0; i < sample.pairs.size(); ++i) {
      const auto& a = proteinOf(sample, sample.pairs[i].a).created;
      const auto& b = proteinOf(sample, sample.pairs[i].b).created;
      dates[cut.split.parts[i]].insert(std::max(a, b));
      dateless += a.empty() || b.empty() ? 1 : 0;
    }
    QVERIFY(*dates[Part::Train].rbegin() < *dates[Part::Validation].begin());
    QVERIFY(*dates[Part::Validation].rbegin() < *dates[Part::Test].begin());
    QCOMPARE(cut.dropped.at("a protein has no date"), dateless);
  }

  void datesThatAreGivenDecide() {
    const auto sample = organisms();
    auto request = requestFor(sample, 1);
    request.options = {{"validation_from", std::string("2000-01-01")},
                       {"test_from", std::string("2005-01-01")}};
    const auto cut = cutPairs("time", request).at(0);
    for (const auto i : cut.split.indices(Part::Validation)) {
      const auto date = std::max(proteinOf(sample, sample.pairs[i].a).created,
                                 proteinOf(sample, sample.pairs[i].b).created);
      QVERIFY(date >= "2000-01-01" && date < "2005-01-01");
    }
    request.options["test_from"] = std::string("1999-01-01");
    EXPECT_ERROR(cutPairs("time", request), ErrorKind::Usage, "not after");
    request.options["test_from"] = std::string("soon");
    EXPECT_ERROR(cutPairs("time", request), ErrorKind::Usage, "soon");
  }

  void withoutDatesItIsRefused() {
    const auto samples = splitSamples();
    EXPECT_ERROR(cutPairs("time", requestFor(samples[0], 1)), ErrorKind::Usage, "UniProt");
  }
};

QTEST_GUILESS_MAIN(TestSpeciesAndTime)
#include "tst_species_and_time.moc"
