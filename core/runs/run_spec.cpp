#include "core/runs/run_spec.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/base/numbers.h"
#include "core/runs/json_fields.h"

namespace twofold::runs {

using formats::Json;

namespace {

Json toJson(const PartSpec& part) {
  return {{"id", part.id}, {"options", optionsToJson(part.options)}};
}

Json toJson(const ImportedScores& scores) {
  return {{"name", scores.name},     {"file", scores.file},   {"hash", scores.hash},
          {"layout", scores.layout}, {"scale", scores.scale}, {"threshold", scores.threshold}};
}

ImportedScores importedFromJson(const Json& json, const std::string& where) {
  JsonFields fields(json, where);
  ImportedScores scores;
  scores.name = fields.text("name");
  scores.file = fields.text("file");
  scores.hash = fields.text("hash");
  scores.layout = fields.text("layout");
  scores.scale = fields.text("scale");
  scores.threshold = fields.text("threshold");
  fields.done();
  return scores;
}

PartSpec partFromJson(const Json& json, const std::string& where) {
  JsonFields fields(json, where);
  PartSpec part;
  part.id = fields.text("id");
  if (fields.has("options")) {
    part.options = optionValuesFromJson(fields.value("options"), where);
  }
  fields.done();
  return part;
}

std::vector<PartSpec> channelsFromJson(const Json& list, const std::string& source) {
  std::vector<PartSpec> channels;
  for (const auto& item : list) {
    channels.push_back(
        partFromJson(item, fmt::format("{}: channels[{}]", source, channels.size())));
  }
  return channels;
}

void checkVersion(JsonFields& fields) {
  const auto version = fields.has("version") ? fields.integer("version") : RunSpec::kVersion;
  if (version < 1 || version > RunSpec::kVersion) {
    throw badInput(fields.source(), 0,
                   fmt::format("a run spec of version {}; this program reads up to version {}, a "
                               "newer Twofold is needed",
                               version, RunSpec::kVersion));
  }
}

OptionValue guessValue(const std::string& text) {
  if (text == "true" || text == "false") {
    return text == "true";
  }
  if (const auto integer = parseInteger(text)) {
    return *integer;
  }
  if (const auto real = parseReal(text)) {
    return *real;
  }
  return text;
}

OptionValues& optionsOfPart(RunSpec& spec, const std::string& part) {
  if (part == "training") {
    return spec.training;
  }
  if (part == "backbone") {
    return spec.backbone.options;
  }
  if (part == "fusion") {
    return spec.fusion.options;
  }
  if (part == "head") {
    return spec.head.options;
  }
  std::vector<std::string> parts = {"training", "backbone", "fusion", "head"};
  for (auto& channel : spec.channels) {
    if (channel.id == part) {
      return channel.options;
    }
    parts.push_back(channel.id);
  }
  throw Error(ErrorKind::Usage, fmt::format("the run has no part \"{}\" to set an option of{}",
                                            part, didYouMean(part, parts)));
}

}  // namespace

Json toJson(const RunSpec& spec) {
  if (spec.imported) {
    return {{"version", RunSpec::kVersion},
            {"experiment", spec.experiment},
            {"pairSet", spec.pairSet},
            {"split", spec.split},
            {"imported", toJson(*spec.imported)}};
  }
  Json channels = Json::array();
  for (const auto& channel : spec.channels) {
    channels.push_back(toJson(channel));
  }
  return {{"version", 1},  // which every program reads
          {"experiment", spec.experiment},
          {"pairSet", spec.pairSet},
          {"split", spec.split},
          {"backbone", toJson(spec.backbone)},
          {"channels", channels},
          {"fusion", toJson(spec.fusion)},
          {"head", toJson(spec.head)},
          {"training", optionsToJson(spec.training)},
          {"seed", spec.seed},
          {"device", spec.device},
          {"threads", spec.threads}};
}

RunSpec runSpecFromJson(const Json& json, std::string_view source) {
  JsonFields fields(json, std::string(source));
  checkVersion(fields);
  RunSpec spec;
  const auto part = [&](const std::string& key, PartSpec& into) {
    if (fields.has(key)) {
      into = partFromJson(fields.value(key), fmt::format("{}: {}", source, key));
    }
  };
  spec.pairSet = fields.text("pairSet");
  spec.split = fields.text("split");
  part("backbone", spec.backbone);
  part("fusion", spec.fusion);
  part("head", spec.head);
  if (fields.has("experiment")) {
    spec.experiment = fields.text("experiment");
  }
  if (fields.has("channels")) {
    spec.channels = channelsFromJson(fields.list("channels"), fields.source());
  }
  if (fields.has("training")) {
    spec.training =
        optionValuesFromJson(fields.value("training"), fmt::format("{}: training", source));
  }
  if (fields.has("seed")) {
    spec.seed = fields.natural("seed");
  }
  if (fields.has("device")) {
    spec.device = fields.text("device");
  }
  if (fields.has("threads")) {
    spec.threads = static_cast<int>(std::min<std::uint64_t>(fields.natural("threads"), 1 << 20));
  }
  if (fields.has("imported")) {
    spec.imported = importedFromJson(fields.value("imported"), fmt::format("{}: imported", source));
    spec.channels.clear();
  }
  fields.done();
  return spec;
}

std::optional<RunSpec> readableSpec(const std::string& text) {
  try {
    return runSpecFromJson(formats::parseJson(text, "spec"), "spec");
  } catch (const Error&) {
    return std::nullopt;
  }
}

void setOption(RunSpec& spec, const std::string& assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error(ErrorKind::Usage, fmt::format("\"{}\" is no option; write PART.OPTION=VALUE, as in "
                                              "training.epochs=20",
                                              assignment));
  }
  const std::string key = assignment.substr(0, equals);
  const auto dot = key.find('.');
  const std::string part = dot == std::string::npos ? "training" : key.substr(0, dot);
  const std::string option = dot == std::string::npos ? key : key.substr(dot + 1);
  optionsOfPart(spec, part)[option] = guessValue(assignment.substr(equals + 1));
}

std::string summary(const RunSpec& spec) {
  if (spec.imported) {
    return fmt::format("{} · {} · {}{}{}", spec.imported->name, spec.imported->file, spec.pairSet,
                       spec.split.empty() ? "" : "/", spec.split);
  }
  std::vector<std::string> channels;
  for (const auto& channel : spec.channels) {
    channels.push_back(channel.id);
  }
  return fmt::format("{} · {} · {} · {} · {}/{} · seed {}", spec.backbone.id,
                     fmt::join(channels, " + "), spec.fusion.id, spec.head.id, spec.pairSet,
                     spec.split, spec.seed);
}

}  // namespace twofold::runs
