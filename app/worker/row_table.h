// A table that is written row by row and can be taken up again: what is done lies in OUT.part, and
// how far it is in OUT.part.json, until the whole of it becomes OUT.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace twofold::app {

class RowTable {
 public:
  /// `identity` says what is written: a part that was left by something else is begun anew. Throws
  /// Error(Io).
  RowTable(std::filesystem::path out, std::string identity, std::string_view header);

  /// Rows and lines that were there already.
  [[nodiscard]] std::int64_t rows() const { return m_rows; }
  [[nodiscard]] std::int64_t lines() const { return m_lines; }

  /// One row's lines, each with its line break. Throws Error(Io).
  void add(std::string_view text, std::int64_t lines);
  /// Puts down how far it is; call it now and then, and before a stop. Throws Error(Io).
  void mark();
  /// OUT.part becomes OUT. Throws Error(Io).
  void finish();

 private:
  void takeUp();
  void require() const;

  std::filesystem::path m_out;
  std::filesystem::path m_part;
  std::filesystem::path m_place;
  std::string m_identity;
  std::ofstream m_file;
  std::int64_t m_rows = 0;
  std::int64_t m_lines = 0;
};

}  // namespace twofold::app
