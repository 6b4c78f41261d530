#include "app/worker/project_catalog.h"

#include "core/runs/user_tables.h"
#include "core/store/user_channel_repository.h"
#include "models/builtin_models.h"

namespace twofold::app {

runs::ComponentCatalog projectCatalog(store::Project& project) {
  return runs::withUserChannels(models::builtinCatalog(),
                                store::UserChannelRepository(project).channels());
}

runs::RunSpec recordedSpec(store::Project& project, const runs::RunSpec& spec) {
  auto recorded = runs::withTables(spec, store::UserChannelRepository(project).channels());
  checkRecorded(project, recorded);
  return recorded;
}

void checkRecorded(store::Project& project, const runs::RunSpec& spec) {
  const auto channels = store::UserChannelRepository(project).channels();
  runs::requireSameTables(spec, channels);
  runs::checkAgainst(runs::withUserChannels(models::builtinCatalog(), channels), spec);
}

}  // namespace twofold::app
