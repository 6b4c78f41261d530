// What an option of a part is: type, default, range, unit, one sentence of help.
// The window's forms, the worker's command line and the report are made from it.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace twofold {

using OptionValue = std::variant<bool, std::int64_t, double, std::string>;

enum class OptionType { Switch, Integer, Real, Choice, Text, Folder };

struct OptionSpec {
  std::string id;
  std::string label;
  std::string help;
  OptionType type = OptionType::Text;
  OptionValue defaultValue;
  double minimum = 0;                // Integer and Real
  double maximum = 0;                // Integer and Real
  std::string unit;                  // shown behind the editor
  std::vector<std::string> choices;  // Choice
  bool advanced = false;             // folded away in forms
};

[[nodiscard]] OptionSpec switchOption(std::string id, std::string label, bool value,
                                      std::string help);
[[nodiscard]] OptionSpec integerOption(std::string id, std::string label, std::int64_t value,
                                       std::int64_t minimum, std::int64_t maximum,
                                       std::string help);
[[nodiscard]] OptionSpec realOption(std::string id, std::string label, double value, double minimum,
                                    double maximum, std::string help);
/// The first choice is the default.
[[nodiscard]] OptionSpec choiceOption(std::string id, std::string label,
                                      std::vector<std::string> choices, std::string help);
[[nodiscard]] OptionSpec folderOption(std::string id, std::string label, std::string help);

/// The option value that `text` writes; throws Error(Usage) naming the option and its range.
[[nodiscard]] OptionValue parseOption(const OptionSpec& spec, const std::string& text);

/// `value` converted to the option's type and checked against its range; throws Error(Usage).
[[nodiscard]] OptionValue checkedOption(const OptionSpec& spec, const OptionValue& value);

/// As written in specs and on the command line, independent of the locale.
[[nodiscard]] std::string toText(const OptionValue& value);

}  // namespace twofold
