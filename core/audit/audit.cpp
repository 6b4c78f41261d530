#include "core/audit/audit.h"

#include "core/audit/cheat_scores.h"
#include "core/audit/pair_findings.h"
#include "core/audit/protein_findings.h"
#include "core/audit/relative_finding.h"

namespace twofold::audit {

std::vector<Finding> audit(const Subject& subject, const AuditRequest& request,
                           const ProgressSink& progress, const std::stop_token& stop) {
  const PairGroups groups(subject);
  std::vector<Finding> findings;
  const auto add = [&](Finding finding) {
    findings.push_back(std::move(finding));
    throwIfStopped(stop);
    if (progress) {
      progress({"Auditing", static_cast<std::int64_t>(findings.size()),
                static_cast<std::int64_t>(kKinds.size()), "findings"});
    }
  };
  add(findSharedPairs(subject, groups));
  add(findSwappedPairs(subject, groups));
  add(findSharedProteins(subject));
  add(request.withRelatives ? findNearRelatives(subject, request.relatives, progress, stop)
                            : skipped(Kind::NearRelative, "Left out, as asked for."));
  add(findDegreeCheat(subject));
  add(findOneLabelProteins(subject, Kind::NegativeOnly));
  add(findOneLabelProteins(subject, Kind::PositiveOnly));
  add(findDuplicates(subject, groups));
  add(findContradictions(subject, groups));
  add(findSelfPairs(subject));
  add(findLengthImbalance(subject));
  add(findPretrainingExposure(subject, request.backbones));
  add(findLabelsInEvidence(subject, request.evidence));
  addLeftOut(findings, request.leftOut);
  return findings;
}

}  // namespace twofold::audit
