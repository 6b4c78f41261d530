#include "core/data/splitters.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/data/splitters/rules.h"
#include "core/data/splitters/shares.h"

namespace twofold::data {

namespace {

Registry<Splitter> allSplitters() {
  Registry<Splitter> registry("split rule");
  for (auto& rule : {randomRule(), bothSeenRule(), oneSeenRule(), noneSeenRule(), clustersRule(),
                     partitionRule(), speciesRule(), timeRule(), foldsRule()}) {
    registry.add(rule.descriptor, rule.splitter);
  }
  return registry;
}

/// What the split's hash covers beside rule, seed and parts.
SplitOptions recordedOptions(const Descriptor& rule, const SplitRequest& request) {
  SplitOptions recorded;
  for (const auto& spec : rule.options) {
    const auto given = request.options.find(spec.id);
    recorded[spec.id] = toText(given == request.options.end() ? spec.defaultValue
                                                              : checkedOption(spec, given->second));
  }
  recorded["ratio"] = fmt::format("{},{},{}", request.ratio[0], request.ratio[1], request.ratio[2]);
  return recorded;
}

void requireAllCounted(const Cut& cut, std::size_t pairs) {
  std::int64_t dropped = 0;
  for (const auto& [reason, count] : cut.dropped) {
    dropped += count;
  }
  const auto& parts = cut.split.parts;
  if (parts.size() != pairs || std::count(parts.begin(), parts.end(), Part::None) != dropped) {
    throw Error(ErrorKind::Internal, "a split rule lost count of its pairs");
  }
}

}  // namespace

const Registry<Splitter>& splitters() {
  static const Registry<Splitter> registry = allSplitters();
  return registry;
}

std::vector<ProteinKey> proteinsOf(std::span<const Pair> pairs) {
  std::vector<ProteinKey> proteins;
  for (const Pair& pair : pairs) {
    proteins.push_back(pair.a);
    proteins.push_back(pair.b);
  }
  std::sort(proteins.begin(), proteins.end());
  proteins.erase(std::unique(proteins.begin(), proteins.end()), proteins.end());
  return proteins;
}

std::vector<Cut> cutPairs(const std::string& rule, const SplitRequest& request) {
  const auto& [descriptor, splitter] = splitters().find(rule);
  const Options options(fmt::format("split rule {}", rule), descriptor.options, request.options);
  const auto shares = sharesOf(request.ratio);
  auto cuts = splitter.cut(request, options);
  options.requireAllRead();
  const auto recorded = recordedOptions(descriptor, request);
  for (auto& cut : cuts) {
    requireAllCounted(cut, request.pairs.size());
    cut.split.rule = rule;
    cut.split.seed = request.seed;
    cut.split.options.insert(recorded.begin(), recorded.end());
    const auto note = ratioNote(shares, countsOf(cut.split));
    if (cut.byRatio && note) {
      cut.notes.push_back(*note);
    }
  }
  return cuts;
}

}  // namespace twofold::data
