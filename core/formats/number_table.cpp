#include "core/formats/number_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/formats/line_reader.h"
#include "core/formats/pair_columns.h"

namespace twofold::formats {

namespace {

using Fields = std::vector<std::string_view>;

constexpr std::int64_t kReportEvery = 4096;  // lines

bool isOneOf(std::string_view text, std::span<const std::string_view> words) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::find(words.begin(), words.end(), lower) != words.end();
}

bool isMissing(std::string_view text) {
  constexpr std::array<std::string_view, 6> kWords = {"", "na", "n/a", "nan", "null", "none"};
  return isOneOf(text, kWords);
}

bool namesAnId(std::string_view text) {
  constexpr std::array<std::string_view, 9> kWords = {
      "", "id", "ids", "protein", "protein_id", "accession", "uniprot", "uniprot_id", "entry"};
  return isOneOf(text, kWords);
}

/// NaN where the cell says that there is no number; nothing for other text.
std::optional<float> parseCell(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') {
    text.remove_prefix(1);  // from_chars knows no plus
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end == text.data() + text.size() && !text.empty()) {
    if (error == std::errc::result_out_of_range) {
      const bool isTiny = text.find_first_of("eE") != std::string_view::npos &&
                          text[text.find_first_of("eE") + 1] == '-';
      return isTiny ? 0 : std::numeric_limits<float>::infinity();
    }
    if (error == std::errc()) {
      return static_cast<float>(value);
    }
  }
  return isMissing(text) ? std::optional(std::numeric_limits<float>::quiet_NaN()) : std::nullopt;
}

class Reader {
 public:
  Reader(const std::filesystem::path& path, const NumberTableFormat& format)
      : m_lines(path), m_format(format), m_firstNumber(format.perResidue ? 2 : 1) {}

  NumberTable read(const std::function<void(const NumberRow&)>& take,
                   const std::function<void(std::int64_t, std::int64_t)>& consumed) {
    std::int64_t rows = 0;
    for (std::string_view line; m_lines.next(line);) {
      if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
        continue;
      }
      if (m_delimiter == 0) {
        readFirst(line);
        if (m_isHeader) {
          continue;
        }
      } else {
        splitFields(line, m_delimiter, m_fields);
      }
      take(row());
      if (++rows % kReportEvery == 0 && consumed) {
        consumed(m_lines.bytesRead(), m_lines.bytesTotal());
      }
    }
    if (rows == 0) {
      throw badInput(m_lines.fileName(), 0,
                     m_isHeader ? "there are no rows below the header" : "there are no rows");
    }
    return std::move(m_table);
  }

 private:
  [[nodiscard]] Error wrong(std::string_view reason) const {
    return badInput(m_lines.fileName(), m_lines.lineNumber(), reason);
  }

  /// The delimiter, the width, and whether the line is a header.
  void readFirst(std::string_view line) {
    const auto delimiter = findDelimiter(line);
    if (!delimiter) {
      throw wrong(
          "there is one column; an id and numbers are needed, with a tab, comma, semicolon or "
          "space between them");
    }
    m_delimiter = *delimiter;
    splitFields(line, m_delimiter, m_fields);
    if (m_fields.size() <= m_firstNumber) {
      throw wrong(m_format.perResidue
                      ? "there are two columns; an id, a position and numbers are needed"
                      : "there are no numbers behind the id");
    }
    m_table.width = static_cast<std::int64_t>(m_fields.size() - m_firstNumber);
    if (m_table.width > m_format.widest) {
      throw wrong(fmt::format("{} numbers a row; {} are allowed", m_table.width, m_format.widest));
    }
    m_isHeader = looksLikeHeader();
    if (m_isHeader) {
      m_table.columns.assign(m_fields.begin() + static_cast<std::ptrdiff_t>(m_firstNumber),
                             m_fields.end());
    }
  }

  [[nodiscard]] bool looksLikeHeader() const {
    if (m_format.isKnownId && m_format.isKnownId(m_fields[0])) {
      return false;
    }
    return namesAnId(m_fields[0]) || std::any_of(m_fields.begin() + 1, m_fields.end(),
                                                 [](auto field) { return !parseCell(field); });
  }

  NumberRow row() {
    const auto expected = m_firstNumber + static_cast<std::size_t>(m_table.width);
    if (m_fields.size() != expected) {
      throw wrong(
          fmt::format("{} columns, where the first line has {}", m_fields.size(), expected));
    }
    if (m_fields[0].empty()) {
      throw wrong("the id is empty");
    }
    NumberRow row{m_fields[0], 0, {}, m_lines.lineNumber()};
    if (m_format.perResidue) {
      row.position = position();
    }
    m_values.clear();
    for (std::size_t i = m_firstNumber; i < m_fields.size(); ++i) {
      const auto value = parseCell(m_fields[i]);
      if (!value) {
        throw wrong(fmt::format("\"{}\" in column {} is no number", m_fields[i], i + 1));
      }
      m_values.push_back(*value);
    }
    row.values = m_values;
    return row;
  }

  [[nodiscard]] std::int64_t position() const {
    const auto position = parseInteger(m_fields[1]);
    if (!position || *position < 1) {
      throw wrong(fmt::format("\"{}\" is no position; residues are counted from 1", m_fields[1]));
    }
    return *position;
  }

  LineReader m_lines;
  const NumberTableFormat& m_format;
  std::size_t m_firstNumber;
  char m_delimiter = 0;
  bool m_isHeader = false;
  Fields m_fields;
  std::vector<float> m_values;
  NumberTable m_table;
};

}  // namespace

NumberTable readNumberTable(const std::filesystem::path& path, const NumberTableFormat& format,
                            const std::function<void(const NumberRow&)>& take,
                            const std::function<void(std::int64_t, std::int64_t)>& consumed) {
  return Reader(path, format).read(take, consumed);
}

}  // namespace twofold::formats
