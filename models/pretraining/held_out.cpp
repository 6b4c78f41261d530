#include "models/pretraining/held_out.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/tokenizers/residue_tokenizer.h"

namespace twofold::models {

namespace {

constexpr std::uint64_t kPurpose = 0x6d656173;  // of the seed
constexpr std::size_t kMostResidues = 510;

/// -ln p of residues by how often each stands in the visible rest of their own protein. As many
/// residues of the whole corpus as `kPrior` are added, without which a short protein would rule out
/// what it does not show.
class OwnComposition {
 public:
  explicit OwnComposition(const MaskedBatch& batch) {
    for (const auto token : batch.inputs) {
      if (token != tokenizers::Esm2Vocabulary::kMask) {
        ++m_counts[token];
        ++m_all;
      }
    }
  }
  [[nodiscard]] double nats(std::uint8_t token, double unigramNats) const {
    constexpr double kPrior = 100;
    return -std::log((m_counts[token] + kPrior * std::exp(-unigramNats)) / (m_all + kPrior));
  }

 private:
  std::array<double, tokenizers::Esm2Vocabulary::kSize> m_counts{};
  double m_all = 0;
};

}  // namespace

HeldOut::HeldOut(std::span<const std::string> heldOut, std::span<const std::string> training,
                 std::uint64_t seed) {
  data::ResidueFrequencies frequencies;
  for (const auto& sequence : training) {
    frequencies.add(sequence);
  }
  Random random(derivedSeed(seed, kPurpose));
  for (const auto& sequence : heldOut) {
    const std::vector<std::string> piece = {sequence.substr(0, kMostResidues)};
    const TokenCorpus corpus(piece);
    const auto tokens = corpus.tokens(0);
    const auto length = static_cast<std::int64_t>(tokens.size());
    Item item{masked({1, length, false, {tokens.begin(), tokens.end()}}, random, Told::AllHidden),
              length};
    const OwnComposition composition(item.batch);
    for (const auto place : item.batch.places) {
      const auto residue = static_cast<std::size_t>(place - 1);  // behind <cls>
      const std::string_view text = piece.front();
      const double alone = frequencies.unigramNats(text[residue]);
      m_baselines.unigram += alone;
      m_baselines.composition += composition.nats(tokens[static_cast<std::size_t>(place)], alone);
      m_baselines.bigram +=
          residue == 0 ? alone : frequencies.bigramNats(text[residue - 1], text[residue]);
      ++m_baselines.residues;
    }
    if (!item.batch.places.empty()) {
      m_items.push_back(std::move(item));
    }
  }
  const auto count = static_cast<double>(std::max<std::int64_t>(1, m_baselines.residues));
  m_baselines.unigram /= count;
  m_baselines.bigram /= count;
  m_baselines.composition /= count;
}

HeldOutFigures HeldOut::measure(const Esm2Learner& learner, const std::stop_token& stop) const {
  const c10::NoGradGuard noGradients;
  HeldOutFigures figures = m_baselines;
  for (const auto& [batch, length] : m_items) {
    throwIfStopped(stop);
    const at::Tensor loss = learner.maskedLoss(learner.hidden(batch, 1, length), batch);
    figures.nats += loss.item().toDouble() * static_cast<double>(batch.places.size());
  }
  figures.nats /= static_cast<double>(std::max<std::int64_t>(1, figures.residues));
  return figures;
}

}  // namespace twofold::models
