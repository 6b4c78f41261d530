// A described folder as the worker tells it to the window.
#include <fmt/format.h>

#include <array>
#include <string_view>

#include "core/base/error.h"
#include "core/weights/weights_folder.h"

namespace twofold::weights {

namespace {

using formats::Json;
using Origin = WeightsFolder::Origin;

constexpr std::array<Origin, 3> kOrigins = {Origin::Shipped, Origin::Installed, Origin::Added};
constexpr std::array<Fit, 4> kFits = {Fit::Unknown, Fit::Fits, Fit::Tight, Fit::DoesNotFit};

template <class Value, std::size_t Count>
Value fromName(const std::array<Value, Count>& values, const std::string& wanted) {
  for (const auto value : values) {
    if (name(value) == wanted) {
      return value;
    }
  }
  throw Error(ErrorKind::BadInput, fmt::format("weights folder: \"{}\" is not known", wanted));
}

}  // namespace

std::string_view name(Origin origin) noexcept {
  return origin == Origin::Shipped     ? "shipped"
         : origin == Origin::Installed ? "installed"
                                       : "added";
}

Json toJson(const WeightsFolder& folder) {
  Json memory = Json::array();
  for (const auto& need : folder.memory) {
    memory.push_back(
        {{"precision", need.precision}, {"bytes", need.bytes}, {"fit", name(need.fit)}});
  }
  return {{"path", folder.path.string()},
          {"name", folder.name},
          {"origin", name(folder.origin)},
          {"default", folder.isDefault},
          {"backbone", folder.backbone},
          {"problem", folder.problem},
          {"architecture", folder.architecture},
          {"layers", folder.layers},
          {"width", folder.width},
          {"heads", folder.heads},
          {"parameters", folder.parameters},
          {"bytes", folder.bytes},
          {"precision", folder.precision},
          {"licence", folder.licence},
          {"memory", std::move(memory)}};
}

WeightsFolder weightsFromJson(const Json& json) {
  try {
    WeightsFolder folder;
    folder.path = json.at("path").get<std::string>();
    folder.name = json.at("name").get<std::string>();
    folder.origin = fromName(kOrigins, json.at("origin").get<std::string>());
    folder.isDefault = json.at("default").get<bool>();
    folder.backbone = json.at("backbone").get<std::string>();
    folder.problem = json.at("problem").get<std::string>();
    folder.architecture = json.at("architecture").get<std::string>();
    folder.layers = json.at("layers").get<std::int64_t>();
    folder.width = json.at("width").get<std::int64_t>();
    folder.heads = json.at("heads").get<std::int64_t>();
    folder.parameters = json.at("parameters").get<std::int64_t>();
    folder.bytes = json.at("bytes").get<std::int64_t>();
    folder.precision = json.at("precision").get<std::string>();
    folder.licence = json.at("licence").get<std::string>();
    for (std::size_t i = 0; i < folder.memory.size(); ++i) {
      const auto& need = json.at("memory").at(i);
      folder.memory[i] = {need.at("precision").get<std::string>(),
                          need.at("bytes").get<std::int64_t>(),
                          fromName(kFits, need.at("fit").get<std::string>())};
    }
    return folder;
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::BadInput, fmt::format("weights folder: {}", error.what()));
  }
}

}  // namespace twofold::weights
