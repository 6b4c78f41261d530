#include "core/formats/uniprot_xml.h"

#include <fmt/format.h>

#include <map>

#include "core/base/dates.h"
#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/formats/evidence_code.h"
#include "core/formats/uniprot_text_fields.h"
#include "core/formats/xml_reader.h"

namespace twofold::formats {

namespace {

constexpr std::string_view kEntry = "/uniprot/entry";

class Reader {
 public:
  Reader(const std::filesystem::path& path, const TakeEntry& take) : m_xml(path), m_take(take) {}

  void readAll(const Consumed& consumed) {
    for (auto event = m_xml.next(); event != XmlReader::Event::Finished; event = m_xml.next()) {
      switch (event) {
        case XmlReader::Event::Start:
          start();
          break;
        case XmlReader::Event::Text:
          m_text += m_xml.text();
          checkEntrySize(static_cast<std::int64_t>(m_text.size()), m_xml.fileName(), m_xml.line());
          break;
        default:
          end();
          if (consumed && m_path.size() < kEntry.size()) {
            consumed(m_xml.bytesRead(), m_xml.bytesTotal());
          }
      }
    }
    if (!m_any) {
      throw badInput(m_xml.fileName(), 0, "there is no <entry>");
    }
  }

 private:
  void start() {
    m_path.append("/").append(m_xml.name());
    m_text.clear();
    if (m_xml.depth() == 1 && m_xml.name() != "uniprot") {
      throw m_xml.wrong(
          fmt::format("the document is a <{}>, not UniProt's <uniprot>", m_xml.name()));
    }
    if (m_path == kEntry) {
      m_entry = {};
      m_entry.line = m_xml.line();
      m_stated = {};
      m_entryName.clear();
      m_evidence.clear();
      m_start = m_xml.position();
      readCreated();
    } else if (m_path.starts_with(kEntry)) {
      checkEntrySize(m_xml.position() - m_start, m_xml.fileName(), m_xml.line());
      startInEntry(std::string_view(m_path).substr(kEntry.size()));
    }
  }

  void startInEntry(std::string_view path) {
    if (path == "/keyword" || path == "/comment/subcellularLocation/location") {
      m_keys = m_xml.attribute("evidence");
    } else if (path == "/comment") {
      m_topic = m_xml.attribute("type");
    } else if (path == "/dbReference") {
      addReference();
    } else if (path == "/dbReference/property") {
      addProperty();
    } else if (path == "/evidence") {
      m_evidence.emplace(m_xml.attribute("key"), m_xml.attribute("type"));
    } else if (path == "/organism/name") {
      m_isScientific = m_xml.attribute("type") == "scientific";
    } else if (path == "/organism/dbReference") {
      readTaxon();
    } else if (path == "/reference") {
      m_referenceCounts = false;
    } else if (path == "/reference/citation/dbReference") {
      m_referenceCounts |= m_xml.attribute("type") == "PubMed" ||
                           m_xml.attribute("type") == "MEDLINE" || m_xml.attribute("type") == "DOI";
    } else if (path == "/sequence") {
      readLength();
    }
  }

  void readCreated() {
    m_entry.created = m_xml.attribute("created");
    if (!m_entry.created.empty() && !isDate(m_entry.created)) {
      throw m_xml.wrong(
          fmt::format("the entry was created on \"{}\", which is no date", m_entry.created));
    }
  }

  void addReference() {
    m_isGo = m_xml.attribute("type") == "GO";
    const std::string id(m_xml.attribute("id"));
    if (m_isGo) {
      m_entry.goTerms.push_back({id, '?', {}});
    } else if (m_xml.attribute("type") == "Pfam") {
      m_entry.pfam.push_back(id);
    } else if (m_xml.attribute("type") == "InterPro") {
      m_entry.interpro.push_back(id);
    } else if (m_xml.attribute("type") == "PROSITE") {
      m_entry.prosite.push_back(id);
    }
  }

  void addProperty() {
    const std::string_view value = m_xml.attribute("value");
    if (!m_isGo || value.empty()) {
      return;
    }
    if (m_xml.attribute("type") == "term") {
      m_entry.goTerms.back().aspect = value.front();  // "C:nucleus"
    } else if (m_xml.attribute("type") == "evidence") {
      m_entry.goTerms.back().evidence = evidenceCode(value);
    }
  }

