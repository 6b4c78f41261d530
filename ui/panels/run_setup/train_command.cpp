#include "ui/panels/run_setup/train_command.h"

#include "ui/bridge/worker_bridge.h"

namespace twofold::ui {

namespace {

void addOptions(QStringList& arguments, const std::string& owner, const OptionValues& options) {
  for (const auto& [id, value] : options) {
    arguments << QStringLiteral("--set")
              << QString::fromStdString(owner + "." + id + "=" + toText(value));
  }
}

}  // namespace

QStringList trainArguments(const runs::RunSpec& spec) {
  const auto text = [](const std::string& value) { return QString::fromStdString(value); };
  QStringList channels;
  for (const auto& channel : spec.channels) {
    channels << text(channel.id);
  }
  QStringList arguments{"train",
                        "--pairs",
                        text(spec.pairSet),
                        "--split",
                        text(spec.split),
                        "--backbone",
                        text(spec.backbone.id),
                        "--channels",
                        channels.join(','),
                        "--fusion",
                        text(spec.fusion.id),
                        "--head",
                        text(spec.head.id),
                        "--experiment",
                        text(spec.experiment),
                        "--seed",
                        QString::number(spec.seed)};
  addOptions(arguments, "backbone", spec.backbone.options);
  for (const auto& channel : spec.channels) {
    addOptions(arguments, channel.id, channel.options);
  }
  addOptions(arguments, "fusion", spec.fusion.options);
  addOptions(arguments, "head", spec.head.options);
  addOptions(arguments, "training", spec.training);
  return arguments;
}

QString trainCommand(const runs::RunSpec& spec, const std::filesystem::path& project) {
  return commandLine(trainArguments(spec) + QStringList{QStringLiteral("--project"),
                                                        QString::fromStdString(project.string())});
}

}  // namespace twofold::ui
