// An audit as the JSON of the contract, as text for people and as a table of all offending rows.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "core/audit/finding.h"
#include "core/audit/subject.h"
#include "core/formats/bounded_json.h"

namespace twofold::app {

/// [{"kind","title","count","severity","what","cure","numbers":{…},"leaving","rows":[…],
/// "rows_total"}]; the first 200 rows of each.
[[nodiscard]] formats::Json toJson(std::span<const audit::Finding> findings,
                                   const audit::Subject& subject);

/// "green", "amber", "red", "not looked at".
[[nodiscard]] std::string_view lightText(audit::Severity severity) noexcept;

/// A line a finding with its light, then what each says.
[[nodiscard]] std::string auditText(std::span<const audit::Finding> findings,
                                    const audit::Subject& subject);

/// TSV with a header: kind, severity, part, pair (from 0), a, b, label, other_pair, protein,
/// relative, reason. Returns the rows. Throws Error(Io).
std::int64_t writeAuditRows(const std::filesystem::path& file,
                            std::span<const audit::Finding> findings,
                            const audit::Subject& subject);

}  // namespace twofold::app
