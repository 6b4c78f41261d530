// Runs the built worker as a child process on a small made-up project.
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace twofold::test {

using Json = nlohmann::json;

struct WorkerResult {
  int exitCode = -1;
  std::vector<Json> lines;  // of stdout, with --json
  std::string out;
  std::string err;

  /// The last line, or null.
  [[nodiscard]] Json last() const { return lines.empty() ? Json() : lines.back(); }
  /// "message" of an error line.
  [[nodiscard]] std::string message() const { return last().value("message", std::string()); }
};

/// Waits at most two minutes for the end.
[[nodiscard]] WorkerResult runWorker(const QStringList& arguments);

/// JSON objects, one a line; null for a line that is none.
[[nodiscard]] std::vector<Json> jsonLines(const std::string& text);

/// What `train` says of the parts, of what `evaluate` says of them.
[[nodiscard]] Json withoutDetails(Json parts);

/// Reads what a started worker says until a metric of that epoch; what was read. Ends the test when
/// that takes over a minute.
std::string readUntilEpoch(QProcess& process, int epoch);

/// A folder with proteins.fasta (60 proteins p00 … p59) and pairs.tsv (200 labelled pairs, which a
/// model on composition can learn), and a project in it.
class MadeUpProject {
 public:
  MadeUpProject();

  [[nodiscard]] QString file(const QString& name) const { return m_folder.filePath(name); }
  [[nodiscard]] QString project() const { return file("project"); }
  /// Writes a file into the folder and returns its path.
  QString write(const QString& name, const std::string& text) const;
  /// The command with --project and --json.
  [[nodiscard]] WorkerResult run(QStringList arguments) const;
  /// The same, started and not waited for.
  void start(QProcess& process, QStringList arguments) const;

  /// Imports proteins and pairs ("made") and cuts the split "random". False when a step failed.
  [[nodiscard]] bool prepare() const;
  /// The same, then structures of p10 … p49.
  [[nodiscard]] bool prepareWithStructures() const;
  /// A run on `channels` with that many epochs and one thread, never stopped early.
  [[nodiscard]] QStringList trainCommand(const QString& channels, int epochs) const;

 private:
  [[nodiscard]] QStringList complete(QStringList arguments) const;

  QTemporaryDir m_folder;
};

}  // namespace twofold::test