  void readTaxon() {
    if (m_xml.attribute("type") == "NCBI Taxonomy") {
      const auto number = parseInteger(m_xml.attribute("id"));
      if (!number) {
        throw m_xml.wrong("the organism's NCBI Taxonomy id is no number");
      }
      m_entry.taxon = *number;
    }
  }

  void readLength() {
    const std::string_view length = m_xml.attribute("length");
    const auto number = parseInteger(length);
    if (!length.empty() && !number) {
      throw m_xml.wrong(fmt::format("the length \"{}\" of the sequence is no number", length));
    }
    m_stated.sequenceLine = number.value_or(0);
  }

  void end() {
    if (m_path == kEntry) {
      endEntry();
    } else if (m_path.starts_with(kEntry)) {
      endInEntry(std::string_view(m_path).substr(kEntry.size()));
    }
    m_path.resize(m_path.size() - m_xml.name().size() - 1);
    m_text.clear();
  }

  void endInEntry(std::string_view path) {
    const std::string_view text = trimmedField(m_text);
    if (path == "/accession") {
      m_entry.accessions.emplace_back(text);
    } else if (path == "/name") {
      m_entryName = text;
    } else if (path == "/protein/recommendedName/fullName" ||
               path == "/protein/submittedName/fullName") {
      if (m_entry.name.empty()) {
        m_entry.name = text;
      }
    } else if (path == "/organism/name") {
      if (m_isScientific) {
        m_entry.organism = text;
      }
    } else if (path == "/reference") {
      m_entry.publications += m_referenceCounts ? 1 : 0;
    } else if (path == "/comment/text" && m_topic == "function") {
      addParagraph(m_entry.function, text);
    } else if (path == "/comment/text" && m_topic == "subunit") {
      addParagraph(m_entry.subunit, text);
    } else if (path == "/comment/subcellularLocation/location") {
      m_entry.locations.push_back({std::string(text), m_keys});
    } else if (path == "/keyword") {
      m_entry.keywords.push_back({std::string(text), m_keys});
    } else if (path == "/sequence") {
      m_entry.sequence = text;
    } else if (path == "/dbReference" && m_isGo) {
      checkGoTerm(m_entry.goTerms.back(), m_xml.fileName(), m_xml.line());
      m_isGo = false;
    }
  }

  /// The <evidence> elements stand behind what names them by key ("1 3"): the first key decides.
  std::string codeOf(const std::string& keys) const {
    const auto found = m_evidence.find(keys.substr(0, keys.find(' ')));
    return found == m_evidence.end() ? std::string() : evidenceCode(found->second);
  }

  void endEntry() {
    if (m_entry.name.empty()) {
      m_entry.name = m_entryName;
    }
    for (auto& keyword : m_entry.keywords) {
      keyword.evidence = codeOf(keyword.evidence);
    }
    for (auto& location : m_entry.locations) {
      location.evidence = codeOf(location.evidence);
    }
    finishEntry(m_entry, m_stated, m_xml.fileName(), m_xml.line());
    m_any = true;
    m_take(std::move(m_entry));
  }

  XmlReader m_xml;
  const TakeEntry& m_take;
  UniprotEntry m_entry;
  StatedLengths m_stated;
  std::string m_path;  // "/uniprot/entry/…", of the open elements
  std::string m_text;  // of the innermost element
  std::string m_entryName;
  std::string m_topic;                            // of the comment
  std::string m_keys;                             // of the keyword's or location's evidence
  std::map<std::string, std::string> m_evidence;  // key → type
  std::int64_t m_start = 0;                       // of the entry
  bool m_isGo = false;                            // the dbReference is
  bool m_isScientific = false;                    // the organism's name is
  bool m_referenceCounts = false;
  bool m_any = false;
};

}  // namespace

void readUniprotXml(const std::filesystem::path& path, const TakeEntry& take,
                    const Consumed& consumed) {
  Reader(path, take).readAll(consumed);
}

}  // namespace twofold::formats
