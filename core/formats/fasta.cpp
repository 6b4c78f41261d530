#include "core/formats/fasta.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "core/bio/sequence.h"
#include "core/formats/line_reader.h"

namespace twofold::formats {

namespace {

constexpr std::size_t kLinesBetweenReports = 4096;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool isFieldLetter(char c) {
  return c >= 'A' && c <= 'Z';
}

/// Position of the next " XX=" of a UniProt header, or the end.
std::size_t nextField(std::string_view text, std::size_t from) {
  for (std::size_t i = text.find('=', from); i != std::string_view::npos;
       i = text.find('=', i + 1)) {
    if (i >= 3 && i - 3 >= from && text[i - 3] == ' ' && isFieldLetter(text[i - 2]) &&
        isFieldLetter(text[i - 1])) {
      return i - 3;
    }
  }
  return text.size();
}

/// UniProt's ">sp|P12345|NAME_HUMAN Description OS=Homo sapiens OX=9606 …"
/// (uniprot.org/help/fasta-headers) or any ">id description".
FastaRecord parseHeader(std::string_view header, std::size_t line) {
  FastaRecord record;
  record.line = line;
  header = trimmed(header);
  const std::size_t wordEnd = std::min(header.find_first_of(" \t"), header.size());
  std::string_view word = header.substr(0, wordEnd);
  const std::string_view rest = header.substr(wordEnd);
  std::string_view entryName;
  if (word.starts_with("sp|") || word.starts_with("tr|")) {
    const std::size_t bar = word.find('|', 3);
    if (bar != std::string_view::npos) {
      entryName = word.substr(bar + 1);
      word = word.substr(3, bar - 3);
    }
  }
  record.id = word;
  const std::string_view description = trimmed(rest.substr(0, nextField(rest, 0)));
  record.name = description.empty() ? entryName : description;
  const std::size_t organism = rest.find(" OS=");
  if (organism != std::string_view::npos) {
    const std::size_t start = organism + 4;
    record.organism = trimmed(rest.substr(start, nextField(rest, start) - start));
  }
  return record;
}

class Reader {
 public:
  Reader(const std::filesystem::path& path, const std::function<void(FastaRecord&&)>& take)
      : m_lines(path), m_take(take) {}

  void readAll(const std::function<void(std::int64_t, std::int64_t)>& consumed) {
    std::string_view line;
    while (m_lines.next(line)) {
      addLine(line);
      if (consumed && m_lines.lineNumber() % kLinesBetweenReports == 0) {
        consumed(m_lines.bytesRead(), m_lines.bytesTotal());
      }
    }
    if (!m_record) {
      throw wrong(0, "there is no record; a FASTA file starts with \">id\"");
    }
    finish();
    if (consumed) {
      consumed(m_lines.bytesTotal(), m_lines.bytesTotal());
    }
  }

 private:
  Error wrong(std::size_t line, std::string_view reason) const {
    return badInput(m_lines.fileName(), line, reason);
  }

  void addLine(std::string_view line) {
    if (line.starts_with('>')) {
      finish();
      m_record = parseHeader(line.substr(1), m_lines.lineNumber());
      if (m_record->id.empty()) {
        throw wrong(m_lines.lineNumber(), "the header has no id");
      }
    } else if (m_record) {
      if (m_letters.size() + line.size() > LineReader::kLongestLine) {
        throw wrong(m_record->line, fmt::format("\"{}\" has more than {} letters", m_record->id,
                                                LineReader::kLongestLine));
      }
      m_letters.append(line).push_back('\n');
    } else if (!trimmed(line).empty()) {
      throw wrong(m_lines.lineNumber(),
                  "there is text before the first \">\" header; is this a FASTA file?");
    }
  }

  void finish() {
    if (!m_record) {
      return;
    }
    std::optional<std::size_t> at;
    m_record->sequence = bio::normalisedSequence(m_letters, at);
    if (at) {
      // Every line of letters ends in exactly one line feed, so they count the lines.
      const auto lines =
          std::count(m_letters.begin(), m_letters.begin() + static_cast<std::ptrdiff_t>(*at), '\n');
      throw wrong(m_record->line + 1 + static_cast<std::size_t>(lines),
                  fmt::format("{} in the sequence of \"{}\" is no residue letter",
                              shown(m_letters[*at]), m_record->id));
    }
    if (m_record->sequence.empty()) {
      throw wrong(m_record->line, fmt::format("\"{}\" has no sequence", m_record->id));
    }
    m_take(std::move(*m_record));
    m_record.reset();
    m_letters.clear();
  }

  static std::string shown(char c) {
    return c > ' ' && c <= '~' ? fmt::format("'{}'", c)
                               : fmt::format("byte 0x{:02x}", static_cast<unsigned char>(c));
  }

  LineReader m_lines;
  const std::function<void(FastaRecord&&)>& m_take;
  std::optional<FastaRecord> m_record;
  std::string m_letters;  // of the record, each line ended by '\n'
};

}  // namespace

void readFasta(const std::filesystem::path& path, const std::function<void(FastaRecord&&)>& take,
               const std::function<void(std::int64_t, std::int64_t)>& consumed) {
  Reader(path, take).readAll(consumed);
}

}  // namespace twofold::formats
