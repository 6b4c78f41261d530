#include "core/store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <utility>

#include "core/base/error.h"
#include "core/store/store_lock.h"

namespace twofold::store {

namespace {

constexpr int kPatience = 5000;  // ms

/// A value of a foreign file is a name or a definition.
constexpr int kLongestForeignValue = 1 << 20;  // bytes

/// Of a file that another program made: whatever is wrong is wrong with the file.
Error foreignError(int code, const std::string& reason, const std::filesystem::path& path) {
  switch (code) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {ErrorKind::BadInput, fmt::format("{}: the database is damaged ({}); fetch it again",
                                               path.string(), reason)};
    case SQLITE_ERROR:
    case SQLITE_TOOBIG:
      return {ErrorKind::BadInput, fmt::format("{}: {}", path.string(), reason)};
    default:
      return {ErrorKind::Io, fmt::format("{}: {}", path.string(), reason)};
  }
}

Error sqliteError(sqlite3* handle, const std::filesystem::path& path, Access access) {
  const int code = sqlite3_errcode(handle) & 0xff;
  const std::string reason = sqlite3_errmsg(handle);
  if (access == Access::Foreign) {
    return foreignError(code, reason, path);
  }
  switch (code) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {ErrorKind::BadInput,
              fmt::format("{}: the store is damaged ({}); put back a backup from beside it",
                          path.string(), reason)};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::Io,
              fmt::format("{}: another program keeps writing; try again when it has ended",
                          path.string())};
    case SQLITE_FULL:
      return {ErrorKind::Io, fmt::format("{}: the disk is full; free some space", path.string())};
    case SQLITE_IOERR:
      return {ErrorKind::Io,
              fmt::format("{}: {}: the disk is full or failing, or a limit on the size of files "
                          "(ulimit -f) is reached",
                          path.string(), reason)};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return {ErrorKind::Io,
              fmt::format("{}: cannot be opened for this: {}; check the folder's permissions",
                          path.string(), reason)};
    case SQLITE_CONSTRAINT:
    case SQLITE_MISUSE:
    case SQLITE_ERROR:
    case SQLITE_RANGE:
      return {ErrorKind::Internal, fmt::format("{}: {}", path.string(), reason)};
    default:
      return {ErrorKind::Io, fmt::format("{}: {}", path.string(), reason)};
  }
}

/// A WAL store needs its -shm file even to be read; in a folder that nobody can write, and without
/// a log to recover, the file alone is the whole store.
bool isFrozen(const std::filesystem::path& path) {
  std::error_code error;
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const auto logBytes = std::filesystem::file_size(path.string() + "-wal", error);
  return ::access(folder.c_str(), W_OK) != 0 && (error || logBytes == 0);
}

