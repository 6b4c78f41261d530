#include "app/worker/row_table.h"

#include <fmt/format.h>

#include <cerrno>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/system_reason.h"
#include "core/formats/bounded_json.h"

namespace twofold::app {

namespace fs = std::filesystem;
using formats::Json;

RowTable::RowTable(fs::path out, std::string identity, std::string_view header)
    : m_out(std::move(out)),
      m_part(m_out.string() + ".part"),
      m_place(m_out.string() + ".part.json"),
      m_identity(std::move(identity)) {
  takeUp();
  m_file.open(m_part, std::ios::binary | (m_rows > 0 ? std::ios::app : std::ios::trunc));
  if (m_rows == 0) {
    m_file << header;
  }
  require();
}

/// A part without a place that fits is begun anew.
void RowTable::takeUp() {
  if (!fs::exists(m_part) || !fs::exists(m_place)) {
    return;
  }
  try {
    const auto place = formats::readJsonFile(m_place);
    const auto bytes = place.at("bytes").get<std::uintmax_t>();
    if (place.at("identity") != m_identity || fs::file_size(m_part) < bytes) {
      return;
    }
    fs::resize_file(m_part, bytes);
    m_rows = place.at("rows").get<std::int64_t>();
    m_lines = place.at("lines").get<std::int64_t>();
  } catch (const Json::exception&) {
    m_rows = 0;  // the place is not one of ours
  } catch (const Error&) {
    m_rows = 0;
  } catch (const fs::filesystem_error&) {
    m_rows = 0;  // the part went away meanwhile
  }
}

void RowTable::require() const {
  if (!m_file) {
    throw Error(ErrorKind::Io, fmt::format("{}: cannot be written: {}; what was there before is "
                                           "kept",
                                           m_part.string(), systemReason(errno)));
  }
}

void RowTable::add(std::string_view text, std::int64_t lines) {
  m_file.write(text.data(), static_cast<std::streamsize>(text.size()));
  require();
  ++m_rows;
  m_lines += lines;
}

void RowTable::mark() {
  m_file.flush();
  require();
  writeFileAtomically(m_place, Json{{"identity", m_identity},
                                    {"rows", m_rows},
                                    {"lines", m_lines},
                                    {"bytes", static_cast<std::int64_t>(m_file.tellp())}}
                                   .dump());
}

void RowTable::finish() {
  m_file.close();
  require();
  commitFile(m_part, m_out);
  std::error_code ignored;  // it is of no use any more
  fs::remove(m_place, ignored);
}

}  // namespace twofold::app
