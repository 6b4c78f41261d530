#include "core/runs/run_difference.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace twofold::runs {

namespace {

bool isRecipe(const std::string& name) {
  return name.starts_with("params.") || name.starts_with("hashes.") || name.starts_with("system.");
}

std::string textOf(const store::RunValueMap& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string() : toText(found->second);
}

std::vector<RunDifference::Row> differingRows(const std::vector<store::RunValueMap>& values) {
  std::set<std::string> names;
  for (const auto& run : values) {
    for (const auto& [name, value] : run) {
      if (isRecipe(name)) {
        names.insert(name);
      }
    }
  }
  std::vector<RunDifference::Row> rows;
  for (const auto& name : names) {
    RunDifference::Row row{name, {}};
    for (const auto& run : values) {
      row.texts.push_back(textOf(run, name));
    }
    if (std::adjacent_find(row.texts.begin(), row.texts.end(), std::not_equal_to<>()) !=
        row.texts.end()) {
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

std::string valuesText(const RunDifference::Row& row) {
  std::vector<std::string> texts;
  for (const auto& text : row.texts) {
    texts.push_back(text.empty() ? "none" : text);
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

/// Hashes say that something is another, not how.
std::string hashSentence(const RunDifference::Row& row) {
  const bool isPartial = std::find(row.texts.begin(), row.texts.end(), "") != row.texts.end();
  const std::string_view what = std::string_view(row.name).substr(7);
  const std::string_view subject =
      what == "split"         ? "They were cut into other parts: the split"
      : what == "data"        ? "They saw other pairs, labels or sequences: the pair set"
      : what == "annotations" ? "They read other annotations: what is known of their proteins"
      : what == "structures"  ? "They read other structures: the chains' files"
      : what == "weights"     ? "Their backbones have other weights: the weights"
      : what == "program"     ? "They were made by other builds of the program: the program"
                              : what;
  return fmt::format("{} {}.", subject,
                     isPartial ? "was not recorded for all of them" : "has another hash");
}

std::string join(const std::vector<std::string>& items) {
  return fmt::format("{}", fmt::join(items, "; "));
}

}  // namespace

RunDifference differenceOf(const std::vector<store::RunValueMap>& values) {
  RunDifference difference{differingRows(values), {}};
  std::vector<std::string> options;
  std::vector<std::string> machine;
  for (const auto& row : difference.rows) {
    const auto item = fmt::format("{} ({})", row.name.substr(7), valuesText(row));
    if (row.name == "params.seed") {
      difference.reasons.push_back(fmt::format("Their seeds differ ({}).", valuesText(row)));
    } else if (row.name.starts_with("hashes.")) {
      difference.reasons.push_back(hashSentence(row));
    } else {
      (row.name.starts_with("params.") ? options : machine).push_back(item);
    }
  }
  if (!options.empty()) {
    difference.reasons.push_back(fmt::format("Their options differ: {}.", join(options)));
  }
  if (!machine.empty()) {
    difference.reasons.push_back(
        fmt::format("They ran on other machines or versions: {}.", join(machine)));
  }
  if (difference.reasons.empty()) {
    difference.reasons.emplace_back(
        "Nothing that was recorded differs: they should have the same numbers.");
  }
  return difference;
}

}  // namespace twofold::runs
