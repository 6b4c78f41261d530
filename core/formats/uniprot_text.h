// UniProt's flat text (web.expasy.org/docs/userman.html), plain or gzip, entry by entry.
#pragma once

#include "core/formats/uniprot_entry.h"

namespace twofold::formats {

/// Calls `take` for each entry, in order; reads entries of Swiss-Prot and TrEMBL since 1995 and
/// IPI's. Throws Error(BadInput) as "file:line: reason" when an entry is cut off, has no ID line,
/// accession or sequence, another length than it states, or a line that is none of the format;
/// Error(NotFound) when missing.
void readUniprotText(const std::filesystem::path& path, const TakeEntry& take,
                     const Consumed& consumed = {});

}  // namespace twofold::formats
