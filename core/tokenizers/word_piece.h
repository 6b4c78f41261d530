// BERT's text tokenizer (BasicTokenizer and WordPiece), with the ids of Hugging Face's
// BertTokenizer.
#pragma once

#include <filesystem>
#include <memory>

#include "core/tokenizers/special_tokens.h"
#include "core/tokenizers/vocabulary.h"

namespace twofold::tokenizers {

struct BertRules {
  bool isCleaned = true;  // controls removed, every white space a blank
  bool splitsIdeographs = true;
  bool isLowerCased = true;
  bool losesAccents = true;
};

struct WordPieceSetup {
  Vocabulary words;          // pieces that start a word
  Vocabulary continuations;  // those with "##", without it
  std::int64_t unknown = 0;
  std::int64_t size = 0;
  std::size_t longestWord = 100;  // code points; a longer word is unknown
  BertRules rules;
  SpecialTokens special;
};

class WordPieceTokenizer final : public Tokenizer {
 public:
  explicit WordPieceTokenizer(WordPieceSetup setup);

  [[nodiscard]] TokenizedText tokenize(std::string_view text) const override;
  [[nodiscard]] std::int64_t size() const override { return m_setup.size; }

 private:
  struct Word;
  void tokenizePiece(std::string_view piece, std::size_t offset, TokenizedText& tokens) const;
  void tokenizeWord(const Word& word, TokenizedText& tokens) const;

  WordPieceSetup m_setup;
  std::size_t m_longestPiece = 0;  // bytes
};

/// From a folder's tokenizer.json or, without it, vocab.txt (one token a line). The settings of
/// tokenizer_config.json (do_lower_case, strip_accents, tokenize_chinese_chars) win over those of
/// tokenizer.json. Throws Error(NotFound) without either file, Error(BadInput) naming file and
/// line.
[[nodiscard]] std::unique_ptr<Tokenizer> readWordPiece(const std::filesystem::path& folder);

}  // namespace twofold::tokenizers
