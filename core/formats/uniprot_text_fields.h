// The fields inside the lines of a UniProt entry's text: names, organisms, locations, evidence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/formats/uniprot_entry.h"

namespace twofold::formats {

[[nodiscard]] std::string_view trimmedField(std::string_view text);

/// The fields between `separator`, trimmed, empty ones left out.
[[nodiscard]] std::vector<std::string_view> fieldsOf(std::string_view text, char separator);

/// Removes every "{ECO:…}" and returns the code of the first ("" without one).
std::string takeEvidence(std::string& text);

/// From the joined DE lines: "RecName: Full=Claudin-1; …" or, before 2008, "UBIQUITIN.".
[[nodiscard]] std::string proteinNameOf(std::string_view description);

/// From a DT line: "21-JUL-1986, integrated into UniProtKB/Swiss-Prot." → "1986-07-21"; empty when
/// it begins with no date.
[[nodiscard]] std::string dateOf(std::string_view text);

/// From the joined OS lines: "Homo sapiens (Human)." → "Homo sapiens"; a strain, isolate or
/// serotype in brackets stays.
[[nodiscard]] std::string organismOf(std::string_view text);

/// From a SUBCELLULAR LOCATION comment without its topic; topology, notes and isoforms are left
/// out.
[[nodiscard]] std::vector<EvidencedTerm> locationsOf(std::string_view comment);

}  // namespace twofold::formats
