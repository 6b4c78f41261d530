#include "core/bio/pdb_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/base/numbers.h"

namespace twofold::bio {

namespace {

// Columns are those of the PDB format 3.3 (wwpdb.org), counted from 0.
constexpr std::size_t kWidth = 80;
constexpr std::size_t kChainColumn = 20;  // two characters, the first mostly a blank
constexpr std::size_t kFirstCoordinate = 30;
constexpr std::size_t kCoordinateWidth = 8;
constexpr std::size_t kCoordinatesEnd = 54;
constexpr std::size_t kElementColumn = 76;

constexpr std::array<std::string_view, 13> kOtherRecords = {
    "REMARK", "COMPND", "SOURCE", "KEYWDS", "AUTHOR", "REVDAT", "CRYST1",
    "MASTER", "CAVEAT", "SEQADV", "NUMMDL", "ORIGX1", "CONECT",
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool isAtom(std::string_view line) {
  return line.starts_with("ATOM  ") || line.starts_with("HETATM");
}

bool isHeader(std::string_view line) {
  return line.starts_with("HEADER") || line.starts_with("TITLE") || line.starts_with("DBREF") ||
         line.starts_with("SEQRES") || line.starts_with("EXPDTA");
}

bool isOtherRecord(std::string_view line) {
  return std::any_of(kOtherRecords.begin(), kOtherRecords.end(),
                     [line](std::string_view record) { return line.starts_with(record); });
}

std::string_view chainOf(std::string_view line) {
  return line.substr(kChainColumn, 2);
}

class Sanitiser {
 public:
  Sanitiser(std::string_view text, std::string_view file) : m_text(text), m_file(file) {}

  PdbText result() {
    readLines(&Sanitiser::noteTer);
    m_model = Model();
    readLines(&Sanitiser::keepLine);
    if (!m_anyRecord) {
      throw badInput(m_file, 1, "this is neither a PDB nor an mmCIF file");
    }
    m_result.models = std::max<std::size_t>(1, std::max(m_model.starts, m_model.ends));
    return std::move(m_result);
  }

 private:
  struct Model {
    std::size_t starts = 0;
    std::size_t ends = 0;
    bool closed = false;
    [[nodiscard]] bool isFirst() const { return starts <= 1 && ends == 0; }
  };

  void readLines(void (Sanitiser::*handle)(std::string_view)) {
    m_line = 0;
    for (std::size_t from = 0; from < m_text.size();) {
      const std::size_t end = std::min(m_text.find('\n', from), m_text.size());
      std::string_view line = m_text.substr(from, end - from);
      from = end + 1;
      ++m_line;
      if (!line.empty() && line.back() == '\r') {
        line.remove_suffix(1);
      }
      countModels(line);
      (this->*handle)(line);
    }
  }

  void countModels(std::string_view line) {
    if (line.starts_with("MODEL ")) {
      ++m_model.starts;
    } else if (line.starts_with("ENDMDL")) {
      ++m_model.ends;
    } else if (line.starts_with("END") && trimmed(line) == "END") {
      m_model.closed = true;
    }
  }

  void noteTer(std::string_view line) {
    if (!m_model.isFirst() || m_model.closed) {
      return;
    }
    if (isAtom(line) && line.size() >= kChainColumn + 2) {
      m_chain = chainOf(line);
    } else if (line.starts_with("TER") && trimmed(line.substr(0, 6)) == "TER") {
      m_lastTer[m_chain] = m_line;
    }
  }

  void keepLine(std::string_view line) {
    if (isHeader(line)) {
      m_anyRecord = true;
      keepPadded(padded(line));
    } else if (isAtom(line)) {
      m_anyRecord = true;
      if (m_model.closed) {
        m_result.atomsAfterEnd = true;
      } else if (m_model.isFirst()) {
        keepAtom(line);
      }
    } else if (!m_anyRecord) {
      m_anyRecord = isOtherRecord(line);
    }
  }

  void keepAtom(std::string_view line) {
    if (line.size() < kCoordinatesEnd) {
      throw badInput(m_file, m_line, "the atom's line is cut short, before its coordinates end");
    }
    if (line.starts_with("HETATM")) {
      const auto ter = m_lastTer.find(chainOf(line));
      if (ter != m_lastTer.end() && m_line > ter->second) {
        return;
      }
    }
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::string_view field =
          trimmed(line.substr(kFirstCoordinate + axis * kCoordinateWidth, kCoordinateWidth));
      const auto value = parseReal(field.starts_with('+') ? field.substr(1) : field);
      if (!value || !std::isfinite(*value)) {
        throw badInput(
            m_file, m_line,
            fmt::format("coordinate {} \"{}\" is no number", "xyz"[axis], printable(field)));
      }
    }
    keepPadded(withoutOldTail(padded(line)));
  }

  /// Files of before 1996 have the entry's name and a line number where the segment, the element
  /// and the charge are now; of these only the element is of use.
  static std::string withoutOldTail(std::string line) {
    const std::string element = line.substr(kElementColumn, 2);
    line.resize(kElementColumn - 4);
    line.resize(kWidth, ' ');
    if (std::all_of(element.begin(), element.end(), [](char c) {
          return c == ' ' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        })) {
      line.replace(kElementColumn, 2, element);
    }
    return line;
  }

  static std::string printable(std::string_view text) {
    std::string clean(text);
    for (char& c : clean) {
      if (c < ' ' || c > '~') {
        c = ' ';
      }
    }
    return clean;
  }

  static std::string padded(std::string_view line) {
    std::string result = printable(line.substr(0, kWidth));
    result.resize(kWidth, ' ');
    return result;
  }

  void keepPadded(const std::string& line) {
    m_result.text += line;
    m_result.text += '\n';
    m_result.lines.push_back(m_line);
  }

  std::string_view m_text;
  std::string_view m_file;
  std::size_t m_line = 0;
  Model m_model;
  bool m_anyRecord = false;
  std::string_view m_chain;
  std::map<std::string_view, std::size_t> m_lastTer;  // line, by chain
  PdbText m_result;
};

}  // namespace

PdbText sanitisedPdb(std::string_view text, std::string_view file) {
  return Sanitiser(text, file).result();
}

}  // namespace twofold::bio
