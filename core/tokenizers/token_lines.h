// vocab.txt: one token a line, its id the number of lines before it.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace twofold::tokenizers {

class TokenLines {
 public:
  /// At most 16 MiB; LF or CRLF. Throws Error(NotFound), or Error(BadInput) naming the line when
  /// the file or a line is empty.
  explicit TokenLines(const std::filesystem::path& path);
  TokenLines(const TokenLines&) = delete;
  TokenLines& operator=(const TokenLines&) = delete;

  [[nodiscard]] std::span<const std::string_view> tokens() const { return m_tokens; }

 private:
  std::string m_text;
  std::vector<std::string_view> m_tokens;
};

}  // namespace twofold::tokenizers
