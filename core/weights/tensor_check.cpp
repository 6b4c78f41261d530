#include "core/weights/tensor_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "core/base/nearest_name.h"

namespace twofold::weights {

namespace {

bool isFloat(formats::TensorType type) {
  using formats::TensorType;
  return type == TensorType::F32 || type == TensorType::F16 || type == TensorType::BF16 ||
         type == TensorType::F64;
}

/// Comparing names costs their product, so only the first few missing ones are given a nearest.
class NearestNames {
 public:
  explicit NearestNames(const StoredTensors& tensors) {
    for (const auto& [name, view] : tensors) {
      m_names.push_back(name);
    }
  }

  std::string to(const std::string& missing) {
    constexpr int kMost = 3;
    constexpr std::size_t kMostNames = 10'000;
    return ++m_asked <= kMost && m_names.size() < kMostNames ? didYouMean(missing, m_names)
                                                             : std::string();
  }

 private:
  std::vector<std::string> m_names;
  int m_asked = 0;
};

}  // namespace

void checkTensors(const StoredTensors& tensors, const NetworkShape& shape,
                  const std::function<void(std::string)>& problem) {
  NearestNames nearest(tensors);
  const auto needed = neededTensors(shape);
  for (const auto& [name, wanted] : needed) {
    const auto found = tensors.find(name);
    if (found == tensors.end()) {
      problem(fmt::format("there is no tensor \"{}\"{}", name, nearest.to(name)));
    } else if (found->second->shape != wanted) {
      problem(fmt::format("tensor \"{}\" is [{}], config.json asks for [{}]", name,
                          fmt::join(found->second->shape, ", "), fmt::join(wanted, ", ")));
    } else if (!isFloat(found->second->type)) {
      problem(fmt::format("tensor \"{}\" holds whole numbers; weights are F32, F16 or BF16", name));
    }
  }
  for (const auto& [name, view] : tensors) {
    if (!needed.contains(name) && !isLeftOut(name, shape.backbone)) {
      problem(fmt::format("tensor \"{}\" belongs to no {} of the shape in config.json", name,
                          shape.architecture));
    }
  }
}

}  // namespace twofold::weights
