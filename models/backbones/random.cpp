#include "models/backbones/random.h"

#include <fmt/format.h>

#include <cstdlib>

#include "core/base/hash.h"
#include "core/base/random.h"
#include "models/backbones/embed_checks.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kReportEvery = 100'000;  // residues

std::uint64_t seedOf(const std::string& sequence) {
  return std::strtoull(sha256(sequence).substr(0, 16).c_str(), nullptr, 16);
}

class RandomBackbone final : public Backbone {
 public:
  RandomBackbone(std::int64_t width, std::int64_t seed) : m_width(width), m_seed(seed) {}

  [[nodiscard]] std::int64_t width() const override { return m_width; }
  [[nodiscard]] std::string identity() const override {
    return fmt::format("random-1-{}-seed{}", m_width, m_seed);
  }

  void embed(const EmbedWork& work) override {
    const std::int64_t total = checkedResidues(work.sequences);
    std::int64_t done = 0;
    std::int64_t reported = 0;
    for (std::size_t i = 0; i < work.sequences.size(); ++i) {
      throwIfStopped(work.stop);
      const auto residues = static_cast<std::int64_t>(work.sequences[i].size());
      const std::int64_t rows = work.perResidue ? residues : 1;
      work.take(i, {work.perResidue ? residues : 0, numbers(work.sequences[i], rows)});
      done += residues;
      if (done - reported >= kReportEvery || done == total) {
        reportResidues(work.progress, done, total);
        reported = done;
      }
    }
  }

 private:
  [[nodiscard]] std::vector<float> numbers(const std::string& sequence, std::int64_t rows) const {
    Random random(derivedSeed(static_cast<std::uint64_t>(m_seed), seedOf(sequence)));
    std::vector<float> values(static_cast<std::size_t>(rows * m_width));
    for (float& value : values) {
      value = static_cast<float>(random.normals().first);
    }
    return values;
  }

  std::int64_t m_width;
  std::int64_t m_seed;
};

}  // namespace

Descriptor randomDescriptor() {
  return {"random",
          "Random",
          "Random numbers for each protein: the control that can only learn which proteins occur.",
          {integerOption("width", "Width", 64, 1, 8192, "Numbers a protein."),
           integerOption("seed", "Seed", 0, 0, 1'000'000'000, "Draws other numbers.")}};
}

std::unique_ptr<Backbone> makeRandom(const BackboneRequest& request) {
  return std::make_unique<RandomBackbone>(request.options.integer("width"),
                                          request.options.integer("seed"));
}

}  // namespace twofold::models
