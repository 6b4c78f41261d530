// The place of this process among those that train one model together, as a launcher tells it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace twofold::process {

/// Ranks are numbered over all machines, local ranks on one. They meet at `address`:`port`.
struct RankPlace {
  int rank = 0;
  int size = 1;  // 1: this process is alone, and the rest means nothing
  int localRank = 0;
  int localSize = 1;
  std::string address{};
  std::uint16_t port = 0;
  bool isHosted = false;  // the launcher listens there; else rank 0 does
  std::string round{};    // tells a restart by the launcher from the start before it
  int listener = -1;      // of rank 0: a bound socket to listen on in place of the port

  [[nodiscard]] bool isAlone() const { return size == 1; }
  [[nodiscard]] bool isFirst() const { return rank == 0; }
  /// Whether all ranks are on this machine.
  [[nodiscard]] bool isOneMachine() const { return localSize == size; }
};

using EnvironmentLookup = std::function<std::optional<std::string>(const std::string& name)>;

/// From torchrun's variables (RANK, WORLD_SIZE, LOCAL_RANK, LOCAL_WORLD_SIZE, MASTER_ADDR,
/// MASTER_PORT), else from those that srun gives each task of a step (SLURM_PROCID, …; not those of
/// a batch script, which is no task). Where Slurm's are used, MASTER_ADDR and MASTER_PORT may be
/// given beside them; otherwise ranks meet on the first machine of the step, at a port that follows
/// from the job's number. Alone where there are neither. Throws Error(Usage) naming the variable.
[[nodiscard]] RankPlace rankPlace(const EnvironmentLookup& environment);

/// The same from this process's environment.
[[nodiscard]] RankPlace rankPlaceOfEnvironment();

/// The first machine of a list as Slurm writes it: "gpu[03-05,7],login" -> "gpu03".
[[nodiscard]] std::string firstHost(std::string_view list);

}  // namespace twofold::process
