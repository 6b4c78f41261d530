// Option values of one part. Every value is checked against its spec, and one that nobody
// read is an error, so a misspelt or useless option is never silently ignored.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>

#include "core/base/option_spec.h"

namespace twofold {

using OptionValues = std::map<std::string, OptionValue>;

class Options {
 public:
  /// Defaults from the specs, overridden by `values`. Throws Error(Usage) on an unknown id
  /// (naming the nearest) or a value outside its range. `owner` is named in messages.
  Options(std::string owner, std::span<const OptionSpec> specs, const OptionValues& values);

  [[nodiscard]] bool flag(const std::string& id) const;
  [[nodiscard]] std::int64_t integer(const std::string& id) const;
  [[nodiscard]] double real(const std::string& id) const;
  [[nodiscard]] const std::string& text(const std::string& id) const;

  /// Throws Error(Internal) naming options that the part declared but never read.
  void requireAllRead() const;

 private:
  const OptionValue& value(const std::string& id) const;

  std::string m_owner;
  OptionValues m_values;
  mutable std::set<std::string> m_read;
};

}  // namespace twofold
