// The licence and the model card that lie beside weights, for people to read before they use them.
#pragma once

#include <filesystem>
#include <string>

namespace twofold::weights {

struct Licence {
  std::string name;  // "mit", "cc-by-nc-4.0", "MIT License"; empty: none was found
  std::string text;  // of LICENSE, LICENCE or COPYING, its first 64 KiB; empty when there is none
};

/// The name from the model card's front matter (README.md, "license:"), else the first line of the
/// licence file. Characters that move a terminal's cursor are left out. Never throws for what
/// cannot be read: then it is not known.
[[nodiscard]] Licence readLicence(const std::filesystem::path& folder);

/// README.md without its front matter, Markdown, its first 64 KiB; empty when there is none. Throws
/// and leaves out as readLicence().
[[nodiscard]] std::string readModelCard(const std::filesystem::path& folder);

}  // namespace twofold::weights
