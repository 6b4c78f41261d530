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

constexpr std::string_view kPrefix = "epoch-";

fs::path filePath(const fs::path& folder, std::int64_t epoch, std::string_view extension) {
  return folder / fmt::format("{}{:04}{}", kPrefix, epoch, extension);
}

/// The epoch of "epoch-0012.json", or nothing for a file of another name.
std::optional<std::int64_t> epochOf(const fs::path& path) {
  const std::string stem = path.stem().string();
  if (!stem.starts_with(kPrefix)) {
    return std::nullopt;
  }
  return parseInteger(std::string_view(stem).substr(kPrefix.size()));
}

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
  runs::JsonFields tensors(fields.value("tensors"), name + ": tensors");
  file.length = tensors.natural("length");
  file.sha256 = tensors.text("sha256");
  tensors.done();
  fields.done();
  return {info, file};
}

Checkpoint loadVerified(const fs::path& folder, std::int64_t epoch) {
  auto [info, file] = readManifest(filePath(folder, epoch, ".json"));
  const fs::path path = filePath(folder, epoch, ".safetensors");
  std::error_code error;
  const auto length = fs::file_size(path, error);
  if (error) {
    throw badInput(path.string(), 0, "the checkpoint's tensors are missing");
  }
  if (length != file.length || sha256OfFile(path) != file.sha256) {
    throw badInput(path.string(), 0, "the file is not the one its manifest describes");
  }
  return {std::move(info), formats::SafetensorsFile(path)};
}

}  // namespace

CheckpointFolder::CheckpointFolder(fs::path folder) : m_folder(std::move(folder)) {
  makeFolders(m_folder);
}

void CheckpointFolder::save(const CheckpointInfo& info,
                            const std::map<std::string, formats::TensorView>& tensors) const {
  const fs::path path = filePath(m_folder, info.position.epoch, ".safetensors");
  formats::writeSafetensors(path, tensors);
  const FileIdentity file{fs::file_size(path), sha256OfFile(path)};
  writeFileAtomically(filePath(m_folder, info.position.epoch, ".json"),
                      toJson(info, file).dump(2) + "\n");
  keepOnly({info.position.epoch - 1, info.position.epoch, info.position.bestEpoch});
}

std::optional<Checkpoint> CheckpointFolder::newest(const MessageSink& message) const {
  const auto all = epochs();
  for (auto epoch = all.rbegin(); epoch != all.rend(); ++epoch) {
    try {
      return loadVerified(m_folder, *epoch);
    } catch (const NewerVersion& newer) {
      throw Error(ErrorKind::BadInput, newer.message);
    } catch (const Error& damage) {
      if (message) {
        message(
            fmt::format("The checkpoint of epoch {} was passed over: {}", *epoch, damage.what()));
      }
    }
  }
  return std::nullopt;
}

Checkpoint CheckpointFolder::best(const MessageSink& message) const {
  auto last = newest(message);
  if (!last) {
    throw Error(ErrorKind::NotFound,
                fmt::format("{}: there is no checkpoint that can be read; train the run first",
                            m_folder.string()));
  }
  return last->info.position.bestEpoch == last->info.position.epoch
             ? std::move(*last)
             : load(last->info.position.bestEpoch);
}

Checkpoint CheckpointFolder::load(std::int64_t epoch) const {
  try {
    return loadVerified(m_folder, epoch);
  } catch (const NewerVersion& newer) {
    throw Error(ErrorKind::BadInput, newer.message);
  }
}

void CheckpointFolder::clear() const {
  keepOnly({});
}

std::vector<std::int64_t> CheckpointFolder::epochs() const {
  std::vector<std::int64_t> found;
  for (const auto& entry : fs::directory_iterator(m_folder)) {
    const auto epoch = epochOf(entry.path());
    if (epoch && entry.path().extension() == ".json") {
      found.push_back(*epoch);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

void CheckpointFolder::keepOnly(const std::vector<std::int64_t>& epochs) const {
  std::vector<fs::path> manifests;
  std::vector<fs::path> others;
  for (const auto& entry : fs::directory_iterator(m_folder)) {
    const auto epoch = epochOf(entry.path());
    const bool kept = !epoch || std::find(epochs.begin(), epochs.end(), *epoch) != epochs.end();
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
