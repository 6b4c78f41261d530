#include <QTest>

#include "core/data/term_graph.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/data/small_ontology.h"

using namespace twofold;
using namespace twofold::data;
using namespace twofold::tests;

namespace {

std::vector<Term> termsOf(std::size_t count) {
  std::vector<Term> terms;
  for (std::size_t i = 0; i < count; ++i) {
    terms.push_back({"T" + std::to_string(i), {}, AnnotationKind::Process});
  }
  return terms;
}

std::vector<TermIndex> listOf(std::span<const TermIndex> terms) {
  return {terms.begin(), terms.end()};
}

}  // namespace

class TestTermGraph : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void termsAreFoundByTheirId() {
    const TermGraph graph = smallOntology();
    QCOMPARE(graph.size(), std::size_t{11});
    QCOMPARE(graph.find("GO:0042802"), std::optional<TermIndex>(6));
    QCOMPARE(graph.term(6).name, std::string("identical protein binding"));
    QVERIFY(!graph.find("GO:0000000"));
    QVERIFY(!TermGraph().find("GO:0000001"));
  }

  void ancestorsFollowBothRelationsAndHoldTheTermItself() {
    const TermGraph graph = smallOntology();
    QCOMPARE(listOf(graph.ancestors(2)), (std::vector<TermIndex>{0, 1, 2}));
    QCOMPARE(listOf(graph.ancestors(6)), (std::vector<TermIndex>{3, 4, 5, 6}));
    QCOMPARE(listOf(graph.ancestors(9)), (std::vector<TermIndex>{7, 8, 9}));
    QCOMPARE(listOf(graph.ancestors(10)), (std::vector<TermIndex>{10}));
    QVERIFY(graph.isBelow(9, 8) && graph.isBelow(8, 8) && !graph.isBelow(8, 9));
  }

  void descendantsAreTheOtherWayRound() {
    const TermGraph graph = smallOntology();
    QCOMPARE(graph.descendants(0), (std::vector<TermIndex>{0, 1, 2}));
    QCOMPARE(graph.descendants(7), (std::vector<TermIndex>{7, 8, 9}));
    QCOMPARE(graph.descendants(6), (std::vector<TermIndex>{6}));
  }

  void aCopyDoesNotNeedTheOriginal() {
    auto original = std::make_unique<TermGraph>(smallOntology());
    const TermGraph copy = *original;
    original.reset();
    QCOMPARE(copy.find("GO:0005515"), std::optional<TermIndex>(5));
  }

  void unknownAndObsoleteTermsAreCounted() {
    const std::vector<std::string> ids = {"GO:0005515", "GO:0099999", "GO:1234567", "",
                                          "GO:0000001"};
    const TermCounts counts = smallOntology().count(ids);
    QCOMPARE(counts.known, std::size_t{2});
    QCOMPARE(counts.obsolete, std::size_t{1});
    QCOMPARE(counts.unknown, std::size_t{2});
  }

  void brokenGraphsAreRefused() {
    EXPECT_ERROR(TermGraph(termsOf(3), {{0, 1}, {1, 2}, {2, 0}}), ErrorKind::BadInput, "a cycle");
    EXPECT_ERROR(TermGraph(termsOf(2), {{1, 1}}), ErrorKind::BadInput,
                 "T1 lies in or below a cycle");
    EXPECT_ERROR(TermGraph(termsOf(2), {{0, 2}}), ErrorKind::BadInput, "not there");
    EXPECT_ERROR(TermGraph({{"A", {}}, {"A", {}}}, {}), ErrorKind::BadInput, "A comes twice");
    EXPECT_ERROR(TermGraph({{"A", {}}, {"B", {}, AnnotationKind::Process, true}}, {{0, 1}}),
                 ErrorKind::BadInput, "obsolete term B");
  }

  void aClosureWithoutMeasureIsRefused() {
    // A chain: each term has all before it above itself.
    constexpr TermIndex kLength = 8000;
    std::vector<TermEdge> edges;
    for (TermIndex i = 1; i < kLength; ++i) {
      edges.push_back({i, i - 1});
    }
    EXPECT_ERROR(TermGraph(termsOf(kLength), edges), ErrorKind::BadInput, "too many ancestors");
  }

  void anEdgeThatComesTwiceDoesNotMatter() {
    const TermGraph graph(termsOf(2), {{1, 0}, {1, 0}, {1, 0, TermRelation::PartOf}});
    QCOMPARE(listOf(graph.ancestors(1)), (std::vector<TermIndex>{0, 1}));
  }
};

QTEST_GUILESS_MAIN(TestTermGraph)
#include "tst_term_graph.moc"
