// The terms that annotations of training proteins use, what each says, and how alike two proteins
// are by them. Torch-free.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/data/annotation.h"
#include "core/data/term_graph.h"
#include "models/learning/channel_state.h"

namespace twofold::models {

/// Numbers of terms, ascending, each once.
using TermBag = std::vector<std::uint32_t>;

/// Terms of one group are compared with each other: GO's three aspects, what is computed from the
/// sequence (Pfam, InterPro, PROSITE), and words (keywords, locations, pathways).
inline constexpr std::size_t kTermGroups = 5;
inline constexpr std::size_t kSimilaritiesAGroup = 5;
inline constexpr std::size_t kTermSimilarities = kTermGroups * kSimilaritiesAGroup;
using TermSimilarities = std::array<float, kTermSimilarities>;

class TermVocabulary {
 public:
  TermVocabulary() = default;
  /// Of the proteins' terms, with their ancestors in `graph`, those that at least 3 and at most
  /// nine in ten of them have. A term's content is -ln of that share (Resnik 1995).
  [[nodiscard]] static TermVocabulary learned(std::span<const data::ProteinAnnotations> proteins,
                                              const data::TermGraph& graph);

  [[nodiscard]] std::size_t size() const { return m_content.size(); }
  [[nodiscard]] float content(std::uint32_t term) const { return m_content[term]; }
  /// Below kTermGroups.
  [[nodiscard]] std::uint8_t group(std::uint32_t term) const { return m_groups[term]; }
  /// What the vocabulary knows of a protein.
  [[nodiscard]] TermBag bagOf(const data::ProteinAnnotations& protein,
                              const data::TermGraph& graph) const;
  /// Group by group: content of the shared terms, its share of all terms' (simGIC, Pesquita et al.
  /// 2008), the most special shared term's (Resnik), and each protein's own, the lesser first.
  /// Equal for (a, b) and (b, a) to the last bit.
  [[nodiscard]] TermSimilarities similarities(const TermBag& a, const TermBag& b) const;

  void save(ChannelState& state) const;
  /// Throws Error(BadInput).
  [[nodiscard]] static TermVocabulary restored(const ChannelState& state);

 private:
  TermVocabulary(std::vector<std::string> names, std::vector<float> content);

  std::vector<std::string> m_names;  // "process GO:0006915", ascending
  std::vector<float> m_content;
  std::vector<std::uint8_t> m_groups;
  std::map<std::string, std::uint32_t, std::less<>> m_numbers;
};

}  // namespace twofold::models
