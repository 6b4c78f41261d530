// Llama 3's tokenizer: byte pairs merged by rank within the pieces of its pattern, with the ids
// of tiktoken and of Hugging Face.
#pragma once

#include <array>
#include <filesystem>
#include <memory>

#include "core/tokenizers/byte_pair_merges.h"
#include "core/tokenizers/special_tokens.h"
#include "core/tokenizers/vocabulary.h"

namespace twofold::tokenizers {

struct BytePairSetup {
  Vocabulary vocabulary;  // tokens as bytes
  BytePairMerges merges;
  std::array<std::uint32_t, 256> byteIds{};
  /// A piece that is a token as a whole is that token, whatever its merges say.
  bool takesWholePieces = true;
  std::int64_t size = 0;
  SpecialTokens special;
};

class BytePairTokenizer final : public Tokenizer {
 public:
  explicit BytePairTokenizer(BytePairSetup setup) : m_setup(std::move(setup)) {}

  [[nodiscard]] TokenizedText tokenize(std::string_view text) const override;
  [[nodiscard]] std::int64_t size() const override { return m_setup.size; }

 private:
  BytePairSetup m_setup;
};

/// Throws Error(BadInput) naming the first byte that is no token.
[[nodiscard]] std::array<std::uint32_t, 256> byteIdsOf(const Vocabulary& vocabulary,
                                                       const std::string& file);

/// tiktoken's file (a token in base64 and its rank a line), and Llama 3.1's special tokens after
/// the last rank. Throws Error(NotFound), Error(BadInput) naming file and line.
[[nodiscard]] std::unique_ptr<Tokenizer> readTokenRanks(const std::filesystem::path& file);

/// Hugging Face's tokenizer.json with byte-level BPE and Llama 3's pattern; another one is
/// refused. Throws Error(NotFound), Error(BadInput).
[[nodiscard]] std::unique_ptr<Tokenizer> readBytePairJson(const std::filesystem::path& file);

/// From a folder's tokenizer.json or, without it, tokenizer.model (perhaps in its folder
/// "original", as published). Throws Error(NotFound) without either.
[[nodiscard]] std::unique_ptr<Tokenizer> readLlama3(const std::filesystem::path& folder);

}  // namespace twofold::tokenizers
