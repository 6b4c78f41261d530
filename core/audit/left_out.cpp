#include "core/audit/left_out.h"

#include <fmt/format.h>

#include <algorithm>

namespace twofold::audit {

namespace {

Kind kindOf(data::LeftOutFor why) {
  switch (why) {
    case data::LeftOutFor::SharedPair:
      return Kind::SharedPair;
    case data::LeftOutFor::SwappedPair:
      return Kind::SwappedPair;
    case data::LeftOutFor::Duplicate:
      return Kind::Duplicate;
    case data::LeftOutFor::Contradiction:
      return Kind::Contradiction;
    case data::LeftOutFor::SelfPair:
      return Kind::SelfPair;
  }
  return Kind::Duplicate;
}

bool isOfTwoParts(Kind kind) {
  return kind == Kind::SharedPair || kind == Kind::SwappedPair;
}

void tell(Finding& finding, std::int64_t count) {
  finding.numbers.emplace_back("left_out", static_cast<double>(count));
  finding.what +=
      fmt::format(" The files had {} more, which the import left out.", countOf(count, "row"));
  if (isOfTwoParts(finding.kind)) {
    finding.severity = std::max(finding.severity, Severity::Warn);
    finding.what += " Runs here did not train on them; results published on these files may have.";
  }
}

}  // namespace

void addLeftOut(std::vector<Finding>& findings, std::span<const data::LeftOutRow> rows) {
  for (auto& finding : findings) {
    std::int64_t count = 0;
    for (const auto& row : rows) {
      if (kindOf(row.why) == finding.kind) {
        ++count;
        finding.rows.push_back({row.part, Row::kNone, Row::kNone, row.a, row.b,
                                fmt::format("left out at the import: {}", row.place)});
      }
    }
    if (count > 0) {
      tell(finding, count);
    }
  }
}

}  // namespace twofold::audit
