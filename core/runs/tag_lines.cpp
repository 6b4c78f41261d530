#include "core/runs/tag_lines.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace twofold::runs {

namespace {

constexpr std::string_view kTags = "tags.";

std::map<std::string, std::string> tagsOf(std::string_view lines) {
  std::map<std::string, std::string> tags;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
      continue;
    }
    const auto equals = line.find('=', 1);
    if (equals == std::string_view::npos) {
      throw Error(ErrorKind::Usage,
                  fmt::format("\"{}\" is no tag; write NAME=VALUE, as in fold=3", line));
    }
    tags[std::string(line.substr(0, equals))] = line.substr(equals + 1);
  }
  return tags;
}

}  // namespace

std::string tagLines(const store::RunValueMap& values) {
  std::string lines;
  for (const auto& [name, value] : values) {
    if (name.starts_with(kTags)) {
      auto line = fmt::format("{}={}", name.substr(kTags.size()), toText(value));
      for (char& c : line) {
        c = c == '\n' || c == '\r' ? ' ' : c;
      }
      lines += (lines.empty() ? "" : "\n") + line;
    }
  }
  return lines;
}

TagChanges tagChanges(std::string_view before, std::string_view after) {
  const auto old = tagsOf(before);
  const auto fresh = tagsOf(after);
  TagChanges changes;
  for (const auto& [name, value] : fresh) {
    const auto found = old.find(name);
    if (found == old.end() || found->second != value) {
      changes.set.emplace(name, value);
    }
  }
  for (const auto& [name, value] : old) {
    if (!fresh.contains(name)) {
      changes.removed.push_back(name);
    }
  }
  return changes;
}

}  // namespace twofold::runs
