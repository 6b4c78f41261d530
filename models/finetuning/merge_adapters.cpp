#include "models/finetuning/merge_adapters.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <map>
#include <set>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/nearest_name.h"
#include "core/formats/safetensors_stream.h"
#include "core/weights/network_shape.h"
#include "core/weights/weight_files.h"
#include "models/backbones/adapters.h"
#include "models/learning/device.h"
#include "models/learning/tensors.h"

namespace twofold::models {

namespace {

namespace fs = std::filesystem;

using Tensors = std::map<std::string, formats::TensorView>;

/// Throws when a change has no tensor of its shape.
void requireTensors(const Tensors& tensors, const Adapters& adapters, const fs::path& folder) {
  std::map<std::string, const formats::TensorView*> known;
  std::vector<std::string> names;
  for (const auto& [name, view] : tensors) {
    names.push_back(networkName(name));
    known[names.back()] = &view;
  }
  for (const auto& [weight, matrices] : adapters.changes) {
    const auto found = known.find(weight);
    if (found == known.end()) {
      throw badInput(
          folder.string(), 0,
          fmt::format("there is no tensor \"{}\" to adapt{}", weight, didYouMean(weight, names)));
    }
    requireShape(adapters, weight, found->second->shape);
  }
}

void copyOthers(const weights::WeightFiles& files, const fs::path& out) {
  std::set<fs::path> replaced(files.files.begin(), files.files.end());
  replaced.insert(files.index);
  for (const auto& entry : fs::directory_iterator(files.folder)) {
    if (entry.is_regular_file() && !replaced.contains(entry.path())) {
      fs::copy_file(entry.path(), out / entry.path().filename());
    }
  }
}

/// A folder that goes again unless it is finished.
class NewFolder {
 public:
  explicit NewFolder(fs::path path) : m_path(std::move(path)) { makeFolders(m_path); }
  ~NewFolder() {
    if (!m_isFinished) {
      std::error_code ignored;
      fs::remove_all(m_path, ignored);
    }
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;
  void finish() { m_isFinished = true; }

 private:
  fs::path m_path;
  bool m_isFinished = false;
};

class Merge {
 public:
  Merge(const Tensors& tensors, const Adapters& adapters)
      : m_tensors(tensors), m_adapters(adapters) {
    std::vector<formats::TensorPlace> places;
    for (const auto& [name, view] : tensors) {
      places.push_back(formats::placeOf(name, view, places.empty() ? 0 : places.back().end));
      m_total += static_cast<std::int64_t>(view.bytes.size());
    }
    m_room = formats::headerBytes(places, kMetadata).size();
  }

  void write(const fs::path& file, const ProgressSink& progress,
             const std::stop_token& stop) const {
    formats::SafetensorsStream stream(file, m_room);
    std::int64_t done = 0;
    for (const auto& [name, view] : m_tensors) {
      throwIfStopped(stop);
      const auto weightName = networkName(name);
      if (!m_adapters.changes.contains(weightName)) {
        stream.add(name, view);
      } else {
        const at::Tensor weight = toTensor(view);
        const at::Tensor merged = (weight.to(at::kFloat) + m_adapters.change(weightName))
                                      .to(weight.scalar_type())
                                      .contiguous();
        stream.add(name, toView(merged));
      }
      done += static_cast<std::int64_t>(view.bytes.size());
      if (progress) {
        progress({"Merging", done >> 20, m_total >> 20, "MiB"});
      }
    }
    stream.finish(kMetadata);
  }

 private:
  inline static const std::map<std::string, std::string> kMetadata = {{"format", "pt"}};

  const Tensors& m_tensors;
  const Adapters& m_adapters;
  std::int64_t m_total = 0;
  std::size_t m_room = 0;
};

}  // namespace

std::int64_t mergeAdapters(const fs::path& folder, const fs::path& adaptersFolder,
                           const fs::path& out, const ProgressSink& progress,
                           const std::stop_token& stop) {
  return translated([&] {
    if (fs::exists(out)) {
      throw Error(ErrorKind::Usage,
                  fmt::format("{} is there already; name a folder that is not", out.string()));
    }
    const auto files = weights::findWeightFiles(folder);
    if (files.kind != weights::WeightFiles::Kind::Safetensors) {
      throw badInput(folder.string(), 0, "only safetensors weights can have adapters merged");
    }
    const auto file = adaptersFile(adaptersFolder);
    const Adapters adapters = readAdapters(file);
    const auto backbone = weights::readNetworkShape(folder / "config.json").backbone;
    if (!adapters.base.empty()) {
      requireBase(adapters, FolderWeights(folder, backbone, {progress, stop}).hash(), file);
    }
    std::vector<formats::SafetensorsFile> opened;
    Tensors tensors;
    for (const auto& path : files.files) {
      opened.emplace_back(path);
      tensors.insert(opened.back().tensors().begin(), opened.back().tensors().end());
    }
    requireTensors(tensors, adapters, folder);
    NewFolder made(out);
    copyOthers(files, out);
    Merge(tensors, adapters).write(out / "model.safetensors", progress, stop);
    made.finish();
    return static_cast<std::int64_t>(adapters.changes.size());
  });
}

}  // namespace twofold::models
