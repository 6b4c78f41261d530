// The leakage audit: every finding on a pair set and its split, in the order of Kind.
#pragma once

#include <optional>
#include <vector>

#include "core/audit/finding.h"
#include "core/audit/knowledge_findings.h"
#include "core/audit/left_out.h"
#include "core/audit/relatives.h"
#include "core/audit/subject.h"

namespace twofold::audit {

struct AuditRequest {
  bool withRelatives = true;
  RelativeSearch relatives{};
  std::vector<PretrainedBackbone> backbones{};
  KnownEvidence evidence{};
  std::vector<data::LeftOutRow> leftOut{};  // of the set's files, as far as it concerns the split
};

/// One finding a kind; what could not be looked at is skipped and says why. Throws StopRequested,
/// and Error(Io) when MMseqs2 fails.
[[nodiscard]] std::vector<Finding> audit(const Subject& subject, const AuditRequest& request,
                                         const ProgressSink& progress = {},
                                         const std::stop_token& stop = {});

}  // namespace twofold::audit
