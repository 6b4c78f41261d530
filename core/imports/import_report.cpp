#include "core/imports/import_report.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace twofold::imports {

namespace {

constexpr std::size_t kExamples = 5;

}  // namespace

void ImportReport::skip(const std::string& reason, const std::string& example) {
  ++skipped[reason];
  auto& shown = examples[reason];
  if (shown.size() < kExamples) {
    shown.push_back(example);
  }
}

formats::Json toJson(const ImportReport& report) {
  return {{"read", report.read},
          {"kept", report.kept},
          {"skipped", report.skipped},
          {"examples", report.examples},
          {"notes", report.notes}};
}

ImportReport reportFromJson(const formats::Json& json) {
  try {
    ImportReport report;
    json.at("read").get_to(report.read);
    json.at("kept").get_to(report.kept);
    json.at("skipped").get_to(report.skipped);
    json.at("examples").get_to(report.examples);
    json.at("notes").get_to(report.notes);
    return report;
  } catch (const formats::Json::exception& error) {
    throw badInput("import report", 0, error.what());
  }
}

}  // namespace twofold::imports
