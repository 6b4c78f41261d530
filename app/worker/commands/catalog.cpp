// `catalog`: every swappable part with its options.
#include <optional>

#include "app/worker/commands/commands.h"
#include "app/worker/project_catalog.h"
#include "core/runs/component_catalog.h"
#include "models/builtin_models.h"

namespace twofold::app {

void addCatalog(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand(
      "catalog",
      "Every backbone, channel, fusion, head, metric and splitter with its options; with --project "
      "your own channels too");
  command->callback([&context] {
    context.work = [](Job& job) {
      const bool isPlain = job.common.project.empty();
      auto project = isPlain ? std::optional<store::Project>() : job.openProject();
      const auto catalog =
          runs::toJson(isPlain ? models::builtinCatalog() : projectCatalog(*project));
      job.output.result({{{"command", "catalog"}, {"catalog", catalog}}}, catalog.dump(2));
    };
  });
}

}  // namespace twofold::app
