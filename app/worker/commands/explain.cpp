// `explain`: why a run answers as it does for one pair: what each channel added, and on which
// residues the sequence channel's answer rests.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "app/worker/commands/commands.h"
#include "app/worker/run_inputs.h"
#include "app/worker/scoring.h"
#include "app/worker/text.h"
#include "core/base/error.h"
#include "core/store/protein_repository.h"
#include "models/learning/attribution.h"

namespace twofold::app {

namespace {

constexpr std::size_t kResiduesShown = 8;

struct ExplainOptions {
  std::string run;
  std::vector<std::string> proteins;
  std::vector<std::string> channels;
  bool residues = false;
  std::int64_t windows = 64;
};

struct Explanation {
  std::vector<std::string> ids;
  std::vector<std::string> sequences;
  models::ChannelAttribution channels;
  double threshold = 0;
  std::vector<models::ResidueAttribution> residues;  // empty: not asked for
};

Explanation explained(Job& job, store::Project& project, const ExplainOptions& options) {
  auto run = loadRun(job, project, options.run);
  auto& scorer = run.scorer;
  store::ProteinRepository repository(project.database());
  std::vector<data::ProteinKey> keys;
  for (const auto& id : options.proteins) {
    keys.push_back(repository.byId(id).key);
  }
  const auto needed = neededEvidence(scorer.spec());
  models::ProteinInputs proteins = loadProteins(project, keys, needed, job.watch());
  const auto first = scorer.addProteins(proteins, job.output.progressSink(), job.stop);
  const models::IndexedPair pair{first, first + 1, data::Label::Unknown};
  const auto on = channelsOrAll(scorer, options.channels);
  Explanation explanation{proteins.ids,
                          proteins.sequences,
                          models::attributeChannels(scorer, pair, on),
                          scorer.threshold(),
                          {}};
  if (options.residues) {
    explanation.residues = models::attributeResidues(
        scorer, {proteins, pair, on, options.windows, job.output.progressSink(), job.stop});
  }
  return explanation;
}

std::string signedText(double value) {
  return fmt::format("{:+.3f}", value);
}

std::string channelText(const models::ChannelAttribution& attribution) {
  std::vector<std::vector<std::string>> rows = {{"channel", "Shapley", "without it"}};
  for (const auto& share : attribution.channels) {
    const auto error = share.error > 0 ? fmt::format(" ± {:.3f}", share.error) : std::string();
    rows.push_back({share.channel,
                    share.isPresent ? signedText(share.shapley) + error : "no evidence",
                    share.isPresent ? signedText(-share.ablation) : ""});
  }
  return fmt::format("{}\nIn logits: {} with no channel at all, {} with those that are on.\n",
                     tableText(rows), signedText(attribution.base), signedText(attribution.logit));
}

/// The residues that speak most for interaction, and most against it.
std::string residueText(const std::string& id, const std::string& sequence,
                        const models::ResidueAttribution& residues) {
  std::vector<std::size_t> order(residues.values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return residues.values[left] > residues.values[right];
  });
  const auto named = [&](auto begin, auto end) {
    std::vector<std::string> names;
    for (auto it = begin; it != end && names.size() < kResiduesShown; ++it) {
      names.push_back(fmt::format("{}{}", sequence[*it], *it + 1));
    }
    return fmt::format("{}", fmt::join(names, " "));
  };
  return fmt::format("{}, by occlusion of {} residues every {}: most for {}; most against {}\n", id,
                     residues.window, residues.step, named(order.begin(), order.end()),
                     named(order.rbegin(), order.rend()));
}

std::string textOf(const Explanation& explanation) {
  auto text = fmt::format("{} and {}: probability {:.3f}, threshold {:.3f}\n\n{}",
                          explanation.ids[0], explanation.ids[1], explanation.channels.probability,
                          explanation.threshold, channelText(explanation.channels));
  for (std::size_t i = 0; i < explanation.residues.size(); ++i) {
    text += residueText(explanation.ids[i], explanation.sequences[i], explanation.residues[i]);
  }
  return text;
}

formats::Json jsonOf(const ExplainOptions& options, const Explanation& explanation) {
  formats::Json channels = formats::Json::array();
  for (const auto& share : explanation.channels.channels) {
    channels.push_back({{"id", share.channel},
                        {"present", share.isPresent},
                        {"shapley", share.shapley},
                        {"error", share.error},
                        {"ablation", share.ablation}});
  }
  formats::Json residues = formats::Json::array();
  for (std::size_t i = 0; i < explanation.residues.size(); ++i) {
    const auto& of = explanation.residues[i];
    residues.push_back({{"protein", explanation.ids[i]},
                        {"method", "occlusion"},
                        {"window", of.window},
                        {"step", of.step},
                        {"values", of.values}});
  }
  return {{"command", "explain"},
          {"run", options.run},
          {"a", explanation.ids[0]},
          {"b", explanation.ids[1]},
          {"probability", explanation.channels.probability},
          {"threshold", explanation.threshold},
          {"logit", explanation.channels.logit},
          {"base", explanation.channels.base},
          {"channels", channels},
          {"residues", residues}};
}

}  // namespace

void addExplain(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<ExplainOptions>();
  auto* command = app.add_subcommand(
      "explain", "Why a run answers as it does for a pair: its channels, and its residues");
  command->add_option("PROTEIN", options->proteins, "The two proteins' ids")
      ->required()
      ->expected(2);
  command->add_option("--run", options->run, "The trained run")->required();
  command->add_option("--channels", options->channels, "Channels that are on; all when not given")
      ->delimiter(',');
  command->add_flag("--residues", options->residues,
                    "Also replaces a few residues at a time by X and sees what changes; embeds "
                    "each protein once a window");
  command->add_option("--windows", options->windows, "Most windows a protein")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command->callback([options, &context] {
    context.work = [options](Job& job) {
      auto project = job.openProject();
      const auto explanation = explained(job, project, *options);
      job.output.result({jsonOf(*options, explanation)}, textOf(explanation));
    };
  });
}

}  // namespace twofold::app
