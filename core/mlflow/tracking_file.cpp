#include "core/mlflow/tracking_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/base/error.h"
#include "core/tokenizers/utf8.h"

namespace twofold::mlflow {

namespace {

namespace fs = std::filesystem;

/// Alembic revisions of MLflow's store from the first with steps and NaN to that of 3.17.2, in
/// their order (mlflow/store/db_migrations/versions): all have the columns that are read here.
constexpr std::array<std::string_view, 65> kVersions = {
    "181f10493468", "df50e92ffc5e", "7ac759974ad8",  "89d4b8295536", "2b4d017a5e9b", "cfd24bdc0731",
    "0a8213491aaa", "728d730b5ebd", "27a6a02d2cf1",  "84291f40a231", "a8c4a736bde6", "39d1c3be5f05",
    "c48cb773bb87", "bd07f7e963c5", "0c779009ac13",  "cc1f77228345", "97727af70f4d", "3500859a5d39",
    "7f2a7d5fae7d", "2d6e25af4d3e", "acf3f17fdcc7",  "867495a8f9d4", "5b0e9adcef9c", "4465047574b1",
    "f5a4f2784254", "0584bdc529eb", "400f98739977",  "6953534de441", "bda7b8c39065", "cbc13b556ace",
    "770bee3ae1dd", "a1b2c3d4e5f6", "de4033877273",  "1a0cddfcaa16", "534353b11cbc", "71994744cf8e",
    "3da73c924c2f", "bf29a5ff90ea", "1bd49d398cd23", "b7c8d9e0f1a2", "5d2d30f0abce", "c9d4e5f6a7b8",
    "2c33131f4dae", "d3e4f5a6b7c8", "d0e1f2a3b4c5",  "c8d9e0f1a2b3", "1b5f0d9ad7c1", "e1f2a3b4c5d6",
    "76601a5f987d", "c3d6457b6d8a", "a5b4c3d2e1f0",  "ae8bbe7743c9", "7d34483879f0", "da6fb0208061",
    "89d3d66ed43f", "b7e4c1a90f23", "a8b9c0d1e2f3",  "c1d2e3f4a5b6", "c3d9e7f1a2b4", "6f8d9c3b2a1e",
    "1971f2d9a75b", "17e22815139b", "b7e2c1a4d9f3",  "75868b020152", "dc11669786a5",
};

std::string cleaned(std::string_view text) {
  return std::string(tokenizers::CleanText(text).text());
}

/// Opened as it lies: what a server has not folded in yet would be missing without a word.
const fs::path& wholeFile(const fs::path& file) {
  if (!fs::exists(file)) {
    throw Error(ErrorKind::NotFound, fmt::format("{}: there is no such file", file.string()));
  }
  for (const char* suffix : {"-wal", "-journal"}) {
    std::error_code error;
    const auto bytes = fs::file_size(file.string() + suffix, error);
    if (!error && bytes > 0) {
      throw Error(ErrorKind::Io,
                  fmt::format("{0}: changes lie beside it in {0}{1}; stop the MLflow server, or "
                              "make a whole copy with: sqlite3 {0} \".backup copy.db\"",
                              file.string(), suffix));
    }
  }
  return file;
}

void requireKnown(store::Database& database) {
  const auto file = database.path().string();
  for (const char* table :
       {"alembic_version", "experiments", "runs", "metrics", "params", "tags"}) {
    if (!database.hasTable(table)) {
      throw badInput(file, 0,
                     fmt::format("the database has no table {}: it is no tracking store of MLflow; "
                                 "give the file that mlflow server has after "
                                 "--backend-store-uri sqlite:///",
                                 table));
    }
  }
  auto row = database.prepare("SELECT version_num FROM alembic_version");
  const std::string version = row.step() ? cleaned(row.text(0)) : "none";
  if (std::find(kVersions.begin(), kVersions.end(), version) == kVersions.end()) {
    throw badInput(
        file, 0,
        fmt::format("a store of MLflow's schema {}, which this program does not know: it "
                    "reads those of MLflow 1.0 to 3.17; bring an older one up with mlflow "
                    "db upgrade, for a newer one a newer Twofold is needed",
                    version));
  }
}

}  // namespace

TrackingFile::TrackingFile(const fs::path& file)
    : m_database(wholeFile(file), store::Access::Foreign) {
  requireKnown(m_database);
}

std::vector<FileExperiment> TrackingFile::experiments() {
  std::vector<FileExperiment> all;
  auto row = m_database.prepare(
      "SELECT experiment_id, name, lifecycle_stage FROM experiments ORDER BY experiment_id");
  while (row.step()) {
    all.push_back({row.integer(0), cleaned(row.text(1)), row.text(2) == "deleted"});
  }
  return all;
}

std::vector<FileRun> TrackingFile::runs() {
  std::vector<FileRun> all;
  auto row = m_database.prepare(
      "SELECT run_uuid, name, status, start_time, end_time, experiment_id, lifecycle_stage "
      "FROM runs ORDER BY start_time, run_uuid");
  while (row.step()) {
    all.push_back({cleaned(row.text(0)), cleaned(row.text(1)), cleaned(row.text(2)), row.integer(3),
                   row.integer(4), row.integer(5), row.text(6) == "deleted"});
  }
  return all;
}

std::map<std::string, std::string> TrackingFile::texts(const char* sql, const std::string& runId) {
  std::map<std::string, std::string> all;
  auto row = m_database.prepare(sql);
  row.bind(1, runId);
  while (row.step()) {
    all.emplace(cleaned(row.text(0)), cleaned(row.text(1)));
  }
  return all;
}

std::map<std::string, std::string> TrackingFile::params(const std::string& runId) {
  return texts("SELECT key, value FROM params WHERE run_uuid = ?", runId);
}

std::map<std::string, std::string> TrackingFile::tags(const std::string& runId) {
  return texts("SELECT key, value FROM tags WHERE run_uuid = ?", runId);
}

std::map<std::string, FileSeries> TrackingFile::metrics(const std::string& runId) {
  std::map<std::string, FileSeries> all;
  auto row = m_database.prepare(
      "SELECT key, step, value, is_nan FROM metrics WHERE run_uuid = ? "
      "ORDER BY key, step, timestamp, value");
  row.bind(1, runId);
  while (row.step()) {
    auto& series = all[cleaned(row.text(0))];
    const auto step = row.integer(1);
    const double value = row.real(2);
    // MLflow keeps an infinity as the largest number.
    if (row.isNull(2) || row.integer(3) != 0 || !std::isfinite(value) ||
        std::abs(value) >= 1.7976931348623157e308) {
      ++series.notFinite;
    } else if (!series.steps.empty() && series.steps.back() == step) {
      series.values.back() = value;
      ++series.overwritten;
    } else {
      series.steps.push_back(step);
      series.values.push_back(value);
    }
  }
  return all;
}

}  // namespace twofold::mlflow
