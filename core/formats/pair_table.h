// Delimited pair files: two ids and perhaps a label, LF or CRLF, header or not, gzip or not.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace twofold::formats {

enum class HeaderRule { Auto, Yes, No };

struct PairTableFormat {
  /// Column names or 1-based numbers of id A, id B, label; empty: found from the header or 1, 2, 3.
  std::string columnA, columnB, columnLabel;
  HeaderRule header = HeaderRule::Auto;
  /// 0: found from the first line (tab, comma, semicolon or space).
  char delimiter = 0;
};

struct PairRow {
  std::string_view a;
  std::string_view b;
  std::optional<bool> label;  // nothing when the file has no label column
  std::size_t line = 0;
};

/// Calls `take` for each data row, in order; the views live for the call. Throws Error(BadInput)
/// as "file:line: reason" for a missing column, an empty id, a label other than 0, 1, 0.0, 1.0.
void readPairTable(const std::filesystem::path& path, const PairTableFormat& format,
                   const std::function<void(const PairRow&)>& take,
                   const std::function<void(std::int64_t, std::int64_t)>& consumed = {});

}  // namespace twofold::formats
