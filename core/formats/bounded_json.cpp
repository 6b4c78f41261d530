#include "core/formats/bounded_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"

namespace twofold::formats {

namespace {

constexpr int kDeepest = 64;
constexpr std::uintmax_t kLargestFile = std::uintmax_t{16} << 20;

/// Characters that also tell how far the parser came, because its callback has no position.
class TrackedIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  TrackedIterator(const char* at, const char** reached) : m_at(at), m_reached(reached) {}
  reference operator*() const { return *m_at; }
  TrackedIterator& operator++() {
    *m_reached = ++m_at;
    return *this;
  }
  TrackedIterator operator++(int) {
    const TrackedIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const TrackedIterator& other) const { return m_at == other.m_at; }

 private:
  const char* m_at;
  const char** m_reached;
};

std::size_t lineOf(std::string_view text, const char* at) {
  return 1 + static_cast<std::size_t>(std::count(text.data(), at, '\n'));
}

/// Throws before a tree is built: nlohmann-json 3.11 parses deep nesting without recursion, then
/// overflows the stack when such a tree is copied or written.
void checkDepth(std::string_view text, std::string_view source) {
  int depth = 0;
  bool inString = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inString) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        inString = false;
      }
    } else if (c == '"') {
      inString = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDeepest) {
        throw badInput(source, lineOf(text, text.data() + i),
                       fmt::format("the JSON is nested deeper than {} levels", kDeepest));
      }
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
}

/// nlohmann's "[json.exception.parse_error.101] parse error at line 1, column 5: …" without the
/// parts that badInput() says.
std::string reasonOf(const Json::exception& error) {
  const std::string_view text = error.what();
  std::size_t start = text.find("] ");
  start = start == std::string_view::npos ? 0 : start + 2;
  const std::size_t column = text.find("column ", start);
  if (column != std::string_view::npos) {
    const std::size_t end = text.find(": ", column);
    if (end != std::string_view::npos) {
      return fmt::format("{} ({})", text.substr(end + 2), text.substr(column, end - column));
    }
  }
  return std::string(text.substr(start));
}

}  // namespace

Json parseJson(std::string_view text, std::string_view source) {
  checkDepth(text, source);
  const char* reached = text.data();
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  const auto watch = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) {
      keys.emplace_back();
    } else if (event == Json::parse_event_t::object_end) {
      keys.pop_back();
    } else if (event == Json::parse_event_t::key) {
      const auto& key = parsed.get_ref<const std::string&>();
      if (!keys.back().insert(key).second) {
        throw badInput(source, lineOf(text, reached),
                       fmt::format("the key \"{}\" is there twice", key));
      }
    }
    return true;
  };
  try {
    return Json::parse(TrackedIterator(text.data(), &reached),
                       TrackedIterator(text.data() + text.size(), &reached), watch);
  } catch (const Json::exception& error) {
    throw badInput(source, lineOf(text, reached), reasonOf(error));
  }
}

Json readJsonFile(const std::filesystem::path& path) {
  return parseJson(readFile(path, kLargestFile), path.string());
}

}  // namespace twofold::formats
