#include "core/process/rank_place.h"

#include <fmt/format.h>

#include <cstdlib>

#include "core/base/error.h"
#include "core/base/numbers.h"

namespace twofold::process {

namespace {

constexpr int kMostRanks = 1 << 16;
constexpr int kLastPort = 65535;

class Variables {
 public:
  Variables(const EnvironmentLookup& environment, std::string launcher)
      : m_environment(environment), m_launcher(std::move(launcher)) {}

  [[nodiscard]] std::optional<std::string> text(const std::string& name) const {
    auto value = m_environment(name);
    return value && value->empty() ? std::nullopt : value;
  }

  [[nodiscard]] std::string required(const std::string& name) const {
    const auto value = text(name);
    if (!value) {
      throw Error(ErrorKind::Usage,
                  fmt::format("{} says that this process is one of several ranks, but the variable "
                              "{} is missing; start it with {}, or with --ranks",
                              m_launcher, name, m_launcher));
    }
    return *value;
  }

  /// From `low` to `high`.
  [[nodiscard]] int number(const std::string& name, int low, int high) const {
    return checked(name, required(name), low, high);
  }

 private:
  static int checked(const std::string& name, const std::string& text, int low, int high) {
    const auto value = parseNumber<int>(text);
    if (!value || *value < low || *value > high) {
      throw Error(
          ErrorKind::Usage,
          fmt::format("the variable {} is \"{}\", which is not a whole number from {} to {}", name,
                      text, low, high));
    }
    return *value;
  }

  const EnvironmentLookup& m_environment;
  std::string m_launcher;
};

RankPlace ofTorchrun(const EnvironmentLookup& environment) {
  const Variables variables(environment, "torchrun");
  RankPlace place;
  place.size = variables.number("WORLD_SIZE", 1, kMostRanks);
  place.rank = variables.number("RANK", 0, place.size - 1);
  if (place.isAlone()) {
    return place;
  }
  place.localSize = variables.number("LOCAL_WORLD_SIZE", 1, place.size);
  place.localRank = variables.number("LOCAL_RANK", 0, place.localSize - 1);
  place.address = variables.required("MASTER_ADDR");
  place.port = static_cast<std::uint16_t>(variables.number("MASTER_PORT", 1, kLastPort));
  place.isHosted = variables.text("TORCHELASTIC_USE_AGENT_STORE") == "True";
  place.round = variables.text("TORCHELASTIC_RESTART_COUNT").value_or("");
  return place;
}

/// Tasks on machine `node` from "4(x2),1": four on each of the first two, one on the third.
int tasksOn(int node, const std::string& list, const std::string& name) {
  std::string_view rest = list;
  while (!rest.empty()) {
    const auto part = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    const auto open = part.find("(x");
    const auto tasks = parseNumber<int>(part.substr(0, open));
    const bool isRepeated = open != std::string_view::npos && part.ends_with(')');
    const auto times = !isRepeated
                           ? std::optional<int>(1)
                           : parseNumber<int>(part.substr(open + 2, part.size() - open - 3));
    if (!tasks || !times || *tasks < 1 || *times < 1 ||
        (open != std::string_view::npos && !isRepeated)) {
      break;
    }
    if (node < *times) {
      return *tasks;
    }
    node -= *times;
  }
  throw Error(ErrorKind::Usage,
              fmt::format("the variable {} is \"{}\", which does not say how many tasks run on "
                          "this machine",
                          name, list));
}

/// One that the job's neighbours on the machine hardly have, below those given out at random.
std::uint16_t portOf(const Variables& variables) {
  constexpr int kFirst = 15000;
  constexpr int kPorts = 15000;
  const auto step = variables.number("SLURM_STEP_ID", 0, INT32_MAX);
  const auto job = variables.number("SLURM_JOB_ID", 0, INT32_MAX);
  const auto mixed = std::int64_t{job} * 31 + step;
  return static_cast<std::uint16_t>(kFirst + mixed % kPorts);
}

RankPlace ofSlurm(const EnvironmentLookup& environment) {
  const Variables variables(environment, "srun");
  RankPlace place;
  place.size = variables.text("SLURM_STEP_NUM_TASKS")
                   ? variables.number("SLURM_STEP_NUM_TASKS", 1, kMostRanks)
                   : variables.number("SLURM_NTASKS", 1, kMostRanks);
  place.rank = variables.number("SLURM_PROCID", 0, place.size - 1);
  if (place.isAlone()) {
    return place;
  }
  const std::string tasks = "SLURM_STEP_TASKS_PER_NODE";
  place.localSize =
      tasksOn(variables.number("SLURM_NODEID", 0, kMostRanks), variables.required(tasks), tasks);
  place.localRank = variables.number("SLURM_LOCALID", 0, place.localSize - 1);
  place.address = variables.text("MASTER_ADDR").value_or("");
  if (place.address.empty()) {
    const auto nodes = variables.text("SLURM_STEP_NODELIST");
    place.address = firstHost(nodes ? *nodes : variables.required("SLURM_JOB_NODELIST"));
  }
  place.port = variables.text("MASTER_PORT")
                   ? static_cast<std::uint16_t>(variables.number("MASTER_PORT", 1, kLastPort))
                   : portOf(variables);
  place.round = variables.text("SLURM_RESTART_COUNT").value_or("");
  return place;
}

}  // namespace

std::string firstHost(std::string_view list) {
  std::string host;
  for (std::size_t i = 0; i < list.size() && list[i] != ','; ++i) {
    if (list[i] != '[') {
      host += list[i];
      continue;
    }
    const auto close = list.find(']', i);
    if (close == std::string_view::npos) {
      host.clear();
      break;
    }
    const auto range = list.substr(i + 1, close - i - 1);
    host += range.substr(0, range.find_first_of("-,"));
    i = close;
  }
  if (host.empty()) {
    throw Error(ErrorKind::Usage,
                fmt::format("the list of machines \"{}\" does not begin with a machine; give "
                            "MASTER_ADDR",
                            list));
  }
  return host;
}

RankPlace rankPlace(const EnvironmentLookup& environment) {
  if (environment("RANK") || environment("WORLD_SIZE")) {
    return ofTorchrun(environment);  // also where srun started torchrun
  }
  // A batch script has SLURM_PROCID too; only tasks of srun are in a step.
  if (environment("SLURM_PROCID") && environment("SLURM_STEP_ID")) {
    return ofSlurm(environment);
  }
  return {};
}

RankPlace rankPlaceOfEnvironment() {
  return rankPlace([](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  });
}

}  // namespace twofold::process
