#include "core/bio/alignment.h"

#include <algorithm>
#include <array>

#include "core/base/progress.h"
#include "core/bio/blosum62.h"

namespace twofold::bio {

namespace {

constexpr std::int32_t kFirstGap = 12;  // the first residue of a gap
constexpr std::int32_t kNextGap = 1;
constexpr std::int32_t kImpossible = -(1 << 29);
constexpr std::size_t kTableBytes = std::size_t{32} << 20;

/// Where a cell's best score came from, and whether gaps that end in it go on from one before.
enum Step : std::uint8_t { Pair = 0, Up = 1, Left = 2, From = 3, UpGoesOn = 4, LeftGoesOn = 8 };

/// The state between two rows: all that the next row needs.
struct RowState {
  std::vector<std::int32_t> best;  // [columns + 1], of alignments that end in the cell
  std::vector<std::int32_t> up;    // of those that end in a gap in b

  explicit RowState(std::size_t columns) : best(columns + 1), up(columns + 1, kImpossible) {}
};

struct Cell {
  std::size_t row = 0;  // residues of a before the cell's end
  std::size_t column = 0;
};

/// Gotoh's tables for a (rows) and b (columns), with the steps of one block of rows at a time.
class Tables {
 public:
  Tables(std::string_view a, std::string_view b)
      : m_a(a),
        m_columns(b.size()),
        m_blockRows(std::clamp<std::size_t>(kTableBytes / b.size(), 1, a.size())),
        m_steps(m_blockRows * b.size()),
        m_rest(b.size() + 1),
        m_state(b.size()) {
    for (std::size_t letter = 0; letter < m_profile.size(); ++letter) {
      for (const char residue : b) {
        m_profile[letter].push_back(kBlosum62[letter][blosumIndex(residue)]);
      }
    }
  }

  /// Fills all rows and finds the end of the best alignment.
  void fill(const std::stop_token& stop) {
    m_end = {0, m_columns};
    for (std::size_t block = 0; block * m_blockRows < m_a.size(); ++block) {
      m_starts.push_back(m_state);
      fillBlock(block, stop);
    }
    for (std::size_t column = 0; column <= m_columns; ++column) {
      takeEnd({m_a.size(), column}, m_state.best[column]);
    }
  }

  /// Follows the steps back from the end.
  [[nodiscard]] Alignment traced(const std::stop_token& stop) {
    Alignment alignment{m_score, {}};
    Cell cell = m_end;
    Step state = Pair;
    while (cell.row > 0 && cell.column > 0) {
      const std::uint8_t step = stepOf(cell, stop);
      if (state == Pair) {
        state = static_cast<Step>(step & From);
      }
      if (state == Pair) {
        --cell.row;
        --cell.column;
        alignment.pairs.emplace_back(cell.row, cell.column);
      } else if (state == Up) {
        --cell.row;
        state = (step & UpGoesOn) != 0 ? Up : Pair;
      } else {
        --cell.column;
        state = (step & LeftGoesOn) != 0 ? Left : Pair;
      }
    }
    std::reverse(alignment.pairs.begin(), alignment.pairs.end());
    return alignment;
  }

 private:
  void fillBlock(std::size_t block, const std::stop_token& stop) {
    const std::size_t first = block * m_blockRows;
    const std::size_t end = std::min(first + m_blockRows, m_a.size());
    for (std::size_t row = first; row < end; ++row) {
      if ((row - first) % 256 == 0) {
        throwIfStopped(stop);
      }
      fillRow(m_profile[blosumIndex(m_a[row])].data(), m_steps.data() + (row - first) * m_columns);
      takeEnd({row + 1, m_columns}, m_state.best[m_columns]);
    }
    m_block = block;
  }

  /// Two passes, so that the first has no order and becomes vector instructions; the second carries
  /// the gap in a along the row. A gap is not opened straight after another: going on costs less.
  void fillRow(const std::int8_t* profile, std::uint8_t* steps) {
    std::int32_t* best = m_state.best.data();
    std::int32_t* up = m_state.up.data();
    std::int32_t* rest = m_rest.data();
    for (std::size_t j = 0; j < m_columns; ++j) {
      const std::int32_t opened = best[j + 1] - kFirstGap;
      const std::int32_t gone = up[j + 1] - kNextGap;
      const std::int32_t gap = std::max(opened, gone);
      const std::int32_t pair = best[j] + profile[j];
      up[j + 1] = gap;
      rest[j] = std::max(pair, gap);
      steps[j] =
          static_cast<std::uint8_t>((gap > pair ? Up : Pair) | (gone > opened ? UpGoesOn : 0));
    }
    std::int32_t left = kImpossible;  // best of alignments that end in a gap in a
    std::uint8_t goesOn = 0;
    for (std::size_t j = 0; j < m_columns; ++j) {
      const std::int32_t value = rest[j];
      const bool isLeft = left > value;
      steps[j] =
          static_cast<std::uint8_t>((isLeft ? Left | (steps[j] & UpGoesOn) : steps[j]) | goesOn);
      best[j + 1] = isLeft ? left : value;
      const std::int32_t opened = value - kFirstGap;
      const std::int32_t gone = left - kNextGap;
      left = std::max(opened, gone);
      goesOn = gone > opened ? LeftGoesOn : 0;
    }
  }

