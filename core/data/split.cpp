#include "core/data/split.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/nearest_name.h"

namespace twofold::data {

std::string_view name(Part part) noexcept {
  switch (part) {
    case Part::Train:
      return "train";
    case Part::Validation:
      return "validation";
    case Part::Test:
      return "test";
    case Part::None:
      break;
  }
  return "none";
}

Part partFromName(std::string_view text) {
  std::vector<std::string> names;
  for (const Part part : {Part::Train, Part::Validation, Part::Test, Part::None}) {
    if (text == name(part)) {
      return part;
    }
    names.emplace_back(name(part));
  }
  throw Error(ErrorKind::Usage,
              fmt::format("a split has no part \"{}\"{}", text, didYouMean(text, names)));
}

std::vector<std::uint32_t> Split::indices(Part part) const {
  std::vector<std::uint32_t> found;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == part) {
      found.push_back(static_cast<std::uint32_t>(i));
    }
  }
  return found;
}

std::string Split::hash() const {
  Sha256 sha;
  sha.add(fmt::format("{}\n{}\n", rule, seed));
  for (const auto& [id, value] : options) {
    sha.add(fmt::format("{} {} {}\n", id, value.size(), value));
  }
  sha.add(std::as_bytes(std::span(parts)));
  return sha.hex();
}

}  // namespace twofold::data
