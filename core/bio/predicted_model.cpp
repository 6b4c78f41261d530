#include "core/bio/predicted_model.h"

#include <fmt/format.h>

#include <algorithm>

namespace twofold::bio {

namespace {

std::string upperCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

/// Methods may be several, as in "X-RAY DIFFRACTION; NEUTRON DIFFRACTION".
bool isExperiment(const std::string& method) {
  const bool isGiven = method.find_first_not_of(" ?.") != std::string::npos;
  return isGiven && method.find("THEORETICAL MODEL") == std::string::npos;
}

bool isPredictionTitle(const std::string& title) {
  return (title.starts_with("ALPHAFOLD ") || title.starts_with("ESMFOLD ")) &&
         title.find(" PREDICTION FOR ") != std::string::npos;
}

struct Confidences {
  std::size_t residues = 0;
  double sum = 0;
  float least = 100;
  float most = 0;

  void add(float value) {
    ++residues;
    sum += value;
    least = std::min(least, value);
    most = std::max(most, value);
  }
  [[nodiscard]] bool arePlddt() const { return least >= 0 && most > 1 && most <= 100; }
};

template <class Visit>
void forEachCalpha(Structure& structure, const Visit& visit) {
  for (Chain& chain : structure.chains) {
    for (Residue& residue : chain.residues) {
      if (residue.hasCalpha) {
        visit(residue);
      }
    }
  }
}

}  // namespace

ModelNature natureOf(const ModelOrigin& origin) {
  const std::string method = upperCase(origin.method);
  if (isExperiment(method)) {
    return ModelNature::Experiment;
  }
  if (origin.metricIsPlddt || origin.namesAlphaFoldEntry || origin.id.starts_with("AF-") ||
      isPredictionTitle(upperCase(origin.title))) {
    return ModelNature::ConfidentModel;
  }
  const bool isTheory = method.find("THEORETICAL MODEL") != std::string::npos;
  return origin.hasQualityMetric || isTheory ? ModelNature::Prediction : ModelNature::Experiment;
}

void readConfidence(Structure& structure, const ModelOrigin& origin) {
  const ModelNature nature = natureOf(origin);
  structure.predicted = nature != ModelNature::Experiment;
  if (nature == ModelNature::Prediction) {
    structure.notes.emplace_back(
        "This is a model, but nothing says that its B-factors are pLDDT: they were not taken for "
        "confidence.");
  }
  if (nature != ModelNature::ConfidentModel) {
    return;
  }
  Confidences all;
  forEachCalpha(structure, [&](const Residue& residue) { all.add(residue.bFactor); });
  if (!all.arePlddt()) {
    structure.notes.push_back(
        fmt::format("This is a predicted model, but its B-factors ({} to {}) are no pLDDT of 0 to "
                    "100: they were not taken for confidence.",
                    all.least, all.most));
    return;
  }
  forEachCalpha(structure, [](Residue& residue) { residue.confidence = residue.bFactor; });
  structure.notes.push_back(
      fmt::format("This is a predicted model: its B-factors are pLDDT, {:.1f} on average.",
                  all.sum / static_cast<double>(all.residues)));
}

}  // namespace twofold::bio
