// One SQLite connection with the project's settings. The .cpp is the only user of sqlite3.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace twofold::store {

/// A prepared statement; bind by position from 1, read columns from 0. Reset by reset().
class Statement {
 public:
  ~Statement();
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;

  Statement& bind(int position, std::int64_t value);
  Statement& bind(int position, double value);
  Statement& bind(int position, std::string_view text);
  Statement& bindBlob(int position, std::span<const std::byte> bytes);
  Statement& bindNull(int position);

  /// True while there is a row. Throws Error(Io).
  [[nodiscard]] bool step();
  /// For statements without rows.
  void run();
  void reset();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view text(int column) const;            // valid until the next step
  [[nodiscard]] std::span<const std::byte> blob(int column) const;  // valid until the next step
  [[nodiscard]] bool isNull(int column) const;
  [[nodiscard]] bool isText(int column) const;
  [[nodiscard]] bool isInteger(int column) const;

 private:
  friend class Database;
  struct Handle;
  explicit Statement(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> m_handle;
};

enum class Access {
  ReadWrite,
  ReadOnly,
  Foreign,  // another program's file, read as it lies: no views, bounded values, errors BadInput
};

/// WAL, synchronous FULL, foreign keys, no automatic checkpoint: the settings and the lock file
/// that avoid SQLite 3.40's WAL-reset race are described in SCHEMA.md. One connection belongs to
/// one thread at a time.
class Database {
 public:
  /// Opens or creates; throws Error(Io) in words that help.
  Database(const std::filesystem::path& path, Access access);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] Statement prepare(std::string_view sql);
  /// One or more statements without parameters.
  void execute(std::string_view sql);
  /// True for an ordinary table of this name.
  [[nodiscard]] bool hasTable(std::string_view name);
  [[nodiscard]] std::int64_t lastInsertKey() const;
  /// Increases with each commit by any connection: the cheap way to see that something changed.
  [[nodiscard]] std::int64_t dataVersion();
  [[nodiscard]] const std::filesystem::path& path() const;
  [[nodiscard]] Access access() const;
  /// How long a write waits for other programs that write; 5 s when nobody says so.
  void setPatience(std::chrono::milliseconds patience);
  /// Folds the write-ahead log into the file when nobody else writes; false when busy.
  bool checkpoint();

 private:
  friend class Statement;
  friend class Transaction;
  struct Connection;
  std::unique_ptr<Connection> m_connection;
};

/// BEGIN IMMEDIATE under the shared store lock; rolled back on destruction unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& m_database;
  bool m_open = true;
};

}  // namespace twofold::store
