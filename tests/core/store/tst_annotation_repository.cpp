#include <QTest>

#include "core/store/annotation_repository.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/data/small_ontology.h"
#include "tests/core/store/store_fixture.h"

using namespace twofold;
using namespace twofold::data;
using namespace twofold::store;
using namespace twofold::tests;

namespace {

const Annotation kBinding{AnnotationKind::Function, "GO:0005515", "IPI"};
const Annotation kDomain{AnnotationKind::Pfam, "PF00240", ""};
const Annotation kBindingToo{AnnotationKind::Function, "GO:0005515", "IDA"};

/// Adds in a transaction of its own.
std::int64_t add(StoreFixture& store, ProteinKey protein, const ProteinAnnotations& annotations,
                 const char* source = "UniProt") {
  Transaction transaction(store.database());
  AnnotationRepository repository(store.database());
  const auto added = repository.add(protein, annotations, repository.source(source));
  transaction.commit();
  return added;
}

}  // namespace

class TestAnnotationRepository : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void annotationsComeBackSortedInTheOrderOfTheKeys() {
    StoreFixture store;
    store.addProteins(3);
    QCOMPARE(add(store, 1, {{kDomain, kBinding, kBindingToo}, "does", "with", 12}), 3);
    QCOMPARE(add(store, 3, {{kDomain}, {}, {}, 0}), 1);
    const std::vector<ProteinKey> keys = {3, 2, 1};
    const auto all = AnnotationRepository(store.database()).load(keys);
    QCOMPARE(all.size(), std::size_t{3});
    QCOMPARE(all[0].annotations.size(), std::size_t{1});
    QVERIFY(all[1].annotations.empty() && all[1].functionText.empty());
    QVERIFY((all[2].annotations == std::vector<Annotation>{kBindingToo, kBinding, kDomain}));
    QCOMPARE(all[2].functionText, std::string("does"));
    QCOMPARE(all[2].subunitText, std::string("with"));
    QCOMPARE(all[2].publications, 12);
  }

  void whatIsThereIsNotAddedAgain() {
    StoreFixture store;
    store.addProteins(1);
    QCOMPARE(add(store, 1, {{kDomain}, "old", {}, 5}), 1);
    QCOMPARE(add(store, 1, {{kDomain, kBinding}, "new", {}, 3}), 1);
    QCOMPARE(add(store, 1, {{kDomain}, {}, {}, 40}, "other"), 0);
    const std::vector<ProteinKey> keys = {1};
    const auto one = AnnotationRepository(store.database()).load(keys).at(0);
    QCOMPARE(one.annotations.size(), std::size_t{2});
    QCOMPARE(one.functionText, std::string("new"));
    QCOMPARE(one.publications, 40);  // the largest of the sources
  }

  void countsAreByKindAndEvidence() {
    StoreFixture store;
    store.addProteins(2);
    add(store, 1,
        {{kBinding, kBindingToo, {AnnotationKind::Function, "GO:0005488", "IPI"}}, {}, {}, 0});
    add(store, 2, {{kBinding}, {}, {}, 0});
    const auto counts = AnnotationRepository(store.database()).counts();
    QCOMPARE(counts.size(), std::size_t{2});
    QCOMPARE(counts[0].evidence, std::string("IDA"));
    QCOMPARE(counts[1].annotations, 3);
    QCOMPARE(counts[1].proteins, 2);
    QCOMPARE(AnnotationRepository(store.database()).goTerms(),
             (std::vector<std::string>{"GO:0005488", "GO:0005515"}));
  }

  void publicationsAreCountedOnceAProteinAscending() {
    StoreFixture store;
    store.addProteins(4);
    QVERIFY(AnnotationRepository(store.database()).publicationCounts().empty());
    add(store, 1, {{}, {}, {}, 40});
    add(store, 1, {{}, {}, {}, 7}, "other");
    add(store, 2, {{kDomain}, {}, {}, 0});  // not known: no count of nought
    add(store, 4, {{}, {}, {}, 12});
    QCOMPARE(AnnotationRepository(store.database()).publicationCounts(),
             (std::vector<std::int64_t>{12, 40}));
  }

  void theGraphComesBackAndCanBeReplaced() {
    StoreFixture store;
    QVERIFY(AnnotationRepository(store.database()).graph().empty());
    for (int round = 0; round < 2; ++round) {
      Transaction transaction(store.database());
      AnnotationRepository(store.database()).replaceGraph(smallOntology());
      transaction.commit();
    }
    const TermGraph graph = AnnotationRepository(store.database()).graph();
    const TermGraph wanted = smallOntology();
    QCOMPARE(graph.size(), wanted.size());
    QCOMPARE(graph.edges().size(), wanted.edges().size());
    for (TermIndex i = 0; i < graph.size(); ++i) {
      QCOMPARE(graph.term(i).id, wanted.term(i).id);
      QCOMPARE(graph.term(i).obsolete, wanted.term(i).obsolete);
      QCOMPARE(graph.ancestors(i).size(), wanted.ancestors(i).size());
    }
    QVERIFY(graph.edges()[1].relation == wanted.edges()[1].relation);
  }

  void aProteinMustBeThereAndNothingIsHalf() {
    StoreFixture store;
    store.addProteins(1);
    EXPECT_ERROR(add(store, 7, {{kDomain}, {}, {}, 0}), ErrorKind::Internal, "FOREIGN KEY");
    const std::vector<ProteinKey> keys = {7};
    QVERIFY(AnnotationRepository(store.database()).load(keys).at(0).annotations.empty());
  }

  void aKindOfALaterVersionIsSaid() {
    StoreFixture store;
    store.addProteins(1);
    add(store, 1, {{kDomain}, {}, {}, 0});
    Transaction transaction(store.database());
    store.database().execute("UPDATE annotation SET kind = 99");
    transaction.commit();
    const std::vector<ProteinKey> keys = {1};
    EXPECT_ERROR(AnnotationRepository(store.database()).load(keys), ErrorKind::BadInput, "kind 99");
  }
};

QTEST_GUILESS_MAIN(TestAnnotationRepository)
#include "tst_annotation_repository.moc"
