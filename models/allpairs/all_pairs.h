// Scores every protein against every other under the factorised head, tens of millions of pairs a
// second, and keeps the best partners of each. Torch-free.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/progress.h"
#include "models/allpairs/best_partners.h"
#include "models/allpairs/pair_packing.h"

namespace twofold::models {

struct AllPairsOptions {
  std::size_t top = 100;  // partners kept of a protein; 0: all
  float smallestLogit = -std::numeric_limits<float>::infinity();  // of partners that are kept
  bool eachPairOnce = false;  // only partners whose number is greater than the protein's own
  int threads = 0;            // 0: one a core
};

/// A protein and its partners, best first, equal ones by number. Called on the calling thread in
/// the order of the rows; the partners are gone after it.
using PartnerSink = std::function<void(std::uint32_t protein, std::span<const Partner> partners)>;

/// Rows or columns that leave no protein out.
[[nodiscard]] std::vector<std::uint32_t> allProteins(const FactorisedTable& table);

/// All pairs, bait against prey, or the rows left over from an earlier call: rows are independent
/// of each other. A pair's logit has the same bits from either side, for any number of threads and
/// in any company; with Precision::Bf16 the hidden layer's halves are rounded to bfloat16, and sums
/// are float32. A protein is never its own partner.
class AllPairs {
 public:
  enum class Kernel { Fastest, Portable };

  /// `columns` are the possible partners, by their row in `table`, which must outlive this. Throws
  /// Error(BadInput) for numbers that are not finite or of wrong sizes, Error(Internal) for a
  /// protein that is not in the table.
  AllPairs(const FactorisedTable& table, std::span<const std::uint32_t> columns,
           Precision precision, Kernel kernel = Kernel::Fastest);

  /// Throws StopRequested within milliseconds of a stop, what the sink throws, and Error(Internal)
  /// for a protein that is not in the table.
  void score(std::span<const std::uint32_t> rows, const AllPairsOptions& options,
             const PartnerSink& sink, const ProgressSink& progress = {},
             const std::stop_token& stop = {}) const;

  /// Whether this machine's processor has the instructions of the fast kernel.
  [[nodiscard]] static bool isFast();

 private:
  using RowPartners = std::vector<std::vector<Partner>>;
  struct RowBlock;

  [[nodiscard]] RowPartners scoreRows(std::span<const std::uint32_t> rows,
                                      const AllPairsOptions& options,
                                      const std::stop_token& stop) const;
  void scoreStrip(std::size_t strip, const AllPairsOptions& options, RowBlock& block) const;
  void take(const PairTile& tile, std::size_t strip, std::size_t firstRow,
            const AllPairsOptions& options, RowBlock& block) const;

  PairPacking m_packing;
  std::vector<std::uint32_t> m_columns;  // ascending
  PackedColumns m_packed;
  PairKernel m_kernel;
};

}  // namespace twofold::models
