#include "core/base/plain_files.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace twofold {

namespace {

namespace fs = std::filesystem;

void requirePlain(const fs::path& path, const fs::file_status& status) {
  if (!fs::is_regular_file(status) && !fs::is_directory(status)) {
    throw badInput(path.string(), 0,
                   fmt::format("is {}; only files and folders are copied: put what it stands for "
                               "in its place",
                               fs::is_symlink(status) ? "a link" : "neither a file nor a folder"));
  }
}

}  // namespace

void requirePlainFiles(const fs::path& path) {
  const auto status = fs::symlink_status(path);
  if (!fs::exists(status)) {
    throw Error(ErrorKind::NotFound, fmt::format("{}: there is nothing here", path.string()));
  }
  requirePlain(path, status);
  if (fs::is_directory(status)) {
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
      requirePlain(entry.path(), entry.symlink_status());
    }
  }
}

void copyPlainFiles(const fs::path& from, const fs::path& to) {
  requirePlainFiles(from);
  try {
    fs::copy(from, to, fs::copy_options::recursive);
  } catch (const fs::filesystem_error& error) {
    throw Error(ErrorKind::Io, error.what());
  }
}

}  // namespace twofold
