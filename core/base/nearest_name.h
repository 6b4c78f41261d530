// The nearest valid name for a wrong one, for error messages.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace twofold {

/// The candidate with the smallest edit distance, or empty when none is near.
[[nodiscard]] std::string nearestName(std::string_view wrong,
                                      std::span<const std::string> candidates);

/// "; did you mean \"esm2\"?" or "; there are esm2, composition", ready to append to a message.
[[nodiscard]] std::string didYouMean(std::string_view wrong,
                                     std::span<const std::string> candidates);

}  // namespace twofold
