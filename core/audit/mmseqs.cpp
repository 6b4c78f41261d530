#include "core/audit/mmseqs.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/numbers.h"
#include "core/base/progress.h"
#include "core/formats/line_reader.h"
#include "core/process/child_process.h"
#include "core/retrieval/parallel.h"

namespace twofold::audit {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostLog = std::uintmax_t{1} << 24;
constexpr std::size_t kLogShown = 400;  // bytes of its end

// Its middle sensitivity: at 40 % identity the highest finds no more on Bernett's proteins.
constexpr const char* kSensitivity = "4";
constexpr const char* kLargestExpectation = "0.1";
constexpr const char* kMostHits = "1000";  // of a query
constexpr double kBelowIdentity = 0.1;
constexpr double kOfCoverage = 0.8;

/// Removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    auto pattern = (fs::temp_directory_path() / "twofold-mmseqs-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      throw Error(ErrorKind::Io,
                  fmt::format("{}: no folder can be made: {}", pattern, std::strerror(errno)));
    }
    m_path = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;  // what stays is under the system's temporary folder
    fs::remove_all(m_path, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const fs::path& path() const { return m_path; }

 private:
  fs::path m_path;
};

/// Indices become ids, so nothing of the user's reaches a command line or has to be read back.
void writeFasta(const fs::path& file, std::span<const std::string_view> sequences) {
  std::string text;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    if (!sequences[i].empty()) {
      text += fmt::format(">{}\n{}\n", i, sequences[i]);
    }
  }
  writeFileAtomically(file, text);
}

void runToEnd(const process::ChildOptions& options, const std::stop_token& stop) {
  process::ChildProcess child(options);
  std::optional<int> status;
  while (!(status = child.waitFor(std::chrono::milliseconds(100)))) {
    if (stop.stop_requested()) {
      child.stop(true);
      (void)child.waitFor(std::chrono::seconds(10));
      throw StopRequested{};
    }
  }
  if (*status != 0) {
    const auto log = readFile(options.outputFile, kMostLog);
    throw Error(ErrorKind::Io,
                fmt::format("{} failed with status {}; leave it out with --no-mmseqs. It said: {}",
                            options.program.string(), *status,
                            log.substr(log.size() - std::min(log.size(), kLogShown))));
  }
}

/// The fields of a line of the table of hits.
class HitLine {
 public:
  HitLine(std::string_view line, const formats::LineReader& lines) : m_rest(line), m_lines(lines) {}

  [[nodiscard]] std::uint32_t index(std::size_t count) {
    const auto value = parseInteger(field());
    if (!value || *value < 0 || *value >= static_cast<std::int64_t>(count)) {
      throw badInput(m_lines.fileName(), m_lines.lineNumber(), "MMseqs2 names an unknown sequence");
    }
    return static_cast<std::uint32_t>(*value);
  }
  [[nodiscard]] double share() {
    const auto value = parseReal(field());
    if (!value) {
      throw badInput(m_lines.fileName(), m_lines.lineNumber(), "MMseqs2 wrote no coverage");
    }
    return *value;
  }

 private:
  std::string_view field() {
    const auto tab = std::min(m_rest.find('\t'), m_rest.size());
    const auto found = m_rest.substr(0, tab);
    m_rest.remove_prefix(std::min(tab + 1, m_rest.size()));
    return found;
  }

  std::string_view m_rest;
  const formats::LineReader& m_lines;
};

}  // namespace

fs::path findMmseqs(std::string_view path) {
  while (!path.empty()) {
    const auto folder = path.substr(0, path.find(':'));
    fs::path program = fs::path(folder) / "mmseqs";
    std::error_code ignored;
    if (!folder.empty() && fs::is_regular_file(program, ignored) &&
        ::access(program.c_str(), X_OK) == 0) {
      return program;
    }
    path.remove_prefix(std::min(path.size(), folder.size() + 1));
  }
  return {};
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> mmseqsHits(
    const RelativeSearch& search, std::span<const std::string_view> queries,
    std::span<const std::string_view> targets, const std::stop_token& stop) {
  const TemporaryFolder folder;
  const auto in = [&](const char* name) { return (folder.path() / name).string(); };
  writeFasta(in("queries.fasta"), queries);
  writeFasta(in("targets.fasta"), targets);
  const auto identity = fmt::format("{:.2f}", std::max(0.0, search.rule.identity - kBelowIdentity));
  const auto threads = std::to_string(retrieval::threadsOr(search.threads));
  runToEnd(
      {search.mmseqs,
       {"easy-search", in("queries.fasta"), in("targets.fasta"), in("hits.tsv"), in("work"),
        "--threads", threads, "-s", kSensitivity, "-e", kLargestExpectation, "--min-seq-id",
        identity, "--max-seqs", kMostHits, "--format-output", "query,target,qcov,tcov", "-v", "1"},
       false,
       in("log.txt")},
      stop);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> hits;
  if (fs::file_size(in("hits.tsv")) == 0) {
    return hits;
  }
  formats::LineReader lines(in("hits.tsv"));
  for (std::string_view line; lines.next(line);) {
    HitLine fields(line, lines);
    const auto query = fields.index(queries.size());
    const auto target = fields.index(targets.size());
    const double ofQuery = fields.share();
    if (std::max(ofQuery, fields.share()) >= kOfCoverage * search.rule.coverage) {
      hits.emplace_back(query, target);
    }
  }
  return hits;
}

}  // namespace twofold::audit
