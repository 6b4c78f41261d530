#include <QTest>

#include "core/data/compartments.h"

using namespace twofold;
using namespace twofold::data;

namespace {

TermGraph smallGraph() {
  const auto component = AnnotationKind::Component;
  return TermGraph({{"GO:0005634", "nucleus", component, false},
                    {"GO:0005730", "nucleolus", component, false},
                    {"GO:0005739", "mitochondrion", component, false},
                    {"GO:0005737", "cytoplasm", component, false}},
                   {{1, 0, TermRelation::PartOf}, {2, 3, TermRelation::PartOf}});
}

Compartments of(std::vector<Annotation> annotations, const TermGraph& graph = smallGraph()) {
  return compartmentsOf({std::move(annotations), {}, {}, 0}, graph);
}

}  // namespace

class TestCompartments : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void termsCountForWhatTheyArePartOf() {
    const auto nucleus = of({{AnnotationKind::Component, "GO:0005634", "IDA"}});
    QVERIFY(nucleus != 0);
    QCOMPARE(of({{AnnotationKind::Component, "GO:0005730", "IEA"}}), nucleus);
    const auto mitochondrion = of({{AnnotationKind::Component, "GO:0005739", "IDA"}});
    QVERIFY(areApart(nucleus, mitochondrion));
    QVERIFY(!areApart(nucleus, nucleus | mitochondrion));
  }

  void locationsAndTermsMeetInOneCompartment() {
    const auto nucleus = of({{AnnotationKind::Component, "GO:0005634", "IDA"}});
    QCOMPARE(of({{AnnotationKind::Location, "Nucleus, nucleolus", ""}}), nucleus);
    QVERIFY(areApart(nucleus, of({{AnnotationKind::Location, "Secreted", ""}})));
    QVERIFY(areApart(of({{AnnotationKind::Location, "Cytoplasm, cytosol", ""}}), nucleus));
  }

  void whatSaysNoCompartmentIsUnknownAndUnknownIsNeverApart() {
    QCOMPARE(of({}), 0U);
    QCOMPARE(of({{AnnotationKind::Component, "GO:0005737", "IDA"}}), 0U);  // holds too much
    QCOMPARE(of({{AnnotationKind::Component, "GO:0005634", "IPI"}}), 0U);
    QCOMPARE(of({{AnnotationKind::Keyword, "Nucleus", ""}}), 0U);
    QCOMPARE(of({{AnnotationKind::Location, "Membrane", ""}}), 0U);
    QVERIFY(!areApart(0, 1) && !areApart(0, 0));
  }

  void withoutAGraphATermCountsForItselfAlone() {
    QVERIFY(of({{AnnotationKind::Component, "GO:0005634", "IDA"}}, {}) != 0);
    QCOMPARE(of({{AnnotationKind::Component, "GO:0005730", "IDA"}}, {}), 0U);
  }
};

QTEST_GUILESS_MAIN(TestCompartments)
#include "tst_compartments.moc"
