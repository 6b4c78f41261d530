#include "core/audit/finding.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/nearest_name.h"

namespace twofold::audit {

Kind kindFromName(std::string_view id) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds[i].id == id) {
      return static_cast<Kind>(i);
    }
    names.emplace_back(kKinds[i].id);
  }
  throw Error(ErrorKind::Usage,
              fmt::format("an audit has no finding \"{}\"{}", id, didYouMean(id, names)));
}

std::string_view name(Severity severity) noexcept {
  switch (severity) {
    case Severity::Ok:
      return "ok";
    case Severity::Skipped:
      return "skipped";
    case Severity::Warn:
      return "warn";
    case Severity::Bad:
      break;
  }
  return "bad";
}

Finding skipped(Kind kind, std::string why) {
  Finding finding{kind, Severity::Skipped};
  finding.what = std::move(why);
  return finding;
}

std::string countOf(std::int64_t count, std::string_view thing) {
  auto digits = std::to_string(count);
  for (std::size_t i = digits.size(); i > 3; i -= 3) {
    digits.insert(i - 3, 1, ',');
  }
  return fmt::format("{} {}{}", digits, thing, count == 1 ? "" : "s");
}

Severity lightOf(std::span<const Finding> findings) {
  Severity worst = Severity::Ok;
  for (const Finding& finding : findings) {
    if (finding.severity != Severity::Skipped) {
      worst = std::max(worst, finding.severity);
    }
  }
  return worst;
}

}  // namespace twofold::audit
