#include "models/backbones/config_file.h"

#include <fmt/format.h>

#include <utility>

namespace twofold::models {

ConfigFile::ConfigFile(const std::filesystem::path& path)
    : ConfigFile(path.string(), formats::readJsonFile(path)) {}

ConfigFile::ConfigFile(std::string file, formats::Json json)
    : m_file(std::move(file)), m_json(std::move(json)) {
  if (!m_json.is_object()) {
    throw wrong("this is no JSON object");
  }
}

bool ConfigFile::has(const char* key) const {
  return m_json.contains(key) && !m_json.at(key).is_null();
}

std::int64_t ConfigFile::size(const char* key, std::int64_t largest) const {
  const auto found = m_json.find(key);
  if (found == m_json.end() || !found->is_number_integer()) {
    throw wrong(fmt::format("\"{}\" is missing or no whole number", key));
  }
  const auto value = found->get<std::int64_t>();
  if (value < 1 || value > largest) {
    throw wrong(fmt::format("\"{}\" is {}, outside 1 to {}", key, value, largest));
  }
  return value;
}

std::int64_t ConfigFile::sizeOr(const char* key, std::int64_t largest,
                                std::int64_t fallback) const {
  return has(key) ? size(key, largest) : fallback;
}

double ConfigFile::positiveOr(const char* key, double fallback, double largest) const {
  if (!has(key)) {
    return fallback;
  }
  const auto& value = m_json.at(key);
  if (!value.is_number() || !(value.get<double>() > 0 && value.get<double>() <= largest)) {
    throw wrong(fmt::format("\"{}\" is no number above 0 and up to {}", key, largest));
  }
  return value.get<double>();
}

bool ConfigFile::flagOr(const char* key, bool fallback) const {
  if (!has(key)) {
    return fallback;
  }
  if (!m_json.at(key).is_boolean()) {
    throw wrong(fmt::format("\"{}\" is neither true nor false", key));
  }
  return m_json.at(key).get<bool>();
}

std::string ConfigFile::wordOr(const char* key, std::string_view fallback) const {
  if (!has(key)) {
    return std::string(fallback);
  }
  if (!m_json.at(key).is_string()) {
    throw wrong(fmt::format("\"{}\" is no text", key));
  }
  return m_json.at(key).get<std::string>();
}

void ConfigFile::requireWord(const char* key, std::string_view expected,
                             std::string_view reason) const {
  const auto found = m_json.find(key);
  if (found == m_json.end() || !found->is_string() || found->get<std::string>() != expected) {
    throw wrong(fmt::format("\"{}\" is not \"{}\": {}", key, expected, reason));
  }
}

ConfigFile ConfigFile::inner(const char* key) const {
  if (!has(key)) {
    return {m_file, formats::Json::object()};
  }
  if (!m_json.at(key).is_object()) {
    throw wrong(fmt::format("\"{}\" is no JSON object", key));
  }
  return {m_file, m_json.at(key)};
}

}  // namespace twofold::models
