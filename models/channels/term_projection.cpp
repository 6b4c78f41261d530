#include "models/channels/term_projection.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/progress.h"
#include "core/base/random.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kSpare = 8;  // columns beyond those asked for, for accuracy
constexpr int kRounds = 6;
constexpr std::uint64_t kSeed = 11;

/// Each term's weight; each group of a bag has length 1, so that the many terms of GO's processes
/// do not drown the few places.
std::vector<float> weightsOf(const TermVocabulary& vocabulary, const TermBag& bag) {
  std::array<double, kTermGroups> squares{};
  for (const auto term : bag) {
    const double content = double{vocabulary.content(term)};
    squares[vocabulary.group(term)] += content * content;
  }
  std::vector<float> weights;
  for (const auto term : bag) {
    const double all = squares[vocabulary.group(term)];
    weights.push_back(
        static_cast<float>(all > 0 ? double{vocabulary.content(term)} / std::sqrt(all) : 0));
  }
  return weights;
}

/// The proteins' weighted terms as a matrix, [proteins, terms], that is never written out: nearly
/// all of it is zero.
class TermRows {
 public:
  TermRows(const TermVocabulary& vocabulary, std::span<const TermBag> bags)
      : m_terms(static_cast<std::int64_t>(vocabulary.size())), m_bags(bags) {
    for (const TermBag& bag : bags) {
      m_weights.push_back(weightsOf(vocabulary, bag));
    }
  }

  /// Transposed, times itself, times `directions` [terms, columns].
  [[nodiscard]] at::Tensor squareTimes(const at::Tensor& directions) const {
    const std::int64_t columns = directions.size(1);
    const at::Tensor from = directions.contiguous();
    at::Tensor result = at::zeros({m_terms, columns}, at::kFloat);
    const auto* in = from.const_data_ptr<float>();
    auto* out = result.mutable_data_ptr<float>();
    std::vector<float> row(static_cast<std::size_t>(columns));
    for (std::size_t i = 0; i < m_bags.size(); ++i) {
      std::fill(row.begin(), row.end(), 0.0F);
      forEachTerm(i, [&](std::int64_t term, float weight) {
        for (std::int64_t c = 0; c < columns; ++c) {
          row[static_cast<std::size_t>(c)] += weight * in[term * columns + c];
        }
      });
      forEachTerm(i, [&](std::int64_t term, float weight) {
        for (std::int64_t c = 0; c < columns; ++c) {
          out[term * columns + c] += weight * row[static_cast<std::size_t>(c)];
        }
      });
    }
    return result;
  }

 private:
  template <class Visit>
  void forEachTerm(std::size_t protein, const Visit& visit) const {
    for (std::size_t t = 0; t < m_bags[protein].size(); ++t) {
      visit(std::int64_t{m_bags[protein][t]}, m_weights[protein][t]);
    }
  }

  std::int64_t m_terms;
  std::span<const TermBag> m_bags;
  std::vector<std::vector<float>> m_weights;
};

at::Tensor normalNumbers(std::int64_t rows, std::int64_t columns) {
  at::Tensor numbers = at::empty({rows, columns}, at::kFloat);
  Random random(kSeed);
  auto* values = numbers.mutable_data_ptr<float>();
  for (std::int64_t i = 0; i < numbers.numel(); ++i) {
    values[i] = static_cast<float>(random.normals().first);
  }
  return numbers;
}

}  // namespace

std::vector<float> principalTerms(const TermVocabulary& vocabulary,
                                  std::span<const TermBag> proteins, std::int64_t size,
                                  const std::stop_token& stop) {
  const auto terms = static_cast<std::int64_t>(vocabulary.size());
  const std::int64_t columns =
      std::min({size + kSpare, terms,
                std::max<std::int64_t>(1, static_cast<std::int64_t>(proteins.size()))});
  std::vector<float> basis(static_cast<std::size_t>(terms * size), 0);
  if (terms == 0) {
    return basis;
  }
  const TermRows rows(vocabulary, proteins);
  at::Tensor directions = normalNumbers(terms, columns);
  for (int round = 0; round < kRounds; ++round) {
    throwIfStopped(stop);
    directions = std::get<0>(at::linalg_qr(rows.squareTimes(directions)));
  }
  // Rotates the basis so that its columns are singular vectors, the strongest first.
  const auto [values, turn] = at::linalg_eigh(directions.t().mm(rows.squareTimes(directions)));
  const at::Tensor sorted = directions.mm(turn.flip(1)).contiguous();
  const std::int64_t kept = std::min(columns, size);
  const auto* from = sorted.const_data_ptr<float>();
  for (std::int64_t term = 0; term < terms; ++term) {
    std::copy_n(from + term * columns, kept, basis.begin() + term * size);
  }
  return basis;
}

std::vector<float> projected(const TermVocabulary& vocabulary, const TermBag& bag,
                             std::span<const float> basis, std::int64_t size) {
  std::vector<float> place(static_cast<std::size_t>(size), 0);
  const auto weights = weightsOf(vocabulary, bag);
  for (std::size_t i = 0; i < bag.size(); ++i) {
    const float* row = basis.data() + static_cast<std::int64_t>(bag[i]) * size;
    for (std::int64_t d = 0; d < size; ++d) {
      place[static_cast<std::size_t>(d)] += weights[i] * row[d];
    }
  }
  return place;
}

}  // namespace twofold::models
