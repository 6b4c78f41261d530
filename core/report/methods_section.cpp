#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/report/sections.h"
#include "core/report/words.h"

namespace twofold::report {

namespace {

constexpr std::size_t kMostCommands = 40;

std::vector<const ReportedRun*> allRuns(const ExperimentFacts& facts) {
  std::vector<const ReportedRun*> runs;
  for (const auto* list : {&facts.models, &facts.controls}) {
    for (const auto& run : *list) {
      runs.push_back(&run);
    }
  }
  return runs;
}

/// Each value that a run recorded under `name`, once.
std::vector<std::string> recorded(const ExperimentFacts& facts, const std::string& name) {
  std::set<std::string> texts;
  for (const auto* run : allRuns(facts)) {
    if (auto text = valueText(run->values, name); !text.empty()) {
      texts.insert(std::move(text));
    }
  }
  return {texts.begin(), texts.end()};
}

bool anyHas(const ExperimentFacts& facts, const std::string& name, const std::string& value) {
  const auto texts = recorded(facts, name);
  return std::find(texts.begin(), texts.end(), value) != texts.end();
}

std::string dataText(const ExperimentFacts& facts) {
  if (!facts.hasPairs()) {
    return "The project does not have the pairs on which these runs were measured.";
  }
  const auto& split = facts.split;
  const auto set = fmt::format(
      "Pairs were those of the set {} ({} of {}; SHA-256 of ids, sequences and labels {}).",
      facts.pairSet.name, countOf(facts.pairSet.pairs, "pair"), countOf(facts.proteins, "protein"),
      facts.dataHash);
  if (!facts.hasSplit()) {
    return set + " No split cuts them; all are one part.";
  }
  const auto part = [&](data::Part which) {
    return fmt::format("{} {} pairs ({} positive)", countText(facts.size(which).pairs),
                       data::name(which), countText(facts.size(which).positives));
  };
  return fmt::format(
      "{} They were cut into {}, {} and {} by the rule {} with seed {} (split {}, SHA-256 {}).",
      set, part(data::Part::Train), part(data::Part::Validation), part(data::Part::Test),
      split.rule, split.seed, split.name, split.hash);
}

bool isTrained(const ReportedRun& run) {
  return !isImported(run);
}

bool hasTrained(const ExperimentFacts& facts) {
  const auto runs = allRuns(facts);
  return std::any_of(runs.begin(), runs.end(),
                     [](const ReportedRun* run) { return isTrained(*run); });
}

std::string thresholdText(const runs::ImportedScores& scores) {
  if (scores.threshold == "validation") {
    return "the threshold has the best Matthews correlation on the file's validation scores";
  }
  return scores.threshold == "none" ? "nothing gives a threshold"
                                    : fmt::format("the threshold is {}", scores.threshold);
}

std::string scaleText(const std::string& scale) {
  return scale == "rank"    ? "scores taken as ranks"
         : scale == "logit" ? "logits brought to probabilities"
         : scale.empty()    ? "metrics alone"
                            : "scores taken as probabilities";
}

/// What other programs computed, by name and file.
std::string importedText(const ExperimentFacts& facts) {
  std::set<std::string> sources;
  for (const auto& run : facts.models) {
    if (const auto& scores = run.spec.imported) {
      sources.insert(fmt::format("{} (file {}, SHA-256 {}, {}; {})", scores->name, scores->file,
                                 scores->hash, scaleText(scores->scale), thresholdText(*scores)));
    }
  }
  return sources.empty()
             ? ""
             : fmt::format(
                   " Imported scores, which another program computed and this one did not "
                   "check: {}.",
                   listText({sources.begin(), sources.end()}));
}

std::string modelText(const ExperimentFacts& facts) {
  std::set<std::string> recipes;
  std::set<std::string> seeds;
  const auto models = std::count_if(facts.models.begin(), facts.models.end(), isTrained);
  if (models == 0) {
    return {};
  }
  for (const auto& run : facts.models) {
    if (isTrained(run)) {
      recipes.insert(recipeText(run.spec));
      seeds.insert(std::to_string(run.spec.seed));
    }
  }
  auto text = fmt::format(
      " {} (backbone, channels, fusion, head: {}) {} trained with Twofold {} under the {} {}; the "
      "score of a pair is the same for both orders of its proteins.",
      models == 1 ? "One pair model" : countText(models) + " pair models",
      recipes.size() > 6 ? "see the table of results" : listText({recipes.begin(), recipes.end()}),
      models == 1 ? "was" : "were", listText(recorded(facts, "system.version")),
      seeds.size() == 1 ? "seed" : "seeds", listText({seeds.begin(), seeds.end()}));
  if (const auto hashes = recorded(facts, "hashes.weights"); !hashes.empty()) {
    text += fmt::format(" The identity of the backbones' weights: {}.", listText(hashes));
  }
  if (const auto hashes = recorded(facts, "hashes.program"); !hashes.empty()) {
    text += fmt::format(" SHA-256 of the program: {}.", listText(hashes));
  }
  return text;
}

std::string trainingText(const ExperimentFacts& facts) {
  if (!hasTrained(facts)) {
    return {};
  }
  std::string text =
      " Weights were fitted by AdamW; the epoch with the best AUPRC on validation was kept, and "
      "training ended early when it did not rise.";
  if (anyHas(facts, "params.training.calibration", "platt")) {
    text +=
        " Probabilities were calibrated by a slope and an offset of the logit, fitted on "
        "validation (Platt scaling).";
  }
  return text +
         " The threshold of decision is the one with the best Matthews correlation on validation; "
         "no number of the test part was used to choose anything within a run.";
}

std::string measureText(const ExperimentFacts& facts) {
  if (!facts.hasPairs()) {
    return " Metrics are those that the files have.";
  }
  const auto& size = facts.size(facts.shown);
  auto text = fmt::format(
      " Metrics were measured on the {} part ({} pairs of {}). 95 % intervals are the middle of "
      "{} bootstrap resamples of proteins: a pair counts as often as the product of its proteins' "
      "multiplicities, so that pairs that share a protein are not taken for independent.",
      data::name(facts.shown), countText(size.pairs), countOf(size.proteins, "protein"),
      metrics::BootstrapOptions{}.resamples);
  std::set<std::string> controls;
  for (const auto& run : facts.controls) {
    controls.insert(run.control);
  }
  text += controls.empty() ? " No control was measured on these pairs."
                           : fmt::format(" Controls on the same pairs: {}.",
                                         listText({controls.begin(), controls.end()}));
  return text;
}

std::string hardwareText(const ExperimentFacts& facts) {
  const auto processors = recorded(facts, "system.processor");
  if (processors.empty()) {
    return {};
  }
  auto text = fmt::format(" Computed on {}", listText(processors));
  if (const auto cores = recorded(facts, "system.cores"); !cores.empty()) {
    text += fmt::format(" with {} cores", fmt::format("{}", listText(cores)));
  }
  if (const auto accelerators = recorded(facts, "system.accelerators"); !accelerators.empty()) {
    text += fmt::format(", accelerators {}", listText(accelerators));
  }
  if (const auto systems = recorded(facts, "system.os"); !systems.empty()) {
    text += fmt::format(", {}", listText(systems));
  }
  return text + ".";
}

constexpr std::string_view kRepeating =
    "Each command trains a copy of a run in the project (--project FOLDER) and says whether its "
    "probabilities are the same to the last bit. On another machine: twofold-worker export folder "
    "RUN --out FOLDER, there twofold-worker import run FOLDER --project NEW, then the same "
    "command.";

/// Of the runs that were trained here.
Paragraph repeating(const ExperimentFacts& facts) {
  auto runs = allRuns(facts);
  std::erase_if(runs, [](const ReportedRun* run) { return isImported(*run); });
  if (runs.empty()) {
    return {
        "Imported scores cannot be computed again here; the same file, imported again, gives "
        "the same numbers."};
  }
  std::vector<std::string> commands;
  for (std::size_t i = 0; i < std::min(runs.size(), kMostCommands); ++i) {
    commands.push_back(
        fmt::format("twofold-worker run --run {} --again", shellWord(runs[i]->record.id)));
  }
  Paragraph paragraph;
  paragraph.text = kRepeating;
  paragraph.commands = std::move(commands);
  return paragraph;
}

std::vector<std::string> references(const ExperimentFacts& facts) {
  std::vector<std::string> all = {
      "Owen AB. The pigeonhole bootstrap. Ann Appl Stat 1:386-411, 2007. (intervals)",
      "Matthews BW. Comparison of the predicted and observed secondary structure of T4 phage "
      "lysozyme. Biochim Biophys Acta 405:442-451, 1975. (MCC)",
      "Guo C, Pleiss G, Sun Y, Weinberger KQ. On calibration of modern neural networks. ICML "
      "2017. (calibration error)"};
  const auto addIf = [&](bool used, const char* reference) {
    if (used) {
      all.emplace_back(reference);
    }
  };
  addIf(hasTrained(facts),
        "Loshchilov I, Hutter F. Decoupled weight decay regularization. ICLR 2019. (AdamW)");
  addIf(anyHas(facts, "params.training.calibration", "platt"),
        "Platt J. Probabilistic outputs for support vector machines and comparisons to regularized "
        "likelihood methods. Advances in Large Margin Classifiers 61-74, 1999. (calibration)");
  addIf(anyHas(facts, "params.training.loss", "focal"),
        "Lin TY, Goyal P, Girshick R, He K, Dollar P. Focal loss for dense object detection. ICCV "
        "2017. (loss)");
  addIf(anyHas(facts, "params.backbone", "esm2"),
        "Lin Z et al. Evolutionary-scale prediction of atomic-level protein structure with a "
        "language model. Science 379:1123-1130, 2023. (ESM-2)");
  addIf(anyHas(facts, "params.backbone", "unirep"),
        "Alley EC et al. Unified rational protein engineering with sequence-based deep "
        "representation learning. Nat Methods 16:1315-1322, 2019. (UniRep)");
  addIf(anyHas(facts, "params.backbone", "protbert"),
        "Elnaggar A et al. ProtTrans: toward understanding the language of life through "
        "self-supervised learning. IEEE Trans Pattern Anal Mach Intell 44:7112-7127, 2022. "
        "(ProtBert)");
  addIf(facts.split.rule == "c1" || facts.split.rule == "c2" || facts.split.rule == "c3" ||
            facts.split.rule == "clusters" || facts.split.rule == "partition",
        "Park Y, Marcotte EM. Flaws in evaluation schemes for pair-input computational "
        "predictions. Nat Methods 9:1134-1136, 2012. (split by seen proteins)");
  return all;
}

}  // namespace

Blocks methodsSection(const ExperimentFacts& facts) {
  Blocks blocks = {Heading{"Methods"},
                   Paragraph{dataText(facts) + modelText(facts) + importedText(facts) +
                             trainingText(facts) + measureText(facts) + hardwareText(facts)}};
  blocks.push_back(Heading{"Repeating it"});
  blocks.emplace_back(repeating(facts));
  blocks.push_back(Heading{"References"});
  for (const auto& reference : references(facts)) {
    blocks.push_back(Paragraph{reference});
  }
  return blocks;
}

}  // namespace twofold::report
