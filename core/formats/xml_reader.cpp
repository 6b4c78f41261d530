#include "core/formats/xml_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/base/numbers.h"

namespace twofold::formats {

namespace {

constexpr std::size_t kBuffer = std::size_t{256} << 10;
constexpr int kAtEnd = -1;

bool isBlank(int c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool endsName(int c) {
  return c == kAtEnd || isBlank(c) || std::strchr("<>/=?!&\"'", c) != nullptr;
}

void appendUtf8(std::uint32_t code, std::string& text) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0 | (code >> 12));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | (code >> 18));
    text += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  }
}

/// The code point of "#38" or "#x26", 0 when it is none.
std::uint32_t codePoint(std::string_view reference) {
  std::uint32_t code = 0;
  const bool hex = reference.starts_with("#x");
  const std::string_view digits = reference.substr(hex ? 2 : 1);
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  const bool valid = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  return whole && valid ? code : 0;
}

}  // namespace

XmlReader::XmlReader(const std::filesystem::path& path) : m_source(path), m_buffer(kBuffer) {
  takeIf("\xEF\xBB\xBF");
}

Error XmlReader::wrong(std::string_view reason) const {
  return badInput(fileName(), m_line, reason);
}

std::string_view XmlReader::attribute(std::string_view name) const {
  const auto found = std::find_if(m_attributes.begin(), m_attributes.end(),
                                  [&](const auto& attribute) { return attribute.first == name; });
  return found == m_attributes.end() ? std::string_view{} : std::string_view(found->second);
}

int XmlReader::peek() {
  if (m_begin == m_end) {
    m_begin = 0;
    m_end = m_source.read(m_buffer, m_line);
    if (m_end == 0) {
      return kAtEnd;
    }
  }
  return static_cast<unsigned char>(m_buffer[m_begin]);
}

int XmlReader::take() {
  const int c = peek();
  if (c == kAtEnd) {
    return c;
  }
  if (c == 0) {
    throw wrong("there is a NUL byte; save the file as UTF-8 text or fetch it again");
  }
  ++m_begin;
  ++m_position;
  m_line += c == '\n' ? 1 : 0;
  return c;
}

void XmlReader::expect(char wanted, std::string_view where) {
  if (take() != wanted) {
    throw wrong(fmt::format("'{}' is missing {}", wanted, where));
  }
}

/// Takes `word` when it is next; once its first letter is taken, the rest must follow.
bool XmlReader::takeIf(std::string_view word) {
  if (peek() != static_cast<unsigned char>(word.front())) {
    return false;
  }
  for (const char c : word) {
    if (take() != static_cast<unsigned char>(c)) {
      throw wrong(fmt::format("\"{}\" is missing", word));
    }
  }
  return true;
}

void XmlReader::skipBlanks() {
  while (isBlank(peek())) {
    take();
  }
}

std::string XmlReader::readName() {
  std::string name;
  while (!endsName(peek())) {
    name += static_cast<char>(take());
    if (name.size() > kLongestName) {
      throw wrong(fmt::format("a name is longer than {} letters", kLongestName));
    }
  }
  if (name.empty()) {
    throw wrong("a name is missing behind '<' or before '='; is this XML?");
  }
  return name;
}

