#include "models/pretraining/model_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/files.h"
#include "core/base/hash.h"
#include "models/pretraining/pretrain_state.h"

namespace twofold::models {

namespace {

std::string dataText(const PretrainRequest& request, const PretrainResult& result) {
  std::string text = "## Data\n";
  for (const auto& source : request.sources) {
    text += fmt::format("- {}\n", source);
  }
  const auto left = static_cast<std::int64_t>(request.sequences.size()) - result.trainingProteins -
                    result.heldOutProteins;
  return text +
         fmt::format(
             "\n{} different sequences: {} trained on, {} held out, {} left out as near relatives "
             "of "
             "the held-out ones (three shared words of six residues; remote homologues may "
             "remain). "
             "`sequences.sha256` has the first 16 hexadecimal digits of the SHA-256 of every "
             "sequence trained on.\n",
             request.sequences.size(), result.trainingProteins, result.heldOutProteins, left);
}

std::string figuresText(const HeldOutFigures& figures) {
  const auto row = [](const char* name, double nats) {
    return fmt::format("| {} | {:.4f} | {:.2f} |\n", name, nats, std::exp(nats));
  };
  if (figures.residues == 0) {
    return "## Held-out proteins\nNone were held out, so nothing was measured.\n";
  }
  return fmt::format(
             "## Held-out proteins\nCross entropy over {} masked residues, in nats, after "
             "training on {} residues.\n\n"
             "| | nats | perplexity |\n|---|---|---|\n",
             figures.residues, figures.seen) +
         row("this model", figures.nats) + row("unigram", figures.unigram) +
         row("bigram (knows the residue before)", figures.bigram) +
         row("composition of the rest of the protein", figures.composition);
}

}  // namespace

void writeModelCard(const std::filesystem::path& folder, const PretrainRequest& request,
                    const PretrainResult& result) {
  const auto& settings = request.settings;
  const bool isDone = result.residues >= settings.residues;
  const auto text = fmt::format(
      "# Protein language model, {} layers of {}\n\nAn ESM-2-shaped network ({} heads, rotary "
      "positions, token dropout), made by `twofold-worker pretrain`. Inputs: one protein, up to "
      "1,022 residues. Frozen, its mean over residues is an embedding.\n\n{}\n## Training\n"
      "{}Masked language modelling (15 %; of these 80 % hidden, 10 % replaced, 10 % left){}. "
      "AdamW, {} steps, {} residues seen, {:.1f} hours. Settings: `{}`\n\n{}\n"
      "No interaction, structure or annotation was used.\n",
      settings.layers, settings.width, settings.heads, dataText(request, result),
      isDone ? ""
             : fmt::format("**Unfinished: {:.0f} % of the residues.** ",
                           100.0 * static_cast<double>(result.residues) /
                               static_cast<double>(settings.residues)),
      settings.partnerWeight > 0
          ? " and, in crops, recognising which two disjoint pieces are of one protein (InfoNCE)"
          : "",
      result.steps, result.residues, result.seconds / 3600, settingsText(settings),
      figuresText(result.heldOut));
  writeFileAtomically(folder / "README.md", text);
}

void writeSequenceHashes(const std::filesystem::path& file,
                         std::span<const std::string> sequences) {
  std::vector<std::string> lines;
  lines.reserve(sequences.size());
  for (const auto& sequence : sequences) {
    lines.push_back(sha256(sequence).substr(0, 16) + "\n");
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const auto& line : lines) {
    text += line;
  }
  writeFileAtomically(file, text);
}

}  // namespace twofold::models
