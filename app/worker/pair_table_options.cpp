#include "app/worker/pair_table_options.h"

#include <fmt/format.h>

#include <map>

#include "core/base/error.h"

namespace twofold::app {

namespace {

char delimiterFromText(const std::string& text) {
  static const std::map<std::string, char> kNames = {{"auto", '\0'},     {"tab", '\t'},
                                                     {"\\t", '\t'},      {"comma", ','},
                                                     {"semicolon", ';'}, {"space", ' '}};
  if (const auto known = kNames.find(text); known != kNames.end()) {
    return known->second;
  }
  if (text.size() == 1) {
    return text.front();
  }
  throw Error(ErrorKind::Usage,
              fmt::format("--delimiter \"{}\": write auto, tab, comma, semicolon, space or one "
                          "character",
                          text));
}

}  // namespace

void PairTableOptions::addTo(CLI::App& command, const std::string& columnsHelp) {
  command.add_option("--columns", columns, columnsHelp)->delimiter(',')->allow_extra_args(false);
  command.add_option("--header", header, "Whether the first line names the columns")
      ->check(CLI::IsMember({"auto", "yes", "no"}))
      ->capture_default_str();
  command.add_option("--delimiter", delimiter, "auto, tab, comma, semicolon, space or a character")
      ->capture_default_str();
}

formats::PairTableFormat PairTableOptions::format() const {
  if (!columns.empty() && columns.size() != 2 && columns.size() != 3) {
    throw Error(ErrorKind::Usage, "--columns needs two or three columns: id A, id B and the label");
  }
  formats::PairTableFormat format;
  if (!columns.empty()) {
    format.columnA = columns[0];
    format.columnB = columns[1];
    format.columnLabel = columns.size() == 3 ? columns[2] : "";
  }
  using formats::HeaderRule;
  format.header = header == "yes"  ? HeaderRule::Yes
                  : header == "no" ? HeaderRule::No
                                   : HeaderRule::Auto;
  format.delimiter = delimiterFromText(delimiter);
  return format;
}

}  // namespace twofold::app
