// What the project knows of a pair's two proteins besides their sequences, and how common it is.
#pragma once

#include <QString>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/data/evidence_rule.h"
#include "core/data/protein.h"
#include "core/store/project.h"

namespace twofold::ui {

/// Counted over all proteins of a project: read once, used for every pair.
struct ProjectEvidence {
  using TermKey = std::pair<data::AnnotationKind, std::string>;

  data::TermGraph graph;                     // empty when GO was not imported
  std::map<TermKey, std::int64_t> proteins;  // that have the term or, of GO, one below it
  std::int64_t annotated = 0;                // proteins with any annotation
  std::vector<std::int64_t> publications;    // of the proteins with a count, ascending

  /// 0 when no protein has it.
  [[nodiscard]] std::int64_t count(const TermKey& term) const;
};

/// Throws Error, and StopRequested between chunks of proteins. Any thread.
[[nodiscard]] ProjectEvidence readProjectEvidence(store::Project& project,
                                                  const std::stop_token& stop);

/// The share of the other proteins with a count that were studied less; none for a protein without
/// a count, or when no other has one.
[[nodiscard]] std::optional<double> studyShare(const ProjectEvidence& project,
                                               std::int64_t publications);

/// One evidence of one protein for a term.
struct TermEvidence {
  std::string code;                          // "IDA"; empty where the source gave none
  bool electronic = false;                   // data::isElectronic
  std::optional<data::Objection> objection;  // under the run's rule; none: a model may read it
};

struct TermRow {
  data::AnnotationKind kind = data::AnnotationKind::Process;
  std::string term;
  std::string name;  // of GO's terms, when GO was imported
  std::array<std::vector<TermEvidence>, 2> evidence;
  std::int64_t proteins = 0;
  double information = 0;  // -ln of the share of annotated proteins that have it

  [[nodiscard]] bool isShared() const { return !evidence[0].empty() && !evidence[1].empty(); }
};

struct PairEvidence {
  std::shared_ptr<const ProjectEvidence> project;
  std::array<QString, 2> ids;
  std::array<std::int64_t, 2> publications{};  // 0: not known
  std::optional<data::EvidenceRule> rule;      // of the run in focus; none: it reads no annotations
  QString run;
  std::vector<TermRow> rows;  // shared ones first, of these the rarest first
};

/// Reads both proteins and places their terms. Without a rule the objections are those of
/// `default`. Any thread.
[[nodiscard]] PairEvidence readPairEvidence(store::Project& project,
                                            std::shared_ptr<const ProjectEvidence> counts,
                                            const std::array<data::ProteinKey, 2>& keys,
                                            std::optional<data::EvidenceRule> rule);

struct TermView {
  bool onlyReadable = true;
  bool onlyElectronic = false;
};

/// The rows with the evidence that the view lets through, shared ones first again.
[[nodiscard]] std::vector<TermRow> visibleRows(const std::vector<TermRow>& rows,
                                               const TermView& view);

}  // namespace twofold::ui
