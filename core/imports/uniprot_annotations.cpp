#include "core/imports/uniprot_annotations.h"

namespace twofold::imports {

namespace {

data::AnnotationKind aspectOf(const formats::GoTerm& term) {
  return term.aspect == 'P'   ? data::AnnotationKind::Process
         : term.aspect == 'F' ? data::AnnotationKind::Function
                              : data::AnnotationKind::Component;
}

}  // namespace

data::ProteinAnnotations annotationsOf(const formats::UniprotEntry& entry) {
  using data::AnnotationKind;
  data::ProteinAnnotations all;
  for (const auto& term : entry.goTerms) {
    all.annotations.push_back({aspectOf(term), term.id, term.evidence});
  }
  const auto addSignatures = [&](AnnotationKind kind, const std::vector<std::string>& ids) {
    for (const auto& id : ids) {
      all.annotations.push_back({kind, id, {}});
    }
  };
  addSignatures(AnnotationKind::Pfam, entry.pfam);
  addSignatures(AnnotationKind::InterPro, entry.interpro);
  addSignatures(AnnotationKind::Prosite, entry.prosite);
  for (const auto& keyword : entry.keywords) {
    all.annotations.push_back({AnnotationKind::Keyword, keyword.term, keyword.evidence});
  }
  for (const auto& location : entry.locations) {
    all.annotations.push_back({AnnotationKind::Location, location.term, location.evidence});
  }
  all.functionText = entry.function;
  all.subunitText = entry.subunit;
  all.publications = entry.publications;
  return all;
}

}  // namespace twofold::imports
