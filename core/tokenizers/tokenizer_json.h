// The parts of Hugging Face's tokenizer.json that every kind of vocabulary shares.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/bounded_json.h"
#include "core/tokenizers/special_tokens.h"
#include "core/tokenizers/vocabulary.h"

namespace twofold::tokenizers {

/// A JSON file of at most 64 MiB (Llama 3.2's has 17) whose values are asked for by name. Every
/// question throws Error(BadInput) that names the file and the value when it is not as asked.
class TokenizerJson {
 public:
  using Json = formats::Json;

  explicit TokenizerJson(const std::filesystem::path& path);

  [[nodiscard]] const std::string& file() const { return m_file; }
  [[nodiscard]] const Json& root() const { return m_root; }

  /// `object[key]`, or null when it is not there.
  [[nodiscard]] const Json& member(const Json& object, std::string_view key) const;
  [[nodiscard]] std::string text(const Json& object, std::string_view key) const;
  [[nodiscard]] std::int64_t number(const Json& value, std::string_view what) const;
  /// Nothing when absent or null.
  [[nodiscard]] std::optional<bool> flag(const Json& object, std::string_view key) const;

  /// Throws unless the value is absent, null, false, zero or empty: what a setting must be that
  /// is not understood here.
  void refuse(const Json& object, std::string_view key) const;

  /// "added_tokens"; those that also stand in `vocabulary` have the same id, the others get
  /// theirs added to `ids`.
  [[nodiscard]] std::vector<SpecialToken> addedTokens(const Vocabulary& vocabulary,
                                                      IdCheck& ids) const;
  /// What "post_processor" puts around a single text; ids below `size`.
  [[nodiscard]] Frame frame(std::int64_t size) const;

  /// Error(BadInput) that names the file.
  [[noreturn]] void fail(const std::string& reason) const;

 private:
  void readProcessor(const Json& processor, Frame& frame) const;
  void readTemplate(const Json& processor, Frame& frame) const;

  std::string m_file;
  Json m_root;
};

}  // namespace twofold::tokenizers
