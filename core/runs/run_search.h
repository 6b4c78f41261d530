// What people type above a list of runs: a filter of the language, or words to look for.
#pragma once

#include <string>
#include <string_view>

namespace twofold::runs {

struct RunSearch {
  std::string filter;  // empty: none
  std::string words;   // to be found in what the list shows; empty: none
};

/// A line that compares something, or has a word of the language in it, is a filter; a line that
/// cannot be cut into words of the language is one too, so that its mistake is told.
[[nodiscard]] RunSearch searchFrom(std::string_view line);

}  // namespace twofold::runs
