// SHA-256, the identity of sequences, weights, splits and artifacts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace twofold {

/// Incremental SHA-256 (FIPS 180-4). Not for use after hex().
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  void add(std::span<const std::byte> bytes);
  /// 64 lower-case hexadecimal digits.
  [[nodiscard]] std::string hex();

 private:
  struct Context;
  std::unique_ptr<Context> m_context;
};

[[nodiscard]] std::string sha256(std::string_view bytes);

/// `read` hears the bytes of every MiB read and may throw to end it. Throws Error(Io) when the file
/// cannot be read.
[[nodiscard]] std::string sha256OfFile(const std::filesystem::path& path,
                                       const std::function<void(std::int64_t bytes)>& read = {});

}  // namespace twofold
