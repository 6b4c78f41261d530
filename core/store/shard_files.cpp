#include "core/store/shard_files.h"

#include <algorithm>
#include <system_error>

namespace twofold::store {

namespace fs = std::filesystem;

std::vector<fs::path> shardsIn(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder, missing)) {
    if (entry.path().extension() == kShardSuffix) {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace twofold::store
