#include "core/tokenizers/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "core/tokenizers/unicode_exceptions.h"

namespace twofold::tokenizers {

namespace {

/// Decomposed by newer versions than Hugging Face's.
constexpr char32_t kNotDecomposed = 0x11938;
constexpr char32_t kDottedCapitalI = 0x130;

utf8proc_category_t category(char32_t code) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(code));
}

bool isBetween(char32_t code, char32_t first, char32_t last) {
  return code >= first && code <= last;
}

/// The range that holds the code point, or the end of the sorted table.
template <class Range, std::size_t Size>
const Range* findRange(const Range (&table)[Size], char32_t code) {
  const auto* range =
      std::partition_point(std::begin(table), std::end(table),
                           [code](const Range& candidate) { return candidate.last < code; });
  return range != std::end(table) && range->first <= code ? range : std::end(table);
}

template <std::size_t Size>
bool holds(const CodeRange (&table)[Size], char32_t code) {
  return findRange(table, code) != std::end(table);
}

bool isStrippedMark(char32_t code) {
  return (category(code) == UTF8PROC_CATEGORY_MN && !holds(kKeptMarks, code)) ||
         holds(kMoreMarks, code);
}

void appendDecomposed(std::vector<CodePoint>& points, const CodePoint& point) {
  if (point.code < 0xC0 || point.code == kNotDecomposed) {
    points.push_back(point);
    return;
  }
  std::array<utf8proc_int32_t, 8> parts{};  // canonical decompositions have at most 4
  int boundary = 0;
  const auto count = utf8proc_decompose_char(
      static_cast<utf8proc_int32_t>(point.code), parts.data(), parts.size(),
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE), &boundary);
  if (count < 1) {
    points.push_back(point);
    return;
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    points.push_back({static_cast<char32_t>(parts.at(i)), point.range});
  }
}

int combiningClass(const CodePoint& point) {
  return point.code < 0x300
             ? 0
             : utf8proc_get_property(static_cast<utf8proc_int32_t>(point.code))->combining_class;
}

/// Runs of marks are sorted by their class; equal ones keep their order.
void orderMarks(std::vector<CodePoint>& points) {
  const auto isStart = [](const CodePoint& point) { return combiningClass(point) == 0; };
  for (auto run = points.begin(); run != points.end();) {
    run = std::find_if_not(run, points.end(), isStart);
    const auto end = std::find_if(run, points.end(), isStart);
    std::stable_sort(run, end, [](const CodePoint& a, const CodePoint& b) {
      return combiningClass(a) < combiningClass(b);
    });
    run = end;
  }
}

}  // namespace

bool isLetter(char32_t code) {
  if (code < 0x80) {
    return isBetween(code | 0x20U, 'a', 'z');
  }
  return isBetween(category(code), UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LO) ||
         holds(kNewLetters, code);
}

bool isNumber(char32_t code) {
  if (code < 0x80) {
    return isBetween(code, '0', '9');
  }
  return isBetween(category(code), UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NO) ||
         holds(kNewNumbers, code);
}

bool isWhitespace(char32_t code) {
  return isBetween(code, 0x9, 0xD) || code == ' ' || code == 0x85 || code == 0xA0 ||
         code == 0x1680 || isBetween(code, 0x2000, 0x200A) || code == 0x2028 || code == 0x2029 ||
         code == 0x202F || code == 0x205F || code == 0x3000;
}

bool isRemovedByBert(char32_t code) {
  if (code < 0x80) {
    return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') || code == 0x7F;
  }
  const auto found = category(code);
  return code == 0xFFFD || found == UTF8PROC_CATEGORY_CC || found == UTF8PROC_CATEGORY_CO ||
         (found == UTF8PROC_CATEGORY_CF && !holds(kKeptFormat, code));
}

bool isBertPunctuation(char32_t code) {
  if (code < 0x80) {
    return isBetween(code, '!', '/') || isBetween(code, ':', '@') || isBetween(code, '[', '`') ||
           isBetween(code, '{', '~');
  }
  return (isBetween(category(code), UTF8PROC_CATEGORY_PC, UTF8PROC_CATEGORY_PO) &&
          !holds(kKeptPunctuation, code)) ||
         holds(kMorePunctuation, code);
}

bool isBertIdeograph(char32_t code) {
  return isBetween(code, 0x4E00, 0x9FFF) || isBetween(code, 0x3400, 0x4DBF) ||
         isBetween(code, 0x20000, 0x2A6DF) || isBetween(code, 0x2A700, 0x2B81F) ||
         isBetween(code, 0x2B920, 0x2CEAF) || isBetween(code, 0xF900, 0xFAFF) ||
         isBetween(code, 0x2F800, 0x2FA1F);
}

std::vector<CodePoint> withoutAccents(const std::vector<CodePoint>& points) {
  std::vector<CodePoint> result;
  result.reserve(points.size());
  for (const auto& point : points) {
    appendDecomposed(result, point);
  }
  orderMarks(result);
  std::erase_if(result, [](const CodePoint& point) {
    return point.code >= 0x300 && isStrippedMark(point.code);
  });
  return result;
}

std::vector<CodePoint> lowerCase(const std::vector<CodePoint>& points) {
  std::vector<CodePoint> result;
  result.reserve(points.size());
  for (const auto& point : points) {
    auto lower = static_cast<char32_t>(
        point.code < 0x80
            ? point.code | (isBetween(point.code, 'A', 'Z') ? 0x20U : 0U)
            : static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(point.code))));
    if (const auto* range = findRange(kNewLower, point.code); range != std::end(kNewLower)) {
      lower = point.code + static_cast<char32_t>(range->shift);
    }
    result.push_back({lower, point.range});
    if (point.code == kDottedCapitalI) {
      result.back().code = 'i';
      result.push_back({0x307, point.range});
    }
  }
  return result;
}

}  // namespace twofold::tokenizers
