#include "models/contacts/propensity_baseline.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/bio/sequence.h"

namespace twofold::models {

namespace {

constexpr std::uint64_t kDraw = 51;  // purpose of the seed
constexpr std::size_t kDrawnPerContact = 20;
constexpr std::size_t kReach = 3;  // residues to either side, of means
constexpr double kPrior = 50;      // contacts that count as expected ones
constexpr double kRidge = 1;
constexpr int kNewtonSteps = 20;

/// Kyte and Doolittle (J Mol Biol 157:105, 1982), in the order of bio::kStandardResidues; 0 for
/// others.
constexpr std::array<double, PropensityBaseline::kTypes> kHydrophobicity = {
    1.8,  2.5,  -3.5, -3.5, 2.8,  -0.4, -3.2, 4.5,  -3.9, 3.8, 1.9,
    -3.5, -1.6, -3.5, -4.5, -0.8, -0.7, 4.2,  -0.9, -1.3, 0};

std::size_t typeOf(char letter) {
  return bio::residueIndex(letter).value_or(PropensityBaseline::kTypes - 1);
}

/// Of values beside `i`, as far as the chain reaches.
template <class Value>
double meanAround(std::size_t length, std::size_t i, const Value& value) {
  const std::size_t from = i < kReach ? 0 : i - kReach;
  const std::size_t to = std::min(length, i + kReach + 1);
  double sum = 0;
  for (std::size_t k = from; k < to; ++k) {
    sum += value(k);
  }
  return sum / static_cast<double>(to - from);
}

template <std::size_t N>
using Vector = std::array<double, N>;
template <std::size_t N>
using Matrix = std::array<Vector<N>, N>;

/// x of m x = b for a positive definite m, by elimination.
template <std::size_t N>
Vector<N> solved(Matrix<N> m, Vector<N> b) {
  for (std::size_t k = 0; k < N; ++k) {
    for (std::size_t i = k + 1; i < N; ++i) {
      const double factor = m[i][k] / m[k][k];
      for (std::size_t j = k; j < N; ++j) {
        m[i][j] -= factor * m[k][j];
      }
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = N; k-- > 0;) {
    for (std::size_t j = k + 1; j < N; ++j) {
      b[k] -= m[k][j] * b[j];
    }
    b[k] /= m[k][k];
  }
  return b;
}

}  // namespace

PropensityBaseline::PropensityBaseline(const ContactSet& set,
                                       std::span<const std::uint32_t> complexes,
                                       std::uint64_t seed) {
  countTypes(set, complexes);
  fit(set, complexes, seed);
}

/// Expected: contacts as often as the types stand in the two chains. Single types are compared with
/// that, pairs with what their single types make of it, so that few contacts say little.
void PropensityBaseline::countTypes(const ContactSet& set,
                                    std::span<const std::uint32_t> complexes) {
  std::array<double, kTypes> observedSingles{};
  std::array<double, kTypes> expectedSingles{};
  std::array<std::array<double, kTypes>, kTypes> observed{};
  std::array<std::array<double, kTypes>, kTypes> expected{};
  double contacts = 0;
  for (const auto c : complexes) {
    const auto& complex = set.complexes[c];
    const auto& a = set.sequences[complex.a];
    const auto& b = set.sequences[complex.b];
    std::array<double, kTypes> sharesA{};
    std::array<double, kTypes> sharesB{};
    for (const auto i : complex.observedA) {
      sharesA[typeOf(a[i])] += 1 / static_cast<double>(complex.observedA.size());
    }
    for (const auto j : complex.observedB) {
      sharesB[typeOf(b[j])] += 1 / static_cast<double>(complex.observedB.size());
    }
    const auto count = static_cast<double>(complex.contacts.size());
    contacts += count;
    for (std::size_t s = 0; s < kTypes; ++s) {
      expectedSingles[s] += count * (sharesA[s] + sharesB[s]);
      for (std::size_t t = 0; t < kTypes; ++t) {
        expected[s][t] += count * (sharesA[s] * sharesB[t] + sharesA[t] * sharesB[s]) / 2;
      }
    }
    for (const auto& contact : complex.contacts) {
      const auto s = typeOf(a[contact.a]);
      const auto t = typeOf(b[contact.b]);
      ++observedSingles[s];
      ++observedSingles[t];
      observed[s][t] += 0.5;
      observed[t][s] += 0.5;
    }
  }
  if (contacts == 0) {
    throw Error(ErrorKind::BadInput,
                "no complex to learn residue types from has a contact; import structures of "
                "complexes, or raise --distance");
  }
  for (std::size_t s = 0; s < kTypes; ++s) {
    m_singles[s] = std::log((observedSingles[s] + kPrior) / (expectedSingles[s] + kPrior));
  }
  constexpr double kPairPrior = kPrior / static_cast<double>(kTypes);
  for (std::size_t s = 0; s < kTypes; ++s) {
    for (std::size_t t = 0; t < kTypes; ++t) {
      const double bySingles = expected[s][t] * std::exp(m_singles[s] + m_singles[t]);
      m_pairs[s][t] = m_singles[s] + m_singles[t] +
                      std::log((observed[s][t] + kPairPrior) / (bySingles + kPairPrior));
    }
  }
}

std::vector<PropensityBaseline::Residue> PropensityBaseline::residuesOf(
    const std::string& sequence) const {
  std::vector<Residue> residues(sequence.size());
  const double middle = (static_cast<double>(sequence.size()) - 1) / 2;
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    residues[i].type = typeOf(sequence[i]);
    residues[i].hydrophobicity = meanAround(
        sequence.size(), i, [&](std::size_t k) { return kHydrophobicity[typeOf(sequence[k])]; });
    residues[i].propensity = meanAround(
        sequence.size(), i, [&](std::size_t k) { return m_singles[typeOf(sequence[k])]; });
    residues[i].away = middle > 0 ? std::fabs(static_cast<double>(i) - middle) / middle : 0;
  }
  return residues;
}

PropensityBaseline::Features PropensityBaseline::features(const Residue& a,
                                                          const Residue& b) const {
  return {m_pairs[a.type][b.type], a.hydrophobicity + b.hydrophobicity,
          a.hydrophobicity * b.hydrophobicity / 4, a.propensity + b.propensity, a.away + b.away};
}

void PropensityBaseline::fit(const ContactSet& set, std::span<const std::uint32_t> complexes,
                             std::uint64_t seed) {
  std::vector<std::pair<Features, double>> samples;
  for (const auto c : complexes) {
    const auto& complex = set.complexes[c];
    const auto a = residuesOf(set.sequences[complex.a]);
    const auto b = residuesOf(set.sequences[complex.b]);
    const std::set<ResiduePair> contacts(complex.contacts.begin(), complex.contacts.end());
    if (contacts.size() == complex.cells()) {
      continue;
    }
    for (const auto& contact : contacts) {
      samples.emplace_back(features(a[contact.a], b[contact.b]), 1);
    }
    Random random(derivedSeed(seed, kDraw, c));
    for (std::size_t drawn = 0; drawn < kDrawnPerContact * contacts.size();) {
      const ResiduePair pair{complex.observedA[random.below(complex.observedA.size())],
                             complex.observedB[random.below(complex.observedB.size())]};
      if (!contacts.contains(pair)) {
        samples.emplace_back(features(a[pair.a], b[pair.b]), 0);
        ++drawn;
      }
    }
  }
  constexpr std::size_t kSize = kFeatures + 1;
  for (int step = 0; step < kNewtonSteps; ++step) {
    Matrix<kSize> curvature{};
    Vector<kSize> gradient{};
    for (std::size_t k = 0; k < kSize; ++k) {
      curvature[k][k] = kRidge;
      gradient[k] = -kRidge * m_weights[k];
    }
    for (const auto& [values, label] : samples) {
      Vector<kSize> x{};
      std::copy(values.begin(), values.end(), x.begin());
      x[kFeatures] = 1;
      double sum = 0;
      for (std::size_t k = 0; k < kSize; ++k) {
        sum += m_weights[k] * x[k];
      }
      const double p = 1 / (1 + std::exp(-sum));
      for (std::size_t k = 0; k < kSize; ++k) {
        gradient[k] += (label - p) * x[k];
        for (std::size_t l = 0; l < kSize; ++l) {
          curvature[k][l] += p * (1 - p) * x[k] * x[l];
        }
      }
    }
    const auto change = solved(curvature, gradient);
    for (std::size_t k = 0; k < kSize; ++k) {
      m_weights[k] += change[k];
    }
  }
}

std::vector<float> PropensityBaseline::scores(const ContactSet& set,
                                              const ContactComplex& complex) const {
  const auto a = residuesOf(set.sequences[complex.a]);
  const auto b = residuesOf(set.sequences[complex.b]);
  std::vector<float> found;
  found.reserve(complex.cells());
  for (const auto i : complex.observedA) {
    for (const auto j : complex.observedB) {
      const auto values = features(a[i], b[j]);
      double sum = m_weights[kFeatures];
      for (std::size_t k = 0; k < kFeatures; ++k) {
        sum += m_weights[k] * values[k];
      }
      found.push_back(static_cast<float>(sum));
    }
  }
  return found;
}

}  // namespace twofold::models
