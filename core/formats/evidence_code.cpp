#include "core/formats/evidence_code.h"

#include <algorithm>
#include <array>
#include <utility>

namespace twofold::formats {

namespace {

/// From the ontology's own list gaf-eco-mapping.txt (evidenceontology.org), and the numbers
/// "… used in automatic assertion" that UniProt gives to its rules, all IEA.
constexpr std::array<std::pair<std::string_view, std::string_view>, 42> kCodes = {{
    {"ECO:0000245", "RCA"}, {"ECO:0000247", "ISA"}, {"ECO:0000250", "ISS"}, {"ECO:0000255", "ISM"},
    {"ECO:0000266", "ISO"}, {"ECO:0000269", "EXP"}, {"ECO:0000270", "IEP"}, {"ECO:0000303", "NAS"},
    {"ECO:0000304", "TAS"}, {"ECO:0000305", "IC"},  {"ECO:0000307", "ND"},  {"ECO:0000314", "IDA"},
    {"ECO:0000315", "IMP"}, {"ECO:0000316", "IGI"}, {"ECO:0000317", "IGC"}, {"ECO:0000318", "IBA"},
    {"ECO:0000319", "IBD"}, {"ECO:0000320", "IKR"}, {"ECO:0000321", "IRD"}, {"ECO:0000353", "IPI"},
    {"ECO:0006056", "HTP"}, {"ECO:0007001", "HMP"}, {"ECO:0007003", "HGI"}, {"ECO:0007005", "HDA"},
    {"ECO:0007007", "HEP"}, {"ECO:0000203", "IEA"}, {"ECO:0000213", "IEA"}, {"ECO:0000248", "IEA"},
    {"ECO:0000249", "IEA"}, {"ECO:0000251", "IEA"}, {"ECO:0000256", "IEA"}, {"ECO:0000258", "IEA"},
    {"ECO:0000259", "IEA"}, {"ECO:0000261", "IEA"}, {"ECO:0000263", "IEA"}, {"ECO:0000265", "IEA"},
    {"ECO:0000313", "IEA"}, {"ECO:0000322", "IEA"}, {"ECO:0000323", "IEA"}, {"ECO:0000501", "IEA"},
    {"ECO:0007322", "IEA"}, {"ECO:0007669", "IEA"},
}};

}  // namespace

std::string evidenceCode(std::string_view text) {
  if (!text.starts_with("ECO:")) {
    return std::string(text.substr(0, text.find_first_of(":|, .")));
  }
  const std::string_view number = text.substr(0, text.find_first_of("|, "));
  const auto* found = std::find_if(kCodes.begin(), kCodes.end(),
                                   [&](const auto& code) { return code.first == number; });
  return std::string(found == kCodes.end() ? number : found->second);
}

}  // namespace twofold::formats
