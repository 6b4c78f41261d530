// From an entry of UniProt to annotations of a protein.
#pragma once

#include "core/data/annotation.h"
#include "core/formats/uniprot_entry.h"

namespace twofold::imports {

/// Everything the entry says, in its order; terms that it gives twice come twice. Signatures of
/// the sequence have no evidence code: they are computed.
[[nodiscard]] data::ProteinAnnotations annotationsOf(const formats::UniprotEntry& entry);

}  // namespace twofold::imports
