#include "core/tokenizers/special_tokens.h"

#include <algorithm>

namespace twofold::tokenizers {

SpecialTokens::SpecialTokens(std::vector<SpecialToken> tokens, Frame frame)
    : m_tokens(std::move(tokens)), m_frame(std::move(frame)) {
  std::stable_sort(
      m_tokens.begin(), m_tokens.end(),
      [](const SpecialToken& a, const SpecialToken& b) { return a.text.size() > b.text.size(); });
  for (const auto& token : m_tokens) {
    m_starts[static_cast<unsigned char>(token.text.front())] = true;
  }
}

const SpecialToken* SpecialTokens::at(std::string_view rest) const {
  if (!m_starts[static_cast<unsigned char>(rest.front())]) {
    return nullptr;
  }
  const auto found = std::find_if(m_tokens.begin(), m_tokens.end(), [&](const SpecialToken& token) {
    return rest.starts_with(token.text);
  });
  return found == m_tokens.end() ? nullptr : &*found;
}

TokenizedText SpecialTokens::tokenize(std::string_view text, const TokenizePiece& piece) const {
  const CleanText clean(text);
  const std::string_view whole = clean.text();
  TokenizedText tokens;
  std::size_t start = 0;
  for (std::size_t i = 0; i < whole.size();) {
    const SpecialToken* special = at(whole.substr(i));
    if (special == nullptr) {
      ++i;
      continue;
    }
    if (i > start) {
      piece(whole.substr(start, i - start), start, tokens);
    }
    start = i + special->text.size();
    tokens.ids.push_back(special->id);
    tokens.ranges.push_back({i, start});
    i = start;
  }
  if (start < whole.size()) {
    piece(whole.substr(start), start, tokens);
  }
  for (auto& range : tokens.ranges) {
    range = clean.original(range);
  }
  tokens.ids.insert(tokens.ids.begin(), m_frame.before.begin(), m_frame.before.end());
  tokens.ranges.insert(tokens.ranges.begin(), m_frame.before.size(), ByteRange{});
  tokens.ids.insert(tokens.ids.end(), m_frame.after.begin(), m_frame.after.end());
  tokens.ranges.resize(tokens.ids.size());
  return tokens;
}

}  // namespace twofold::tokenizers
