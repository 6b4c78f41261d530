// `weights`: the folders of backbone weights on this machine; what they are, whether they fit,
// whether they are sound.
#include <fmt/format.h>

#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/weights/licence.h"
#include "core/weights/verify_weights.h"
#include "core/weights/weights_list.h"
#include "models/finetuning/merge_adapters.h"

namespace twofold::app {

namespace {

using weights::WeightsFolder;

std::string orDash(const std::string& text) {
  return text.empty() ? "–" : text;
}

std::string fitsText(const WeightsFolder& folder) {
  std::string text;
  for (const auto& need : folder.memory) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", need.precision, name(need.fit));
  }
  return folder.parameters == 0 ? "–" : text;
}

std::string originText(const WeightsFolder& folder) {
  return fmt::format("{}{}", name(folder.origin), folder.isDefault ? ", default" : "");
}

std::string tableOf(const std::vector<WeightsFolder>& folders) {
  if (folders.empty()) {
    return "There are no weights folders yet. \"twofold-worker weights add FOLDER\" adds one.";
  }
  std::vector<std::vector<std::string>> rows = {{"name", "backbone", "shape", "parameters", "size",
                                                 "precision", "licence", "memory", "origin",
                                                 "folder"}};
  for (const auto& folder : folders) {
    rows.push_back({folder.name, orDash(folder.backbone), orDash(folder.shapeText()),
                    folder.parameters == 0 ? "–" : countText(folder.parameters),
                    bytesText(folder.bytes), orDash(folder.precision), orDash(folder.licence),
                    fitsText(folder), originText(folder), folder.path.string()});
  }
  auto text = tableText(rows);
  for (const auto& folder : folders) {
    if (!folder.problem.empty()) {
      text += fmt::format("{} cannot be used: {}\n", folder.name, folder.problem);
    }
  }
  return text;
}

formats::Json listJson(const std::vector<WeightsFolder>& folders) {
  formats::Json list = formats::Json::array();
  for (const auto& folder : folders) {
    list.push_back(toJson(folder));
  }
  return list;
}

/// Every command that may change the list ends with the list as it is now.
void finishWithList(Job& job, const weights::WeightsPlaces& places, const std::string& command,
                    const std::string& sentence) {
  const auto folders = listWeights(places);
  job.output.result({{{"command", command},
                      {"available", weights::availableMemory()},
                      {"folders", listJson(folders)}}},
                    sentence + tableOf(folders));
}

std::string detailsOf(const WeightsFolder& folder, const weights::Licence& licence) {
  std::vector<std::vector<std::string>> rows = {
      {"folder", folder.path.string()},
      {"backbone", orDash(folder.backbone)},
      {"architecture", orDash(folder.architecture)},
      {"shape", orDash(folder.shapeText())},
      {"parameters", folder.parameters == 0 ? "–" : countText(folder.parameters)},
      {"size", bytesText(folder.bytes)},
      {"precision", orDash(folder.precision)},
      {"licence", orDash(folder.licence)}};
  const auto available = weights::availableMemory();
  for (const auto& need : folder.memory) {
    rows.push_back({"memory", weights::fitText(need, available)});
  }
  auto text = tableText(rows);
  if (!folder.problem.empty()) {
    text += fmt::format("\nIt cannot be used: {}\n", folder.problem);
  }
  return licence.text.empty() ? text : text + "\n" + licence.text;
}

void show(Job& job, const std::filesystem::path& folder) {
  const auto described = weights::describeWeights(folder, weights::availableMemory());
  const auto licence = weights::readLicence(folder);
  job.output.result({{{"command", "weights show"},
                      {"available", weights::availableMemory()},
                      {"folder", toJson(described)},
                      {"licence_text", licence.text}}},
                    detailsOf(described, licence));
}

/// Ends with an error when something is wrong, so that a script sees it by the exit status.
void verify(Job& job, const std::filesystem::path& folder) {
  const auto report = weights::verifyWeights(folder, job.output.progressSink(), job.stop);
  if (!report.isSound()) {
    std::string text;
    for (const auto& problem : report.problems) {
      text += "\n  " + problem;
    }
    if (report.moreProblems > 0) {
      text += fmt::format("\n  and {} more", countText(report.moreProblems));
    }
    throw Error(ErrorKind::BadInput,
                fmt::format("{}: these weights are not sound:{}", folder.string(), text));
  }
  formats::Json files = formats::Json::array();
  std::vector<std::vector<std::string>> rows = {{"file", "size", "sha256"}};
  for (const auto& file : report.files) {
    files.push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    rows.push_back({file.name, bytesText(file.bytes), file.sha256});
  }
  const std::string sentence =
      fmt::format("Sound: {} tensors, every number finite, of the shapes that belong together.\n",
                  countText(report.tensors));
  job.output.result({{{"command", "weights verify"},
                      {"path", folder.string()},
                      {"tensors", report.tensors},
                      {"files", std::move(files)}}},
                    sentence + tableText(rows));
}

struct MergeOptions {
  std::filesystem::path folder;
  std::filesystem::path adapters;
  std::filesystem::path out;
};

void addMerge(CLI::App& parent, CommandContext& context) {
  auto options = std::make_shared<MergeOptions>();
  auto* command = parent.add_subcommand("merge", "Writes weights with a run's adapters in them");
  command->add_option("FOLDER", options->folder, "Folder of weights")->required();
  command
      ->add_option("--adapters", options->adapters,
                   "Folder with adapters.safetensors: the checkpoints of a fine-tuned run")
      ->required();
  command->add_option("--out", options->out, "Folder to make")->required();
  command->callback([options, &context] {
    context.work = [options](Job& job) {
      const auto changed = models::mergeAdapters(options->folder, options->adapters, options->out,
                                                 job.output.progressSink(), job.stop);
      job.output.result(
          {{{"command", "weights merge"}, {"changed", changed}, {"out", options->out.string()}}},
          fmt::format("Changed {} matrices; the merged weights are in {}", changed,
                      options->out.string()));
    };
  });
}

void addFolderCommand(CLI::App& parent, CommandContext& context, const std::string& command,
                      const std::string& help,
                      const std::function<void(Job&, const std::filesystem::path&)>& work) {
  auto folder = std::make_shared<std::filesystem::path>();
  auto* added = parent.add_subcommand(command, help);
  added->add_option("FOLDER", *folder, "Folder of weights")->required();
  added->callback([folder, work, &context] {
    context.work = [folder, work](Job& job) { work(job, *folder); };
  });
}

}  // namespace

