#include "core/weights/weights_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"

namespace twofold::weights {

namespace {

namespace fs = std::filesystem;
using formats::Json;
using Origin = WeightsFolder::Origin;

constexpr int kVersion = 1;
constexpr const char* kUnirepArchive = "model_weights.npz";

/// Absolute, without links and a slash at its end, so that one folder has one name.
fs::path settled(const fs::path& folder) {
  std::error_code failed;
  auto path = fs::weakly_canonical(fs::absolute(folder), failed);
  if (failed) {
    path = fs::absolute(folder).lexically_normal();
  }
  return path.has_filename() ? path : path.parent_path();
}

std::vector<fs::path> readAdded(const fs::path& file) {
  if (!fs::exists(file)) {
    return {};
  }
  const auto json = formats::readJsonFile(file);
  if (!json.is_object() || !json.contains("version") || json.at("version") != kVersion ||
      !json.contains("folders") || !json.at("folders").is_array()) {
    throw badInput(file.string(), 0,
                   fmt::format("this is no list of weights folders of version {}; move it away and "
                               "add the folders again",
                               kVersion));
  }
  std::vector<fs::path> folders;
  for (const auto& folder : json.at("folders")) {
    if (!folder.is_string()) {
      throw badInput(file.string(), 0, "a folder's name is no text; correct it");
    }
    folders.emplace_back(folder.get<std::string>());
  }
  return folders;
}

void writeAdded(const fs::path& file, const std::vector<fs::path>& folders) {
  Json names = Json::array();
  for (const auto& folder : folders) {
    names.push_back(folder.string());
  }
  std::string text;
  try {
    text = Json{{"version", kVersion}, {"folders", std::move(names)}}.dump(2) + "\n";
  } catch (const Json::exception&) {
    throw Error(ErrorKind::Usage, "a folder's name is not in UTF-8; rename it and add it again");
  }
  makeFolders(file.parent_path());
  writeFileAtomically(file, text);
}

/// Folders right below `folder` by name; none when it is missing.
std::set<fs::path> foldersIn(const fs::path& folder) {
  std::set<fs::path> found;
  std::error_code failed;
  fs::directory_iterator entry(folder, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    if (entry->is_directory() && !entry->path().filename().string().starts_with('.')) {
      found.insert(settled(entry->path()));
    }
  }
  return found;
}

struct Place {
  fs::path path;
  Origin origin;
};

std::vector<Place> placesIn(const WeightsPlaces& places) {
  std::vector<Place> list;
  std::set<fs::path> seen;
  const auto take = [&](const fs::path& path, Origin origin) {
    if (seen.insert(path).second) {
      list.push_back({path, origin});
    }
  };
  if (!places.shipped.empty()) {
    for (const auto& path : foldersIn(places.shipped)) {
      take(path, Origin::Shipped);
    }
  }
  for (const auto& path : foldersIn(places.installed())) {
    take(path, Origin::Installed);
  }
  auto added = readAdded(places.addedFile());
  std::sort(added.begin(), added.end(), [](const fs::path& left, const fs::path& right) {
    return std::pair(left.filename(), left) < std::pair(right.filename(), right);
  });
  for (const auto& path : added) {
    take(path, Origin::Added);
  }
  return list;
}

fs::path dataFolder() {
  const char* given = std::getenv("XDG_DATA_HOME");
  if (given != nullptr && fs::path(given).is_absolute()) {  // relative ones are to be ignored (XDG)
    return fs::path(given) / "twofold";
  }
  const char* home = std::getenv("HOME");
  return fs::path(home != nullptr ? home : "/") / ".local/share/twofold";
}

fs::path shippedFolder() {
  std::error_code failed;
  const auto program = fs::read_symlink("/proc/self/exe", failed);
  constexpr int kMostLevels = 8;
  auto folder = program.parent_path();
  for (int level = 0; level < kMostLevels && folder.has_relative_path(); ++level) {
    if (fs::is_directory(folder / "resources/backbones", failed)) {
      return folder / "resources/backbones";
    }
    folder = folder.parent_path();
  }
  return {};
}

}  // namespace

WeightsPlaces weightsPlaces() {
  return {dataFolder(), shippedFolder()};
}

fs::path shippedWeights(const WeightsPlaces& places, std::string_view backbone) {
  auto folder = places.shipped / backbone;
  std::error_code failed;
  if (places.shipped.empty() || !fs::exists(folder, failed)) {
    throw Error(
        ErrorKind::NotFound,
        fmt::format("no weights of {} come with this program; choose a weights folder", backbone));
  }
  return folder;
}

fs::path installedWeights(const WeightsPlaces& places, std::string_view model) {
  auto folder = places.installed() / model;
  std::error_code failed;  // of a folder that may not be looked into
  return fs::is_regular_file(folder / kUnirepArchive, failed) ? folder : fs::path();
}

fs::path defaultWeights(const WeightsPlaces& places) {
  return installedWeights(places, "unirep-64");
}

std::string defaultBackbone(const WeightsPlaces& places) {
  return defaultWeights(places).empty() ? "composition" : "unirep";
}

std::vector<WeightsFolder> listWeights(const WeightsPlaces& places) {
  const std::int64_t available = availableMemory();
  const auto chosen = defaultWeights(places);
  std::vector<WeightsFolder> list;
  for (const auto& place : placesIn(places)) {
    WeightsFolder folder;
    try {
      folder = describeWeights(place.path, available);
    } catch (const std::exception& error) {  // it is gone, or too large to look into
      folder.path = place.path;
      folder.name = place.path.filename().string();
      folder.problem = error.what();
      folder.memory = memoryNeeds({}, available);
    }
    folder.origin = place.origin;
    folder.isDefault = !chosen.empty() && place.path == settled(chosen);
    list.push_back(std::move(folder));
  }
  std::stable_partition(list.begin(), list.end(),
                        [](const WeightsFolder& folder) { return folder.isDefault; });
  return list;
}

WeightsFolder addWeights(const WeightsPlaces& places, const fs::path& folder) {
  const auto path = settled(folder);
  for (const auto& place : placesIn(places)) {
    if (place.path == path) {
      throw Error(ErrorKind::Usage, fmt::format("{} is in the list already", path.string()));
    }
  }
  auto described = describeWeights(path, availableMemory());
  if (!described.problem.empty()) {
    throw Error(ErrorKind::BadInput, described.problem);
  }
  auto added = readAdded(places.addedFile());
  added.push_back(path);
  writeAdded(places.addedFile(), added);
  return described;
}

void removeWeights(const WeightsPlaces& places, const fs::path& folder) {
  const auto path = settled(folder);
  auto added = readAdded(places.addedFile());
  const auto removed = std::remove_if(added.begin(), added.end(), [&](const fs::path& known) {
    return known == path || known == folder;  // a name that is a link by now is still found
  });
  if (removed == added.end()) {
    for (const auto& place : placesIn(places)) {
      if (place.path == path) {
        throw Error(ErrorKind::Usage,
                    fmt::format("{} lies in the program's own folder of backbones and is listed "
                                "while it is there",
                                path.string()));
      }
    }
    throw Error(ErrorKind::NotFound,
                fmt::format("{} is not in the list of weights folders; \"twofold-worker weights "
                            "list\" shows it",
                            path.string()));
  }
  added.erase(removed, added.end());
  writeAdded(places.addedFile(), added);
}

}  // namespace twofold::weights
