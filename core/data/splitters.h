// Rules that cut a pair set. Each has a descriptor, says what it must know of proteins, and has a
// file in splitters/ and one line in splitters().
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/options.h"
#include "core/base/progress.h"
#include "core/base/registry.h"
#include "core/data/pair_set.h"
#include "core/data/split.h"

namespace twofold::data {

/// A protein as rules see it; what no rule asked for may be empty.
struct SplitProtein {
  ProteinKey key = 0;
  std::string sequence;
  std::string organism;  // empty: unknown
  std::string created;   // of its UniProt entry, "1986-07-21"; empty: unknown
};

struct SplitRequest {
  std::span<const Pair> pairs;
  std::span<const SplitProtein> proteins;   // those of the pairs, ascending by key
  std::array<double, 3> ratio = {8, 1, 1};  // train, validation, test; any scale
  std::uint64_t seed = 1;
  OptionValues options;  // of the rule's descriptor
  ProgressSink progress;
  std::stop_token stop;
};

/// Which part a pair of these two proteins would be of.
using PartOfPair = std::function<Part(ProteinKey, ProteinKey)>;

struct Cut {
  Split split;
  std::map<std::string, std::int64_t> dropped;  // pairs of no part, by reason
  std::vector<std::string> notes;               // sentences for the user
  PartOfPair where;     // empty where a pair's part is no matter of its two proteins
  bool byRatio = true;  // false where something else decides how large the parts are
  std::string suffix;   // of the name: "-1" of several splits
};

struct SplitNeeds {
  bool sequences = false;
  bool organisms = false;
  bool dates = false;
};

struct Splitter {
  SplitNeeds needs;
  /// One split, or several of one go. Throws Error(Usage) and StopRequested.
  std::function<std::vector<Cut>(const SplitRequest&, const Options&)> cut;
};

/// Every rule, in the order they are offered. Under all of them swapped and repeated pairs fall
/// into the same part, and one seed gives one split.
[[nodiscard]] const Registry<Splitter>& splitters();

/// Cuts by the rule of that id. Every pair that is in no part is counted with its reason, and a
/// note gives the numbers where the ratio could not be kept. Throws Error(Usage), naming the
/// nearest, for an unknown rule or option, and StopRequested.
[[nodiscard]] std::vector<Cut> cutPairs(const std::string& rule, const SplitRequest& request);

/// The proteins of pairs, each once, ascending.
[[nodiscard]] std::vector<ProteinKey> proteinsOf(std::span<const Pair> pairs);

}  // namespace twofold::data
