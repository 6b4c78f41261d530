#include "models/channels/term_projection.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "core/base/progress.h"
#include "core/base/random.h"

namespace twofold::models {

namespace {

constexpr std::int64_t kSpare = 8;  // columns beyond those asked for, for accuracy
constexpr int kRounds = 6;
constexpr std::uint64_t kSeed = 11;

/// Each term's weight in a bag of length 1.
std::vector<float> weightsOf(const TermVocabulary& vocabulary, const TermBag& bag) {
  std::vector<float> weights;
  double squares = 0;
  for (const auto term : bag) {
    weights.push_back(vocabulary.content(term));
    squares += double{weights.back()} * weights.back();
  }
  const auto scale = static_cast<float>(squares > 0 ? 1 / std::sqrt(squares) : 0);
  for (float& weight : weights) {
    weight *= scale;
  }
  return weights;
}

/// [proteins, terms].
at::Tensor rowsOf(const TermVocabulary& vocabulary, std::span<const TermBag> proteins) {
  const auto terms = static_cast<std::int64_t>(vocabulary.size());
  at::Tensor rows = at::zeros({static_cast<std::int64_t>(proteins.size()), terms}, at::kFloat);
  auto* row = rows.mutable_data_ptr<float>();
  for (const TermBag& bag : proteins) {
    const auto weights = weightsOf(vocabulary, bag);
    for (std::size_t i = 0; i < bag.size(); ++i) {
      row[bag[i]] = weights[i];
    }
    row += terms;
  }
  return rows;
}

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
  const at::Tensor rows = rowsOf(vocabulary, proteins);
  at::Tensor directions = normalNumbers(terms, columns);
  for (int round = 0; round < kRounds; ++round) {
    throwIfStopped(stop);
    directions = std::get<0>(at::linalg_qr(rows.t().mm(rows.mm(directions))));
  }
  // Rotates the basis so that its columns are singular vectors, the strongest first.
  const auto [values, turn] = at::linalg_eigh(directions.t().mm(rows.t().mm(rows.mm(directions))));
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
