// The SQLite files of Bioconductor: org.*.eg.db (genes of one species) and GO.db (terms).
#pragma once

#include <filesystem>

#include "core/data/term_graph.h"
#include "core/imports/annotation_collector.h"
#include "core/imports/importers.h"

namespace twofold::imports {

enum class ForeignDatabase { Genes, Terms };

/// By its tables. Throws Error(BadInput) when it is neither, or damaged.
[[nodiscard]] ForeignDatabase foreignDatabase(const std::filesystem::path& file);

/// GO terms with evidence, Pfam, PROSITE and KEGG ids and publication counts of the genes whose
/// UniProt accession is a protein's; a gene's annotations go to each of its proteins. Pfam and
/// PROSITE ids have no evidence code, KEGG's neither.
void readGeneDatabase(const std::filesystem::path& file, const ProteinDirectory& proteins,
                      AnnotationCollector& collector, ImportReport& report, const Watch& watch);

/// Terms and obsolete terms, is_a and part_of edges; rows are counted in `report`, edges of other
/// relations as skipped.
[[nodiscard]] data::TermGraph readTermDatabase(const std::filesystem::path& file,
                                               ImportReport& report, const Watch& watch);

}  // namespace twofold::imports
