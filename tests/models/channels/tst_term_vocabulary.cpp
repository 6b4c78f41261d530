#include <QTest>
#include <cmath>
#include <set>

#include "models/channels/term_projection.h"
#include "models/channels/term_vocabulary.h"
#include "tests/core/base/expect_error.h"

using namespace twofold;
using namespace twofold::models;
using data::AnnotationKind;

namespace {

/// GO:1 above GO:2 above GO:3; GO:1 above GO:4.
data::TermGraph smallGraph() {
  std::vector<data::Term> terms;
  for (const char* id : {"GO:1", "GO:2", "GO:3", "GO:4"}) {
    terms.push_back({id, id, AnnotationKind::Process, false});
  }
  return {terms, {{1, 0}, {2, 1}, {3, 0}}};
}

data::ProteinAnnotations with(std::vector<std::string> processes,
                              std::vector<std::string> families = {}) {
  data::ProteinAnnotations protein;
  for (auto& term : processes) {
    protein.annotations.push_back({AnnotationKind::Process, std::move(term), "IEA"});
  }
  for (auto& family : families) {
    protein.annotations.push_back({AnnotationKind::Pfam, std::move(family), ""});
  }
  return protein;
}

/// Ten proteins: GO:3 (so GO:2, GO:1) in four, GO:4 (so GO:1) in three, PF1 in five.
std::vector<data::ProteinAnnotations> tenProteins() {
  std::vector<data::ProteinAnnotations> proteins;
  for (int i = 0; i < 4; ++i) {
    proteins.push_back(with({"GO:3"}, {"PF1"}));
  }
  for (int i = 0; i < 3; ++i) {
    proteins.push_back(with({"GO:4"}));
  }
  proteins.push_back(with({}, {"PF1", "PF2"}));
  proteins.push_back(with({}, {"PF2"}));
  proteins.push_back(with({}));
  return proteins;
}

}  // namespace

class TestTermVocabulary : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rareTermsSayMoreAndSingleOnesNothing() {
    const auto graph = smallGraph();
    const auto vocabulary = TermVocabulary::learned(tenProteins(), graph);
    QCOMPARE(vocabulary.size(), std::size_t{5});  // GO:1 to 4 and PF1; PF2 is in two only
    const auto bag = vocabulary.bagOf(with({"GO:3"}, {"PF1", "PF2", "PF9"}), graph);
    QCOMPARE(bag.size(), std::size_t{4});
    QCOMPARE(vocabulary.bagOf(with({"GO:nowhere"}), graph).size(), std::size_t{0});
    float most = 0;
    for (const auto term : bag) {
      most = std::max(most, vocabulary.content(term));
    }
    QCOMPARE(most, static_cast<float>(-std::log(0.4)));
  }

  void likenessIsWhatBothHave() {
    const auto graph = smallGraph();
    const auto vocabulary = TermVocabulary::learned(tenProteins(), graph);
    const auto a = vocabulary.bagOf(with({"GO:3"}), graph);
    const auto b = vocabulary.bagOf(with({"GO:4"}, {"PF1"}), graph);
    const auto alike = vocabulary.similarities(a, b);
    const double shared = -std::log(0.7);  // GO:1
    const double all = shared - 2 * std::log(0.4) - std::log(0.3);
    QVERIFY(std::fabs(alike[0] - std::log1p(shared)) < 1e-6);
    QVERIFY(std::fabs(alike[1] - shared / all) < 1e-6);
    QVERIFY(std::fabs(alike[2] - shared) < 1e-6);
    QCOMPARE(alike[3 * kSimilaritiesAGroup], 0.0F);  // no family is shared
    QVERIFY(alike[3 * kSimilaritiesAGroup + 4] > 0);
    QCOMPARE(vocabulary.similarities(b, a), alike);
  }

  void itComesBackFromACheckpoint() {
    const auto graph = smallGraph();
    const auto vocabulary = TermVocabulary::learned(tenProteins(), graph);
    ChannelState state;
    vocabulary.save(state);
    const auto restored = TermVocabulary::restored(state);
    const auto protein = with({"GO:3"}, {"PF1"});
    QCOMPARE(restored.bagOf(protein, graph), vocabulary.bagOf(protein, graph));
    ChannelState strange;
    strange.put("terms", std::vector<std::string>{"colour red"});
    strange.put("content", std::vector<float>{1});
    EXPECT_ERROR(TermVocabulary::restored(strange), ErrorKind::BadInput, "colour red");
  }

  void projectionsKeepWhatTellsProteinsApart() {
    const auto graph = smallGraph();
    const auto proteins = tenProteins();
    const auto vocabulary = TermVocabulary::learned(proteins, graph);
    std::vector<TermBag> bags;
    for (const auto& protein : proteins) {
      bags.push_back(vocabulary.bagOf(protein, graph));
    }
    constexpr std::int64_t kSize = 8;  // more than there are terms
    const auto basis = principalTerms(vocabulary, bags, kSize, {});
    QCOMPARE(basis, principalTerms(vocabulary, bags, kSize, {}));
    const auto place = [&](std::size_t i) { return projected(vocabulary, bags[i], basis, kSize); };
    double squares = 0;
    for (const float value : place(0)) {
      squares += double{value} * value;
    }
    std::set<std::uint8_t> groups;
    for (const auto term : bags[0]) {
      groups.insert(vocabulary.group(term));
    }
    // Each group has length 1, and nothing is lost.
    QVERIFY(std::fabs(squares - static_cast<double>(groups.size())) < 1e-4);
    QCOMPARE(place(0), place(1));
    QVERIFY(place(0) != place(4));
    QCOMPARE(place(9), std::vector<float>(kSize, 0));
  }
};

QTEST_GUILESS_MAIN(TestTermVocabulary)
#include "tst_term_vocabulary.moc"
