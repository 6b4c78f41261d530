// XML piece by piece, from untrusted files: no DOCTYPE, no entities of its own, capped depth.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/byte_source.h"
#include "core/base/error.h"

namespace twofold::formats {

/// Reads UTF-8, plain or gzip. Comments, processing instructions and white space between elements
/// are passed over; names stay as written (no namespaces).
class XmlReader {
 public:
  static constexpr std::size_t kDeepest = 64;
  static constexpr std::size_t kLongestName = 256;
  static constexpr std::size_t kMostAttributes = 64;
  static constexpr std::size_t kLongestText = std::size_t{16} << 20;

  enum class Event { Start, Text, End, Finished };

  /// Throws Error(NotFound) when missing, Error(BadInput) when it is a folder.
  explicit XmlReader(const std::filesystem::path& path);

  /// The next piece. An element without content gives Start and End. Throws Error(BadInput) as
  /// "file:line: reason" on bad nesting, a DOCTYPE, an unknown entity, another encoding than
  /// UTF-8, anything beyond the limits, or an end inside an element.
  [[nodiscard]] Event next();

  [[nodiscard]] const std::string& name() const { return m_name; }  // of Start and End
  [[nodiscard]] const std::string& text() const { return m_text; }  // of Text
  /// Of Start; empty when it is not there.
  [[nodiscard]] std::string_view attribute(std::string_view name) const;
  /// Elements open around what comes next; after Start the element itself counts.
  [[nodiscard]] std::size_t depth() const { return m_open.size(); }

  [[nodiscard]] std::size_t line() const { return m_line; }  // from 1
  [[nodiscard]] const std::string& fileName() const { return m_source.fileName(); }
  /// Bytes of XML taken so far (inflated).
  [[nodiscard]] std::int64_t position() const { return m_position; }
  [[nodiscard]] std::int64_t bytesRead() const { return m_source.bytesRead(); }
  [[nodiscard]] std::int64_t bytesTotal() const { return m_source.bytesTotal(); }
  [[nodiscard]] Error wrong(std::string_view reason) const;

 private:
  struct Open {
    std::string name;
    std::size_t line = 0;
  };

  [[nodiscard]] int peek();
  int take();
  void expect(char wanted, std::string_view where);
  bool takeIf(std::string_view word);
  void skipBlanks();
  std::string readName();
  void readReference(std::string& into);
  void readUntil(std::string_view end, std::string* into, std::string_view what);
  void readInstruction();
  void readAttributes();
  bool readCharacters();
  void readStart();
  void readEnd();
  Event finish();

  ByteSource m_source;
  std::vector<char> m_buffer;
  std::size_t m_begin = 0;
  std::size_t m_end = 0;
  std::int64_t m_position = 0;
  std::size_t m_line = 1;
  std::vector<Open> m_open;
  std::string m_name;
  std::string m_text;
  std::vector<std::pair<std::string, std::string>> m_attributes;
  bool m_emptyElement = false;  // its End is due
  bool m_rootSeen = false;
};

}  // namespace twofold::formats
