// A set of unordered pairs that answers fast whether it has one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_set>
#include <utility>

#include "core/data/pair_set.h"

namespace twofold::data {

class PairKeys {
 public:
  [[nodiscard]] bool contains(ProteinKey a, ProteinKey b) const {
    return m_keys.contains(keyOf(a, b));
  }
  /// False when it was there.
  bool insert(ProteinKey a, ProteinKey b) { return m_keys.insert(keyOf(a, b)).second; }
  void erase(ProteinKey a, ProteinKey b) { m_keys.erase(keyOf(a, b)); }
  [[nodiscard]] std::size_t size() const { return m_keys.size(); }

 private:
  using Key = std::pair<ProteinKey, ProteinKey>;
  struct Hash {
    std::size_t operator()(const Key& key) const {
      const auto a = static_cast<std::uint64_t>(key.first) * 0x9E3779B97F4A7C15ULL;
      const auto mixed = (a ^ (a >> 29U)) + static_cast<std::uint64_t>(key.second);
      return mixed * 0xBF58476D1CE4E5B9ULL >> 8U;
    }
  };

  static Key keyOf(ProteinKey a, ProteinKey b) { return std::minmax(a, b); }

  std::unordered_set<Key, Hash> m_keys;
};

}  // namespace twofold::data
