// The evidence codes of the Gene Ontology (geneontology.org/docs/guide-go-evidence-codes), which
// UniProt also writes as numbers of the Evidence and Conclusion Ontology (ECO).
#pragma once

#include <string>
#include <string_view>

namespace twofold::formats {

/// "IEA" from "IEA:UniProtKB-KW" and "ECO:0000256|RuleBase:RU000477", "IDA" from "ECO:0000314".
/// An ECO number without a code stays as it is ("ECO:0000312"); empty from empty.
[[nodiscard]] std::string evidenceCode(std::string_view text);

}  // namespace twofold::formats
