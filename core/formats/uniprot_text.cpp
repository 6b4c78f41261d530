#include "core/formats/uniprot_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/formats/evidence_code.h"
#include "core/formats/line_reader.h"
#include "core/formats/uniprot_text_fields.h"

namespace twofold::formats {

namespace {

constexpr std::size_t kLinesBetweenReports = 4096;

/// The number before " AA" of an ID or SQ line.
std::optional<std::int64_t> lengthIn(std::string_view line) {
  const std::size_t end = line.find(" AA");
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view before = trimmedField(line.substr(0, end));
  const std::size_t blank = before.find_last_of(' ');
  return parseInteger(blank == std::string_view::npos ? before : before.substr(blank + 1));
}

/// Lines of running text are broken at blanks and behind hyphens.
void join(std::string& text, std::string_view line) {
  if (!text.empty() && text.back() != '-') {
    text += ' ';
  }
  text += line;
}

class Reader {
 public:
  Reader(const std::filesystem::path& path, const TakeEntry& take) : m_lines(path), m_take(take) {}

  void readAll(const Consumed& consumed) {
    std::string_view line;
    while (m_lines.next(line)) {
      addLine(line);
      if (consumed && m_lines.lineNumber() % kLinesBetweenReports == 0) {
        consumed(m_lines.bytesRead(), m_lines.bytesTotal());
      }
    }
    if (m_inEntry) {
      throw wrong("the file ends inside an entry; is it cut off?");
    }
    if (!m_any) {
      throw badInput(m_lines.fileName(), 0, "there is no entry; each begins with an ID line");
    }
    if (consumed) {
      consumed(m_lines.bytesTotal(), m_lines.bytesTotal());
    }
  }

 private:
  Error wrong(std::string_view reason) const {
    return badInput(m_lines.fileName(), m_lines.lineNumber(), reason);
  }

  void addLine(std::string_view line) {
    const std::string_view code = line.substr(0, 2);
    const std::string_view content = line.size() > 5 ? line.substr(5) : std::string_view{};
    if (code == "ID") {
      begin(content);
    } else if (code == "//") {
      end();
    } else if (!m_inEntry) {
      if (!trimmedField(line).empty()) {
        throw wrong("the line belongs to no entry; each begins with an ID line");
      }
    } else if (line.size() > 2 && line.substr(2, 3).find_first_not_of(' ') != std::string::npos) {
      throw wrong(
          "is no line of a UniProt entry: a code of two letters and three blanks are missing");
    } else {
      m_bytes += static_cast<std::int64_t>(line.size());
      checkEntrySize(m_bytes, m_lines.fileName(), m_lines.lineNumber());
      addField(code, content);
    }
  }

  void begin(std::string_view content) {
    if (m_inEntry) {
      throw wrong(fmt::format("an entry begins inside the one of line {}; its \"//\" is missing",
                              m_entry.line));
    }
    m_entry = {};
    m_entry.line = m_lines.lineNumber();
    m_stated = {};
    m_description.clear();
    m_organism.clear();
    m_keywords.clear();
    m_bytes = 0;
    m_inSequence = false;
    m_referenceCounts = false;
    const auto length = lengthIn(content);
    if (!length) {
      throw wrong("the ID line states no length such as \"153 AA\"; is this a UniProt entry?");
    }
    m_stated.idLine = *length;
    m_entryName = content.substr(0, content.find(' '));
    m_inEntry = true;
  }

  void addField(std::string_view code, std::string_view content) {
    if (code == "  " && m_inSequence) {
      m_entry.sequence += content;
    } else if (code == "AC") {
      for (const auto accession : fieldsOf(content, ';')) {
        m_entry.accessions.emplace_back(accession);
      }
    } else if (code == "DT" && m_entry.created.empty()) {
      m_entry.created = dateOf(content);
      if (m_entry.created.empty()) {
        throw wrong("the DT line begins with no date such as 21-JUL-1986");
      }
    } else if (code == "DE") {
      join(m_description, trimmedField(content));
    } else if (code == "OS") {
      join(m_organism, trimmedField(content));
    } else if (code == "OX" && m_entry.taxon == 0) {
      readTaxon(content);
    } else if (code == "RN") {
      m_referenceCounts = true;
    } else if (code == "RX" && m_referenceCounts) {
      m_referenceCounts = false;  // a reference may have several such lines
      ++m_entry.publications;
    } else if (code == "CC") {
      addComment(content);
    } else if (code == "DR") {
      addReference(content);
    } else if (code == "KW") {
      join(m_keywords, trimmedField(content));
    } else if (code == "SQ") {
      const auto length = lengthIn(content);
      if (!length) {
        throw wrong("the SQ line states no length");
      }
      m_stated.sequenceLine = *length;
      m_inSequence = true;
    }
  }

