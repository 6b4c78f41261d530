#include "ui/itemmodels/pair_table.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace twofold::ui {

namespace {

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool contains(const std::string& text, const std::string& lowered) {
  return std::search(text.begin(), text.end(), lowered.begin(), lowered.end(),
                     [](char a, char b) { return lower(a) == b; }) != text.end();
}

template <class Matches>
std::vector<std::uint8_t> marked(const PairProteins& proteins, Matches matches) {
  std::vector<std::uint8_t> marks(proteins.ids.size());
  for (std::size_t i = 0; i < marks.size(); ++i) {
    marks[i] = static_cast<std::uint8_t>(matches(proteins.ids[i]) || matches(proteins.names[i]));
  }
  return marks;
}

std::vector<std::uint8_t> matchingProteins(const PairProteins& proteins, const PairFilter& filter) {
  if (filter.text.empty()) {
    return std::vector<std::uint8_t>(proteins.ids.size(), 1);
  }
  if (filter.isExpression) {
    const QRegularExpression expression(QString::fromStdString(filter.text),
                                        QRegularExpression::CaseInsensitiveOption);
    return marked(proteins, [&](const std::string& text) {
      return expression.match(QString::fromStdString(text)).hasMatch();
    });
  }
  std::string lowered = filter.text;
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
  return marked(proteins, [&](const std::string& text) { return contains(text, lowered); });
}

/// Keys once, then a sort of 64-bit words: key in the upper half, row in the lower.
template <class Key>
void sortByKey(std::vector<std::uint32_t>& rows, bool ascending, Key key) {
  std::vector<std::uint64_t> words(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t value = key(rows[i]);
    words[i] = std::uint64_t{ascending ? value : ~value} << 32 | rows[i];
  }
  std::sort(words.begin(), words.end());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = static_cast<std::uint32_t>(words[i]);
  }
}

}  // namespace

void rankIds(PairProteins& proteins) {
  std::vector<std::int32_t> order(proteins.ids.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::int32_t x, std::int32_t y) {
    return proteins.ids[static_cast<std::size_t>(x)] < proteins.ids[static_cast<std::size_t>(y)];
  });
  proteins.idRank.resize(order.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    proteins.idRank[static_cast<std::size_t>(order[rank])] = static_cast<std::int32_t>(rank);
  }
}

std::vector<std::uint32_t> filterPairs(const PairTable& table, const PairFilter& filter) {
  const auto matches = matchingProteins(table.proteins, filter);
  const auto& structures = table.proteins.hasStructure;
  std::vector<std::uint32_t> rows;
  rows.reserve(table.size());
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto a = static_cast<std::size_t>(table.a[row]);
    const auto b = static_cast<std::size_t>(table.b[row]);
    const bool passes =
        (matches[a] | matches[b]) != 0 &&
        (filter.label == data::Label::Unknown || table.label[row] == filter.label) &&
        (!filter.withStructure || (structures[a] & structures[b]) != 0);
    if (passes) {
      rows.push_back(static_cast<std::uint32_t>(row));
    }
  }
  return rows;
}

void sortPairs(const PairTable& table, PairColumn column, bool ascending,
               std::vector<std::uint32_t>& rows) {
  const auto rank = [&](std::int32_t protein) {
    return static_cast<std::uint32_t>(table.proteins.idRank[static_cast<std::size_t>(protein)]);
  };
  switch (column) {
    case PairColumn::ProteinA:
      return sortByKey(rows, ascending, [&](std::uint32_t row) { return rank(table.a[row]); });
    case PairColumn::ProteinB:
      return sortByKey(rows, ascending, [&](std::uint32_t row) { return rank(table.b[row]); });
    case PairColumn::Label:
      return sortByKey(rows, ascending, [&](std::uint32_t row) {
        return static_cast<std::uint32_t>(static_cast<int>(table.label[row]) + 1);
      });
    case PairColumn::Part:
      return sortByKey(rows, ascending, [&](std::uint32_t row) {
        return static_cast<std::uint32_t>(static_cast<int>(table.part[row]) + 1);
      });
    case PairColumn::Probability:
      break;
  }
  constexpr std::uint32_t kScale = 1U << 31;
  sortByKey(rows, ascending, [&](std::uint32_t row) {
    const float value = table.probability[row];
    if (std::isnan(value)) {
      return ascending ? std::numeric_limits<std::uint32_t>::max() : 0U;
    }
    return 1 + static_cast<std::uint32_t>(static_cast<double>(value) * (kScale - 2));
  });
}

}  // namespace twofold::ui
