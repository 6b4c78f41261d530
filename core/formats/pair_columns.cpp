#include "core/formats/pair_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/base/numbers.h"

namespace twofold::formats {

std::string plainName(std::string_view text) {
  std::string name;
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      name.push_back(c);
    } else if (c >= 'A' && c <= 'Z') {
      name.push_back(static_cast<char>(c - 'A' + 'a'));
    }
  }
  return name;
}

namespace {

using Fields = std::vector<std::string_view>;

bool isBlank(char c) {
  return c == ' ' || c == '\t';
}

// By hand: find_first_not_of takes three times as long on ids.
std::string_view trimmed(std::string_view text) {
  while (!text.empty() && isBlank(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && isBlank(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

std::string_view unquoted(std::string_view text) {
  text = trimmed(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = trimmed(text.substr(1, text.size() - 2));
  }
  return text;
}

void splitBlanks(std::string_view line, Fields& fields) {
  for (std::size_t at = line.find_first_not_of(" \t"); at != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
    fields.push_back(unquoted(line.substr(at, end - at)));
    at = line.find_first_not_of(" \t", end);
  }
}

/// Where the field that starts at `from` ends; a delimiter between double quotes belongs to it.
std::size_t fieldEnd(std::string_view line, char delimiter, std::size_t from) {
  bool quoted = false;
  for (std::size_t i = from; i < line.size(); ++i) {
    if (line[i] == '"') {
      quoted = !quoted;
    } else if (line[i] == delimiter && !quoted) {
      return i;
    }
  }
  return line.size();
}

constexpr std::array<std::string_view, 18> kIdNames = {
    "accession", "entry",      "gene", "id",         "idinteractor", "idprotein",
    "ids",       "interactor", "item", "itemid",     "node",         "prot",
    "protein",   "proteinid",  "seq",  "sequenceid", "uniprot",      "uniprotid",
};
constexpr std::array<std::string_view, 10> kLabelNames = {
    "class", "interact", "interaction", "interacts", "isinteraction",
    "label", "labels",   "positive",    "target",    "y",
};

/// "protein_a", "ID1", "Interactor A" and the like; `suffixes` is "a1" or "b2".
bool namesId(std::string_view field, std::string_view suffixes) {
  const std::string name = plainName(field);
  if (name.size() < 2 || suffixes.find(name.back()) == std::string_view::npos) {
    return false;
  }
  const std::string_view stem(name.data(), name.size() - 1);
  return std::find(kIdNames.begin(), kIdNames.end(), stem) != kIdNames.end();
}

/// A column's place by number, when the text is one.
std::optional<std::size_t> columnNumber(const std::string& text) {
  const auto number = parseInteger(text);
  if (!number || *number < 1) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(*number - 1);
}

}  // namespace

bool namesFirstId(std::string_view field) {
  return plainName(field) == "a" || namesId(field, "a1");
}

bool namesSecondId(std::string_view field) {
  return plainName(field) == "b" || namesId(field, "b2");
}

bool namesLabel(std::string_view field) {
  const std::string name = plainName(field);
  return std::find(kLabelNames.begin(), kLabelNames.end(), name) != kLabelNames.end();
}

bool isColumnNumber(const std::string& column) {
  return columnNumber(column).has_value();
}

std::size_t givenColumn(const std::string& column, const std::vector<std::string_view>& first,
                        bool header) {
  if (const auto number = columnNumber(column)) {
    if (*number >= first.size()) {
      throw Error(ErrorKind::BadInput,
                  fmt::format("there is no column {}, the line has {}", column, first.size()));
    }
    return *number;
  }
  if (!header) {
    throw Error(
        ErrorKind::BadInput,
        fmt::format("column \"{}\" is asked for by name, but the file is said to have no header; "
                    "give its number",
                    column));
  }
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] == column) {
      return i;
    }
  }
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (plainName(first[i]) == plainName(column)) {
      return i;
    }
  }
  const std::vector<std::string> names(first.begin(), first.end());
  throw Error(ErrorKind::BadInput,
              fmt::format("there is no column \"{}\"{}", column, didYouMean(column, names)));
}

