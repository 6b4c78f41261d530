#include "models/allpairs/all_pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <thread>
#include <utility>

#include "core/base/error.h"
#include "models/allpairs/ordered_work.h"
#include "models/layers/cpu_features.h"

namespace twofold::models {

namespace {

constexpr std::size_t kBlockRows = 64;  // with a strip of columns, they fit the second-level cache
constexpr auto kRows = static_cast<std::size_t>(kTileRows);
constexpr auto kColumns = static_cast<std::size_t>(kTileColumns);

void checkProteins(std::span<const std::uint32_t> proteins, const FactorisedTable& table) {
  for (const std::uint32_t protein : proteins) {
    if (protein >= table.proteins()) {
      throw Error(ErrorKind::Internal,
                  fmt::format("protein {} is not among the {} of the factorised table", protein,
                              table.proteins()));
    }
  }
}

std::vector<std::uint32_t> ascending(std::span<const std::uint32_t> numbers,
                                     const FactorisedTable& table) {
  checkProteins(numbers, table);
  std::vector<std::uint32_t> proteins(numbers.begin(), numbers.end());
  std::sort(proteins.begin(), proteins.end());
  proteins.erase(std::unique(proteins.begin(), proteins.end()), proteins.end());
  return proteins;
}

}  // namespace

std::vector<std::uint32_t> allProteins(const FactorisedTable& table) {
  std::vector<std::uint32_t> proteins(table.proteins());
  std::iota(proteins.begin(), proteins.end(), 0);
  return proteins;
}

/// Rows that share one pass over the columns, filled up to whole tiles with copies of the last.
struct AllPairs::RowBlock {
  RowBlock(const PairPacking& packing, std::span<const std::uint32_t> rows,
           const AllPairsOptions& options)
      : proteins(rows),
        stride(packing.rowStride()),
        best(rows.size(), BestPartners(options.top, options.smallestLogit)) {
    const std::size_t filled = (rows.size() + kRows - 1) / kRows * kRows;
    numbers.resize(filled * stride);
    for (std::size_t i = 0; i < filled; ++i) {
      packing.packRow(rows[std::min(i, rows.size() - 1)], numbers.data() + i * stride);
    }
  }

  std::span<const std::uint32_t> proteins;
  std::size_t stride;
  std::vector<BestPartners> best;  // one a row
  std::vector<float> numbers;      // [rows, stride]
};

AllPairs::AllPairs(const FactorisedTable& table, std::span<const std::uint32_t> columns,
                   Precision precision, Kernel kernel)
    : m_packing(table, precision),
      m_columns(ascending(columns, table)),
      m_packed(m_packing.packColumns(m_columns)),
      m_kernel(kernel == Kernel::Fastest && isFast() ? scoreTileAvx512 : scoreTilePortable) {}

bool AllPairs::isFast() {
  return isPairAvx512Built() && cpuHasAvx512();
}

void AllPairs::score(std::span<const std::uint32_t> rows, const AllPairsOptions& options,
                     const PartnerSink& sink, const ProgressSink& progress,
                     const std::stop_token& stop) const {
  checkProteins(rows, m_packing.table());
  const auto blockAt = [&](std::int64_t index) {
    const auto rest = rows.subspan(static_cast<std::size_t>(index) * kBlockRows);
    return rest.first(std::min(kBlockRows, rest.size()));
  };
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const int threads = options.threads > 0 ? options.threads : cores;
  const auto blocks = static_cast<std::int64_t>((rows.size() + kBlockRows - 1) / kBlockRows);
  const auto columns = static_cast<std::int64_t>(m_columns.size());
  const std::int64_t total = static_cast<std::int64_t>(rows.size()) * columns;
  std::int64_t done = 0;
  OrderedWork<RowPartners> work(blocks, 4 * threads,
                                [&](std::int64_t block, const std::stop_token& halt) {
                                  return scoreRows(blockAt(block), options, halt);
                                });
  work.run(threads, [&](std::int64_t index, RowPartners&& partners) {
    throwIfStopped(stop);
    const auto block = blockAt(index);
    for (std::size_t i = 0; i < block.size(); ++i) {
      sink(block[i], partners[i]);
    }
    done += static_cast<std::int64_t>(block.size()) * columns;
    if (progress) {
      progress({"Scoring all pairs", done, total, "pairs"});
    }
  });
}

AllPairs::RowPartners AllPairs::scoreRows(std::span<const std::uint32_t> rows,
                                          const AllPairsOptions& options,
                                          const std::stop_token& stop) const {
  RowBlock block(m_packing, rows, options);
  const std::uint32_t first = *std::min_element(rows.begin(), rows.end());
  for (std::size_t strip = 0; strip * kColumns < m_columns.size(); ++strip) {
    throwIfStopped(stop);
    const std::size_t last = std::min((strip + 1) * kColumns, m_columns.size()) - 1;
    if (!options.eachPairOnce || m_columns[last] > first) {
      scoreStrip(strip, options, block);
    }
  }
  RowPartners partners;
  for (BestPartners& best : block.best) {
    partners.push_back(std::move(best).taken());
  }
  return partners;
}

void AllPairs::scoreStrip(std::size_t strip, const AllPairsOptions& options,
                          RowBlock& block) const {
  alignas(64) std::array<float, kRows * kColumns> logits;
  std::array<float, kRows> thresholds;
  std::array<std::uint64_t, kRows> reached;
  PairTile tile;
  m_packing.show(m_packed.strip(strip), tile);
  tile.stride = static_cast<std::int64_t>(block.stride);
  tile.logits = logits.data();
  tile.thresholds = thresholds.data();
  tile.isAtLeast = reached.data();
  for (std::size_t row = 0; row < block.proteins.size(); row += kRows) {
    for (std::size_t r = 0; r < kRows; ++r) {
      thresholds[r] = block.best[std::min(row + r, block.best.size() - 1)].threshold();
    }
    tile.rows = block.numbers.data() + row * block.stride;
    m_kernel(m_packing.units(), tile);
    take(tile, strip, row, options, block);
  }
}

void AllPairs::take(const PairTile& tile, std::size_t strip, std::size_t firstRow,
                    const AllPairsOptions& options, RowBlock& block) const {
  const std::size_t columns = std::min(kColumns, m_columns.size() - strip * kColumns);
  const std::uint64_t isThere = ~std::uint64_t{0} >> (kColumns - columns);
  const std::size_t rows = std::min(kRows, block.proteins.size() - firstRow);
  for (std::size_t r = 0; r < rows; ++r) {
    const std::uint32_t own = block.proteins[firstRow + r];
    BestPartners& best = block.best[firstRow + r];
    for (std::uint64_t left = tile.isAtLeast[r] & isThere; left != 0; left &= left - 1) {
      const auto column = static_cast<std::size_t>(std::countr_zero(left));
      const Partner partner{m_columns[strip * kColumns + column],
                            tile.logits[r * kColumns + column]};
      const bool isWanted = options.eachPairOnce ? partner.protein > own : partner.protein != own;
      if (isWanted && partner.logit >= best.threshold()) {
        best.add(partner);
      }
    }
  }
}

}  // namespace twofold::models