/// The path as a "file:" URI; bytes that mean something in a URI are escaped.
std::string frozenName(const std::filesystem::path& path) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(path).string()) {
    if (c == '%' || c == '?' || c == '#') {
      uri += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

}  // namespace

struct Database::Connection {
  std::filesystem::path path;
  Access access = Access::ReadOnly;
  sqlite3* handle = nullptr;
  std::unique_ptr<StoreLock> lock;  // only to write
  int patience = kPatience;
  bool inTransaction = false;
  std::int64_t ownCommits = 0;

  Connection() = default;
  ~Connection() { sqlite3_close_v2(handle); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void open();
  void configure();
  /// For BEGIN, COMMIT and PRAGMA; everything else goes through Statement.
  void raw(const char* sql) {
    if (sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw sqliteError(handle, path, access);
    }
  }
  void requireLock(StoreLock::Kind kind) {
    if (!lock->acquire(kind, std::chrono::milliseconds(patience))) {
      throw Error(
          ErrorKind::Io,
          fmt::format("{}: another program is tidying the store up; try again", path.string()));
    }
  }
};

void Database::Connection::open() {
  const int mode = access == Access::ReadWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                               : SQLITE_OPEN_READONLY;
  // An absolute path can never be taken for a URI by its first letters.
  const bool frozen = access == Access::Foreign || (access == Access::ReadOnly && isFrozen(path));
  const std::string name = frozen ? frozenName(path) : std::filesystem::absolute(path).string();
  if (sqlite3_open_v2(name.c_str(), &handle, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI,
                      nullptr) != SQLITE_OK) {
    if (handle == nullptr) {
      throw Error(ErrorKind::Memory, "SQLite cannot get memory");
    }
    throw sqliteError(handle, path, access);
  }
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, patience);
  // Without this the last connection to close folds the log in, outside the exclusive lock.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (access == Access::Foreign) {
    // A view could hide a query without end behind the name of a table.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLongestForeignValue);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  }
}

void Database::Connection::configure() {
  raw("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
      "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
      "PRAGMA cache_size=-16000;");
}

struct Statement::Handle {
  Database::Connection* connection = nullptr;
  sqlite3_stmt* statement = nullptr;

  Handle(Database::Connection* owner, sqlite3_stmt* prepared)
      : connection(owner), statement(prepared) {}
  ~Handle() { sqlite3_finalize(statement); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  /// SQLite counts a PRAGMA as writing even when it only asks.
  bool writesUnlocked() const {
    return connection->access == Access::ReadWrite && !connection->inTransaction &&
           sqlite3_stmt_readonly(statement) == 0 &&
           sqlite3_strnicmp(sqlite3_sql(statement), "PRAGMA", 6) != 0;
  }

  void check(int code) const {
    if (code != SQLITE_OK) {
      throw sqliteError(connection->handle, connection->path, connection->access);
    }
  }
};

Statement::Statement(std::unique_ptr<Handle> handle) : m_handle(std::move(handle)) {}
Statement::~Statement() = default;
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;

Statement& Statement::bind(int position, std::int64_t value) {
  m_handle->check(sqlite3_bind_int64(m_handle->statement, position, value));
  return *this;
}

Statement& Statement::bind(int position, double value) {
  m_handle->check(sqlite3_bind_double(m_handle->statement, position, value));
  return *this;
}

Statement& Statement::bind(int position, std::string_view text) {
  // An empty view may have no data; SQLite would bind NULL for it.
  const char* data = text.data() != nullptr ? text.data() : "";
  m_handle->check(sqlite3_bind_text64(m_handle->statement, position, data, text.size(),
                                      SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bindBlob(int position, std::span<const std::byte> bytes) {
  const void* data = bytes.empty() ? static_cast<const void*>("") : bytes.data();
  m_handle->check(
      sqlite3_bind_blob64(m_handle->statement, position, data, bytes.size(), SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bindNull(int position) {
  m_handle->check(sqlite3_bind_null(m_handle->statement, position));
  return *this;
}

bool Statement::step() {
  if (m_handle->writesUnlocked()) {
    throw Error(ErrorKind::Internal, "the store was written to outside a transaction");
  }
  const int code = sqlite3_step(m_handle->statement);
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code != SQLITE_DONE) {
    const Error error = sqliteError(m_handle->connection->handle, m_handle->connection->path,
                                    m_handle->connection->access);
    sqlite3_reset(m_handle->statement);
    throw error;
  }
  return false;
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

void Statement::reset() {
  // The code repeats the failure of the last step, which was thrown there.
  sqlite3_reset(m_handle->statement);
  sqlite3_clear_bindings(m_handle->statement);
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(m_handle->statement, column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(m_handle->statement, column);
}

std::string_view Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(m_handle->statement, column);
  if (bytes == nullptr) {
    return {};
  }
  return {reinterpret_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(m_handle->statement, column))};
}

std::span<const std::byte> Statement::blob(int column) const {
  const void* bytes = sqlite3_column_blob(m_handle->statement, column);
  return {static_cast<const std::byte*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(m_handle->statement, column))};
}

bool Statement::isNull(int column) const {
  return sqlite3_column_type(m_handle->statement, column) == SQLITE_NULL;
}

bool Statement::isText(int column) const {
  return sqlite3_column_type(m_handle->statement, column) == SQLITE_TEXT;
}

bool Statement::isInteger(int column) const {
  return sqlite3_column_type(m_handle->statement, column) == SQLITE_INTEGER;
}

Database::Database(const std::filesystem::path& path, Access access)
    : m_connection(std::make_unique<Connection>()) {
  m_connection->path = path;
  m_connection->access = access;
  if (access == Access::ReadWrite) {
    m_connection->lock = std::make_unique<StoreLock>(path);
  }
  m_connection->open();
  m_connection->configure();
  if (access == Access::ReadWrite) {
    Statement mode = prepare("PRAGMA journal_mode");
    if (mode.step() && mode.text(0) != "wal") {
      mode.reset();
      m_connection->requireLock(StoreLock::Kind::Exclusive);
      try {
        m_connection->raw("PRAGMA journal_mode=WAL");
      } catch (...) {
        m_connection->lock->release();
        throw;
      }
      m_connection->lock->release();
    }
  }
}

Database::~Database() = default;

Statement Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(m_connection->handle, sql.data(), static_cast<int>(sql.size()), &statement,
                         nullptr) != SQLITE_OK) {
    throw sqliteError(m_connection->handle, m_connection->path, m_connection->access);
  }
  return Statement(std::make_unique<Statement::Handle>(m_connection.get(), statement));
}

void Database::execute(std::string_view sql) {
  const char* next = sql.data();
  const char* end = sql.data() + sql.size();
  while (next < end) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(m_connection->handle, next, static_cast<int>(end - next), &raw, &next) !=
        SQLITE_OK) {
      throw sqliteError(m_connection->handle, m_connection->path, m_connection->access);
    }
    if (raw != nullptr) {  // null: only white space and comments were left
      Statement(std::make_unique<Statement::Handle>(m_connection.get(), raw)).run();
    }
  }
}

bool Database::hasTable(std::string_view name) {
  // Virtual tables and views have other types.
  Statement row = prepare(
      "SELECT 1 FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name = ?");
  row.bind(1, name);
  return row.step();
}

std::int64_t Database::lastInsertKey() const {
  return sqlite3_last_insert_rowid(m_connection->handle);
}

std::int64_t Database::dataVersion() {
  // SQLite's number sees the commits of every connection but this one.
  Statement version = prepare("PRAGMA data_version");
  return (version.step() ? version.integer(0) : 0) + m_connection->ownCommits;
}

const std::filesystem::path& Database::path() const {
  return m_connection->path;
}

Access Database::access() const {
  return m_connection->access;
}

void Database::setPatience(std::chrono::milliseconds patience) {
  m_connection->patience = static_cast<int>(patience.count());
  sqlite3_busy_timeout(m_connection->handle, m_connection->patience);
}

bool Database::checkpoint() {
  Connection& connection = *m_connection;
  if (connection.access != Access::ReadWrite || connection.inTransaction ||
      !connection.lock->acquire(StoreLock::Kind::Exclusive, std::chrono::milliseconds(0))) {
    return false;
  }
  bool folded = false;
  try {
    // A reader that holds an old snapshot must not keep every writer waiting.
    sqlite3_busy_timeout(connection.handle, 100);
    Statement fold = prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    folded = fold.step() && fold.integer(0) == 0;
  } catch (...) {
    sqlite3_busy_timeout(connection.handle, connection.patience);
    connection.lock->release();
    throw;
  }
  sqlite3_busy_timeout(connection.handle, connection.patience);
  connection.lock->release();
  return folded;
}

Transaction::Transaction(Database& database) : m_database(database) {
  auto& connection = *m_database.m_connection;
  if (connection.access != Access::ReadWrite) {
    throw Error(ErrorKind::Io,
                fmt::format("{}: this project is open read-only", connection.path.string()));
  }
  if (connection.inTransaction) {
    throw Error(ErrorKind::Internal, "a transaction was begun inside another one");
  }
  connection.requireLock(StoreLock::Kind::Shared);
  try {
    connection.raw("BEGIN IMMEDIATE");
  } catch (...) {
    connection.lock->release();
    throw;
  }
  connection.inTransaction = true;
}

Transaction::~Transaction() {
  if (m_open) {
    auto& connection = *m_database.m_connection;
    // SQLite may have rolled back by itself (full disk); then this fails and nothing is lost.
    sqlite3_exec(connection.handle, "ROLLBACK", nullptr, nullptr, nullptr);
    connection.inTransaction = false;
    connection.lock->release();
  }
}

void Transaction::commit() {
  auto& connection = *m_database.m_connection;
  connection.raw("COMMIT");
  m_open = false;
  connection.inTransaction = false;
  ++connection.ownCommits;
  connection.lock->release();
}

}  // namespace twofold::store
