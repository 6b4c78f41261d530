#include "core/store/run_parameters.h"

#include <fmt/format.h>

#include <limits>
#include <optional>

#include "core/base/error.h"
#include "core/formats/bounded_json.h"

namespace twofold::store {

namespace {

using formats::Json;

std::optional<OptionValue> valueOf(const Json& json) {
  if (json.is_boolean()) {
    return json.get<bool>();
  }
  if (json.is_number_unsigned() &&
      json.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
    return json.get<double>();
  }
  if (json.is_number_integer()) {
    return json.get<std::int64_t>();
  }
  if (json.is_number_float()) {
    return json.get<double>();
  }
  return json.is_string() ? std::optional<OptionValue>(json.get<std::string>()) : std::nullopt;
}

void put(RunValueMap& all, const std::string& name, const Json& json) {
  if (auto value = valueOf(json)) {
    all[name] = std::move(*value);
  }
}

void putOptions(RunValueMap& all, const std::string& part, const Json& options) {
  if (options.is_object()) {
    for (const auto& [option, value] : options.items()) {
      put(all, fmt::format("{}.{}", part, option), value);
    }
  }
}

void putChannels(RunValueMap& all, const Json& channels) {
  std::string names;
  for (const auto& channel : channels) {
    if (channel.is_object() && channel.contains("id") && channel["id"].is_string()) {
      const auto id = channel["id"].get<std::string>();
      names += (names.empty() ? "" : " + ") + id;
      putOptions(all, id, channel.value("options", Json()));
    }
  }
  if (!names.empty()) {
    all["channels"] = names;
  }
}

Json objectFrom(std::string_view text) {
  try {
    return formats::parseJson(text, "spec");
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

RunValueMap parametersOf(std::string_view specJson) {
  RunValueMap all;
  const Json spec = objectFrom(specJson);
  if (!spec.is_object()) {
    return all;
  }
  for (const char* field : {"pairSet", "split", "seed", "device", "threads"}) {
    put(all, field, spec.value(field, Json()));
  }
  if (const auto imported = spec.value("imported", Json()); imported.is_object()) {
    for (const auto& [field, ofRun] :
         {std::pair("name", "model"), std::pair("file", "scores.file"),
          std::pair("hash", "scores.hash"), std::pair("scale", "scores.scale")}) {
      put(all, ofRun, imported.value(field, Json()));
    }
  }
  for (const char* name : {"backbone", "fusion", "head"}) {
    const Json part = spec.value(name, Json());
    if (part.is_object()) {
      put(all, name, part.value("id", Json()));
      putOptions(all, name, part.value("options", Json()));
    }
  }
  putOptions(all, "training", spec.value("training", Json()));
  if (const Json channels = spec.value("channels", Json()); channels.is_array()) {
    putChannels(all, channels);
  }
  return all;
}

}  // namespace twofold::store
