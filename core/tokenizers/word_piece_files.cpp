#include <fmt/format.h>

#include "core/base/error.h"
#include "core/tokenizers/token_lines.h"
#include "core/tokenizers/tokenizer_json.h"
#include "core/tokenizers/word_piece.h"

namespace twofold::tokenizers {

namespace {

constexpr std::string_view kContinuation = "##";
constexpr std::int64_t kLongestWord = 1000;  // the time for a word grows with the square

/// False when the token is there already.
[[nodiscard]] bool addPiece(WordPieceSetup& setup, std::string_view token, std::int64_t id) {
  // "##" alone continues no word, and no word starts with punctuation and goes on.
  return token.starts_with(kContinuation)
             ? setup.continuations.add(std::string(token.substr(kContinuation.size())), id)
             : setup.words.add(std::string(token), id);
}

std::int64_t tokenNamed(const WordPieceSetup& setup, std::string_view name,
                        const std::string& file) {
  const auto id = setup.words.find(name);
  if (!id) {
    throw badInput(file, 0, fmt::format("the vocabulary lacks the token \"{}\"", name));
  }
  return *id;
}

/// tokenizer_config.json, which need not be there.
void readSettings(const std::filesystem::path& path, BertRules& rules) {
  if (!std::filesystem::exists(path)) {
    return;
  }
  const TokenizerJson json(path);
  if (const auto isLower = json.flag(json.root(), "do_lower_case")) {
    rules.isLowerCased = *isLower;
    rules.losesAccents = *isLower;  // unless said otherwise, as in the original
  }
  rules.losesAccents = json.flag(json.root(), "strip_accents").value_or(rules.losesAccents);
  rules.splitsIdeographs =
      json.flag(json.root(), "tokenize_chinese_chars").value_or(rules.splitsIdeographs);
}

void readRules(const TokenizerJson& json, BertRules& rules) {
  const auto& normalizer = json.member(json.root(), "normalizer");
  const auto& splitter = json.member(json.root(), "pre_tokenizer");
  if (json.text(normalizer, "type") != "BertNormalizer" ||
      json.text(splitter, "type") != "BertPreTokenizer") {
    json.fail("the text is not normalized and split as BERT does; only that is supported");
  }
  rules.isCleaned = json.flag(normalizer, "clean_text").value_or(true);
  rules.splitsIdeographs = json.flag(normalizer, "handle_chinese_chars").value_or(true);
  rules.isLowerCased = json.flag(normalizer, "lowercase").value_or(true);
  rules.losesAccents = json.flag(normalizer, "strip_accents").value_or(rules.isLowerCased);
}

Vocabulary readPieces(const TokenizerJson& json, WordPieceSetup& setup, IdCheck& ids) {
  const auto& vocabulary = json.member(json.member(json.root(), "model"), "vocab");
  if (!vocabulary.is_object()) {
    json.fail("\"vocab\" of \"model\" is not there");
  }
  Vocabulary all;
  for (const auto& [token, value] : vocabulary.items()) {
    const auto id = json.number(value, "a token's id");
    ids.add(id);
    // Keys of one JSON object differ, so both are new.
    static_cast<void>(addPiece(setup, token, id));
    static_cast<void>(all.add(token, id));
  }
  return all;
}

WordPieceSetup readJson(const std::filesystem::path& path) {
  const TokenizerJson json(path);
  const auto& model = json.member(json.root(), "model");
  if (json.text(model, "type") != "WordPiece" ||
      json.text(model, "continuing_subword_prefix") != kContinuation) {
    json.fail("this is not a WordPiece vocabulary with \"##\", which BERT needs");
  }
  WordPieceSetup setup;
  IdCheck ids(json.file());
  const Vocabulary all = readPieces(json, setup, ids);
  auto special = json.addedTokens(all, ids);
  setup.size = ids.countWithoutHoles();
  setup.unknown = tokenNamed(setup, json.text(model, "unk_token"), json.file());
  const auto longest =
      json.number(json.member(model, "max_input_chars_per_word"), "\"max_input_chars_per_word\"");
  if (longest < 1 || longest > kLongestWord) {
    json.fail(fmt::format("\"max_input_chars_per_word\" is {}, 1 to {} are expected", longest,
                          kLongestWord));
  }
  setup.longestWord = static_cast<std::size_t>(longest);
  setup.special = SpecialTokens(std::move(special), json.frame(setup.size));
  readRules(json, setup.rules);
  return setup;
}

WordPieceSetup readLines(const std::filesystem::path& path) {
  WordPieceSetup setup;
  const TokenLines lines(path);
  for (std::size_t i = 0; i < lines.tokens().size(); ++i) {
    const auto token = lines.tokens()[i];
    if (!addPiece(setup, token, static_cast<std::int64_t>(i))) {
      throw badInput(path.string(), i + 1, fmt::format("the token \"{}\" is there twice", token));
    }
  }
  setup.size = static_cast<std::int64_t>(lines.tokens().size());
  setup.unknown = tokenNamed(setup, "[UNK]", path.string());
  std::vector<SpecialToken> special;
  for (const std::string name : {"[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"}) {
    if (const auto id = setup.words.find(name)) {
      special.push_back({name, *id});
    }
  }
  Frame frame{{tokenNamed(setup, "[CLS]", path.string())},
              {tokenNamed(setup, "[SEP]", path.string())}};
  setup.special = SpecialTokens(std::move(special), std::move(frame));
  return setup;
}

}  // namespace

std::unique_ptr<Tokenizer> readWordPiece(const std::filesystem::path& folder) {
  const auto json = folder / "tokenizer.json";
  const auto lines = folder / "vocab.txt";
  const bool hasJson = std::filesystem::exists(json);
  if (!hasJson && !std::filesystem::exists(lines)) {
    throw Error(ErrorKind::NotFound,
                fmt::format("{} has neither tokenizer.json nor vocab.txt; take one from where the "
                            "weights come from",
                            folder.string()));
  }
  WordPieceSetup setup = hasJson ? readJson(json) : readLines(lines);
  readSettings(folder / "tokenizer_config.json", setup.rules);
  return std::make_unique<WordPieceTokenizer>(std::move(setup));
}

}  // namespace twofold::tokenizers
