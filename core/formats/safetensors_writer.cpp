#include <algorithm>

#include "core/formats/safetensors_stream.h"

namespace twofold::formats {

void writeSafetensors(const std::filesystem::path& path,
                      const std::map<std::string, TensorView>& tensors,
                      const std::map<std::string, std::string>& metadata) {
  // Widest elements first, as the reference writer does: no holes are allowed, and in this order
  // each tensor still starts at a multiple of its element's size.
  std::vector<const std::map<std::string, TensorView>::value_type*> entries;
  entries.reserve(tensors.size());
  std::vector<TensorPlace> places;
  places.reserve(tensors.size());
  for (const auto& entry : tensors) {
    entries.push_back(&entry);
  }
  std::stable_sort(entries.begin(), entries.end(), [](const auto* left, const auto* right) {
    return bytesPerElement(left->second.type) > bytesPerElement(right->second.type);
  });
  for (const auto* entry : entries) {
    places.push_back(placeOf(entry->first, entry->second, places.empty() ? 0 : places.back().end));
  }
  SafetensorsStream stream(path, headerBytes(places, metadata).size());
  for (const auto* entry : entries) {
    stream.add(entry->first, entry->second);
  }
  stream.finish(metadata);
}

}  // namespace twofold::formats
