#include "core/runs/run_csv.h"

namespace twofold::runs {

std::string csvField(std::string_view text) {
  constexpr std::string_view kFormulaSigns = "=+-@\t\r";
  std::string field;
  if (!text.empty() && kFormulaSigns.find(text.front()) != std::string_view::npos) {
    field += '\'';
  }
  field += text;
  const bool hasEdge = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (!hasEdge && field.find_first_of(",;\"\n\r\t") == std::string::npos) {
    return field;
  }
  std::string quoted = "\"";
  for (const char c : field) {
    quoted += c;
    if (c == '"') {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string toCsv(const RunTable& table) {
  std::string csv = "run";
  for (const auto& column : table.columns) {
    csv += ',' + csvField(column.title);
  }
  csv += '\n';
  for (std::size_t row = 0; row < table.ids.size(); ++row) {
    csv += csvField(table.ids[row]);
    for (const auto& column : table.columns) {
      const auto& values = column.values;
      const bool isText = values.hasTexts() && values.codes[row] >= 0;
      const auto text = cellText(values, row);
      csv += ',' + (isText ? csvField(text) : text);
    }
    csv += '\n';
  }
  return csv;
}

}  // namespace twofold::runs
