#include "core/tokenizers/word_piece.h"

#include <algorithm>
#include <optional>
#include <span>

#include "core/tokenizers/unicode.h"

namespace twofold::tokenizers {

/// A normalized word as UTF-8: code point i is bytes starts[i] to starts[i + 1].
struct WordPieceTokenizer::Word {
  std::string text;
  std::vector<std::size_t> starts;
  std::vector<ByteRange> ranges;

  void add(const CodePoint& point) {
    starts.push_back(text.size());
    ranges.push_back(point.range);
    appendUtf8(text, point.code);
  }
  void clear() {
    text.clear();
    starts.clear();
    ranges.clear();
  }
  [[nodiscard]] std::size_t startOf(std::size_t point) const {
    return point == starts.size() ? text.size() : starts[point];
  }
};

namespace {

std::vector<CodePoint> cleaned(const std::vector<CodePoint>& points) {
  std::vector<CodePoint> result;
  result.reserve(points.size());
  for (const auto& point : points) {
    if (!isRemovedByBert(point.code)) {
      result.push_back({isWhitespace(point.code) ? U' ' : point.code, point.range});
    }
  }
  return result;
}

std::vector<CodePoint> spacedIdeographs(const std::vector<CodePoint>& points) {
  std::vector<CodePoint> result;
  result.reserve(points.size());
  for (const auto& point : points) {
    if (isBertIdeograph(point.code)) {
      result.insert(result.end(), {{U' ', point.range}, point, {U' ', point.range}});
    } else {
      result.push_back(point);
    }
  }
  return result;
}

std::vector<CodePoint> normalized(std::vector<CodePoint> points, const BertRules& rules) {
  if (rules.isCleaned) {
    points = cleaned(points);
  }
  if (rules.splitsIdeographs) {
    points = spacedIdeographs(points);
  }
  if (rules.losesAccents) {
    points = withoutAccents(points);
  }
  if (rules.isLowerCased) {
    points = lowerCase(points);
  }
  return points;
}

/// From the first byte of some code points to the last; decomposition may have moved them.
ByteRange span(std::span<const ByteRange> ranges) {
  ByteRange whole = ranges.front();
  for (const auto& range : ranges) {
    whole = {std::min(whole.begin, range.begin), std::max(whole.end, range.end)};
  }
  return whole;
}

}  // namespace

WordPieceTokenizer::WordPieceTokenizer(WordPieceSetup setup) : m_setup(std::move(setup)) {
  const auto measure = [this](const std::string& token, std::int64_t) {
    m_longestPiece = std::max(m_longestPiece, token.size());
  };
  m_setup.words.forEach(measure);
  m_setup.continuations.forEach(measure);
}

TokenizedText WordPieceTokenizer::tokenize(std::string_view text) const {
  return m_setup.special.tokenize(
      text, [this](std::string_view piece, std::size_t offset, TokenizedText& tokens) {
        tokenizePiece(piece, offset, tokens);
      });
}

void WordPieceTokenizer::tokenizePiece(std::string_view piece, std::size_t offset,
                                       TokenizedText& tokens) const {
  Word word;
  const auto finish = [&] {
    if (!word.text.empty()) {
      tokenizeWord(word, tokens);
      word.clear();
    }
  };
  for (const auto& point : normalized(codePoints(piece, offset), m_setup.rules)) {
    const bool isPunctuation = isBertPunctuation(point.code);
    if (isPunctuation || isWhitespace(point.code)) {
      finish();
    }
    if (!isWhitespace(point.code)) {
      word.add(point);
    }
    if (isPunctuation) {
      finish();
    }
  }
  finish();
}

void WordPieceTokenizer::tokenizeWord(const Word& word, TokenizedText& tokens) const {
  const std::size_t length = word.starts.size();
  const std::span<const ByteRange> ranges = word.ranges;
  const std::size_t before = tokens.ids.size();
  bool isKnown = length <= m_setup.longestWord;
  for (std::size_t start = 0; isKnown && start < length;) {
    const Vocabulary& pieces = start == 0 ? m_setup.words : m_setup.continuations;
    const std::size_t from = word.startOf(start);
    std::size_t end = length;
    while (end > start + 1 && word.startOf(end) - from > m_longestPiece) {
      --end;
    }
    const auto pieceTo = [&](std::size_t point) {
      return pieces.find(std::string_view(word.text).substr(from, word.startOf(point) - from));
    };
    auto id = pieceTo(end);
    while (!id && --end > start) {
      id = pieceTo(end);
    }
    if (id) {
      tokens.ids.push_back(*id);
      tokens.ranges.push_back(span(ranges.subspan(start, end - start)));
    }
    isKnown = id.has_value();
    start = end;
  }
  if (!isKnown) {
    tokens.ids.resize(before);
    tokens.ranges.resize(before);
    tokens.ids.push_back(m_setup.unknown);
    tokens.ranges.push_back(span(ranges));
  }
}

}  // namespace twofold::tokenizers
