// What every command shares: the common options while the line is parsed, the job while it works.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "app/worker/output.h"
#include "core/imports/importers.h"
#include "core/store/project.h"

namespace twofold::app {

struct CommonOptions {
  std::filesystem::path project;
  std::optional<int> threads;
  std::string device;  // empty: not given
  bool json = false;
  bool quiet = false;
};

/// A command at work.
struct Job {
  const CommonOptions& common;
  Output& output;
  std::stop_token stop;

  /// Progress to the output, and the stop token.
  [[nodiscard]] imports::Watch watch() const { return {output.progressSink(), stop}; }
  /// 0 (all cores) and "auto" where not given.
  [[nodiscard]] int threads() const { return common.threads.value_or(0); }
  [[nodiscard]] std::string device() const;
  /// The existing project of --project. Throws Error(Usage) when the option is missing.
  [[nodiscard]] store::Project openProject() const;
  /// The same for a command that writes; `create` makes a missing project.
  [[nodiscard]] store::Project openForWriting(bool create = false) const;
};

/// Filled while the command line is parsed; `work` is set by the chosen command.
struct CommandContext {
  CommonOptions common;
  std::function<void(Job&)> work;
};

}  // namespace twofold::app
