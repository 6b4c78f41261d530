// Whether a file is a predicted model, and whether its B-factor column holds the predictor's
// confidence (pLDDT). Told by what the file says of itself, never by its name or its numbers.
#pragma once

#include <string>

#include "core/bio/structure.h"

namespace twofold::bio {

/// What a file says of where it comes from.
struct ModelOrigin {
  std::string id;                    // of the entry
  std::string title;                 // as in the file
  std::string method;                // EXPDTA or _exptl.method; empty: not given
  bool hasQualityMetric = false;     // mmCIF: there is a _ma_qa_metric
  bool metricIsPlddt = false;        // and its name or type is pLDDT, for each residue
  bool namesAlphaFoldEntry = false;  // mmCIF: _database_2 names AlphaFoldDB
};

enum class ModelNature {
  Experiment,      // or nothing is said
  Prediction,      // B-factors mean what its author wanted
  ConfidentModel,  // B-factors are pLDDT, 0 to 100
};

/// In this order: a named method of experiment is an experiment, whatever else is said; a metric
/// called pLDDT, a title such as "ALPHAFOLD MONOMER V2.0 PREDICTION FOR …" (ESMFOLD alike) or an
/// AlphaFold DB entry ("AF-…") is a model with pLDDT; another metric and EXPDTA THEORETICAL MODEL
/// are predictions whose B-factors are not known to be pLDDT.
[[nodiscard]] ModelNature natureOf(const ModelOrigin& origin);

/// Sets `predicted`, and each residue's confidence from its C-alpha's B-factor where these are
/// pLDDT. Values that cannot be pLDDT (below 0, above 100, or all at most 1) are not taken. A
/// sentence in the notes says what was done.
void readConfidence(Structure& structure, const ModelOrigin& origin);

}  // namespace twofold::bio