  void readTaxon(std::string_view content) {
    const std::size_t equals = content.find('=');
    const std::string_view rest =
        equals == std::string_view::npos ? std::string_view{} : content.substr(equals + 1);
    const auto number = parseInteger(rest.substr(0, rest.find_first_not_of("0123456789")));
    if (!number) {
      throw wrong("the OX line has no number such as NCBI_TaxID=9606");
    }
    m_entry.taxon = *number;
  }

  void addComment(std::string_view content) {
    if (content.starts_with("-!- ")) {
      finishComment();
      const std::size_t colon = content.find(':');
      m_topic = content.substr(4, colon == std::string_view::npos ? colon : colon - 4);
      m_comment = colon == std::string_view::npos ? "" : trimmedField(content.substr(colon + 1));
    } else if (content.starts_with("---")) {
      finishComment();  // the licence's frame
    } else if (!m_topic.empty()) {
      join(m_comment, trimmedField(content));
    }
  }

  void finishComment() {
    if (m_topic == "SUBCELLULAR LOCATION") {
      auto locations = locationsOf(m_comment);
      std::move(locations.begin(), locations.end(), std::back_inserter(m_entry.locations));
    } else if (m_topic == "FUNCTION" || m_topic == "SUBUNIT") {
      takeEvidence(m_comment);
      while (m_comment.ends_with("..")) {
        m_comment.pop_back();  // "text. {ECO:…}." without the evidence
      }
      addParagraph(m_topic == "FUNCTION" ? m_entry.function : m_entry.subunit, m_comment);
    }
    m_topic.clear();
    m_comment.clear();
  }

  /// "GO; GO:0005634; C:nucleus; IEA:UniProtKB-SubCell." and "Pfam; PF00240; ubiquitin; 2."
  void addReference(std::string_view content) {
    const auto fields = fieldsOf(content, ';');
    if (fields.size() < 2) {
      throw wrong("the DR line names no entry of the other database");
    }
    if (fields[0] == "GO") {
      GoTerm term{std::string(fields[1]), fields.size() > 2 ? fields[2].front() : '?',
                  fields.size() > 3 ? evidenceCode(fields[3]) : ""};
      checkGoTerm(term, m_lines.fileName(), m_lines.lineNumber());
      m_entry.goTerms.push_back(std::move(term));
    } else if (fields[0] == "Pfam") {
      m_entry.pfam.emplace_back(fields[1]);
    } else if (fields[0] == "InterPro") {
      m_entry.interpro.emplace_back(fields[1]);
    } else if (fields[0] == "PROSITE") {
      m_entry.prosite.emplace_back(fields[1]);
    }
  }

  void end() {
    if (!m_inEntry) {
      throw wrong("\"//\" ends an entry that has no ID line");
    }
    finishComment();
    m_entry.name = proteinNameOf(m_description);
    if (m_entry.name.empty()) {
      m_entry.name = m_entryName;
    }
    m_entry.organism = organismOf(m_organism);
    for (const auto field : fieldsOf(m_keywords, ';')) {
      std::string keyword(field);
      if (keyword.ends_with('.')) {
        keyword.pop_back();
      }
      std::string evidence = takeEvidence(keyword);
      m_entry.keywords.push_back({std::move(keyword), std::move(evidence)});
    }
    finishEntry(m_entry, m_stated, m_lines.fileName(), m_lines.lineNumber());
    m_inEntry = false;
    m_any = true;
    m_take(std::move(m_entry));
  }

  LineReader m_lines;
  const TakeEntry& m_take;
  UniprotEntry m_entry;
  StatedLengths m_stated;
  std::string m_entryName;
  std::string m_description;  // DE lines, joined
  std::string m_organism;     // OS lines, joined
  std::string m_keywords;     // KW lines, joined
  std::string m_topic;        // of the comment
  std::string m_comment;
  std::int64_t m_bytes = 0;
  bool m_inEntry = false;
  bool m_inSequence = false;
  bool m_referenceCounts = false;  // no RX line of the reference was seen
  bool m_any = false;
};

}  // namespace

void readUniprotText(const std::filesystem::path& path, const TakeEntry& take,
                     const Consumed& consumed) {
  Reader(path, take).readAll(consumed);
}

}  // namespace twofold::formats
