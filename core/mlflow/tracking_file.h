// The SQLite file of an MLflow tracking server, as it lies: experiments, runs and what they have.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/store/database.h"

namespace twofold::mlflow {

struct FileExperiment {
  std::int64_t key = 0;
  std::string name;
  bool isDeleted = false;
};

struct FileRun {
  std::string id;
  std::string name;
  std::string status;
  std::int64_t start = 0;  // ms since 1970; 0: none
  std::int64_t end = 0;
  std::int64_t experiment = 0;
  bool isDeleted = false;
};

/// The points of one key, the last of each step; steps ascend, none is empty.
struct FileSeries {
  std::vector<std::int64_t> steps;
  std::vector<double> values;
  std::int64_t notFinite = 0;    // left out
  std::int64_t overwritten = 0;  // earlier points of a step
};

/// All texts are well-formed UTF-8.
class TrackingFile {
 public:
  /// Throws Error: NotFound; BadInput when it is no MLflow store, or of a version that this program
  /// does not know; Io when a server has it open with changes that are not in it.
  explicit TrackingFile(const std::filesystem::path& file);

  [[nodiscard]] std::vector<FileExperiment> experiments();
  /// Oldest first.
  [[nodiscard]] std::vector<FileRun> runs();
  [[nodiscard]] std::map<std::string, std::string> params(const std::string& runId);
  [[nodiscard]] std::map<std::string, std::string> tags(const std::string& runId);
  /// By key; a key without a finite point is there with its count alone.
  [[nodiscard]] std::map<std::string, FileSeries> metrics(const std::string& runId);

 private:
  [[nodiscard]] std::map<std::string, std::string> texts(const char* sql, const std::string& runId);

  store::Database m_database;
};

}  // namespace twofold::mlflow
