#include "core/weights/weight_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/formats/bounded_json.h"

namespace twofold::weights {

namespace {

namespace fs = std::filesystem;

constexpr const char* kConfig = "config.json";
constexpr const char* kWeights = "model.safetensors";
constexpr const char* kIndex = "model.safetensors.index.json";
constexpr std::size_t kMostEntries = 10'000;  // a weights folder has a few dozen

bool isPickle(const fs::path& path) {
  const auto extension = path.extension();
  return extension == ".bin" || extension == ".pt" || extension == ".pth" || extension == ".ckpt" ||
         extension == ".pkl";
}

/// Names of folders stay out of the command: it may be pasted into a shell.
Error pickleError(const fs::path& path) {
  return badInput(path.string(), 0,
                  "pickled weights can run code when read and are refused; convert them once with "
                  "python3 -c \"from transformers import AutoModel; "
                  "AutoModel.from_pretrained('OLD').save_pretrained('NEW')\" and add folder NEW");
}

/// Sorted, so that the order never depends on the file system.
std::set<fs::path> entriesOf(const fs::path& folder) {
  std::error_code failed;
  const auto status = fs::status(folder, failed);
  if (status.type() == fs::file_type::not_found) {
    throw Error(ErrorKind::NotFound,
                fmt::format("{}: there is no such folder; remove it from the list, or bring it "
                            "back",
                            folder.string()));
  }
  if (!fs::is_directory(status)) {
    throw isPickle(folder) ? pickleError(folder)
                           : badInput(folder.string(), 0,
                                      "this is no folder; choose the one with config.json and "
                                      "model.safetensors");
  }
  std::set<fs::path> entries;
  fs::directory_iterator entry(folder, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    entries.insert(entry->path());
    if (entries.size() > kMostEntries) {
      throw badInput(folder.string(), 0,
                     fmt::format("there are more than {} entries in it; this is no weights folder",
                                 kMostEntries));
    }
  }
  if (failed) {
    throw Error(ErrorKind::Io,
                fmt::format("{}: cannot be read: {}", folder.string(), failed.message()));
  }
  return entries;
}

/// A shard's name may not lead out of its folder.
std::map<std::string, std::string> placesOf(const fs::path& index) {
  const auto json = formats::readJsonFile(index);
  if (!json.is_object() || !json.contains("weight_map") || !json.at("weight_map").is_object() ||
      json.at("weight_map").empty()) {
    throw badInput(index.string(), 0, "there is no \"weight_map\"; fetch the file again");
  }
  std::map<std::string, std::string> places;
  for (const auto& [tensor, file] : json.at("weight_map").items()) {
    const std::string name = file.is_string() ? file.get<std::string>() : std::string();
    if (name.empty() || fs::path(name).filename() != name || name == "." || name == "..") {
      throw badInput(index.string(), 0,
                     fmt::format("tensor \"{}\" is said to be in no file of this folder", tensor));
    }
    places[tensor] = name;
  }
  return places;
}

}  // namespace

std::vector<fs::path> WeightFiles::all() const {
  std::vector<fs::path> list;
  if (kind == Kind::Safetensors) {
    list.push_back(folder / kConfig);
  }
  if (!index.empty()) {
    list.push_back(index);
  }
  list.insert(list.end(), files.begin(), files.end());
  return list;
}

WeightFiles findWeightFiles(const fs::path& folder) {
  const auto entries = entriesOf(folder);
  WeightFiles found;
  found.folder = folder;
  if (entries.contains(folder / kWeights)) {
    found.files = {folder / kWeights};
    return found;
  }
  if (entries.contains(folder / kIndex)) {
    found.index = folder / kIndex;
    found.places = placesOf(found.index);
    std::set<std::string> names;
    for (const auto& [tensor, file] : found.places) {
      names.insert(file);
    }
    for (const auto& name : names) {
      found.files.push_back(folder / name);
    }
    return found;
  }
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(found.files),
               [](const fs::path& path) { return path.extension() == ".npz"; });
  if (found.files.size() > 1) {
    throw badInput(folder.string(), 0,
                   "UniRep's weights are one .npz in a folder of its own; here are several");
  }
  if (!found.files.empty()) {
    found.kind = WeightFiles::Kind::Npz;
    return found;
  }
  const auto pickle = std::find_if(entries.begin(), entries.end(), isPickle);
  if (pickle != entries.end()) {
    throw pickleError(*pickle);
  }
  throw badInput(folder.string(), 0,
                 fmt::format("there is no {}, no {} and no .npz in this folder; choose the one "
                             "that holds them",
                             kWeights, kIndex));
}

}  // namespace twofold::weights
