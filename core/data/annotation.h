// What is known of a protein besides its sequence, each piece with the evidence it rests on.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace twofold::data {

/// The numbers are those of the store; a new kind goes to the end.
enum class AnnotationKind : std::uint8_t {
  Process,    // GO's three aspects: "GO:0006915"
  Function,   //
  Component,  //
  Pfam,       // "PF00240"
  InterPro,   // "IPR000626"
  Prosite,    // "PS00299"
  Keyword,    // UniProt's: "Membrane"
  Location,   // UniProt's: "Cell junction, tight junction"
  Pathway,    // KEGG's, without species: "04610"
};

inline constexpr std::array<std::string_view, 9> kAnnotationKindNames = {
    "process", "function", "component", "pfam",   "interpro",
    "prosite", "keyword",  "location",  "pathway"};

[[nodiscard]] constexpr std::string_view name(AnnotationKind kind) {
  return kAnnotationKindNames[static_cast<std::size_t>(kind)];
}

[[nodiscard]] constexpr bool isGo(AnnotationKind kind) {
  return kind <= AnnotationKind::Component;
}

/// Computed from the sequence alone, whoever imported it.
[[nodiscard]] constexpr bool isSequenceSignature(AnnotationKind kind) {
  return kind == AnnotationKind::Pfam || kind == AnnotationKind::InterPro ||
         kind == AnnotationKind::Prosite;
}

struct Annotation {
  AnnotationKind kind = AnnotationKind::Process;
  std::string term;
  std::string evidence;  // GO's code ("IDA"), an ECO number without one, or empty

  friend bool operator==(const Annotation&, const Annotation&) = default;
  friend bool operator<(const Annotation& a, const Annotation& b) {
    return std::tie(a.kind, a.term, a.evidence) < std::tie(b.kind, b.term, b.evidence);
  }
};

/// All that is known of one protein.
struct ProteinAnnotations {
  std::vector<Annotation> annotations;  // each once
  std::string functionText;             // UniProt's FUNCTION, paragraphs by line feeds
  std::string subunitText;              // UniProt's SUBUNIT: who it is bound to
  std::int64_t publications = 0;        // how much it was studied; the largest of all sources
};

}  // namespace twofold::data
