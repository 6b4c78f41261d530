#include "core/tokenizers/token_lines.h"

#include "core/base/error.h"
#include "core/base/files.h"

namespace twofold::tokenizers {

namespace {
constexpr std::uintmax_t kLargestFile = std::uintmax_t{16} << 20;
}

TokenLines::TokenLines(const std::filesystem::path& path) : m_text(readFile(path, kLargestFile)) {
  std::string_view rest = m_text;
  while (!rest.empty()) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    m_tokens.push_back(line);
    if (line.empty()) {
      throw badInput(path.string(), m_tokens.size(), "the line is empty, a token is expected");
    }
  }
  if (m_tokens.empty()) {
    throw badInput(path.string(), 0, "the vocabulary is empty; get the file again from its source");
  }
}

}  // namespace twofold::tokenizers
