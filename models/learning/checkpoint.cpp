#include "models/learning/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/numbers.h"
#include "core/formats/bounded_json.h"
#include "core/runs/json_fields.h"

namespace twofold::models {

namespace {

namespace fs = std::filesystem;
using formats::Json;

constexpr std::string_view kEpoch = "epoch-";
constexpr std::string_view kStep = "-step-";

struct FileIdentity {
  std::uint64_t length = 0;
  std::string sha256;
};

Json toJson(const CheckpointInfo& info, const FileIdentity& file) {
  Json channels = Json::array();
  for (const auto& channel : info.channels) {
    channels.push_back({{"id", channel.id},
                        {"rows", channel.rows},
                        {"features", channel.features},
                        {"pair_features", channel.pairFeatures}});
  }
  return {{"version", CheckpointInfo::kVersion},
          {"program", TWOFOLD_VERSION},
          {"spec", runs::toJson(info.spec)},
          {"backbone", info.backbone},
          {"channels", channels},
          {"epoch", info.position.epoch},
          {"best_epoch", info.position.bestEpoch},
          {"best_auprc", info.position.bestAuprc},
          {"threshold", info.position.threshold},
          {"logit_slope", info.position.scale.slope},
          {"logit_offset", info.position.scale.offset},
          {"step", info.position.step},
          {"loss_sum", info.position.lossSum},
          {"tensors", {{"length", file.length}, {"sha256", file.sha256}}}};
}

/// Thrown apart from damage: skipping a newer version would silently resume from older weights.
struct NewerVersion {
  std::string message;
};

void refuseNewer(const Json& json, const std::string& name) {
  const auto version = json.is_object() ? json.find("version") : json.end();
  if (version != json.end() && version->is_number_integer() &&
      version->get<std::int64_t>() > CheckpointInfo::kVersion) {
    const auto program = json.find("program");
    const auto maker =
        program != json.end() && program->is_string() ? program->get<std::string>() : "?";
    throw NewerVersion{fmt::format(
        "{}: this checkpoint has version {} and was made by Twofold {}; this is Twofold {}, which "
        "reads up to version {}. Update Twofold, or start the run anew",
        name, version->get<std::int64_t>(), maker, TWOFOLD_VERSION, CheckpointInfo::kVersion)};
  }
}

/// The shapes become sizes of weights, so what no run can have made must not get that far.
void checkChannels(const CheckpointInfo& info, const std::string& name) {
  constexpr std::int64_t kLargest = 1 << 20;
  const auto& specs = info.spec.channels;
  const auto fits = [](std::int64_t size) { return size >= 0 && size <= kLargest; };
  bool isSound = info.channels.size() == specs.size();
  for (std::size_t c = 0; isSound && c < specs.size(); ++c) {
    const ChannelShape& shape = info.channels[c];
    isSound = shape.id == specs[c].id && fits(shape.rows) && fits(shape.features) &&
              fits(shape.pairFeatures) && shape.rows * shape.features + shape.pairFeatures > 0;
  }
  if (!isSound) {
    throw badInput(name, 0, "the channels are not those of the recipe in the same file");
  }
}

std::pair<CheckpointInfo, FileIdentity> readManifest(const fs::path& path) {
  const Json json = formats::readJsonFile(path);
  const std::string name = path.string();
  refuseNewer(json, name);
  runs::JsonFields fields(json, name);
  CheckpointInfo info;
  FileIdentity file;
  const auto version = fields.integer("version");
  if (version < 1) {
    throw badInput(name, 0, "the version is not one that a checkpoint can have");
  }
  static_cast<void>(fields.text("program"));
  info.spec = runs::runSpecFromJson(fields.value("spec"), name);
  info.backbone = fields.text("backbone");
  for (const Json& channel : fields.list("channels")) {
    runs::JsonFields of(channel, name + ": channels");
    info.channels.push_back({of.text("id"), of.integer("rows"), of.integer("features"),
                             version == 1 ? 0 : of.integer("pair_features")});
    of.done();
  }
  checkChannels(info, name);
  info.position.epoch = fields.integer("epoch");
  info.position.bestEpoch = fields.integer("best_epoch");
  info.position.bestAuprc = fields.real("best_auprc");
  info.position.threshold = fields.real("threshold");
  if (version > 2) {
    info.position.scale = {fields.real("logit_slope"), fields.real("logit_offset")};
  }
  if (version > 3) {
    info.position.step = fields.integer("step");
    info.position.lossSum = fields.real("loss_sum");
  }
  runs::JsonFields tensors(fields.value("tensors"), name + ": tensors");
  file.length = tensors.natural("length");
  file.sha256 = tensors.text("sha256");
  tensors.done();
  fields.done();
  return {info, file};
}

std::string described(std::int64_t epoch, std::int64_t step) {
  return step == 0 ? fmt::format("epoch {}", epoch)
                   : fmt::format("epoch {}, step {}", epoch + 1, step);
}

}  // namespace

fs::path CheckpointFolder::file(const fs::path& folder, const Place& place,
                                std::string_view extension) {
  const std::string step = place.step == 0 ? "" : fmt::format("{}{:06}", kStep, place.step);
  return folder / fmt::format("{}{:04}{}{}", kEpoch, place.epoch, step, extension);
}

std::optional<CheckpointFolder::Place> CheckpointFolder::placeOf(const fs::path& path) {
  const std::string stem = path.stem().string();
  if (!stem.starts_with(kEpoch)) {
    return std::nullopt;
  }
  const auto numbers = std::string_view(stem).substr(kEpoch.size());
  const auto between = numbers.find(kStep);
  const auto epoch = parseInteger(numbers.substr(0, between));
  const auto step = between == std::string_view::npos
                        ? std::optional<std::int64_t>(0)
                        : parseInteger(numbers.substr(between + kStep.size()));
  return epoch && step ? std::optional(Place{*epoch, *step}) : std::nullopt;
}

Checkpoint CheckpointFolder::loadVerified(const fs::path& folder, const Place& place) {
  auto [info, identity] = readManifest(file(folder, place, ".json"));
  const fs::path path = file(folder, place, ".safetensors");
  std::error_code error;
  const auto length = fs::file_size(path, error);
  if (error) {
    throw badInput(path.string(), 0, "the checkpoint's tensors are missing");
  }
  if (length != identity.length || sha256OfFile(path) != identity.sha256) {
    throw badInput(path.string(), 0, "the file is not the one its manifest describes");
  }
  return {std::move(info), formats::SafetensorsFile(path)};
}

CheckpointFolder::CheckpointFolder(fs::path folder) : m_folder(std::move(folder)) {
  makeFolders(m_folder);
}

void CheckpointFolder::save(const CheckpointInfo& info,
                            const std::map<std::string, formats::TensorView>& tensors) const {
  const Place place{info.position.epoch, info.position.step};
  const fs::path path = file(m_folder, place, ".safetensors");
  formats::writeSafetensors(path, tensors);
  const FileIdentity identity{fs::file_size(path), sha256OfFile(path)};
  writeFileAtomically(file(m_folder, place, ".json"), toJson(info, identity).dump(2) + "\n");
  // What stands after this one was passed over as damaged, or this would not be written.
  auto kept = places();
  std::erase_if(kept, [&](const Place& other) { return other > place; });
  kept.erase(kept.begin(), kept.end() - std::min<std::ptrdiff_t>(std::ssize(kept), 2));
  kept.push_back({info.position.bestEpoch, 0});
  keepOnly(kept);
}

std::optional<Checkpoint> CheckpointFolder::newest(const MessageSink& message) const {
  const auto all = places();
  for (auto place = all.rbegin(); place != all.rend(); ++place) {
    try {
      return loadVerified(m_folder, *place);
    } catch (const NewerVersion& newer) {
      throw Error(ErrorKind::BadInput, newer.message);
    } catch (const Error& damage) {
      if (message) {
        message(fmt::format("The checkpoint of {} was passed over: {}",
                            described(place->epoch, place->step), damage.what()));
      }
    }
  }
  return std::nullopt;
}

Checkpoint CheckpointFolder::best(const MessageSink& message) const {
  auto last = newest(message);
  if (!last || last->info.position.bestEpoch == 0) {
    throw Error(ErrorKind::NotFound,
                fmt::format("{}: there is no checkpoint of a completed epoch that can be read; "
                            "train the run first",
                            m_folder.string()));
  }
  const auto& position = last->info.position;
  return position.bestEpoch == position.epoch && position.step == 0 ? std::move(*last)
                                                                    : load(position.bestEpoch);
}

Checkpoint CheckpointFolder::load(std::int64_t epoch) const {
  try {
    return loadVerified(m_folder, {epoch, 0});
  } catch (const NewerVersion& newer) {
    throw Error(ErrorKind::BadInput, newer.message);
  }
}

void CheckpointFolder::clear() const {
  keepOnly({});
}

std::vector<CheckpointFolder::Place> CheckpointFolder::places() const {
  std::vector<Place> found;
  for (const auto& entry : fs::directory_iterator(m_folder)) {
    const auto place = placeOf(entry.path());
    if (place && entry.path().extension() == ".json") {
      found.push_back(*place);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

void CheckpointFolder::keepOnly(const std::vector<Place>& places) const {
  std::vector<fs::path> manifests;
  std::vector<fs::path> others;
  for (const auto& entry : fs::directory_iterator(m_folder)) {
    const auto place = placeOf(entry.path());
    const bool kept = !place || std::find(places.begin(), places.end(), *place) != places.end();
    if (!kept) {
      (entry.path().extension() == ".json" ? manifests : others).push_back(entry.path());
    }
  }
  // Manifests first: a crash in between leaves files without a manifest, which nobody reads, and
  // never a manifest without its file.
  manifests.insert(manifests.end(), others.begin(), others.end());
  for (const auto& path : manifests) {
    std::error_code error;
    if (!fs::remove(path, error) && error) {
      throw Error(ErrorKind::Io,
                  fmt::format("{}: cannot be removed: {}", path.string(), error.message()));
    }
  }
}

}  // namespace twofold::models
