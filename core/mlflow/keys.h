// Names and texts as MLflow permits them (mlflow/utils/validation.py, 3.17).
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace twofold::mlflow {

constexpr std::size_t kLongestKey = 250;
constexpr std::size_t kLongestParam = 6000;  // characters; bytes here, which are no fewer
constexpr std::size_t kLongestTag = 5000;    // what servers of before 3 take

/// Letters, digits, _ - . space and / of a path that leads nowhere else; others become "_".
[[nodiscard]] std::string permittedKey(std::string_view name);

/// At most so many bytes, cut between characters of UTF-8.
[[nodiscard]] std::string shortened(const std::string& text, std::size_t bytes);

/// Keys of one kind of a run: two names never share one.
class Keys {
 public:
  /// The same for the same names in the same order.
  std::string add(const std::string& name);
  /// Names by the keys that differ from them.
  [[nodiscard]] const std::map<std::string, std::string>& renamed() const { return m_renamed; }

 private:
  std::set<std::string> m_taken;
  std::map<std::string, std::string> m_renamed;
};

}  // namespace twofold::mlflow
