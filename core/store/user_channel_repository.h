// The user's channels in the store, and their numbers in files beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/data/protein.h"
#include "core/data/user_channel.h"
#include "core/store/project.h"

namespace twofold::store {

/// All numbers of a channel, by protein.
struct ChannelValues {
  std::vector<data::ProteinKey> proteins;  // ascending
  std::vector<std::int64_t> offsets;       // rows of protein i: [offsets[i], offsets[i + 1])
  std::vector<float> values;               // [rows, width], row-major
};

class UserChannelRepository {
 public:
  explicit UserChannelRepository(Project& project) : m_project(project) {}

  /// By name.
  [[nodiscard]] std::vector<data::UserChannel> channels();
  /// Whatever the letters' case.
  [[nodiscard]] std::optional<data::UserChannel> find(const std::string& name);
  /// Throws Error(NotFound), naming the nearest.
  [[nodiscard]] data::UserChannel channel(const std::string& name);

  /// Writes the numbers, then adds the channel, or puts it in the place of the one of its name.
  /// `channel.hash` names the file: Error(BadInput) when it is none. One transaction.
  void store(const data::UserChannel& channel, const ChannelValues& values);
  /// Throws Error: NotFound; Usage when the new name is taken.
  void rename(const std::string& name, const std::string& newName);
  /// With its numbers. Throws Error(NotFound).
  void remove(const std::string& name);

  /// The numbers of proteins, in the order of `keys`. Throws Error: NotFound for the channel,
  /// BadInput when its file is gone or damaged, or its hash is none.
  [[nodiscard]] data::UserTable load(const std::string& name,
                                     std::span<const data::ProteinKey> keys);

 private:
  [[nodiscard]] std::filesystem::path fileOf(const std::string& hash) const;
  void removeUnusedFile(const std::string& hash);

  Project& m_project;
};

}  // namespace twofold::store
