#include "core/runs/component_catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/base/numbers.h"
#include "core/runs/json_fields.h"

namespace twofold::runs {

using formats::Json;

namespace {

constexpr std::array<std::pair<OptionType, const char*>, 6> kTypeNames = {{
    {OptionType::Switch, "switch"},
    {OptionType::Integer, "integer"},
    {OptionType::Real, "real"},
    {OptionType::Choice, "choice"},
    {OptionType::Text, "text"},
    {OptionType::Folder, "folder"},
}};

const char* typeName(OptionType type) {
  for (const auto& [candidate, text] : kTypeNames) {
    if (candidate == type) {
      return text;
    }
  }
  throw Error(ErrorKind::Internal, "unknown option type");
}

OptionType typeFromName(const std::string& text, const std::string& where) {
  for (const auto& [type, candidate] : kTypeNames) {
    if (text == candidate) {
      return type;
    }
  }
  throw badInput(where, 0, fmt::format("unknown option type \"{}\"", text));
}

Json toJson(const OptionSpec& option) {
  return {{"id", option.id},
          {"label", option.label},
          {"help", option.help},
          {"type", typeName(option.type)},
          {"default", optionToJson(option.defaultValue)},
          {"minimum", option.minimum},
          {"maximum", option.maximum},
          {"unit", option.unit},
          {"choices", option.choices},
          {"advanced", option.advanced}};
}

OptionSpec optionFromJson(const Json& json, const std::string& where) {
  JsonFields fields(json, where);
  OptionSpec option;
  option.id = fields.text("id");
  option.label = fields.text("label");
  option.help = fields.text("help");
  option.type = typeFromName(fields.text("type"), where);
  option.minimum = fields.real("minimum");
  option.maximum = fields.real("maximum");
  option.unit = fields.text("unit");
  option.advanced = fields.flag("advanced");
  for (const auto& choice : fields.list("choices")) {
    option.choices.push_back(choice.is_string() ? choice.get<std::string>() : choice.dump());
  }
  option.defaultValue = optionValueFromJson(fields.value("default"), where);
  return option;
}

Json toJson(const Descriptor& descriptor) {
  Json options = Json::array();
  for (const auto& option : descriptor.options) {
    options.push_back(toJson(option));
  }
  return {{"id", descriptor.id},
          {"name", descriptor.name},
          {"help", descriptor.help},
          {"options", options}};
}

Descriptor descriptorFromJson(const Json& json, const std::string& where) {
  JsonFields fields(json, where);
  Descriptor descriptor{fields.text("id"), fields.text("name"), fields.text("help"), {}};
  for (const auto& option : fields.list("options")) {
    descriptor.options.push_back(
        optionFromJson(option, fmt::format("{} \"{}\"", where, descriptor.id)));
  }
  return descriptor;
}

Json toJson(const std::vector<Descriptor>& list) {
  Json json = Json::array();
  for (const auto& descriptor : list) {
    json.push_back(toJson(descriptor));
  }
  return json;
}

std::vector<Descriptor> descriptorsFromJson(JsonFields& fields, const std::string& key) {
  std::vector<Descriptor> list;
  for (const auto& item : fields.list(key)) {
    list.push_back(descriptorFromJson(item, fmt::format("catalog: {}", key)));
  }
  return list;
}

void checkPart(const std::vector<Descriptor>& list, const PartSpec& part, std::string_view kind) {
  const auto& descriptor = findDescriptor(list, part.id, kind);
  (void)Options(fmt::format("{} {}", kind, part.id), descriptor.options, part.options);
}

void checkChannels(const ComponentCatalog& catalog, const std::vector<PartSpec>& channels) {
  if (channels.empty()) {
    throw Error(ErrorKind::Usage, "a run needs at least one channel, such as sequence");
  }
  if (channels.size() > kMostChannels) {
    throw Error(ErrorKind::Usage,
                fmt::format("{} channels; a run takes at most {}", channels.size(), kMostChannels));
  }
  for (auto channel = channels.begin(); channel != channels.end(); ++channel) {
    checkPart(catalog.channels, *channel, "channel");
    if (std::any_of(channels.begin(), channel,
                    [&](const PartSpec& other) { return other.id == channel->id; })) {
      throw Error(ErrorKind::Usage, fmt::format("channel \"{}\" is named twice", channel->id));
    }
  }
}

void checkDevice(const std::string& device) {
  const bool isIndexed =
      device.starts_with("cuda:") && parseNumber<unsigned>(std::string_view(device).substr(5));
  if (device != "auto" && device != "cpu" && device != "cuda" && !isIndexed) {
    throw Error(
        ErrorKind::Usage,
        fmt::format("there is no device \"{}\"; there are auto, cpu, cuda, cuda:0", device));
  }
}

}  // namespace

Json toJson(const ComponentCatalog& catalog) {
  return {{"backbones", toJson(catalog.backbones)}, {"channels", toJson(catalog.channels)},
          {"fusions", toJson(catalog.fusions)},     {"heads", toJson(catalog.heads)},
          {"splitters", toJson(catalog.splitters)}, {"metrics", toJson(catalog.metrics)},
          {"lanes", toJson(catalog.lanes)},         {"training", toJson(catalog.training)}};
}

ComponentCatalog catalogFromJson(const Json& json) {
  JsonFields fields(json, "catalog");
  ComponentCatalog catalog;
  catalog.backbones = descriptorsFromJson(fields, "backbones");
  catalog.channels = descriptorsFromJson(fields, "channels");
  catalog.fusions = descriptorsFromJson(fields, "fusions");
  catalog.heads = descriptorsFromJson(fields, "heads");
  catalog.splitters = descriptorsFromJson(fields, "splitters");
  catalog.metrics = descriptorsFromJson(fields, "metrics");
  catalog.lanes = descriptorsFromJson(fields, "lanes");
  catalog.training = descriptorFromJson(fields.value("training"), "catalog: training");
  return catalog;
}

void checkAgainst(const ComponentCatalog& catalog, const RunSpec& spec) {
  checkPart(catalog.backbones, spec.backbone, "backbone");
  checkChannels(catalog, spec.channels);
  checkPart(catalog.fusions, spec.fusion, "fusion");
  checkPart(catalog.heads, spec.head, "head");
  (void)Options("training", catalog.training.options, spec.training);
  checkDevice(spec.device);
  if (spec.threads < 0 || spec.threads > 1024) {
    throw Error(ErrorKind::Usage,
                fmt::format("{} threads; use 1 to 1024, or 0 for all cores", spec.threads));
  }
}

const Descriptor& findDescriptor(const std::vector<Descriptor>& list, const std::string& id,
                                 std::string_view kind) {
  std::vector<std::string> ids;
  for (const auto& descriptor : list) {
    if (descriptor.id == id) {
      return descriptor;
    }
    ids.push_back(descriptor.id);
  }
  throw Error(ErrorKind::Usage,
              fmt::format("there is no {} \"{}\"{}", kind, id, didYouMean(id, ids)));
}

}  // namespace twofold::runs