/// Behind '&': one of XML's own five, or a number. Nothing expands, so nothing can explode.
void XmlReader::readReference(std::string& into) {
  std::string name;
  while (peek() != ';') {
    if (peek() == kAtEnd || name.size() > 8) {
      throw wrong("'&' begins no entity; write &amp;");
    }
    name += static_cast<char>(take());
  }
  take();
  static constexpr std::pair<std::string_view, char> kKnown[] = {
      {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
  const auto* known = std::find_if(std::begin(kKnown), std::end(kKnown),
                                   [&](const auto& entity) { return entity.first == name; });
  if (known != std::end(kKnown)) {
    into += known->second;
    return;
  }
  const std::uint32_t code = name.starts_with('#') ? codePoint(name) : 0;
  if (code == 0) {
    throw wrong(
        fmt::format("the entity &{}; is not read; only XML's own five and numbers are", name));
  }
  appendUtf8(code, into);
}

void XmlReader::readUntil(std::string_view end, std::string* into, std::string_view what) {
  std::size_t matched = 0;
  std::string window;
  for (;;) {
    const int c = take();
    if (c == kAtEnd) {
      throw wrong(fmt::format("the file ends inside {}", what));
    }
    window += static_cast<char>(c);
    if (window.size() > end.size()) {
      if (into != nullptr) {
        if (++matched > kLongestText) {
          throw wrong(fmt::format("{} is longer than {} MiB", what, kLongestText >> 20));
        }
        *into += window.front();
      }
      window.erase(0, 1);
    }
    if (window == end) {
      return;
    }
  }
}

void XmlReader::readInstruction() {
  std::string content;
  readUntil("?>", &content, "\"<?…?>\"");
  const std::size_t at =
      content.starts_with("xml ") ? content.find("encoding=") : std::string::npos;
  if (at == std::string::npos || content.size() < at + 11) {
    return;
  }
  const char quote = content[at + 9];
  std::string encoding = content.substr(at + 10, content.find(quote, at + 10) - at - 10);
  std::transform(encoding.begin(), encoding.end(), encoding.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (encoding != "utf-8" && encoding != "us-ascii" && encoding != "ascii") {
    throw wrong(fmt::format("the encoding {} is not read; save the file as UTF-8", encoding));
  }
}

void XmlReader::readAttributes() {
  m_attributes.clear();
  for (skipBlanks(); peek() != '>' && peek() != '/'; skipBlanks()) {
    std::string name = readName();
    if (m_attributes.size() == kMostAttributes) {
      throw wrong(fmt::format("an element has more than {} attributes", kMostAttributes));
    }
    if (!attribute(name).empty()) {
      throw wrong(fmt::format("the attribute {} comes twice", name));
    }
    skipBlanks();
    expect('=', "behind an attribute's name");
    skipBlanks();
    const int quote = take();
    if (quote != '"' && quote != '\'') {
      throw wrong(fmt::format("the value of {} has no quotation mark", name));
    }
    std::string value;
    for (int c = take(); c != quote; c = take()) {
      if (c == kAtEnd || c == '<' || value.size() > kLongestText) {
        throw wrong(fmt::format("the value of {} has no end", name));
      }
      if (c == '&') {
        readReference(value);
      } else {
        value += static_cast<char>(c);
      }
    }
    m_attributes.emplace_back(std::move(name), std::move(value));
  }
}

/// Up to the next '<'; false when there was only white space.
bool XmlReader::readCharacters() {
  m_text.clear();
  bool any = false;
  for (int c = peek(); c != '<' && c != kAtEnd; c = peek()) {
    take();
    any |= !isBlank(c);
    if (c == '&') {
      readReference(m_text);
    } else {
      m_text += static_cast<char>(c);
    }
    if (m_text.size() > kLongestText) {
      throw wrong(fmt::format("a text is longer than {} MiB", kLongestText >> 20));
    }
  }
  if (any && m_open.empty()) {
    throw wrong("there is text outside of the elements; is this XML?");
  }
  return any;
}

void XmlReader::readStart() {
  m_name = readName();
  if (m_open.empty() && m_rootSeen) {
    throw wrong(fmt::format("<{}> stands behind the end of the document", m_name));
  }
  if (m_open.size() == kDeepest) {
    throw wrong(fmt::format("elements lie in each other deeper than {}", kDeepest));
  }
  m_rootSeen = true;
  const std::size_t line = m_line;
  readAttributes();
  m_emptyElement = takeIf("/");
  expect('>', "at the end of an element's name");
  m_open.push_back({m_name, line});
}

void XmlReader::readEnd() {
  m_name = readName();
  skipBlanks();
  expect('>', "at the end of an element's name");
  if (m_open.empty() || m_open.back().name != m_name) {
    throw wrong(m_open.empty() ? fmt::format("</{}> closes nothing", m_name)
                               : fmt::format("</{}> stands where <{}> of line {} is open", m_name,
                                             m_open.back().name, m_open.back().line));
  }
  m_open.pop_back();
}

XmlReader::Event XmlReader::finish() {
  if (!m_open.empty()) {
    throw wrong(fmt::format("the file ends inside <{}> of line {}; is it cut off?",
                            m_open.back().name, m_open.back().line));
  }
  if (!m_rootSeen) {
    throw badInput(fileName(), 0, m_position == 0 ? "the file is empty" : "there is no element");
  }
  return Event::Finished;
}

XmlReader::Event XmlReader::next() {
  if (m_emptyElement) {
    m_emptyElement = false;
    m_name = m_open.back().name;
    m_open.pop_back();
    return Event::End;
  }
  for (;;) {
    if (peek() == kAtEnd) {
      return finish();
    }
    if (peek() != '<') {
      if (readCharacters()) {
        return Event::Text;
      }
      continue;
    }
    take();
    if (takeIf("/")) {
      readEnd();
      return Event::End;
    }
    if (takeIf("?")) {
      readInstruction();
    } else if (!takeIf("!")) {
      readStart();
      return Event::Start;
    } else if (peek() == '-') {
      takeIf("--");
      readUntil("-->", nullptr, "a comment");
    } else if (peek() == '[' && !m_open.empty()) {
      takeIf("[CDATA[");
      m_text.clear();
      readUntil("]]>", &m_text, "a CDATA section");
      return Event::Text;
    } else {
      throw wrong("a DOCTYPE or another declaration is not read; UniProt's XML has none");
    }
  }
}

}  // namespace twofold::formats