  void takeEnd(const Cell& cell, std::int32_t score) {
    if (score > m_score) {
      m_score = score;
      m_end = cell;
    }
  }

  std::uint8_t stepOf(const Cell& cell, const std::stop_token& stop) {
    const std::size_t block = (cell.row - 1) / m_blockRows;
    if (block != m_block) {
      m_state = m_starts[block];
      fillBlock(block, stop);
    }
    return m_steps[(cell.row - 1 - block * m_blockRows) * m_columns + cell.column - 1];
  }

  std::string_view m_a;
  std::size_t m_columns;
  std::size_t m_blockRows;
  std::array<std::vector<std::int8_t>, kBlosum62.size()> m_profile;
  std::vector<std::uint8_t> m_steps;
  std::vector<std::int32_t> m_rest;
  RowState m_state;
  std::vector<RowState> m_starts;  // of each block
  std::size_t m_block = 0;         // whose steps are there
  std::int32_t m_score = 0;
  Cell m_end;
};

}  // namespace

Alignment alignSequences(std::string_view a, std::string_view b, const std::stop_token& stop) {
  if (a.empty() || b.empty()) {
    return {};
  }
  // One order of any two sequences, so that equally good alignments are chosen alike.
  const bool isTurned = a.size() != b.size() ? a.size() < b.size() : a < b;
  Tables tables(isTurned ? b : a, isTurned ? a : b);
  tables.fill(stop);
  auto alignment = tables.traced(stop);
  if (isTurned) {
    for (auto& [first, second] : alignment.pairs) {
      std::swap(first, second);
    }
  }
  return alignment;
}

Alignment withoutLooseEnds(Alignment alignment, std::string_view a, std::string_view b) {
  auto& pairs = alignment.pairs;
  const auto gapBefore = [&](std::size_t i) {
    const std::int64_t skipped = std::int64_t{pairs[i].first} - pairs[i - 1].first +
                                 pairs[i].second - pairs[i - 1].second - 2;
    return skipped == 0 ? 0 : kFirstGap + kNextGap * (skipped - 1);
  };
  std::int64_t sum = 0;
  std::int64_t best = 0;
  std::size_t start = 0;
  std::size_t first = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    sum -= i == 0 ? 0 : gapBefore(i);
    if (sum <= 0) {
      sum = 0;
      start = i;
    }
    sum += kBlosum62[blosumIndex(a[pairs[i].first])][blosumIndex(b[pairs[i].second])];
    if (sum > best) {
      best = sum;
      first = start;
      end = i + 1;
    }
  }
  pairs.erase(pairs.begin() + static_cast<std::ptrdiff_t>(end), pairs.end());
  pairs.erase(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(first));
  return alignment;
}

SequenceIdentity identityIn(const Alignment& alignment, std::string_view a, std::string_view b) {
  SequenceIdentity result;
  const auto& pairs = alignment.pairs;
  if (pairs.empty()) {
    return result;
  }
  for (const auto& [i, j] : pairs) {
    result.identical += a[i] == b[j] && a[i] != 'X' ? 1 : 0;
  }
  const auto aligned = static_cast<std::int64_t>(pairs.size());
  result.aligned = aligned;
  const std::int64_t spanA = std::int64_t{pairs.back().first} - pairs.front().first + 1;
  const std::int64_t spanB = std::int64_t{pairs.back().second} - pairs.front().second + 1;
  result.columns = spanA + spanB - aligned;
  result.identity = static_cast<double>(result.identical) / static_cast<double>(result.columns);
  result.coverageA = static_cast<double>(aligned) / static_cast<double>(a.size());
  result.coverageB = static_cast<double>(aligned) / static_cast<double>(b.size());
  return result;
}

std::vector<std::optional<std::uint32_t>> positionsIn(const Alignment& alignment,
                                                      std::size_t lengthOfA) {
  std::vector<std::optional<std::uint32_t>> positions(lengthOfA);
  for (const auto& [i, j] : alignment.pairs) {
    positions.at(i) = j;
  }
  return positions;
}

}  // namespace twofold::bio
