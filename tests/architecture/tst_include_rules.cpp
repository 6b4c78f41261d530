// The layers, rooms and doors of ARCHITECTURE.md, checked on every include of the source tree.
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

struct SourceFile {
  std::string path;                   // relative to the repository
  std::vector<std::string> includes;  // as written between quotes or brackets
  std::size_t lines = 0;
};

std::string topFolders(const std::string& path, int depth) {
  std::size_t end = 0;
  for (int i = 0; i < depth; ++i) {
    const auto next = path.find('/', end == 0 ? 0 : end + 1);
    if (next == std::string::npos) {
      break;
    }
    end = next;
  }
  return path.substr(0, end);
}

SourceFile readSource(const fs::path& root, const fs::path& path) {
  static const std::regex kInclude("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]");
  SourceFile file;
  file.path = fs::relative(path, root).string();
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) {
    ++file.lines;
    std::smatch match;
    if (std::regex_search(line, match, kInclude)) {
      file.includes.push_back(match[1]);
    }
  }
  return file;
}

std::vector<SourceFile> readTree() {
  const fs::path root = TWOFOLD_SOURCE;
  std::vector<SourceFile> files;
  for (const char* top : {"core", "models", "ui", "app"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (entry.is_regular_file() && (extension == ".h" || extension == ".cpp")) {
        files.push_back(readSource(root, entry.path()));
      }
    }
  }
  return files;
}

bool startsWithAny(const std::string& text, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return text.starts_with(prefix); });
}

/// An outside library, how its includes look, and the paths that may use it.
struct Door {
  std::string library;
  std::regex include;
  std::vector<std::string> allowed;
};

std::vector<Door> doors() {
  return {
      {"Qt", std::regex("^Q[A-Z].*"), {"ui/", "app/workbench/"}},
      {"VTK", std::regex("^vtk.*"), {"ui/viewport/"}},
      {"QCustomPlot", std::regex("^qcustomplot.*"), {"ui/plots/plot_view.cpp"}},
      {"LibTorch", std::regex("^(torch|ATen|c10|caffe2)/.*"), {"models/"}},
      {"c10d", std::regex("^torch/csrc/distributed/.*"), {"models/learning/process_group.cpp"}},
      {"gemmi", std::regex("^gemmi/.*"), {"core/bio/structure_reader.cpp"}},
      {"SQLite", std::regex("^sqlite3.*"), {"core/store/database.cpp"}},
      {"FAISS", std::regex("^faiss/.*"), {"core/retrieval/"}},
      {"libcurl", std::regex("^curl/.*"), {"core/net/http_client.cpp"}},
      {"OpenSSL", std::regex("^openssl/.*"), {"core/base/hash.cpp"}},
      {"zlib",
       std::regex("^zlib.*"),
       {"core/base/byte_source.cpp", "core/formats/zip_archive.cpp"}},
      {"utf8proc", std::regex("^utf8proc.*"), {"core/tokenizers/unicode.cpp"}},
      {"CLI11", std::regex("^CLI/.*"), {"app/worker/"}},
  };
}

/// Lower rooms first: a room includes itself and rooms before it in its own layer.
const std::vector<std::string> kRoomOrder = {
    "core/base",       "core/bio",    "core/formats",    "core/tokenizers", "core/data",
    "core/metrics",    "core/query",  "core/store",      "core/retrieval",  "core/imports",
    "core/benchmarks", "core/runs",   "core/comparison", "core/process",    "core/weights",
    "core/audit",      "core/errors", "core/report",     "core/net",        "core/mlflow",
    "ui/theme",        "ui/plots",    "ui/report",       "ui/viewport",     "ui/forms",
    "ui/itemmodels",   "ui/bridge",   "ui/session",      "ui/panels",       "ui/shell",
};

}  // namespace

class TestIncludeRules : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    m_files = readTree();
    QVERIFY(m_files.size() > 50);
  }

  void outsideLibrariesComeThroughTheirDoor() {
    for (const auto& door : doors()) {
      for (const auto& file : m_files) {
        for (const auto& include : file.includes) {
          if (std::regex_match(include, door.include) && !startsWithAny(file.path, door.allowed)) {
            report(file.path + " includes <" + include + ">: " + door.library +
                   " has another door");
          }
        }
      }
    }
    verifyNoReports();
  }

  void layersLookDownOnly() {
    const std::map<std::string, std::vector<std::string>> below = {
        {"core", {"core"}},
        {"models", {"models", "core"}},
        {"ui", {"ui", "core"}},
        {"app/worker", {"app/worker", "models", "core"}},
        {"app/workbench", {"app/workbench", "ui", "core"}},
    };
    forEachOwnInclude([&](const SourceFile& file, const std::string& include) {
      const auto layer = topFolders(file.path, file.path.starts_with("app/") ? 2 : 1);
      const auto& allowed = below.at(layer);
      if (!startsWithAny(include, allowed)) {
        report(file.path + " includes " + include + ": not below " + layer);
      }
    });
    verifyNoReports();
  }

  void roomsIncludeOnlyRoomsBelow() {
    forEachOwnInclude([&](const SourceFile& file, const std::string& include) {
      const auto from = position(topFolders(file.path, 2));
      const auto to = position(topFolders(include, 2));
      if (from != kRoomOrder.end() && to != kRoomOrder.end() && to > from) {
        report(file.path + " includes " + include + ": that room is above");
      }
    });
    verifyNoReports();
  }

  void everyCoreAndUiRoomHasItsPlace() {
    for (const auto& file : m_files) {
      if (file.path.starts_with("core/") || file.path.starts_with("ui/")) {
        if (position(topFolders(file.path, 2)) == kRoomOrder.end()) {
          report(file.path + ": its folder is not in the order of rooms");
        }
      }
    }
    verifyNoReports();
  }

  void filesStayShort() {
    for (const auto& file : m_files) {
      if (file.lines > 500) {
        report(file.path + " has " + std::to_string(file.lines) + " lines, more than 500");
      }
    }
    verifyNoReports();
  }

 private:
  static std::vector<std::string>::const_iterator position(const std::string& room) {
    return std::find(kRoomOrder.begin(), kRoomOrder.end(), room);
  }

  void forEachOwnInclude(
      const std::function<void(const SourceFile&, const std::string&)>& visit) const {
    for (const auto& file : m_files) {
      for (const auto& include : file.includes) {
        if (startsWithAny(include, {"core/", "models/", "ui/", "app/"})) {
          visit(file, include);
        }
      }
    }
  }

  void report(const std::string& text) { m_reports.insert(text); }

  void verifyNoReports() {
    std::string all;
    for (const auto& text : m_reports) {
      all += "\n  " + text;
    }
    m_reports.clear();
    QVERIFY2(all.empty(), all.c_str());
  }

  std::vector<SourceFile> m_files;
  std::set<std::string> m_reports;
};

QTEST_GUILESS_MAIN(TestIncludeRules)
#include "tst_include_rules.moc"
