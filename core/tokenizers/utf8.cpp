#include "core/tokenizers/utf8.h"

#include <algorithm>

namespace twofold::tokenizers {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Sequence {
  std::size_t length = 1;
  bool wellFormed = false;
};

unsigned char byteAt(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

/// Table 3-7 of the Unicode standard: only the second byte has a range that depends on the first.
Sequence sequenceAt(std::string_view text, std::size_t i) {
  const unsigned char first = byteAt(text, i);
  if (first < 0x80) {
    return {1, true};
  }
  if (first < 0xC2 || first > 0xF4) {
    return {1, false};
  }
  const std::size_t wanted = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (first == 0xE0) {
    low = 0xA0;
  } else if (first == 0xED) {
    high = 0x9F;
  } else if (first == 0xF0) {
    low = 0x90;
  } else if (first == 0xF4) {
    high = 0x8F;
  }
  std::size_t length = 1;
  while (length < wanted && i + length < text.size()) {
    const unsigned char next = byteAt(text, i + length);
    if (next < low || next > high) {
      break;
    }
    low = 0x80;
    high = 0xBF;
    ++length;
  }
  return {length, length == wanted};
}

}  // namespace

CleanText::CleanText(std::string_view text) : m_text(text) {
  std::size_t good = 0;
  while (good < text.size()) {
    const Sequence sequence = sequenceAt(text, good);
    if (!sequence.wellFormed) {
      break;
    }
    good += sequence.length;
  }
  if (good == text.size()) {
    return;
  }
  m_repaired.reserve(text.size() + 16);
  for (std::size_t i = 0; i < text.size();) {
    const Sequence sequence = sequenceAt(text, i);
    const ByteRange whole{i, i + sequence.length};
    if (sequence.wellFormed) {
      for (; i < whole.end; ++i) {
        m_repaired += text[i];
        m_origins.push_back({i, i + 1});
      }
    } else {
      m_repaired += kReplacement;
      m_origins.insert(m_origins.end(), kReplacement.size(), whole);
      i = whole.end;
    }
  }
}

ByteRange CleanText::original(ByteRange range) const {
  if (m_repaired.empty() || range.begin == range.end) {
    return range;
  }
  return {m_origins[range.begin].begin, m_origins[range.end - 1].end};
}

std::vector<CodePoint> codePoints(std::string_view wellFormed, std::size_t offset) {
  std::vector<CodePoint> points;
  points.reserve(wellFormed.size());
  for (std::size_t i = 0; i < wellFormed.size();) {
    const unsigned char first = byteAt(wellFormed, i);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t code = length == 1 ? first : first & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k) {
      code = (code << 6) | (byteAt(wellFormed, i + k) & 0x3FU);
    }
    points.push_back({code, {offset + i, offset + i + length}});
    i += length;
  }
  return points;
}

void appendUtf8(std::string& text, char32_t code) {
  const auto tail = [&](int shift) {
    text += static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
  };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0U | (code >> 12));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace twofold::tokenizers
