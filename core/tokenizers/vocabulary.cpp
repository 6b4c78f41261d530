#include "core/tokenizers/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"

namespace twofold::tokenizers {

bool Vocabulary::add(std::string token, std::int64_t id) {
  return m_ids.emplace(std::move(token), id).second;
}

std::optional<std::int64_t> Vocabulary::find(std::string_view token) const {
  const auto found = m_ids.find(token);
  return found == m_ids.end() ? std::nullopt : std::optional(found->second);
}

void Vocabulary::forEach(const std::function<void(const std::string&, std::int64_t)>& visit) const {
  for (const auto& [token, id] : m_ids) {
    visit(token, id);
  }
}

void IdCheck::add(std::int64_t id, std::size_t line) {
  if (id < 0 || id >= Vocabulary::kLargest) {
    throw badInput(m_file, line,
                   fmt::format("the token id {} is not in 0 to {}", id, Vocabulary::kLargest - 1));
  }
  const auto place = static_cast<std::size_t>(id);
  if (place >= m_taken.size()) {
    m_taken.resize(std::max(place + 1, 2 * m_taken.size()));
  }
  if (m_taken[place]) {
    throw badInput(m_file, line, fmt::format("two tokens have the id {}", id));
  }
  m_taken[place] = true;
  ++m_count;
}

std::int64_t IdCheck::countWithoutHoles() const {
  if (m_count == 0) {
    throw badInput(m_file, 0, "the vocabulary is empty; get the file again from its source");
  }
  const auto hole = std::find(m_taken.begin(), m_taken.end(), false) - m_taken.begin();
  if (hole < m_count) {
    throw badInput(m_file, 0,
                   fmt::format("no token has the id {}, though there are {} tokens; get the file "
                               "again from its source",
                               hole, m_count));
  }
  return m_count;
}

}  // namespace twofold::tokenizers
