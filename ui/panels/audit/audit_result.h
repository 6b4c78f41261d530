// What `audit` ends with, as values.
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "core/formats/bounded_json.h"

namespace twofold::ui {

/// An offending pair or protein; empty where something does not apply.
struct AuditRow {
  QString part;
  QString first;   // a of a pair, or the protein
  QString second;  // b, or the relative
  QString label;
  QString reason;
};

struct AuditFinding {
  QString kind;      // "shared_pair"
  QString title;     // "shared pairs"
  QString severity;  // "ok", "skipped", "warn", "bad"
  qint64 count = 0;
  QString what;
  QString cure;
  qint64 leaving = 0;  // pairs that a split without this leaves out; 0: it is no cure
  std::vector<AuditRow> rows;
  qint64 rowsInAll = 0;
};

/// The split that was made without what was found.
struct AuditFix {
  QString split;
  qint64 leftOut = 0;
  qint64 train = 0;
  qint64 validation = 0;
  qint64 test = 0;
};

struct AuditResult {
  QString pairs;
  QString split;  // empty: of the set as a whole
  QString light;  // as a severity
  std::vector<AuditFinding> findings;
  std::optional<AuditFix> fix;  // then split, light and findings are those of the new one
};

/// Throws Error(BadInput) when it is no result of `audit`.
[[nodiscard]] AuditResult auditResult(const formats::Json& body);

/// "green", "amber", "red", "not looked at".
[[nodiscard]] QString lightName(const QString& severity);

/// With a header: part, first, second, label, reason.
[[nodiscard]] QString auditRowsTsv(const AuditFinding& finding);

}  // namespace twofold::ui
