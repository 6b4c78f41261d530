#include "core/formats/pair_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/formats/line_reader.h"
#include "core/formats/pair_columns.h"

namespace twofold::formats {

namespace {

constexpr std::size_t kLinesBetweenReports = 4096;

bool isBlank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

class Reader {
 public:
  Reader(const std::filesystem::path& path, const std::function<void(const PairRow&)>& take)
      : m_lines(path), m_take(take) {}

  void readAll(const PairTableFormat& format,
               const std::function<void(std::int64_t, std::int64_t)>& consumed) {
    std::string_view line;
    bool first = true;
    std::size_t rows = 0;
    while (m_lines.next(line)) {
      if (consumed && m_lines.lineNumber() % kLinesBetweenReports == 0) {
        consumed(m_lines.bytesRead(), m_lines.bytesTotal());
      }
      if (isBlank(line)) {
        continue;
      }
      if (first) {
        first = false;
        readFirst(line, format);
        if (m_columns.header) {
          continue;
        }
      }
      readRow(line);
      ++rows;
    }
    if (rows == 0) {
      throw badInput(m_lines.fileName(), 0, "there is no pair in the file");
    }
    if (consumed) {
      consumed(m_lines.bytesTotal(), m_lines.bytesTotal());
    }
  }

 private:
  Error wrong(std::string_view reason) const {
    return badInput(m_lines.fileName(), m_lines.lineNumber(), reason);
  }

  void readFirst(std::string_view line, const PairTableFormat& format) {
    m_delimiter = format.delimiter != 0 ? format.delimiter : findDelimiter(line).value_or('\t');
    splitFields(line, m_delimiter, m_fields);
    try {
      m_columns = findColumns(m_fields, format);
    } catch (const Error& error) {
      throw wrong(error.what());
    }
    m_needed = std::max({m_columns.a, m_columns.b, m_columns.label.value_or(0)}) + 1;
  }

  void readRow(std::string_view line) {
    splitFields(line, m_delimiter, m_fields);
    if (m_fields.size() < m_needed) {
      throw wrong(fmt::format("there {} {} column{}, at least {} are needed",
                              m_fields.size() == 1 ? "is" : "are", m_fields.size(),
                              m_fields.size() == 1 ? "" : "s", m_needed));
    }
    if (m_columns.tooShortForLabel && m_fields.size() > 2) {
      throw wrong(fmt::format("there are {} columns, the first line has 2: is a label missing?",
                              m_fields.size()));
    }
    PairRow row;
    row.a = idOf(m_columns.a);
    row.b = idOf(m_columns.b);
    row.line = m_lines.lineNumber();
    if (m_columns.label) {
      const std::string_view text = m_fields[*m_columns.label];
      row.label = parseLabel(text);
      if (!row.label) {
        throw wrong(fmt::format("label \"{}\" in column {} is neither 0 nor 1", text,
                                *m_columns.label + 1));
      }
    }
    m_take(row);
  }

  std::string_view idOf(std::size_t column) const {
    if (m_fields[column].empty()) {
      throw wrong(fmt::format("column {} has no id", column + 1));
    }
    return m_fields[column];
  }

  LineReader m_lines;
  const std::function<void(const PairRow&)>& m_take;
  char m_delimiter = '\t';
  PairColumns m_columns;
  std::size_t m_needed = 2;  // columns of a row
  std::vector<std::string_view> m_fields;
};

}  // namespace

void readPairTable(const std::filesystem::path& path, const PairTableFormat& format,
                   const std::function<void(const PairRow&)>& take,
                   const std::function<void(std::int64_t, std::int64_t)>& consumed) {
  Reader(path, take).readAll(format, consumed);
}

}  // namespace twofold::formats
