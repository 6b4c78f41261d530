#include "core/tokenizers/llama3_pieces.h"

#include <algorithm>

#include "core/tokenizers/unicode.h"

namespace twofold::tokenizers {

namespace {

enum class Class : unsigned char { Other, Letter, Number, Space, LineEnd };

Class classOf(char32_t code) {
  if (code == '\r' || code == '\n') {
    return Class::LineEnd;
  }
  if (isWhitespace(code)) {
    return Class::Space;
  }
  return isLetter(code) ? Class::Letter : isNumber(code) ? Class::Number : Class::Other;
}

class Cutter {
 public:
  explicit Cutter(std::string_view text) : m_points(codePoints(text)) {
    m_classes.reserve(m_points.size());
    for (const auto& point : m_points) {
      m_classes.push_back(classOf(point.code));
    }
  }

  std::vector<ByteRange> pieces() const {
    std::vector<ByteRange> ranges;
    for (std::size_t i = 0; i < m_points.size();) {
      const std::size_t end = endOfPiece(i);
      ranges.push_back({m_points[i].range.begin, m_points[end - 1].range.end});
      i = end;
    }
    return ranges;
  }

 private:
  [[nodiscard]] std::size_t size() const { return m_points.size(); }
  [[nodiscard]] bool is(std::size_t i, Class wanted) const {
    return i < size() && m_classes[i] == wanted;
  }
  [[nodiscard]] std::size_t skip(std::size_t i, Class skipped) const {
    while (is(i, skipped)) {
      ++i;
    }
    return i;
  }

  /// The alternatives of the pattern in their order.
  [[nodiscard]] std::size_t endOfPiece(std::size_t i) const {
    if (const std::size_t length = contraction(i); length > 0) {
      return i + length;
    }
    if (is(i, Class::Letter)) {
      return skip(i, Class::Letter);
    }
    if (!is(i, Class::Number) && !is(i, Class::LineEnd) && is(i + 1, Class::Letter)) {
      return skip(i + 1, Class::Letter);
    }
    if (is(i, Class::Number)) {
      return std::min(skip(i, Class::Number), i + 3);
    }
    const std::size_t signs = m_points[i].code == ' ' ? i + 1 : i;
    if (is(signs, Class::Other)) {
      return skip(skip(signs, Class::Other), Class::LineEnd);
    }
    return endOfSpaces(i);
  }

  /// 's 't 'm 'd 're 've 'll of any case (the long s folds to s), or 0.
  [[nodiscard]] std::size_t contraction(std::size_t i) const {
    if (m_points[i].code != '\'' || i + 1 == size()) {
      return 0;
    }
    const auto lower = [this](std::size_t at) -> char32_t {
      if (at >= size()) {
        return 0;
      }
      const char32_t code = m_points[at].code;
      return code == 0x17F ? U's' : code >= 'A' && code <= 'Z' ? code | 0x20U : code;
    };
    const char32_t first = lower(i + 1);
    const char32_t second = lower(i + 2);
    if (first == 's' || first == 't' || first == 'm' || first == 'd') {
      return 2;
    }
    const bool isLong =
        ((first == 'r' || first == 'v') && second == 'e') || (first == 'l' && second == 'l');
    return isLong ? 3 : 0;
  }

  /// To the last line end of the run, else all but the blank before a word, else all.
  [[nodiscard]] std::size_t endOfSpaces(std::size_t i) const {
    std::size_t end = i;
    std::size_t lastLineEnd = 0;
    for (; is(end, Class::Space) || is(end, Class::LineEnd); ++end) {
      if (is(end, Class::LineEnd)) {
        lastLineEnd = end + 1;
      }
    }
    if (lastLineEnd > 0) {
      return lastLineEnd;
    }
    return end < size() && end > i + 1 ? end - 1 : end;
  }

  std::vector<CodePoint> m_points;
  std::vector<Class> m_classes;
};

}  // namespace

std::vector<ByteRange> llama3Pieces(std::string_view wellFormed) {
  return Cutter(wellFormed).pieces();
}

}  // namespace twofold::tokenizers
