#include "core/data/evidence_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/base/nearest_name.h"

namespace twofold::data {

namespace {

constexpr std::array<EvidenceRuleInfo, 3> kRules = {{
    {EvidenceRule::Default, "default",
     "Leaves out what encodes the answer: evidence from interaction or high throughput, protein "
     "binding, complexes, SUBUNIT text",
     false},
    {EvidenceRule::Electronic, "electronic",
     "Keeps only what was inferred electronically or computed from the sequence, with the same "
     "exclusions",
     false},
    {EvidenceRule::All, "all",
     "Keeps everything; much of it was recorded because the proteins interact, so results leak",
     true},
}};

/// Named in the header; an id never changes its meaning in GO.
constexpr std::array<std::string_view, 6> kExcludedRoots = {
    "GO:0005515", "GO:0032991", "GO:0044877", "GO:0043933", "GO:0043254", "GO:0043393"};

constexpr std::array<std::string_view, 19> kUsableEvidence = {
    "EXP", "IBA", "IBD", "IC",  "IDA", "IEA", "IEP", "IGC", "IGI", "IKR",
    "IMP", "IRD", "ISA", "ISM", "ISO", "ISS", "NAS", "RCA", "TAS"};

constexpr std::array<std::string_view, 5> kHighThroughput = {"HDA", "HEP", "HGI", "HMP", "HTP"};

/// From UniProt's list of keywords, all ten categories gone through.
constexpr std::array<std::string_view, 37> kExcludedKeywords = {
    // Complexes; those whose name has the word "complex" need no entry.
    "CF(0)", "CF(1)", "DNA-directed RNA polymerase", "Dynein", "Exosome", "Inflammasome",
    "Kinetochore", "Light-harvesting polypeptide", "MHC I", "MHC II", "Nucleosome core",
    "Photosystem I", "Photosystem II", "Phycobilisome", "Primosome", "Proteasome",
    "Reaction center", "Respiratory chain", "Ribonucleoprotein", "Ribosomal protein",
    "Signal recognition particle", "Signalosome", "Spliceosome", "Thick filament",
    // A bound protein.
    "Actin-binding", "Calmodulin-binding", "Growth factor binding", "Hemoglobin-binding",
    "Host-virus interaction", "IgA-binding protein", "IgE-binding protein", "IgG-binding protein",
    "SH3-binding",
    // How well it was studied.
    "3D-structure", "Direct protein sequencing", "Proteomics identification", "Reference proteome"};

/// KEGG's maps of one complex: ribosome, RNA polymerase, spliceosome, proteasome.
constexpr std::array<std::string_view, 4> kExcludedPathways = {"03010", "03020", "03040", "03050"};

/// Beginnings of words, lower case.
constexpr std::array<std::string_view, 16> kInteractionWords = {
    "interact",  "bind",     "bound",        "complex",    "subunit",  "heterodimer",
    "homodimer", "oligomer", "heterotrimer", "homotrimer", "tetramer", "dimeriz",
    "partner",   "recruit",  "associat",     "component"};

template <std::size_t N>
bool isOneOf(std::string_view text, const std::array<std::string_view, N>& all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

/// A word of the text begins so; "underbinds" and "decomplex" do not count.
bool hasWordFrom(std::string_view lower, std::string_view beginning) {
  for (std::size_t at = lower.find(beginning); at != std::string_view::npos;
       at = lower.find(beginning, at + 1)) {
    if (at == 0 || !isLetter(lower[at - 1])) {
      return true;
    }
  }
  return false;
}

bool speaksOfInteraction(std::string_view sentence) {
  const std::string lower = lowerCase(sentence);
  return std::any_of(kInteractionWords.begin(), kInteractionWords.end(),
                     [&](std::string_view word) { return hasWordFrom(lower, word); });
}

bool namesInteraction(const Annotation& annotation) {
  switch (annotation.kind) {
    case AnnotationKind::Keyword:
    case AnnotationKind::Location:
      return isOneOf(annotation.term, kExcludedKeywords) ||
             hasWordFrom(lowerCase(annotation.term), "complex");
    case AnnotationKind::Pathway:
      return isOneOf(annotation.term, kExcludedPathways);
    default:
      return false;
  }
}

}  // namespace

std::span<const EvidenceRuleInfo> evidenceRules() {
  return kRules;
}

const EvidenceRuleInfo& infoOf(EvidenceRule rule) {
  return kRules[static_cast<std::size_t>(rule)];
}

EvidenceRule evidenceRuleOf(std::string_view id) {
  std::vector<std::string> known;
  for (const EvidenceRuleInfo& info : kRules) {
    if (info.id == id) {
      return info.rule;
    }
    known.emplace_back(info.id);
  }
  throw Error(ErrorKind::Usage,
              fmt::format("there is no evidence rule \"{}\"{}", id, didYouMean(id, known)));
}

std::string_view describe(Objection objection) {
  switch (objection) {
    case Objection::InteractionEvidence:
      return "evidence from interaction (IPI)";
    case Objection::HighThroughput:
      return "evidence from high throughput";
    case Objection::NoData:
      return "no data (ND)";
    case Objection::UnknownEvidence:
      return "unknown evidence code";
    case Objection::InteractionTerm:
      return "names an interaction or a complex";
    case Objection::UnknownTerm:
      return "term unknown or obsolete";
    case Objection::NotElectronic:
      return "not electronically inferred";
  }
  return "";
}

bool isElectronic(const Annotation& annotation) {
  return annotation.evidence == "IEA" || isSequenceSignature(annotation.kind);
}

EvidenceFilter::EvidenceFilter(EvidenceRule rule, const TermGraph& graph)
    : m_rule(rule), m_graph(&graph) {
  for (const std::string_view id : kExcludedRoots) {
    if (const auto root = graph.find(id)) {
      m_roots.push_back(*root);
    }
  }
}

std::optional<Objection> EvidenceFilter::objectionToGo(const Annotation& annotation) const {
  if (annotation.evidence == "IPI") {
    return Objection::InteractionEvidence;
  }
  if (annotation.evidence == "ND") {
    return Objection::NoData;
  }
  if (isOneOf(annotation.evidence, kHighThroughput)) {
    return Objection::HighThroughput;
  }
  if (!isOneOf(annotation.evidence, kUsableEvidence)) {
    return Objection::UnknownEvidence;
  }
  if (isOneOf(annotation.term, kExcludedRoots)) {
    return Objection::InteractionTerm;
  }
  const auto term = m_graph->find(annotation.term);
  if (!term || m_graph->term(*term).obsolete) {
    return Objection::UnknownTerm;
  }
  if (std::any_of(m_roots.begin(), m_roots.end(),
                  [&](TermIndex root) { return m_graph->isBelow(*term, root); })) {
    return Objection::InteractionTerm;
  }
  return std::nullopt;
}

std::optional<Objection> EvidenceFilter::objection(const Annotation& annotation) const {
  if (m_rule == EvidenceRule::All) {
    return std::nullopt;
  }
  const auto against = isGo(annotation.kind)          ? objectionToGo(annotation)
                       : namesInteraction(annotation) ? std::optional(Objection::InteractionTerm)
                                                      : std::nullopt;
  if (!against && m_rule == EvidenceRule::Electronic && !isElectronic(annotation)) {
    return Objection::NotElectronic;
  }
  return against;
}

ProteinAnnotations EvidenceFilter::apply(const ProteinAnnotations& protein) const {
  if (m_rule == EvidenceRule::All) {
    return protein;
  }
  ProteinAnnotations kept;
  kept.publications = protein.publications;
  for (const Annotation& annotation : protein.annotations) {
    if (!objection(annotation)) {
      kept.annotations.push_back(annotation);
    }
  }
  if (m_rule == EvidenceRule::Default) {
    kept.functionText = withoutReferences(withoutInteractionSentences(protein.functionText));
  }
  return kept;
}

std::string withoutInteractionSentences(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    // A sentence ends at ". " or at the end of its paragraph.
    std::size_t end = std::min(text.find(". "), text.size());
    end = std::min(end == text.size() ? end : end + 2,
                   std::min(text.find('\n'), text.size() - 1) + 1);
    const std::string_view sentence = text.substr(0, end);
    if (!speaksOfInteraction(sentence)) {
      kept += sentence;
    }
    text.remove_prefix(end);
  }
  while (kept.ends_with(' ') || kept.ends_with('\n')) {
    kept.pop_back();
  }
  return kept;
}

std::string withoutReferences(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find(" (PubMed:"), text.find(" (Ref."));
    const std::size_t end = begin == std::string_view::npos ? begin : text.find(')', begin);
    kept += text.substr(0, end == std::string_view::npos ? end : begin);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return kept;
}

}  // namespace twofold::data
