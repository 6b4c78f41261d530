#include "core/tokenizers/tokenizer_json.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/files.h"

namespace twofold::tokenizers {

namespace {

constexpr std::uintmax_t kLargestFile = std::uintmax_t{64} << 20;

/// The value when it is short, else its kind.
std::string shown(const formats::Json& value) {
  const std::string text = value.is_structured() ? "" : value.dump();
  return text.empty() || text.size() > 80 ? value.type_name() : text;
}

}  // namespace

TokenizerJson::TokenizerJson(const std::filesystem::path& path)
    : m_file(path.string()), m_root(formats::parseJson(readFile(path, kLargestFile), m_file)) {
  if (!m_root.is_object()) {
    fail("this is not a tokenizer: an object is expected");
  }
}

void TokenizerJson::fail(const std::string& reason) const {
  throw badInput(m_file, 0, reason);
}

const formats::Json& TokenizerJson::member(const Json& object, std::string_view key) const {
  if (!object.is_object()) {
    fail(fmt::format("an object with \"{}\" is expected, not {}", key, shown(object)));
  }
  static const Json kNull;
  const auto found = object.find(key);
  return found == object.end() ? kNull : *found;
}

std::string TokenizerJson::text(const Json& object, std::string_view key) const {
  const Json& value = member(object, key);
  if (!value.is_string()) {
    fail(fmt::format("\"{}\" is {}, a text is expected", key, shown(value)));
  }
  return value.get<std::string>();
}

std::int64_t TokenizerJson::number(const Json& value, std::string_view what) const {
  if (!value.is_number_integer() ||
      (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{INT64_MAX})) {
    fail(fmt::format("{} is {}, a whole number is expected", what, shown(value)));
  }
  return value.get<std::int64_t>();
}

std::optional<bool> TokenizerJson::flag(const Json& object, std::string_view key) const {
  const Json& value = member(object, key);
  if (value.is_null()) {
    return std::nullopt;
  }
  if (!value.is_boolean()) {
    fail(fmt::format("\"{}\" is {}, true or false is expected", key, shown(value)));
  }
  return value.get<bool>();
}

void TokenizerJson::refuse(const Json& object, std::string_view key) const {
  const Json& value = member(object, key);
  const bool isEmpty = value.is_string() ? value.get_ref<const std::string&>().empty()
                                         : value.is_structured() && value.empty();
  const bool isOff = isEmpty || value.is_null() || value == false || value == 0;
  if (!isOff) {
    fail(fmt::format("\"{}\" is {}; this tokenizer is of a kind that is not supported", key,
                     shown(value)));
  }
}

std::vector<SpecialToken> TokenizerJson::addedTokens(const Vocabulary& vocabulary,
                                                     IdCheck& ids) const {
  const Json& list = member(m_root, "added_tokens");
  if (!list.is_array() && !list.is_null()) {
    fail("\"added_tokens\" is not a list");
  }
  std::vector<SpecialToken> tokens;
  for (const auto& entry : list) {
    SpecialToken token{text(entry, "content"), number(member(entry, "id"), "an added token's id")};
    if (token.text.empty()) {
      fail("an added token is empty");
    }
    for (const char* key : {"single_word", "lstrip", "rstrip", "normalized"}) {
      refuse(entry, key);
    }
    const auto known = vocabulary.find(token.text);
    if (!known) {
      ids.add(token.id);
    } else if (*known != token.id) {
      fail(fmt::format("the added token \"{}\" has the id {}, in the vocabulary {}", token.text,
                       token.id, *known));
    }
    tokens.push_back(std::move(token));
  }
  return tokens;
}

Frame TokenizerJson::frame(std::int64_t size) const {
  Frame frame;
  if (const Json& processor = member(m_root, "post_processor"); !processor.is_null()) {
    readProcessor(processor, frame);
  }
  for (const auto* side : {&frame.before, &frame.after}) {
    for (const auto id : *side) {
      if (id < 0 || id >= size) {
        fail(fmt::format("\"post_processor\" has the id {}, the vocabulary {} tokens", id, size));
      }
    }
  }
  return frame;
}

void TokenizerJson::readProcessor(const Json& processor, Frame& frame) const {
  const std::string type = text(processor, "type");
  if (type == "TemplateProcessing") {
    readTemplate(processor, frame);
  } else if (type == "BertProcessing") {
    for (const auto& [key, side] : {std::pair("cls", &frame.before), {"sep", &frame.after}}) {
      const Json& pair = member(processor, key);
      if (!pair.is_array() || pair.size() != 2) {
        fail(fmt::format("\"{}\" of \"post_processor\" is not a token with its id", key));
      }
      side->push_back(number(pair.at(1), key));
    }
  } else if (type == "Sequence") {
    const Json& list = member(processor, "processors");
    if (!list.is_array()) {
      fail("\"processors\" is not a list");
    }
    for (const auto& part : list) {
      readProcessor(part, frame);
    }
  } else if (type != "ByteLevel") {  // which moves ranges only
    fail(fmt::format("the post-processor \"{}\" is not supported", type));
  }
}

void TokenizerJson::readTemplate(const Json& processor, Frame& frame) const {
  const Json& pieces = member(processor, "single");
  if (!pieces.is_array()) {
    fail("\"single\" of \"post_processor\" is not a list");
  }
  bool isBefore = true;
  for (const auto& piece : pieces) {
    if (const Json& token = member(piece, "SpecialToken"); !token.is_null()) {
      const std::string name = text(token, "id");
      const Json& entry = member(member(processor, "special_tokens"), name);
      const Json& ids = entry.is_null() ? entry : member(entry, "ids");
      if (!ids.is_array()) {
        fail(fmt::format("\"special_tokens\" of \"post_processor\" lacks \"{}\"", name));
      }
      for (const auto& id : ids) {
        (isBefore ? frame.before : frame.after).push_back(number(id, name));
      }
    } else {
      isBefore = false;
    }
  }
  if (isBefore) {
    fail("\"single\" of \"post_processor\" has no place for the text");
  }
}

}  // namespace twofold::tokenizers
