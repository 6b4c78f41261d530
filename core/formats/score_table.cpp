#include "core/formats/score_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/formats/line_reader.h"
#include "core/formats/pair_columns.h"
#include "core/formats/score_columns.h"

namespace twofold::formats {

namespace {

constexpr std::size_t kLinesBetweenReports = 4096;

class Reader {
 public:
  Reader(const std::filesystem::path& path, const std::function<void(const ScoreRow&)>& take)
      : m_lines(path), m_take(take) {}

  ScoreLayout readAll(const ScoreTableFormat& format,
                      const std::function<void(std::int64_t, std::int64_t)>& consumed) {
    std::string_view line;
    bool isFirst = true;
    while (m_lines.next(line)) {
      if (consumed && m_lines.lineNumber() % kLinesBetweenReports == 0) {
        consumed(m_lines.bytesRead(), m_lines.bytesTotal());
      }
      if (line.find_first_not_of(" \t") == std::string_view::npos) {
        continue;
      }
      if (isFirst) {
        readFirst(line, format);
      }
      if (!isFirst || !m_columns.header) {
        readRow(line);
      }
      isFirst = false;
    }
    if (m_rows == 0) {
      throw badInput(m_lines.fileName(), 0, "there is no score in the file");
    }
    if (m_columns.layout.name == "three columns" && m_onlyLabels) {
      throw badInput(m_lines.fileName(), 0,
                     "the third column holds 0 and 1 alone, which are labels; if they are scores, "
                     "say so by --columns 1,2,3");
    }
    return m_columns.layout;
  }

 private:
  Error wrong(std::string_view reason) const {
    return badInput(m_lines.fileName(), m_lines.lineNumber(), reason);
  }

  void readFirst(std::string_view line, const ScoreTableFormat& format) {
    // One column has no delimiter; a tab cannot be in a score.
    m_delimiter = format.delimiter != 0 ? format.delimiter : findDelimiter(line).value_or('\t');
    splitFields(line, m_delimiter, m_fields);
    try {
      m_columns = findScoreColumns(m_fields, format);
    } catch (const Error& error) {
      throw wrong(error.what());
    }
    m_needed = std::max(m_columns.score, m_columns.label.value_or(0)) + 1;
    if (m_columns.layout.hasIds) {
      m_needed = std::max({m_needed, m_columns.a + 1, m_columns.b + 1});
    }
    m_width = m_fields.size();
  }

  void readRow(std::string_view line) {
    splitFields(line, m_delimiter, m_fields);
    // A file without names is told by its shape, so its shape must stay.
    const bool isShaped = !m_columns.header && m_columns.layout.name != "given columns";
    if (m_fields.size() < m_needed || (isShaped && m_fields.size() != m_width)) {
      throw wrong(fmt::format("there {} {} column{}, {} {} needed",
                              m_fields.size() == 1 ? "is" : "are", m_fields.size(),
                              m_fields.size() == 1 ? "" : "s", isShaped ? m_width : m_needed,
                              (isShaped ? m_width : m_needed) == 1 ? "is" : "are"));
    }
    ScoreRow row;
    row.line = m_lines.lineNumber();
    if (m_columns.layout.hasIds) {
      row.a = idOf(m_columns.a);
      row.b = idOf(m_columns.b);
    }
    const auto score = parseScore(m_fields[m_columns.score]);
    if (!score) {
      throw wrong(fmt::format("score \"{}\" in column {} is no number", m_fields[m_columns.score],
                              m_columns.score + 1));
    }
    row.score = *score;
    m_onlyLabels = m_onlyLabels && (*score == 0 || *score == 1);
    if (m_columns.label) {
      row.label = labelOf(*m_columns.label);
    }
    ++m_rows;
    m_take(row);
  }

  std::string_view idOf(std::size_t column) const {
    if (m_fields[column].empty()) {
      throw wrong(fmt::format("column {} has no id", column + 1));
    }
    return m_fields[column];
  }

  bool labelOf(std::size_t column) const {
    const auto label = parseLabel(m_fields[column]);
    if (!label) {
      throw wrong(
          fmt::format("label \"{}\" in column {} is neither 0 nor 1; --columns a,b,score "
                      "leaves labels unread",
                      m_fields[column], column + 1));
    }
    return *label;
  }

  LineReader m_lines;
  const std::function<void(const ScoreRow&)>& m_take;
  char m_delimiter = '\t';
  ScoreColumns m_columns;
  std::size_t m_needed = 1;  // columns of a row
  std::size_t m_width = 1;   // columns of the first line
  std::size_t m_rows = 0;
  bool m_onlyLabels = true;  // so far every score could be a label
  std::vector<std::string_view> m_fields;
};

}  // namespace

ScoreLayout readScoreTable(const std::filesystem::path& path, const ScoreTableFormat& format,
                           const std::function<void(const ScoreRow&)>& take,
                           const std::function<void(std::int64_t, std::int64_t)>& consumed) {
  return Reader(path, take).readAll(format, consumed);
}

}  // namespace twofold::formats
