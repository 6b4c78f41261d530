#include <QTest>

#include "core/data/evidence_rule.h"
#include "core/data/information_content.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/data/small_ontology.h"

using namespace twofold;
using namespace twofold::data;
using namespace twofold::tests;

namespace {

/// "" when a model may read it, else the reason.
std::string objectionTo(const Annotation& annotation, EvidenceRule rule = EvidenceRule::Default) {
  const TermGraph graph = smallOntology();
  const auto objection = EvidenceFilter(rule, graph).objection(annotation);
  return objection ? std::string(describe(*objection)) : std::string();
}

const std::string kInteraction = "names an interaction or a complex";

}  // namespace

class TestEvidenceRule : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void rulesHaveIdsAndOnlyAllLeaks() {
    std::vector<std::string_view> ids;
    for (const auto& info : evidenceRules()) {
      ids.push_back(info.id);
      QVERIFY(!info.help.empty());
      QCOMPARE(info.leaks, info.id == "all");
      QVERIFY(evidenceRuleOf(info.id) == info.rule);
      QCOMPARE(infoOf(info.rule).id, info.id);
    }
    QCOMPARE(ids, (std::vector<std::string_view>{"default", "electronic", "all"}));
    EXPECT_ERROR(evidenceRuleOf("electronics"), ErrorKind::Usage, "did you mean \"electronic\"?");
  }

  void evidenceThatEncodesTheAnswerIsLeftOut() {
    const auto withCode = [](const char* code) {
      return objectionTo({AnnotationKind::Process, "GO:0000003", code});
    };
    for (const char* code : {"IDA", "IMP", "IGI", "TAS", "IEA", "IBA", "ISS", "EXP"}) {
      QCOMPARE(withCode(code), std::string());
    }
    QCOMPARE(withCode("IPI"), std::string("evidence from interaction (IPI)"));
    for (const char* code : {"HDA", "HEP", "HMP", "HGI", "HTP"}) {
      QCOMPARE(withCode(code), std::string("evidence from high throughput"));
    }
    QCOMPARE(withCode("ND"), std::string("no data (ND)"));
    for (const char* code : {"", "XYZ", "ECO:0000021"}) {
      QCOMPARE(withCode(code), std::string("unknown evidence code"));
    }
  }

  void proteinBindingAndComplexesAreLeftOutWithAllBelow() {
    for (const char* term : {"GO:0005515", "GO:0042802"}) {
      QCOMPARE(objectionTo({AnnotationKind::Function, term, "IDA"}), kInteraction);
    }
    for (const char* term : {"GO:0032991", "GO:0000502"}) {
      QCOMPARE(objectionTo({AnnotationKind::Component, term, "IEA"}), kInteraction);
    }
    for (const char* term : {"GO:0043933", "GO:0043254", "GO:0043393"}) {
      QCOMPARE(objectionTo({AnnotationKind::Process, term, "IMP"}), kInteraction);
    }
    QCOMPARE(objectionTo({AnnotationKind::Function, "GO:0005488", "IDA"}), std::string());
    // So no excluded term is above one that is kept.
    const TermGraph graph = smallOntology();
    const EvidenceFilter filter(EvidenceRule::Default, graph);
    const TermIndex binding = *graph.find("GO:0005515");
    for (TermIndex i = 0; i < graph.size(); ++i) {
      const Annotation annotation{graph.term(i).kind, graph.term(i).id, "IDA"};
      QVERIFY(filter.objection(annotation) || !graph.isBelow(i, binding));
    }
  }

  void termsNobodyCanPlaceAreLeftOut() {
    const std::string unknown = "term unknown or obsolete";
    QCOMPARE(objectionTo({AnnotationKind::Process, "GO:7777777", "IDA"}), unknown);
    QCOMPARE(objectionTo({AnnotationKind::Process, "GO:0099999", "IDA"}), unknown);
    const TermGraph none;
    const EvidenceFilter filter(EvidenceRule::Default, none);
    QVERIFY(filter.objection({AnnotationKind::Process, "GO:0000003", "IDA"}) ==
            Objection::UnknownTerm);
    QVERIFY(filter.objection({AnnotationKind::Function, "GO:0005515", "IDA"}) ==
            Objection::InteractionTerm);
  }

  void keywordsPlacesAndPathwaysOfComplexesAreLeftOut() {
    for (const char* keyword : {"Proteasome", "Membrane attack complex", "SH3-binding", "MHC I",
                                "3D-structure", "Host-virus interaction"}) {
      QCOMPARE(objectionTo({AnnotationKind::Keyword, keyword, ""}), kInteraction);
    }
    for (const char* keyword : {"Membrane", "Kinase", "Complement pathway", "ATP-binding"}) {
      QCOMPARE(objectionTo({AnnotationKind::Keyword, keyword, ""}), std::string());
    }
    QCOMPARE(objectionTo({AnnotationKind::Location, "Nucleus, nuclear pore complex", "EXP"}),
             kInteraction);
    QCOMPARE(objectionTo({AnnotationKind::Location, "Nucleus", ""}), std::string());
    QCOMPARE(objectionTo({AnnotationKind::Pathway, "03050", ""}), kInteraction);
    QCOMPARE(objectionTo({AnnotationKind::Pathway, "04610", ""}), std::string());
    QCOMPARE(objectionTo({AnnotationKind::Pfam, "PF00227", ""}), std::string());
  }

  void electronicKeepsIeaAndSignaturesOnly() {
    const auto electronic = [](const Annotation& annotation) {
      return objectionTo(annotation, EvidenceRule::Electronic);
    };
    const std::string not_ = "not electronically inferred";
    QCOMPARE(electronic({AnnotationKind::Process, "GO:0000003", "IEA"}), std::string());
    QCOMPARE(electronic({AnnotationKind::Process, "GO:0000003", "IDA"}), not_);
    QCOMPARE(electronic({AnnotationKind::Function, "GO:0042802", "IEA"}), kInteraction);
    QCOMPARE(electronic({AnnotationKind::Keyword, "Membrane", ""}), not_);
    QCOMPARE(electronic({AnnotationKind::Keyword, "Membrane", "IEA"}), std::string());
    QCOMPARE(electronic({AnnotationKind::Pathway, "04610", ""}), not_);
    for (const auto kind :
         {AnnotationKind::Pfam, AnnotationKind::InterPro, AnnotationKind::Prosite}) {
      QCOMPARE(electronic({kind, "X", ""}), std::string());
    }
  }

  void allKeepsEverything() {
    QCOMPARE(objectionTo({AnnotationKind::Function, "GO:0005515", "IPI"}, EvidenceRule::All),
             std::string());
    const TermGraph graph = smallOntology();
    const ProteinAnnotations protein{{{AnnotationKind::Keyword, "Proteasome", ""}}, "F", "S", 3};
    const auto kept = EvidenceFilter(EvidenceRule::All, graph).apply(protein);
    QCOMPARE(kept.subunitText, std::string("S"));
    QCOMPARE(kept.annotations.size(), std::size_t{1});
  }

  void textsThatNamePartnersAreLeftOut() {
    const TermGraph graph = smallOntology();
    const ProteinAnnotations protein{{{AnnotationKind::Keyword, "Membrane", "IEA"},
                                      {AnnotationKind::Keyword, "Proteasome", "IEA"}},
                                     "Hydrolyses ATP. Interacts with CLDN3. Found in blood.\n"
                                     "Part of the ABC complex.\nGrows hair",
                                     "Homodimer.",
                                     7};
    const auto kept = EvidenceFilter(EvidenceRule::Default, graph).apply(protein);
    QCOMPARE(kept.functionText, std::string("Hydrolyses ATP. Found in blood.\nGrows hair"));
    QCOMPARE(kept.subunitText, std::string());
    QCOMPARE(kept.annotations.size(), std::size_t{1});
    QCOMPARE(kept.publications, 7);
    const auto electronic = EvidenceFilter(EvidenceRule::Electronic, graph).apply(protein);
    QCOMPARE(electronic.functionText, std::string());
    QCOMPARE(electronic.annotations.size(), std::size_t{1});
    QCOMPARE(withoutInteractionSentences(""), std::string());
    QCOMPARE(withoutInteractionSentences("Binds X"), std::string());
    QCOMPARE(withoutInteractionSentences("\n\n. . \n"), std::string("\n\n. ."));
  }

  void publicationsAreNoWordsOfFunction() {
    const TermGraph graph = smallOntology();
    const ProteinAnnotations protein{
        {}, "Cuts DNA (PubMed:1, PubMed:2). Binds X (PubMed:3). Heals (Ref.4) (in vitro).", {}, 0};
    QCOMPARE(EvidenceFilter(EvidenceRule::Default, graph).apply(protein).functionText,
             std::string("Cuts DNA. Heals (in vitro)."));
    QCOMPARE(EvidenceFilter(EvidenceRule::All, graph).apply(protein).functionText,
             protein.functionText);
    QCOMPARE(withoutReferences("Cuts (PubMed:1"), std::string("Cuts (PubMed:1"));
    QCOMPARE(withoutReferences(""), std::string());
  }

  void informationContentCountsTermsAndAllAbove() {
    const TermGraph graph = smallOntology();
    const auto having = [](std::vector<Annotation> annotations) {
      return ProteinAnnotations{std::move(annotations), {}, {}, 0};
    };
    const std::vector<ProteinAnnotations> proteins = {
        having({{AnnotationKind::Process, "GO:0000003", "IDA"},
                {AnnotationKind::Process, "GO:0000001", ""}}),
        having({{AnnotationKind::Process, "GO:0000002", "IDA"}}),
        having(
            {{AnnotationKind::Process, "GO:0000001", "IDA"}, {AnnotationKind::Keyword, "X", ""}}),
        having({{AnnotationKind::Process, "GO:1111111", "IDA"}})};
    const auto content = informationContent(graph, proteins);
    QCOMPARE(content.size(), graph.size());
    QCOMPARE(content[0], -std::log(3.0 / 4));
    QCOMPARE(content[1], -std::log(2.0 / 4));
    QCOMPARE(content[2], -std::log(1.0 / 4));
    QCOMPARE(content[5], -std::log(0.5 / 4));  // nobody has it
    QVERIFY(informationContent(graph, {}).empty());
    QCOMPARE(termsWithAncestors(graph, proteins[0]), (std::vector<TermIndex>{0, 1, 2}));
  }
};

QTEST_GUILESS_MAIN(TestEvidenceRule)
#include "tst_evidence_rule.moc"
