// `catalog`: every swappable part with its options.
#include "app/worker/commands/commands.h"
#include "core/runs/component_catalog.h"
#include "models/builtin_models.h"

namespace twofold::app {

void addCatalog(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand(
      "catalog", "Every backbone, channel, fusion, head, metric and splitter with its options");
  command->callback([&context] {
    context.work = [](Job& job) {
      const auto catalog = runs::toJson(models::builtinCatalog());
      job.output.result({{{"command", "catalog"}, {"catalog", catalog}}}, catalog.dump(2));
    };
  });
}

}  // namespace twofold::app
