#include "core/runs/json_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "core/base/nearest_name.h"

namespace twofold::runs {

using formats::Json;

JsonFields::JsonFields(const Json& object, std::string source)
    : m_object(object), m_source(std::move(source)) {
  if (!object.is_object()) {
    throw badInput(m_source, 0, "a JSON object is needed here");
  }
}

bool JsonFields::has(const std::string& key) {
  m_known.push_back(key);
  return m_object.contains(key);
}

const Json& JsonFields::value(const std::string& key) {
  m_known.push_back(key);
  const auto found = m_object.find(key);
  if (found == m_object.end()) {
    throw badInput(m_source, 0, fmt::format("\"{}\" is missing", key));
  }
  return *found;
}

Error JsonFields::wrongType(const std::string& key, std::string_view wanted) const {
  return badInput(m_source, 0, fmt::format("\"{}\" must be {}", key, wanted));
}

std::string JsonFields::text(const std::string& key) {
  const auto& json = value(key);
  if (!json.is_string()) {
    throw wrongType(key, "text");
  }
  return json.get<std::string>();
}

std::int64_t JsonFields::integer(const std::string& key) {
  const auto& json = value(key);
  const bool tooLarge = json.is_number_unsigned() &&
                        json.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max();
  if (!json.is_number_integer() || tooLarge) {
    throw wrongType(key, "a whole number");
  }
  return json.get<std::int64_t>();
}

std::uint64_t JsonFields::natural(const std::string& key) {
  const auto& json = value(key);
  if (!json.is_number_integer() || (!json.is_number_unsigned() && json.get<std::int64_t>() < 0)) {
    throw wrongType(key, "a whole number that is not negative");
  }
  return json.get<std::uint64_t>();
}

double JsonFields::real(const std::string& key) {
  const auto& json = value(key);
  if (json.is_null()) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  if (!json.is_number()) {
    throw wrongType(key, "a number");
  }
  return json.get<double>();
}

bool JsonFields::flag(const std::string& key) {
  const auto& json = value(key);
  if (!json.is_boolean()) {
    throw wrongType(key, "true or false");
  }
  return json.get<bool>();
}

const Json& JsonFields::list(const std::string& key) {
  const auto& json = value(key);
  if (!json.is_array()) {
    throw wrongType(key, "a list");
  }
  return json;
}

void JsonFields::done() const {
  for (const auto& [key, ignored] : m_object.items()) {
    if (std::find(m_known.begin(), m_known.end(), key) == m_known.end()) {
      throw badInput(m_source, 0,
                     fmt::format("unknown key \"{}\"{}", key, didYouMean(key, m_known)));
    }
  }
}

Json optionToJson(const OptionValue& value) {
  return std::visit([](const auto& held) { return Json(held); }, value);
}

Json optionsToJson(const OptionValues& values) {
  Json json = Json::object();
  for (const auto& [id, value] : values) {
    json[id] = optionToJson(value);
  }
  return json;
}

OptionValue optionValueFromJson(const Json& json, std::string_view where) {
  if (json.is_boolean()) {
    return json.get<bool>();
  }
  if (json.is_string()) {
    return json.get<std::string>();
  }
  const bool tooLarge = json.is_number_unsigned() &&
                        json.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max();
  if (json.is_number_integer() && !tooLarge) {
    return json.get<std::int64_t>();
  }
  if (json.is_number_float()) {
    return json.get<double>();
  }
  throw badInput(where, 0, "an option must be true, false, a number or text");
}

OptionValues optionValuesFromJson(const Json& json, std::string_view where) {
  if (!json.is_object()) {
    throw badInput(where, 0, "options must be a JSON object");
  }
  OptionValues values;
  for (const auto& [id, value] : json.items()) {
    values[id] = optionValueFromJson(value, fmt::format("{}: option \"{}\"", where, id));
  }
  return values;
}

}  // namespace twofold::runs
