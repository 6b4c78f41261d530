#include "models/finetuning/merge_adapters.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/nearest_name.h"
#include "core/formats/safetensors.h"
#include "core/weights/weight_files.h"
#include "models/backbones/adapters.h"
#include "models/learning/device.h"
#include "models/learning/tensors.h"

namespace twofold::models {

namespace {

namespace fs = std::filesystem;

/// The name in the file of what networks call `weight`: with the prefix that some folders have.
std::string storedName(const std::map<std::string, at::Tensor>& tensors, const std::string& weight,
                       const fs::path& folder) {
  for (const char* prefix : {"", "esm.", "bert.", "model."}) {
    if (const auto name = prefix + weight; tensors.contains(name)) {
      return name;
    }
  }
  std::vector<std::string> names;
  for (const auto& [name, tensor] : tensors) {
    names.push_back(name);
  }
  throw badInput(
      folder.string(), 0,
      fmt::format("there is no tensor \"{}\" to adapt{}", weight, didYouMean(weight, names)));
}

std::map<std::string, at::Tensor> readTensors(const weights::WeightFiles& files) {
  std::map<std::string, at::Tensor> tensors;
  for (const auto& path : files.files) {
    const formats::SafetensorsFile file(path);
    for (const auto& [name, view] : file.tensors()) {
      tensors[name] = toTensor(view);
    }
  }
  return tensors;
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

}  // namespace

std::int64_t mergeAdapters(const fs::path& folder, const fs::path& adaptersFolder,
                           const fs::path& out) {
  return translated([&] {
    if (fs::exists(out)) {
      throw Error(ErrorKind::Usage,
                  fmt::format("{} is there already; name a folder that is not", out.string()));
    }
    const auto files = weights::findWeightFiles(folder);
    if (files.kind != weights::WeightFiles::Kind::Safetensors) {
      throw badInput(folder.string(), 0, "only safetensors weights can have adapters merged");
    }
    const Adapters adapters = readAdapters(adaptersFile(adaptersFolder));
    auto tensors = readTensors(files);
    for (const auto& [weight, matrices] : adapters.changes) {
      auto& tensor = tensors.at(storedName(tensors, weight, folder));
      const at::Tensor change = adapters.change(weight);
      if (change.sizes() != tensor.sizes()) {
        throw badInput(folder.string(), 0,
                       fmt::format("the adapters of \"{}\" are for another shape", weight));
      }
      tensor = (tensor.to(at::kFloat) + change).to(tensor.scalar_type());
    }
    std::map<std::string, formats::TensorView> views;
    for (const auto& [name, tensor] : tensors) {
      views.emplace(name, toView(tensor));
    }
    makeFolders(out);
    copyOthers(files, out);
    formats::writeSafetensors(out / "model.safetensors", views, {{"format", "pt"}});
    return static_cast<std::int64_t>(adapters.changes.size());
  });
}

}  // namespace twofold::models
