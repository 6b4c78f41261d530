#include "ui/panels/pairs/pair_table_source.h"

#include <limits>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/runs/run_spec.h"
#include "core/store/pair_repository.h"
#include "core/store/project.h"
#include "core/store/protein_repository.h"
#include "core/store/run_repository.h"

namespace twofold::ui {

namespace {

using Ordinals = std::unordered_map<data::ProteinKey, std::int32_t>;

/// Only the proteins that occur, in the order of their keys.
Ordinals addProteins(store::Database& database, const data::Pairs& pairs, PairTable& table) {
  Ordinals ordinals;
  for (const auto& pair : pairs) {
    ordinals[pair.a] = 0;
    ordinals[pair.b] = 0;
  }
  auto& proteins = table.proteins;
  for (auto& summary : store::ProteinRepository(database).summaries()) {
    const auto found = ordinals.find(summary.key);
    if (found == ordinals.end()) {
      continue;
    }
    found->second = static_cast<std::int32_t>(proteins.ids.size());
    proteins.keys.push_back(summary.key);
    proteins.ids.push_back(std::move(summary.id));
    proteins.names.push_back(std::move(summary.name));
    proteins.hasStructure.push_back(static_cast<std::uint8_t>(summary.hasStructure));
  }
  rankIds(proteins);
  return ordinals;
}

void addPairs(const data::Pairs& pairs, const Ordinals& ordinals, PairTable& table) {
  for (const auto& pair : pairs) {
    table.a.push_back(ordinals.at(pair.a));
    table.b.push_back(ordinals.at(pair.b));
    table.label.push_back(pair.label);
  }
  table.part.assign(pairs.size(), data::Part::None);
  table.probability.assign(pairs.size(), std::numeric_limits<float>::quiet_NaN());
}

/// The part of each pair: of the run's split, else of the set's newest split.
void addParts(store::PairRepository& repository, const std::string& split, PairTable& table) {
  std::int64_t key = 0;
  for (const auto& info : repository.splits()) {
    if (info.pairSet == table.pairSet && (split.empty() || info.name == split)) {
      key = info.key;
    }
  }
  if (key != 0) {
    auto parts = repository.split(key).parts;
    if (parts.size() == table.size()) {
      table.part = std::move(parts);
    }
  }
}

/// The name of the run's split; empty when the run is on other pairs. A run that is gone or
/// damaged has no probabilities, which is no reason to hide the pairs: `problem` says it.
std::string addProbabilities(store::Database& database, const std::string& run, PairTable& table) {
  try {
    store::RunRepository repository(database);
    const auto spec =
        runs::runSpecFromJson(formats::parseJson(repository.run(run).specJson, run), run);
    if (spec.pairSet != table.pairSet) {
      return {};
    }
    for (const auto part : data::kParts) {
      for (const auto& [pair, probability] : repository.predictions(run, part)) {
        if (pair < table.size()) {
          table.probability[pair] = probability;
        }
      }
    }
    return spec.split;
  } catch (const Error& error) {
    table.problem = error.what();
    return {};
  }
}

}  // namespace

PairTable loadPairTable(const PairTableRequest& request, const std::stop_token& stop) {
  auto project = store::Project::open(request.project);
  store::PairRepository repository(project.database());
  PairTable table;
  table.pairSet = request.pairSet;
  const auto pairs = repository.pairs(repository.set(request.pairSet).key);
  throwIfStopped(stop);
  addPairs(pairs, addProteins(project.database(), pairs, table), table);
  throwIfStopped(stop);
  std::string split;
  if (!request.run.empty()) {
    split = addProbabilities(project.database(), request.run, table);
  }
  addParts(repository, split, table);
  return table;
}

}  // namespace twofold::ui
