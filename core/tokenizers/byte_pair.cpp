#include "core/tokenizers/byte_pair.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/tokenizers/llama3_pieces.h"

namespace twofold::tokenizers {

TokenizedText BytePairTokenizer::tokenize(std::string_view text) const {
  BytePairMerges::Work work;
  const auto tokenizePiece = [&](std::string_view piece, std::size_t begin, TokenizedText& tokens) {
    const auto whole = m_setup.takesWholePieces ? m_setup.vocabulary.find(piece) : std::nullopt;
    if (whole) {
      tokens.ids.push_back(*whole);
      tokens.ranges.push_back({begin, begin + piece.size()});
      return;
    }
    work.ids.clear();
    for (const char byte : piece) {
      work.ids.push_back(m_setup.byteIds[static_cast<unsigned char>(byte)]);
    }
    m_setup.merges.merge(work);
    for (std::size_t i = 0; i < work.ids.size(); ++i) {
      tokens.ids.push_back(work.ids[i]);
      tokens.ranges.push_back({begin + work.begins[i], begin + work.begins[i + 1]});
    }
  };
  return m_setup.special.tokenize(
      text, [&](std::string_view part, std::size_t offset, TokenizedText& tokens) {
        for (const auto& range : llama3Pieces(part)) {
          tokenizePiece(part.substr(range.begin, range.end - range.begin), offset + range.begin,
                        tokens);
        }
      });
}

std::array<std::uint32_t, 256> byteIdsOf(const Vocabulary& vocabulary, const std::string& file) {
  std::array<std::uint32_t, 256> ids{};
  for (std::size_t byte = 0; byte < ids.size(); ++byte) {
    const auto id = vocabulary.find(std::string(1, static_cast<char>(byte)));
    if (!id) {
      throw badInput(file, 0,
                     fmt::format("the byte 0x{:02X} is not a token, so some texts would have none; "
                                 "get the file again from its source",
                                 byte));
    }
    ids.at(byte) = static_cast<std::uint32_t>(*id);
  }
  return ids;
}

}  // namespace twofold::tokenizers
