// Which annotations a model may read: what says "these two bind" would be the answer itself.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/annotation.h"
#include "core/data/term_graph.h"

namespace twofold::data {

enum class EvidenceRule : std::uint8_t { Default, Electronic, All };

struct EvidenceRuleInfo {
  EvidenceRule rule = EvidenceRule::Default;
  std::string_view id;
  std::string_view help;  // one sentence
  bool leaks = false;     // a result under it needs a red mark
};

/// `default`, `electronic`, `all`, in this order.
[[nodiscard]] std::span<const EvidenceRuleInfo> evidenceRules();

[[nodiscard]] const EvidenceRuleInfo& infoOf(EvidenceRule rule);

/// Throws Error(Usage) naming the nearest id.
[[nodiscard]] EvidenceRule evidenceRuleOf(std::string_view id);

/// Why an annotation is kept from a model.
enum class Objection : std::uint8_t {
  InteractionEvidence,  // GO evidence IPI
  HighThroughput,       // HTP HDA HMP HGI HEP
  NoData,               // ND
  UnknownEvidence,      // GO evidence that is none of GO's codes: it might be IPI
  InteractionTerm,      // protein binding, a complex or binding to one; keywords and places like it
  UnknownTerm,          // a GO term that is not in the graph or obsolete: it might be one of those
  NotElectronic,        // rule electronic: neither IEA nor a signature of the sequence
};

/// "evidence from interaction (IPI)", as counted reports show it.
[[nodiscard]] std::string_view describe(Objection objection);

/// Evidence IEA, or a signature of the sequence.
[[nodiscard]] bool isElectronic(const Annotation& annotation);

/// Applies one rule. Under `default` and `electronic` these are left out:
/// - GO with evidence IPI, HTP, HDA, HMP, HGI, HEP, ND or a code that is none of GO's (IGI, a
/// genetic
///   interaction, and IBA, inferred from relatives, stay: neither says that two proteins touch);
/// - GO terms at or below (is_a, part_of) GO:0005515 "protein binding", GO:0032991
///   "protein-containing complex", GO:0044877 "protein-containing complex binding", GO:0043933
///   "protein-containing complex organization" (assembly, oligomerization), GO:0043254 and
///   GO:0043393 (regulation of complex assembly and of protein binding). So none of these is ever
///   an ancestor of a term that is kept;
/// - GO terms that the graph does not know or knows as obsolete: without a graph, all of GO;
/// - keywords and locations that name a complex ("Proteasome", "Spliceosome", any with the word
///   "complex"), a bound protein ("SH3-binding"), or only how well a protein was studied
///   ("3D-structure");
/// - KEGG maps of one complex: ribosome, RNA polymerase, spliceosome, proteasome;
/// - SUBUNIT text, and of FUNCTION text the sentences that speak of binding, interaction,
///   complexes or subunits, and the publications that the others name: two proteins of one
///   publication were often seen together. `electronic` leaves out FUNCTION text too: a person
///   wrote it.
class EvidenceFilter {
 public:
  EvidenceFilter(EvidenceRule rule, const TermGraph& graph);

  /// Nothing when a model may read it.
  [[nodiscard]] std::optional<Objection> objection(const Annotation& annotation) const;
  /// What a model may read of a protein; the publication count stays for the study-bias meter.
  [[nodiscard]] ProteinAnnotations apply(const ProteinAnnotations& protein) const;
  [[nodiscard]] EvidenceRule rule() const { return m_rule; }

 private:
  [[nodiscard]] std::optional<Objection> objectionToGo(const Annotation& annotation) const;

  EvidenceRule m_rule;
  const TermGraph* m_graph;        // outlives the filter
  std::vector<TermIndex> m_roots;  // of the excluded terms, ascending
};

/// The sentences that speak of no binding, interaction, complex or subunit.
[[nodiscard]] std::string withoutInteractionSentences(std::string_view text);

/// Without "(PubMed:1, PubMed:2)" and "(Ref.3)".
[[nodiscard]] std::string withoutReferences(std::string_view text);

}  // namespace twofold::data
