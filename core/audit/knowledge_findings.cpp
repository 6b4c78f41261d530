#include "core/audit/knowledge_findings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/audit/limits.h"
#include "core/data/evidence_rule.h"

namespace twofold::audit {

namespace {

std::int64_t count(const std::vector<bool>& flags) {
  return std::count(flags.begin(), flags.end(), true);
}

/// Rows of the wanted proteins that the backbone was trained on.
std::int64_t addExposed(Finding& finding, const Subject& subject, const std::vector<bool>& wanted,
                        const PretrainedBackbone& backbone) {
  std::int64_t exposed = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto& protein = subject.proteins()[i];
    if (wanted[i] && backbone.manifest->has(protein.sequence)) {
      ++exposed;
      finding.rows.push_back({data::Part::None, Row::kNone, Row::kNone, protein.key, 0,
                              fmt::format("{} was pre-trained on it", backbone.name)});
    }
  }
  return exposed;
}

/// What the rule `default` keeps from models because it says who binds.
struct Encoded {
  std::int64_t interaction = 0;  // evidence IPI
  std::int64_t terms = 0;        // protein binding, complexes, keywords like them
  std::int64_t subunit = 0;      // texts

  [[nodiscard]] std::int64_t sum() const { return interaction + terms + subunit; }
};

Encoded encodedIn(const data::ProteinAnnotations& protein, const data::EvidenceFilter& filter) {
  Encoded found;
  for (const auto& annotation : protein.annotations) {
    const auto objection = filter.objection(annotation);
    found.interaction += objection == data::Objection::InteractionEvidence ? 1 : 0;
    found.terms += objection == data::Objection::InteractionTerm ? 1 : 0;
  }
  found.subunit = protein.subunitText.empty() ? 0 : 1;
  return found;
}

}  // namespace

Finding findPretrainingExposure(const Subject& subject,
                                std::span<const PretrainedBackbone> backbones) {
  if (backbones.empty()) {
    return skipped(Kind::PretrainingExposure,
                   "No backbone was named: name folders of weights, which may have manifests.");
  }
  Finding finding{Kind::PretrainingExposure};
  const auto wanted = subject.evaluatedProteins();
  const auto proteins = count(wanted);
  std::vector<std::string> texts;
  for (const auto& backbone : backbones) {
    if (!backbone.manifest) {
      finding.severity = std::max(finding.severity, Severity::Warn);
      texts.push_back(fmt::format("{} does not say what it was trained on", backbone.name));
      continue;
    }
    const auto exposed = addExposed(finding, subject, wanted, backbone);
    finding.severity = std::max(finding.severity, exposed > 0 ? Severity::Warn : Severity::Ok);
    finding.numbers.emplace_back(backbone.name, static_cast<double>(exposed));
    texts.push_back(fmt::format("{} was pre-trained on {} of {}, by its {} hashes", backbone.name,
                                countOf(exposed, "evaluated protein"), proteins,
                                backbone.manifest->size()));
  }
  finding.count = static_cast<std::int64_t>(finding.rows.size());
  finding.numbers.emplace_back("evaluated_proteins", static_cast<double>(proteins));
  finding.what = fmt::format("{}. Equal sequences only.", fmt::join(texts, "; "));
  finding.cure =
      finding.severity == Severity::Ok
          ? ""
          : "Report it, and show composition or a backbone that has not seen them beside "
            "it; pretrain makes one without chosen proteins.";
  return finding;
}

Finding findLabelsInEvidence(const Subject& subject, const KnownEvidence& evidence) {
  Finding finding{Kind::LabelInEvidence};
  const data::EvidenceFilter filter(data::EvidenceRule::Default, evidence.graph);
  const auto wanted = subject.evaluatedProteins();
  Encoded all;
  std::int64_t annotated = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i] || i >= evidence.annotations.size()) {
      continue;
    }
    const auto& known = evidence.annotations[i];
    annotated += known.annotations.empty() && known.subunitText.empty() ? 0 : 1;
    const Encoded found = encodedIn(known, filter);
    all.interaction += found.interaction;
    all.terms += found.terms;
    all.subunit += found.subunit;
    if (found.sum() > 0) {
      finding.rows.push_back({data::Part::None, Row::kNone, Row::kNone, subject.proteins()[i].key,
                              0,
                              fmt::format("evidence IPI {}, binding or complexes {}, SUBUNIT {}",
                                          found.interaction, found.terms, found.subunit)});
    }
  }
  finding.count = static_cast<std::int64_t>(finding.rows.size());
  finding.severity = !evidence.leakingRuns.empty() ? Severity::Bad
                     : finding.count > 0           ? Severity::Warn
                                                   : Severity::Ok;
  finding.numbers = {{"interaction_evidence", static_cast<double>(all.interaction)},
                     {"interaction_terms", static_cast<double>(all.terms)},
                     {"subunit_texts", static_cast<double>(all.subunit)},
                     {"annotated_proteins", static_cast<double>(annotated)},
                     {"leaking_runs", static_cast<double>(evidence.leakingRuns.size())}};
  finding.what = fmt::format(
      "{} of {} annotated ones with evidence that says who binds: {} by IPI, {} naming binding or "
      "complexes, {}. The rules default and electronic keep all of it from models, all keeps "
      "none.{}{}",
      countOf(finding.count, "evaluated protein"), annotated,
      countOf(all.interaction, "annotation"), all.terms, countOf(all.subunit, "SUBUNIT text"),
      annotated > 0 && evidence.graph.size() == 0
          ? " Without GO.sqlite, terms below these are not recognised and none of GO is read."
          : "",
      evidence.leakingRuns.empty()
          ? ""
          : fmt::format(" Runs that read it: {}.", fmt::join(evidence.leakingRuns, ", ")));
  finding.cure =
      finding.count == 0 ? "" : "Keep evidence=default in the channels annotation and text.";
  return finding;
}

}  // namespace twofold::audit
