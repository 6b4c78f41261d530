// `channels`: the tables of the user's that are channels of the project; removing and renaming
// them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/text.h"
#include "core/runs/run_spec.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"
#include "core/store/user_channel_repository.h"
#include "models/builtin_models.h"

namespace twofold::app {

namespace {

formats::Json toJson(const data::UserChannel& channel, std::int64_t proteins) {
  return {{"id", data::userChannelId(channel.name)},
          {"name", channel.name},
          {"width", channel.width},
          {"features", channel.features()},
          {"per_residue", channel.perResidue},
          {"normalisation", data::name(channel.normalisation)},
          {"missing", data::name(channel.missing)},
          {"pooling", data::name(channel.pooling)},
          {"proteins", channel.proteins},
          {"of", proteins},
          {"source", channel.source},
          {"hash", channel.hash},
          {"imported", channel.imported}};
}

void list(Job& job) {
  auto project = job.openProject();
  const auto proteins = store::ProteinRepository(project.database()).count();
  formats::Json all = formats::Json::array();
  std::vector<std::vector<std::string>> rows = {
      {"channel", "width", "proteins", "normalisation", "missing", "pooling", "source", "hash"}};
  for (const auto& channel : store::UserChannelRepository(project).channels()) {
    all.push_back(toJson(channel, proteins));
    rows.push_back({data::userChannelId(channel.name), std::to_string(channel.width),
                    fmt::format("{} of {}", channel.proteins, proteins),
                    std::string(data::name(channel.normalisation)),
                    std::string(data::name(channel.missing)),
                    channel.perResidue ? std::string(data::name(channel.pooling)) : "–",
                    channel.source, channel.hash.substr(0, 12)});
  }
  const auto text = all.empty() ? "There are no channels of yours yet; import channel makes one."
                                : tableText(rows);
  job.output.result({{{"command", "channels list"}, {"channels", std::move(all)}}}, text);
}

/// Runs that name the channel: they cannot be used without it.
std::vector<std::string> runsWith(store::Project& project, const std::string& name) {
  std::vector<std::string> ids;
  for (const auto& run : store::RunRepository(project.database()).runs()) {
    const auto spec = runs::runSpecFromJson(formats::parseJson(run.specJson, run.id), run.id);
    if (std::any_of(spec.channels.begin(), spec.channels.end(),
                    [&](const auto& channel) { return channel.id == data::userChannelId(name); })) {
      ids.push_back(run.id);
    }
  }
  return ids;
}

std::string runsText(const std::vector<std::string>& ids) {
  return ids.empty() ? ""
                     : fmt::format(" These runs name it and can no longer be resumed or asked: {}.",
                                   fmt::join(ids, ", "));
}

void remove(Job& job, const std::string& name) {
  auto project = job.openForWriting();
  const auto runs = runsWith(project, name);
  store::UserChannelRepository(project).remove(name);
  project.database().checkpoint();
  job.output.result({{{"command", "channels remove"}, {"channel", name}, {"runs", runs}}},
                    fmt::format("Channel {} is removed.{}", name, runsText(runs)));
}

void rename(Job& job, const std::string& name, const std::string& newName) {
  auto project = job.openForWriting();
  data::requireUserChannelName(newName, builtinChannelIds());
  const auto runs = runsWith(project, name);
  store::UserChannelRepository(project).rename(name, newName);
  project.database().checkpoint();
  job.output.result(
      {{{"command", "channels rename"}, {"channel", name}, {"name", newName}, {"runs", runs}}},
      fmt::format("Channel {} is called {} now.{}", name, newName, runsText(runs)));
}

}  // namespace

std::vector<std::string> builtinChannelIds() {
  std::vector<std::string> ids;
  for (const auto& channel : models::builtinCatalog().channels) {
    ids.push_back(channel.id);
  }
  return ids;
}

void addChannels(CLI::App& app, CommandContext& context) {
  auto* command =
      app.add_subcommand("channels", "Your own channels of the project: see also import channel");
  command->add_subcommand("list", "Width, coverage, choices and source of each")
      ->callback([&context] { context.work = list; });
  auto name = std::make_shared<std::string>();
  auto newName = std::make_shared<std::string>();
  auto* removal = command->add_subcommand("remove", "Takes a channel and its numbers away");
  removal->add_option("NAME", *name, "The channel's name")->required();
  removal->callback([name, &context] { context.work = [name](Job& job) { remove(job, *name); }; });
  auto* renaming = command->add_subcommand("rename", "Gives a channel another name");
  renaming->add_option("NAME", *name, "The channel's name")->required();
  renaming->add_option("NEW", *newName, "Its new name")->required();
  renaming->callback([name, newName, &context] {
    context.work = [name, newName](Job& job) { rename(job, *name, *newName); };
  });
}

}  // namespace twofold::app
