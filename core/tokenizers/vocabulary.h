// Tokens and their ids: each id once, none missing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/tokenizers/tokenizer.h"

namespace twofold::tokenizers {

class Vocabulary {
 public:
  static constexpr std::int64_t kLargest = std::int64_t{1} << 22;

  /// False when the token is already there.
  [[nodiscard]] bool add(std::string token, std::int64_t id);
  [[nodiscard]] std::optional<std::int64_t> find(std::string_view token) const;
  [[nodiscard]] std::size_t count() const { return m_ids.size(); }

  /// Calls for each token, in no order.
  void forEach(const std::function<void(const std::string&, std::int64_t)>& visit) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> m_ids;
};

/// Checks the ids of a file as they are read.
class IdCheck {
 public:
  explicit IdCheck(std::string file) : m_file(std::move(file)) {}

  /// Throws Error(BadInput) naming the line (0: none) when the id is taken or out of range.
  void add(std::int64_t id, std::size_t line = 0);
  /// Throws Error(BadInput) when there are no ids or one is missing; returns their count.
  [[nodiscard]] std::int64_t countWithoutHoles() const;

 private:
  std::string m_file;
  std::vector<bool> m_taken;
  std::int64_t m_count = 0;
};

}  // namespace twofold::tokenizers
