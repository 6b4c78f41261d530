// Files for tests: fixtures, real data that may be absent, temporary files.
#pragma once

#include <QTemporaryDir>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace twofold::tests {

inline std::filesystem::path fixture(const std::string& name) {
  return std::filesystem::path(TWOFOLD_FIXTURES) / name;
}

inline std::filesystem::path sharedData(const std::string& name) {
  return std::filesystem::path(TWOFOLD_SHARED_DATA) / name;
}

/// A folder that is removed with its files.
class TestFolder {
 public:
  [[nodiscard]] std::filesystem::path path(const std::string& name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  [[nodiscard]] std::filesystem::path write(const std::string& name, std::string_view bytes) const {
    const auto file = path(name);
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<long>(bytes.size()));
    return file;
  }

 private:
  QTemporaryDir m_folder;
};

}  // namespace twofold::tests

// Skips the test by name when real data is not on this machine.
#define NEEDS_FILE(file)                                                         \
  if (!std::filesystem::exists(file)) {                                          \
    QSKIP(qPrintable(QString::fromStdString((file).string() + " is not here"))); \
  }                                                                              \
  static_assert(true)
