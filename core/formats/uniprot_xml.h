// UniProt's XML (uniprot.org/docs/uniprot.xsd), plain or gzip, entry by entry.
#pragma once

#include "core/formats/uniprot_entry.h"

namespace twofold::formats {

/// Calls `take` for each entry, in order. Throws Error(BadInput) as "file:line: reason" when the
/// XML is broken or beyond the limits of XmlReader, its root is not <uniprot>, or an entry has no
/// accession, no sequence or another length than it states; Error(NotFound) when missing.
void readUniprotXml(const std::filesystem::path& path, const TakeEntry& take,
                    const Consumed& consumed = {});

}  // namespace twofold::formats
