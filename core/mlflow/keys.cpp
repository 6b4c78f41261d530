#include "core/mlflow/keys.h"

#include <fmt/format.h>

namespace twofold::mlflow {

namespace {

bool isPermitted(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.' || c == ' ' || c == '/';
}

}  // namespace

std::string permittedKey(std::string_view name) {
  std::string key;
  std::size_t segment = 0;  // where the current one begins
  const auto closeSegment = [&] {
    const auto text = key.substr(segment);
    if (text.empty() || text == "." || text == "..") {
      key.replace(segment, std::string::npos, text.empty() ? "_" : std::string(text.size(), '_'));
    }
  };
  for (const char c : name) {
    if (c == '/') {
      closeSegment();
      segment = key.size() + 1;
    }
    key += isPermitted(c) ? c : '_';
  }
  closeSegment();
  if (key.size() > kLongestKey) {
    key.resize(kLongestKey);
    while (key.ends_with('/')) {
      key.pop_back();
    }
    return permittedKey(key);  // the cut may have left "." or "..", whose cure is as long
  }
  // MLflow takes whatever begins with ".." for a path out of its folder.
  return key.starts_with("..") ? "__" + key.substr(2) : key;
}

std::string shortened(const std::string& text, std::size_t bytes) {
  if (text.size() <= bytes) {
    return text;
  }
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return text.substr(0, end);
}

std::string Keys::add(const std::string& name) {
  const std::string wanted = permittedKey(name);
  std::string key = wanted;
  for (int i = 2; !m_taken.insert(key).second; ++i) {
    const auto suffix = fmt::format("_{}", i);
    key = wanted.substr(0, kLongestKey - suffix.size()) + suffix;
  }
  if (key != name) {
    m_renamed.emplace(key, name);
  }
  return key;
}

}  // namespace twofold::mlflow