void addWeights(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("weights", "Folders of backbone weights on this machine");
  auto* list = command->add_subcommand("list", "What is there, and whether it fits in memory");
  list->callback([&context] {
    context.work = [](Job& job) {
      finishWithList(job, weights::weightsPlaces(), "weights list", "");
    };
  });
  addFolderCommand(*command, context, "add", "Adds a folder to the list",
                   [](Job& job, const std::filesystem::path& folder) {
                     const auto places = weights::weightsPlaces();
                     const auto added = weights::addWeights(places, folder);
                     finishWithList(job, places, "weights add",
                                    fmt::format("Added {}.\n", added.path.string()));
                   });
  addFolderCommand(*command, context, "remove", "Takes a folder off the list; its files stay",
                   [](Job& job, const std::filesystem::path& folder) {
                     const auto places = weights::weightsPlaces();
                     weights::removeWeights(places, folder);
                     finishWithList(job, places, "weights remove",
                                    fmt::format("Took {} off the list.\n", folder.string()));
                   });
  addFolderCommand(*command, context, "show", "All that is known of one folder, with its licence",
                   show);
  addFolderCommand(*command, context, "verify",
                   "Reads every byte: hashes, shapes, numbers that are none", verify);
  addMerge(*command, context);
}

}  // namespace twofold::app
