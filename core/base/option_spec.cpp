#include "core/base/option_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/base/numbers.h"

namespace twofold {

namespace {

OptionSpec makeOption(OptionType type, std::string id, std::string label, OptionValue value,
                      std::string help) {
  OptionSpec spec;
  spec.type = type;
  spec.id = std::move(id);
  spec.label = std::move(label);
  spec.defaultValue = std::move(value);
  spec.help = std::move(help);
  return spec;
}

Error wrongValue(const OptionSpec& spec, const std::string& text, const std::string& wanted) {
  return {ErrorKind::Usage, fmt::format("option {}: \"{}\" is not {}", spec.id, text, wanted)};
}

void checkRange(const OptionSpec& spec, double value) {
  if (!(value >= spec.minimum && value <= spec.maximum)) {
    throw Error(ErrorKind::Usage, fmt::format("option {}: {} is outside {} to {}", spec.id, value,
                                              spec.minimum, spec.maximum));
  }
}

void checkChoice(const OptionSpec& spec, const std::string& value) {
  if (std::find(spec.choices.begin(), spec.choices.end(), value) == spec.choices.end()) {
    throw Error(ErrorKind::Usage, fmt::format("option {}: there is no choice \"{}\"{}", spec.id,
                                              value, didYouMean(value, spec.choices)));
  }
}

}  // namespace

OptionSpec switchOption(std::string id, std::string label, bool value, std::string help) {
  return makeOption(OptionType::Switch, std::move(id), std::move(label), value, std::move(help));
}

OptionSpec integerOption(std::string id, std::string label, std::int64_t value,
                         std::int64_t minimum, std::int64_t maximum, std::string help) {
  auto spec =
      makeOption(OptionType::Integer, std::move(id), std::move(label), value, std::move(help));
  spec.minimum = static_cast<double>(minimum);
  spec.maximum = static_cast<double>(maximum);
  return spec;
}

OptionSpec realOption(std::string id, std::string label, double value, double minimum,
                      double maximum, std::string help) {
  auto spec = makeOption(OptionType::Real, std::move(id), std::move(label), value, std::move(help));
  spec.minimum = minimum;
  spec.maximum = maximum;
  return spec;
}

OptionSpec choiceOption(std::string id, std::string label, std::vector<std::string> choices,
                        std::string help) {
  auto spec = makeOption(OptionType::Choice, std::move(id), std::move(label), choices.at(0),
                         std::move(help));
  spec.choices = std::move(choices);
  return spec;
}

OptionSpec folderOption(std::string id, std::string label, std::string help) {
  return makeOption(OptionType::Folder, std::move(id), std::move(label), std::string(),
                    std::move(help));
}

OptionValue parseOption(const OptionSpec& spec, const std::string& text) {
  switch (spec.type) {
    case OptionType::Switch:
      if (text == "true" || text == "on" || text == "1") {
        return true;
      }
      if (text == "false" || text == "off" || text == "0") {
        return false;
      }
      throw wrongValue(spec, text, "true or false");
    case OptionType::Integer:
      if (const auto value = parseInteger(text)) {
        return checkedOption(spec, *value);
      }
      throw wrongValue(spec, text, "a whole number");
    case OptionType::Real:
      if (const auto value = parseReal(text)) {
        return checkedOption(spec, *value);
      }
      throw wrongValue(spec, text, "a number");
    case OptionType::Choice:
    case OptionType::Text:
    case OptionType::Folder:
      return checkedOption(spec, text);
  }
  throw Error(ErrorKind::Internal, "unknown option type");
}

OptionValue checkedOption(const OptionSpec& spec, const OptionValue& value) {
  switch (spec.type) {
    case OptionType::Switch:
      if (std::holds_alternative<bool>(value)) {
        return value;
      }
      throw wrongValue(spec, toText(value), "true or false");
    case OptionType::Integer:
      if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        checkRange(spec, static_cast<double>(*integer));
        return value;
      }
      throw wrongValue(spec, toText(value), "a whole number");
    case OptionType::Real: {
      const auto* integer = std::get_if<std::int64_t>(&value);
      const auto* real = std::get_if<double>(&value);
      if (integer == nullptr && real == nullptr) {
        throw wrongValue(spec, toText(value), "a number");
      }
      const double number = real != nullptr ? *real : static_cast<double>(*integer);
      checkRange(spec, number);
      return number;
    }
    case OptionType::Choice:
    case OptionType::Text:
    case OptionType::Folder:
      if (const auto* text = std::get_if<std::string>(&value)) {
        if (spec.type == OptionType::Choice) {
          checkChoice(spec, *text);
        }
        return value;
      }
      throw wrongValue(spec, toText(value), "text");
  }
  throw Error(ErrorKind::Internal, "unknown option type");
}

std::string toText(const OptionValue& value) {
  struct Writer {
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
    std::string operator()(double number) const { return fmt::format("{}", number); }
    std::string operator()(const std::string& text) const { return text; }
  };
  return std::visit(Writer{}, value);
}

}  // namespace twofold
