// What an import did: counts by reason and the first lines of each, nothing silently dropped.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/formats/bounded_json.h"

namespace twofold::imports {

struct ImportReport {
  std::int64_t read = 0;
  std::int64_t kept = 0;
  std::map<std::string, std::int64_t> skipped;               // reason → count
  std::map<std::string, std::vector<std::string>> examples;  // reason → "file:line: detail", ≤ 5
  std::vector<std::string> notes;                            // sentences for the user

  void skip(const std::string& reason, const std::string& example);
};

/// {"read","kept","skipped":{…},"examples":{…},"notes":[…]}.
[[nodiscard]] formats::Json toJson(const ImportReport& report);
[[nodiscard]] ImportReport reportFromJson(const formats::Json& json);

}  // namespace twofold::imports
