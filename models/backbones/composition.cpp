#include "models/backbones/composition.h"

#include <cmath>

#include "core/bio/sequence.h"
#include "models/backbones/embed_checks.h"

namespace twofold::models {

namespace {

constexpr std::size_t kResidues = bio::kStandardResidues.size();
constexpr std::size_t kWidth = kResidues + 1;
constexpr std::size_t kReportEvery = 1024;  // sequences

std::vector<float> residueRows(std::string_view sequence) {
  const auto logLength = std::log(static_cast<float>(sequence.size()));
  std::vector<float> rows(sequence.size() * kWidth, 0.0F);
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    if (const auto residue = bio::residueIndex(sequence[i])) {
      rows[i * kWidth + *residue] = 1.0F;
    }
    rows[i * kWidth + kResidues] = logLength;
  }
  return rows;
}

std::vector<float> pooled(std::string_view sequence) {
  std::vector<float> values(kWidth, 0.0F);
  const auto length = static_cast<float>(sequence.size());
  for (const char letter : sequence) {
    if (const auto residue = bio::residueIndex(letter)) {
      values[*residue] += 1.0F;
    }
  }
  for (auto& value : values) {
    value /= length;
  }
  values[kResidues] = std::log(length);
  return values;
}

class Composition final : public Backbone {
 public:
  [[nodiscard]] std::int64_t width() const override { return kWidth; }
  [[nodiscard]] std::string identity() const override { return "composition-1"; }

  void embed(const EmbedWork& work) override {
    const std::int64_t total = checkedResidues(work.sequences);
    std::int64_t done = 0;
    for (std::size_t i = 0; i < work.sequences.size(); ++i) {
      const std::string& sequence = work.sequences[i];
      const auto residues = static_cast<std::int64_t>(sequence.size());
      work.take(i, work.perResidue ? Embedding{residues, residueRows(sequence)}
                                   : Embedding{0, pooled(sequence)});
      done += residues;
      if (i % kReportEvery == 0 || i + 1 == work.sequences.size()) {
        throwIfStopped(work.stop);
        reportResidues(work.progress, done, total);
      }
    }
  }
};

}  // namespace

Descriptor compositionDescriptor() {
  return {"composition",
          "Composition",
          "Residue fractions and length: fast, and the baseline that any network must beat.",
          {}};
}

std::unique_ptr<Backbone> makeComposition(const BackboneRequest& /*request*/) {
  return std::make_unique<Composition>();
}

}  // namespace twofold::models