namespace {

/// Two columns were named: the ids. Without a header that names it there is no label, whatever else
/// the file holds.
bool namesIdsAlone(const PairTableFormat& format) {
  return !format.columnA.empty() && !format.columnB.empty() && format.columnLabel.empty();
}

/// Whether the first line names the columns. Throws when it is neither names nor data.
bool looksLikeHeader(const Fields& first, const PairTableFormat& format) {
  for (const auto* column : {&format.columnA, &format.columnB, &format.columnLabel}) {
    if (!column->empty() && !columnNumber(*column)) {
      return true;
    }
  }
  const bool namesIds = namesFirstId(first[0]) && namesSecondId(first[1]);
  if (namesIdsAlone(format)) {
    return namesIds || std::any_of(first.begin(), first.end(), namesLabel);
  }
  const std::size_t label = columnNumber(format.columnLabel).value_or(2);
  // A number that is no label, such as "2", is a mistake to report, not a column's name.
  if (label >= first.size() || parseLabel(first[label]) || parseReal(first[label]) ||
      first[label].empty()) {
    return label >= first.size() && namesIds;
  }
  if (namesIds || std::any_of(first.begin(), first.end(), namesLabel)) {
    return true;
  }
  throw Error(ErrorKind::BadInput,
              fmt::format("label \"{}\" is neither 0 nor 1; if this line names the columns, say "
                          "--header yes",
                          first[label]));
}

template <class Matches>
std::optional<std::size_t> findName(const Fields& first, Matches matches) {
  const auto found = std::find_if(first.begin(), first.end(), matches);
  if (found == first.end()) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - first.begin());
}

void placeLabel(PairColumns& columns, const Fields& first, const PairTableFormat& format,
                bool idsNamed) {
  if (!format.columnLabel.empty()) {
    columns.label = givenColumn(format.columnLabel, first, columns.header);
    return;
  }
  if (columns.header) {
    columns.label = findName(first, [&](const std::string_view& field) {
      const auto at = static_cast<std::size_t>(&field - first.data());
      return at != columns.a && at != columns.b && namesLabel(field);
    });
  }
  // A header that names its ids and no label has none: "protein1 protein2 combined_score".
  if (!columns.label && !idsNamed && !namesIdsAlone(format) && first.size() > 2) {
    columns.label = 2;
  }
  columns.tooShortForLabel = !columns.label && first.size() == 2;
}

}  // namespace

void splitFields(std::string_view line, char delimiter, std::vector<std::string_view>& fields) {
  fields.clear();
  if (delimiter == ' ') {
    splitBlanks(line, fields);
    return;
  }
  const bool quotes = line.find('"') != std::string_view::npos;
  for (std::size_t from = 0;;) {
    const std::size_t end = quotes ? fieldEnd(line, delimiter, from)
                                   : std::min(line.find(delimiter, from), line.size());
    fields.push_back(unquoted(line.substr(from, end - from)));
    if (end == line.size()) {
      return;
    }
    from = end + 1;
  }
}

std::optional<char> findDelimiter(std::string_view line) {
  Fields fields;
  for (const char delimiter : {'\t', ',', ';', ' '}) {
    splitFields(line, delimiter, fields);
    if (fields.size() >= 2) {
      return delimiter;
    }
  }
  return std::nullopt;
}

std::optional<bool> parseLabel(std::string_view text) {
  if (text == "1" || text == "1.0") {
    return true;
  }
  if (text == "0" || text == "0.0") {
    return false;
  }
  return std::nullopt;
}

PairColumns findColumns(const std::vector<std::string_view>& first, const PairTableFormat& format) {
  if (first.size() < 2) {
    throw Error(ErrorKind::BadInput,
                "there is one column; two ids are needed, with a tab, comma, semicolon or space "
                "between them");
  }
  PairColumns columns;
  columns.header = format.header == HeaderRule::Yes ||
                   (format.header == HeaderRule::Auto && looksLikeHeader(first, format));
  bool idsNamed = false;
  if (columns.header) {
    const auto a = findName(first, namesFirstId);
    const auto b = findName(first, namesSecondId);
    idsNamed = a && b;
    if (idsNamed) {
      columns.a = *a;
      columns.b = *b;
    }
  }
  if (!format.columnA.empty()) {
    columns.a = givenColumn(format.columnA, first, columns.header);
  }
  if (!format.columnB.empty()) {
    columns.b = givenColumn(format.columnB, first, columns.header);
  }
  placeLabel(columns, first, format, idsNamed);
  if (columns.a == columns.b || columns.label == columns.a || columns.label == columns.b) {
    throw Error(ErrorKind::BadInput,
                "id A, id B and label must be three different columns; name all three");
  }
  return columns;
}

}  // namespace twofold::formats
