// Typed access to the fields of a JSON object, with errors that name the key.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/option_spec.h"
#include "core/base/options.h"
#include "core/formats/bounded_json.h"

namespace twofold::runs {

/// Reads one object and, at done(), refuses keys that nobody asked for. `source` is the file or
/// place named in messages. All errors are Error(BadInput).
class JsonFields {
 public:
  JsonFields(const formats::Json& object, std::string source);

  /// A key that was asked for counts as known at done().
  [[nodiscard]] bool has(const std::string& key);
  /// Throws when the key is missing.
  [[nodiscard]] const formats::Json& value(const std::string& key);
  [[nodiscard]] std::string text(const std::string& key);
  [[nodiscard]] std::int64_t integer(const std::string& key);
  [[nodiscard]] std::uint64_t natural(const std::string& key);
  [[nodiscard]] double real(const std::string& key);
  [[nodiscard]] bool flag(const std::string& key);
  [[nodiscard]] const formats::Json& list(const std::string& key);

  /// Throws for a key that was not read, naming the nearest that was.
  void done() const;
  [[nodiscard]] const std::string& source() const { return m_source; }

 private:
  [[nodiscard]] Error wrongType(const std::string& key, std::string_view wanted) const;

  const formats::Json& m_object;
  std::string m_source;
  std::vector<std::string> m_known;
};

[[nodiscard]] formats::Json optionToJson(const OptionValue& value);
[[nodiscard]] formats::Json optionsToJson(const OptionValues& values);
/// Throws Error(BadInput) for null, lists, objects and whole numbers beyond 64 bits.
[[nodiscard]] OptionValue optionValueFromJson(const formats::Json& json, std::string_view where);
[[nodiscard]] OptionValues optionValuesFromJson(const formats::Json& json, std::string_view where);

}  // namespace twofold::runs
