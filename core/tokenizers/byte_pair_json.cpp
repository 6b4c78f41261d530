#include <fmt/format.h>

#include "core/base/error.h"
#include "core/tokenizers/byte_pair.h"
#include "core/tokenizers/byte_text.h"
#include "core/tokenizers/llama3_pieces.h"
#include "core/tokenizers/tokenizer_json.h"

namespace twofold::tokenizers {

namespace {

using Json = formats::Json;

/// Split by Llama 3's pattern, then bytes as letters without a pattern or blank of their own.
void checkPieces(const TokenizerJson& json) {
  const auto& splitter = json.member(json.root(), "pre_tokenizer");
  const auto& steps = json.member(splitter, "pretokenizers");
  if (!steps.is_array() || steps.size() != 2) {
    json.fail("\"pre_tokenizer\" is not Llama 3's pattern followed by ByteLevel");
  }
  const Json& split = steps.at(0);
  const Json& bytes = steps.at(1);
  if (json.text(split, "type") != "Split" || json.text(bytes, "type") != "ByteLevel" ||
      json.text(json.member(split, "pattern"), "Regex") != kLlama3Pattern ||
      json.text(split, "behavior") != "Isolated") {
    json.fail("the text is not cut with Llama 3's pattern; only that is supported");
  }
  json.refuse(split, "invert");
  json.refuse(bytes, "add_prefix_space");
  if (json.flag(bytes, "use_regex").value_or(true)) {
    json.fail("\"use_regex\" of ByteLevel is not false: a second pattern is not supported");
  }
}

void readVocabulary(const TokenizerJson& json, const Json& model, Vocabulary& vocabulary,
                    IdCheck& ids) {
  const Json& tokens = json.member(model, "vocab");
  if (!tokens.is_object()) {
    json.fail("\"vocab\" of \"model\" is not there");
  }
  for (const auto& [text, value] : tokens.items()) {
    auto bytes = bytesOfByteLevel(text);
    if (!bytes || bytes->empty()) {
      json.fail(fmt::format("the token \"{}\" is not written in GPT-2's byte alphabet", text));
    }
    const auto id = json.number(value, "a token's id");
    ids.add(id);
    static_cast<void>(vocabulary.add(std::move(*bytes), id));  // the alphabet is one to one
  }
}

/// "left right", or of newer files ["left", "right"].
std::pair<std::string, std::string> mergePair(const Json& merge) {
  if (merge.is_array() && merge.size() == 2 && merge.at(0).is_string() && merge.at(1).is_string()) {
    return {merge.at(0).get<std::string>(), merge.at(1).get<std::string>()};
  }
  if (merge.is_string()) {
    const auto& text = merge.get_ref<const std::string&>();
    if (const auto blank = text.find(' '); blank != std::string::npos) {
      return {text.substr(0, blank), text.substr(blank + 1)};
    }
  }
  return {};
}

BytePairMerges readMerges(const TokenizerJson& json, const Json& model,
                          const Vocabulary& vocabulary) {
  const Json& list = json.member(model, "merges");
  if (!list.is_array()) {
    json.fail("\"merges\" of \"model\" is not a list");
  }
  BytePairMerges merges(list.size());
  for (std::size_t rank = 0; rank < list.size(); ++rank) {
    const auto [leftText, rightText] = mergePair(list.at(rank));
    const auto left = bytesOfByteLevel(leftText).value_or("");
    const auto right = bytesOfByteLevel(rightText).value_or("");
    if (left.empty() || right.empty()) {
      json.fail(fmt::format("merge {} is not two tokens", rank));
    }
    const auto leftId = vocabulary.find(left);
    const auto rightId = vocabulary.find(right);
    const auto result = vocabulary.find(left + right);
    if (!leftId || !rightId || !result) {
      const auto& unknown = !leftId ? leftText : !rightId ? rightText : leftText + rightText;
      json.fail(
          fmt::format("merge {} names \"{}\", which is not in the vocabulary", rank, unknown));
    }
    if (!merges.add(static_cast<std::uint32_t>(*leftId), static_cast<std::uint32_t>(*rightId),
                    {static_cast<std::uint32_t>(rank), static_cast<std::uint32_t>(*result)})) {
      json.fail(fmt::format("merge {} is there twice: \"{} {}\"", rank, leftText, rightText));
    }
  }
  return merges;
}

}  // namespace

std::unique_ptr<Tokenizer> readBytePairJson(const std::filesystem::path& file) {
  const TokenizerJson json(file);
  const Json& model = json.member(json.root(), "model");
  // Files of the first releases do not name the kind.
  if (!json.member(model, "type").is_null() && json.text(model, "type") != "BPE") {
    json.fail("this is not a byte-pair vocabulary, which Llama 3 needs");
  }
  for (const char* key : {"dropout", "continuing_subword_prefix", "end_of_word_suffix"}) {
    json.refuse(model, key);
  }
  json.refuse(json.root(), "normalizer");
  checkPieces(json);
  BytePairSetup setup;
  IdCheck ids(json.file());
  readVocabulary(json, model, setup.vocabulary, ids);
  setup.byteIds = byteIdsOf(setup.vocabulary, json.file());
  setup.merges = readMerges(json, model, setup.vocabulary);
  setup.takesWholePieces = json.flag(model, "ignore_merges").value_or(false);
  auto special = json.addedTokens(setup.vocabulary, ids);
  setup.size = ids.countWithoutHoles();
  setup.special = SpecialTokens(std::move(special), json.frame(setup.size));
  return std::make_unique<BytePairTokenizer>(std::move(setup));
}

std::unique_ptr<Tokenizer> readLlama3(const std::filesystem::path& folder) {
  if (const auto json = folder / "tokenizer.json"; std::filesystem::exists(json)) {
    return readBytePairJson(json);
  }
  for (const auto& ranks : {folder / "tokenizer.model", folder / "original" / "tokenizer.model"}) {
    if (std::filesystem::exists(ranks)) {
      return readTokenRanks(ranks);
    }
  }
  throw Error(ErrorKind::NotFound,
              fmt::format("{} has neither tokenizer.json nor tokenizer.model; take one from where "
                          "the weights come from",
                          folder.string()));
}

}  // namespace twofold::tokenizers
