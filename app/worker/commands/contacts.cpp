// `contacts study|train|predict`: which residues of two proteins touch, learned from complexes.
#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <memory>

#include "app/worker/backbone_options.h"
#include "app/worker/commands/commands.h"
#include "app/worker/contact_prediction.h"
#include "app/worker/contact_study.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "models/contacts/residue_embeddings.h"

namespace twofold::app {

namespace {

using formats::Json;

struct LearningOptions {
  BackboneOptions backbone;
  ContactStudyPlan plan;

  void addTo(CLI::App& command);
};

struct TrainOptions {
  LearningOptions learning;
  std::string name;
};

struct PredictOptions {
  std::array<std::string, 2> ids;
  std::string model;
  std::size_t top = 20;
  std::filesystem::path out;
  std::filesystem::path table;
};

void LearningOptions::addTo(CLI::App& command) {
  backbone.addTo(command);
  auto& settings = plan.settings;
  const auto add = [&](const char* name, auto& value, const char* help) {
    command.add_option(name, value, help)->capture_default_str();
  };
  add("--distance", settings.distance, "Greatest distance of C-alphas in contact, in angstrom");
  command.add_option("--families", plan.familyLabels,
                     "Table structure<TAB>family: these stay together too");
  command.add_option("--pairs", plan.negatives,
                     "Pair set whose negatives teach the interaction's probability");
  add("--seed", plan.seed, "Same seed, same model");
  add("--epochs", settings.epochs, "Passes over the training complexes at most");
  add("--patience", settings.patience, "Epochs without a better validation");
  add("--rate", settings.learningRate, "Learning rate");
  add("--dropout", settings.dropout, "Share of projected values left out in training");
  add("--projection", settings.projection, "Values a residue is projected to");
  add("--hidden", settings.hidden, "Values a residue pair is compared by");
  add("--filter", settings.filter, "Side of the convolution, odd");
  add("--pool", settings.pool, "Side of the interaction's pooling, odd; 1: none");
  add("--negatives", settings.negatives, "Residue pairs drawn a contact");
  add("--magnitude", settings.magnitude, "Weight of the mean of the map");
  add("--crop", settings.crop, "Longest stretch of a chain in a training step");
}

std::filesystem::path modelFolder(const store::Project& project, const std::string& name) {
  if (name.empty() || name.find_first_of("/\\") != std::string::npos || name.front() == '.') {
    throw Error(ErrorKind::Usage,
                fmt::format("\"{}\" cannot name a model: no slash, no dot in front", name));
  }
  return project.folder() / "contacts" / "models" / name;
}

void runStudy(Job& job, LearningOptions& options) {
  auto project = job.openForWriting();
  options.plan.backbone = options.backbone.part();
  const auto result = runContactStudy(job, project, options.plan);
  auto body = toJson(result);
  body["command"] = "contacts study";
  job.output.result({std::move(body)},
                    "\n" + contactStudyText(result, ::isatty(STDOUT_FILENO) != 0));
}

/// Means over the complexes that stopped the training.
Json measured(const models::ContactModel& model, const models::ContactWork& work,
              const std::stop_token& stop) {
  Json means;
  for (const auto& [name, number] : models::kMapMeasures) {
    means[std::string(name)] = 0.0;
  }
  for (const auto c : work.validation) {
    const auto& complex = work.set.complexes[c];
    const auto map = model.predict(work.embeddings, complex.a, complex.b, stop);
    const auto measure = models::measureMap(complex, map.probabilities);
    for (const auto& [name, number] : models::kMapMeasures) {
      auto& mean = means[std::string(name)];
      mean = mean.get<double>() + measure.*number / static_cast<double>(work.validation.size());
    }
  }
  return means;
}

void sayTrained(Job& job, const models::ContactWork& work, const models::ContactTraining& training,
                const Json& means, const std::filesystem::path& folder) {
  job.output.result(
      {{{"command", "contacts train"},
        {"name", folder.filename().string()},
        {"folder", folder.string()},
        {"training_complexes", work.training.size()},
        {"validation_complexes", work.validation.size()},
        {"epochs", training.epochs},
        {"best_epoch", training.bestEpoch},
        {"validation", means},
        {"interaction", training.hasInteraction},
        {"complexes_per_second", training.mapsPerSecond}}},
      fmt::format("{} complexes, {} epochs, the best {} by {} complexes of other families: AUPRC "
                  "{:.4f}, top L/5 {:.4f} (they chose the epoch). {:.1f} complexes/s. {}\nModel in "
                  "{}",
                  work.training.size(), training.epochs, training.bestEpoch, work.validation.size(),
                  means.at("auprc").get<double>(), means.at("top_l5").get<double>(),
                  training.mapsPerSecond,
                  training.hasInteraction
                      ? "The interaction's probability was learned too."
                      : "Without negative pairs (--pairs) it says nothing of whether proteins "
                        "interact, only where.",
                  folder.string()));
}

void runTrain(Job& job, TrainOptions& options) {
  auto project = job.openForWriting();
  const auto folder = modelFolder(project, options.name);
  if (std::filesystem::exists(folder / "manifest.json")) {  // the commit point
    throw Error(ErrorKind::Usage, fmt::format("{}: a model is there already; choose another --name",
                                              folder.string()));
  }
  auto& plan = options.learning.plan;
  plan.backbone = options.learning.backbone.part();
  models::requireSane(plan.settings);
  const auto loaded = loadComplexes(project, {plan.settings.distance, plan.negatives}, job.watch());
  for (const auto& note : loaded.notes) {
    job.output.say(note);
  }
  const auto& set = loaded.set;
  const auto labels = plan.familyLabels.empty() ? std::vector<std::string>{}
                                                : models::readFamilyLabels(plan.familyLabels, set);
  const auto families = models::familiesOf(set, labels, job.output.progressSink(), job.stop);
  auto parts = models::partsOf(set, families, {}, plan.seed);
  const auto embeddings = models::embedResidues(
      {plan.backbone, set.ids, set.sequences, project.cacheFolder(), job.device(), job.threads()},
      job.output.progressSink(), job.stop);
  const models::ContactWork work = {set,
                                    embeddings,
                                    std::move(parts.training),
                                    std::move(parts.validation),
                                    std::move(parts.negatives),
                                    plan.settings,
                                    plan.seed,
                                    job.threads()};
  const models::ContactObserver observer = {
      job.output.progressSink(), [&](const std::string& text) { job.output.say(text); },
      [&](std::int64_t epoch, double loss, double auprc) {
        job.output.event(runs::MetricEvent{"train", "loss", epoch, loss});
        job.output.event(runs::MetricEvent{"validation", "auprc", epoch, auprc});
      }};
  const auto model = models::ContactModel::train(work, observer, job.stop);
  const auto& training = model.training();
  const auto means = measured(model, work, job.stop);
  model.save(folder, {options.name, plan.backbone, embeddings.identity, plan.settings, plan.seed,
                      loaded.hash, static_cast<std::int64_t>(work.training.size()),
                      static_cast<std::int64_t>(work.validation.size()), training});
  sayTrained(job, work, training, means, folder);
}

std::string contactLines(const PairContacts& contacts,
                         const std::vector<models::ResiduePair>& top) {
  const auto& [a, b] = contacts.proteins;
  std::string text =
      "position_a\tresidue_a\tstructure_a\tposition_b\tresidue_b\tstructure_b\t"
      "probability\n";
  const auto labelOf = [](const NumberedProtein& numbered, std::uint32_t residue) {
    return numbered.labels.empty() ? std::string() : numbered.labels[residue];
  };
  for (const auto& pair : top) {
    text +=
        fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{:.6g}\n", pair.a + 1, a.protein.sequence[pair.a],
                    labelOf(a, pair.a), pair.b + 1, b.protein.sequence[pair.b], labelOf(b, pair.b),
                    contacts.prediction.probabilities[pair.a * b.protein.sequence.size() + pair.b]);
  }
  return text;
}

/// The table's lines as a table for people.
std::string shown(const std::string& lines) {
  std::vector<std::vector<std::string>> cells(1, {""});
  for (const char c : lines) {
    if (c == '\t') {
      cells.back().emplace_back();
    } else if (c == '\n') {
      cells.push_back({""});
    } else {
      cells.back().back() += c;
    }
  }
  cells.pop_back();
  for (auto& row : cells) {
    std::replace(row.begin(), row.end(), std::string(), std::string("-"));
  }
  return tableText(cells);
}

Json jsonOf(const PairContacts& contacts, const std::vector<models::ResiduePair>& top) {
  Json listed = Json::array();
  const auto& [a, b] = contacts.proteins;
  const auto label = [](const NumberedProtein& numbered, std::uint32_t residue) {
    return numbered.labels.empty() || numbered.labels[residue].empty()
               ? Json(nullptr)
               : Json(numbered.labels[residue]);
  };
  for (const auto& pair : top) {
    listed.push_back(
        {{"a", pair.a + 1},
         {"b", pair.b + 1},
         {"a_structure", label(a, pair.a)},
         {"b_structure", label(b, pair.b)},
         {"probability",
          contacts.prediction.probabilities[pair.a * b.protein.sequence.size() + pair.b]}});
  }
  return listed;
}

void runPredict(Job& job, const PredictOptions& options) {
  auto project = job.openForWriting();
  const auto contacts =
      predictContacts(job, project, modelFolder(project, options.model), options.ids);
  if (!options.out.empty()) {
    writeContactMap(options.out, contacts);
  }
  const auto top = topContacts(contacts.prediction, options.top);
  const auto lines = contactLines(contacts, top);
  if (!options.table.empty()) {
    writeFileAtomically(options.table, lines);
  }
  const auto& [a, b] = contacts.proteins;
  const auto& interaction = contacts.prediction.interaction;
  job.output.result(
      {{{"command", "contacts predict"},
        {"a", a.protein.id},
        {"b", b.protein.id},
        {"model", contacts.manifest.name},
        {"residues", {contacts.prediction.residuesA, contacts.prediction.residuesB}},
        {"structures", {a.structure, b.structure}},
        {"interaction", interaction ? Json(*interaction) : Json(nullptr)},
        {"contacts", jsonOf(contacts, top)},
        {"out", options.out.string()}}},
      fmt::format("{}\n{} and {}, {} by {} residues; {}", shown(lines), a.protein.id, b.protein.id,
                  contacts.prediction.residuesA, contacts.prediction.residuesB,
                  interaction ? fmt::format("they interact with probability {:.4f}", *interaction)
                              : "the model was trained without negative pairs and does not say "
                                "whether they interact"));
}

void addStudy(CLI::App& parent, CommandContext& context) {
  auto options = std::make_shared<LearningOptions>();
  auto* command = parent.add_subcommand(
      "study", "Families of the project's complexes left out in turn, beside baselines");
  options->addTo(*command);
  command->add_option("--folds", options->plan.folds, "Folds of whole families; 0: one a family")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  command->add_option("--seeds", options->plan.seeds, "Seeds, from --seed on")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  command->add_flag("--oracle", options->plan.oracle,
                    "Give the true interface as input: an upper bound, marked as such");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runStudy(job, *options); }; });
}

void addTraining(CLI::App& parent, CommandContext& context) {
  auto options = std::make_shared<TrainOptions>();
  auto* command = parent.add_subcommand("train", "A model on all complexes of the project");
  options->learning.addTo(*command);
  command->add_option("--name", options->name, "Of the model")->required();
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runTrain(job, *options); }; });
}

void addPrediction(CLI::App& parent, CommandContext& context) {
  auto options = std::make_shared<PredictOptions>();
  auto* command = parent.add_subcommand("predict", "The contact map of two proteins");
  command->add_option("a", options->ids[0], "Protein of the project")->required();
  command->add_option("b", options->ids[1], "Protein of the project")->required();
  command->add_option("--model", options->model, "Name given to contacts train")->required();
  command->add_option("--top", options->top, "Contacts listed")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--out", options->out, "safetensors file of the whole map");
  command->add_option("--table", options->table, "Tab-separated file of the contacts listed");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runPredict(job, *options); }; });
}

}  // namespace

void addContacts(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("contacts", "Which residues of two proteins touch");
  addStudy(*command, context);
  addTraining(*command, context);
  addPrediction(*command, context);
}

}  // namespace twofold::app
