#include "app/worker/audit_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <unordered_map>

#include "app/worker/text.h"
#include "core/base/files.h"

namespace twofold::app {

namespace {

using audit::Finding;
using audit::Row;

constexpr std::size_t kRowsInJson = 200;
constexpr std::size_t kRowsInText = 3;

using Ids = std::unordered_map<data::ProteinKey, std::string>;

Ids idsOf(const audit::Subject& subject) {
  Ids ids;
  for (const auto& protein : subject.proteins()) {
    ids.emplace(protein.key, protein.id);
  }
  return ids;
}

/// A row in words of the user's; empty where something does not apply.
struct ShownRow {
  std::string part;
  std::string pair;
  std::string a;
  std::string b;
  std::string label;
  std::string otherPair;
  std::string protein;
  std::string relative;
};

ShownRow shown(const Row& row, const audit::Subject& subject, const Ids& ids) {
  const auto idOf = [&](data::ProteinKey key) { return key == 0 ? std::string() : ids.at(key); };
  ShownRow text;
  text.part = row.part == data::Part::None ? "" : std::string(data::name(row.part));
  text.protein = idOf(row.protein);
  text.relative = idOf(row.other);
  if (row.pair != Row::kNone) {
    const auto& pair = subject.pair(static_cast<std::size_t>(row.pair));
    text.pair = std::to_string(row.pair);
    text.a = idOf(pair.a);
    text.b = idOf(pair.b);
    text.label =
        pair.label == data::Label::Unknown ? "" : std::to_string(static_cast<int>(pair.label));
  }
  if (row.otherPair != Row::kNone) {
    text.otherPair = std::to_string(row.otherPair);
  }
  return text;
}

formats::Json toJson(const Row& row, const audit::Subject& subject, const Ids& ids) {
  const auto text = shown(row, subject, ids);
  formats::Json json = {{"reason", row.reason}};
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) {
      json[name] = value;
    }
  };
  add("part", text.part);
  add("a", text.a);
  add("b", text.b);
  add("label", text.label);
  add("protein", text.protein);
  add("relative", text.relative);
  if (row.pair != Row::kNone) {
    json["pair"] = row.pair;
  }
  if (row.otherPair != Row::kNone) {
    json["other_pair"] = row.otherPair;
  }
  return json;
}

/// "P12345 and Q67890: in training with the same label".
std::string lineOf(const Row& row, const audit::Subject& subject, const Ids& ids) {
  const auto text = shown(row, subject, ids);
  const auto& first = text.pair.empty() ? text.protein : text.a;
  const auto& second = text.pair.empty() ? text.relative : text.b;
  return fmt::format("    {}{}{}: {}{}", first, second.empty() ? "" : " and ", second, row.reason,
                     text.part.empty() ? "" : fmt::format(" ({})", text.part));
}

}  // namespace

formats::Json toJson(std::span<const Finding> findings, const audit::Subject& subject) {
  const Ids ids = idsOf(subject);
  formats::Json all = formats::Json::array();
  for (const Finding& finding : findings) {
    formats::Json numbers = formats::Json::object();
    for (const auto& [name, value] : finding.numbers) {
      numbers[name] = value;
    }
    formats::Json rows = formats::Json::array();
    for (std::size_t i = 0; i < std::min(finding.rows.size(), kRowsInJson); ++i) {
      rows.push_back(toJson(finding.rows[i], subject, ids));
    }
    all.push_back({{"kind", audit::infoOf(finding.kind).id},
                   {"title", audit::infoOf(finding.kind).title},
                   {"count", finding.count},
                   {"severity", audit::name(finding.severity)},
                   {"what", finding.what},
                   {"cure", finding.cure},
                   {"numbers", std::move(numbers)},
                   {"leaving", finding.leaving.size()},
                   {"rows", std::move(rows)},
                   {"rows_total", finding.rows.size()}});
  }
  return all;
}

std::string_view lightText(audit::Severity severity) noexcept {
  switch (severity) {
    case audit::Severity::Ok:
      return "green";
    case audit::Severity::Skipped:
      return "not looked at";
    case audit::Severity::Warn:
      return "amber";
    case audit::Severity::Bad:
      break;
  }
  return "red";
}

std::string auditText(std::span<const Finding> findings, const audit::Subject& subject) {
  const Ids ids = idsOf(subject);
  std::vector<std::vector<std::string>> cells = {{"light", "finding", "count"}};
  std::string details;
  for (const Finding& finding : findings) {
    const std::string title(audit::infoOf(finding.kind).title);
    cells.push_back({std::string(lightText(finding.severity)), title,
                     finding.severity == audit::Severity::Skipped ? "" : countText(finding.count)});
    details += fmt::format("\n{}: {}{}{}\n", title, finding.what,
                           finding.cure.empty() ? "" : "\n  To do: ", finding.cure);
    for (std::size_t i = 0; i < std::min(finding.rows.size(), kRowsInText); ++i) {
      details += lineOf(finding.rows[i], subject, ids) + "\n";
    }
    if (finding.rows.size() > kRowsInText) {
      details +=
          fmt::format("    and {} more\n",
                      countText(static_cast<std::int64_t>(finding.rows.size() - kRowsInText)));
    }
  }
  return tableText(cells) + details;
}

std::int64_t writeAuditRows(const std::filesystem::path& file, std::span<const Finding> findings,
                            const audit::Subject& subject) {
  const Ids ids = idsOf(subject);
  std::string text =
      "kind\tseverity\tpart\tpair\ta\tb\tlabel\tother_pair\tprotein\trelative\treason\n";
  std::int64_t rows = 0;
  for (const Finding& finding : findings) {
    for (const Row& row : finding.rows) {
      const auto cells = shown(row, subject, ids);
      text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n",
                          audit::infoOf(finding.kind).id, audit::name(finding.severity), cells.part,
                          cells.pair, cells.a, cells.b, cells.label, cells.otherPair, cells.protein,
                          cells.relative, row.reason);
      ++rows;
    }
  }
  writeFileAtomically(file, text);
  return rows;
}

}  // namespace twofold::app
