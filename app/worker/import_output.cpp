#include "app/worker/import_output.h"

#include <fmt/format.h>

#include "app/worker/text.h"

namespace twofold::app {

std::string reportText(const imports::ImportReport& report) {
  auto text = fmt::format("{} read, {} kept\n", countText(report.read), countText(report.kept));
  for (const auto& [reason, count] : report.skipped) {
    text += fmt::format("{} skipped: {}\n", countText(count), reason);
    if (const auto examples = report.examples.find(reason); examples != report.examples.end()) {
      for (const auto& example : examples->second) {
        text += fmt::format("    {}\n", example);
      }
    }
  }
  for (const auto& note : report.notes) {
    text += fmt::format("{}\n", note);
  }
  return text;
}

formats::Json reportJson(const std::string& command, const imports::ImportReport& report) {
  formats::Json counts = {
      {"read", report.read}, {"kept", report.kept}, {"skipped", report.skipped}};
  return {{"command", command},
          {"counts", std::move(counts)},
          {"examples", report.examples},
          {"notes", report.notes}};
}

}  // namespace twofold::app
