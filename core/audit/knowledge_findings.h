// What a model may know of evaluated proteins before training: from its backbone's pre-training, or
// from annotations that say who binds.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/audit/finding.h"
#include "core/audit/subject.h"
#include "core/data/annotation.h"
#include "core/data/term_graph.h"
#include "core/weights/sequence_manifest.h"

namespace twofold::audit {

/// A backbone that may be used, and what is known of its pre-training.
struct PretrainedBackbone {
  std::string name;
  std::optional<weights::SequenceManifest> manifest;  // nothing: it does not tell
};

/// Evaluated proteins (without a split: all) that a manifest has. A backbone without a manifest is
/// told and makes the light amber: what is not known cannot be ruled out.
[[nodiscard]] Finding findPretrainingExposure(const Subject& subject,
                                              std::span<const PretrainedBackbone> backbones);

struct KnownEvidence {
  std::vector<data::ProteinAnnotations> annotations;  // in the order of the subject's proteins
  data::TermGraph graph;
  std::vector<std::string> leakingRuns;  // on these pairs, whose models read it all
};

/// Evaluated proteins (without a split: all) whose annotations say that they bind: evidence IPI,
/// protein binding, complexes, SUBUNIT texts; counted by what the rule `default` objects to.
[[nodiscard]] Finding findLabelsInEvidence(const Subject& subject, const KnownEvidence& evidence);

}  // namespace twofold::audit
