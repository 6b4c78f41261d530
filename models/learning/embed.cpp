#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/formats/safetensors_stream.h"
#include "models/backbones/cached.h"
#include "models/backbones/checked.h"
#include "models/builtin_models.h"
#include "models/finetuning/tuned_spec.h"
#include "models/learning/assembly.h"
#include "models/learning/backbone_notes.h"
#include "models/learning/device.h"
#include "models/learning/session.h"

namespace twofold::models {

namespace {

void checkRequest(const EmbedRequest& request) {
  if (request.ids.size() != request.sequences.size()) {
    throw Error(ErrorKind::Internal, "an embedding request has not one id a sequence");
  }
  if (request.outFile.empty() && request.cacheFolder.empty() && !request.take) {
    throw Error(ErrorKind::Usage,
                "embeddings have nowhere to go; name a file, or a project with a cache");
  }
  if (isFinetuned(request.backbone)) {
    throw Error(ErrorKind::Usage,
                "lora_rank fine-tunes in a run; to embed with what a run has learned, name the "
                "folder of its adapters by the option adapters");
  }
  std::set<std::string_view> seen;
  for (const auto& id : request.ids) {
    if (!seen.insert(id).second) {
      throw Error(ErrorKind::BadInput, fmt::format("protein \"{}\" is there twice", id));
    }
  }
}

/// The same network in float32.
std::unique_ptr<Backbone> exactSelf(const EmbedRequest& request, const LoadWatch& watch) {
  const auto& options = builtinParts().backbones.find(request.backbone.id).descriptor.options;
  if (std::none_of(options.begin(), options.end(),
                   [](const OptionSpec& option) { return option.id == "precision"; })) {
    throw Error(ErrorKind::Usage, fmt::format("backbone \"{}\" has one precision only, so there "
                                              "is nothing to check",
                                              request.backbone.id));
  }
  auto exact = request.backbone;
  exact.options["precision"] = "fp32";
  return makeBackbone(builtinParts(), exact, request.device, watch);
}

/// Views into `backbone`; null for a decorator that was not asked for.
struct Decorated {
  std::unique_ptr<Backbone> backbone;
  const CachedBackbone* cache = nullptr;
  const CheckedBackbone* check = nullptr;
};

Decorated decorated(const EmbedRequest& request, const LoadWatch& watch) {
  Decorated made;
  made.backbone = cached(makeBackbone(builtinParts(), request.backbone, request.device, watch),
                         request.cacheFolder, request.perResidue && request.outFile.empty());
  made.cache = dynamic_cast<const CachedBackbone*>(made.backbone.get());
  if (request.check) {
    auto checked =
        std::make_unique<CheckedBackbone>(std::move(made.backbone), exactSelf(request, watch));
    made.check = checked.get();
    made.backbone = std::move(checked);
  }
  return made;
}

/// Residues that a protein can have a row for.
std::int64_t residueRows(const EmbedRequest& request, const LengthLimit& limit) {
  std::int64_t rows = 0;
  for (const auto& sequence : request.sequences) {
    const auto residues = static_cast<std::int64_t>(sequence.size());
    if (limit.tokens > 0) {  // of a text; its marks for start and end may be kept
      rows += std::min(residues, limit.tokens) + 2;
    } else {
      rows += limit.rule == "crop" ? std::min(residues, limit.residues) : residues;
    }
  }
  return rows;
}

/// What embeddings of residues take where they go. Throws Error(Io) when a file of them would not
/// fit onto its disk.
std::string sizeNote(const EmbedRequest& request, const Backbone& backbone) {
  constexpr double kGibi = 1024.0 * 1024.0 * 1024.0;
  const std::int64_t values = residueRows(request, backbone.lengthLimit()) * backbone.width();
  if (request.outFile.empty()) {
    return fmt::format(
        "The residues' embeddings will take up to {:.2f} GiB in the project's cache.",
        2 * static_cast<double>(values) / kGibi);
  }
  const double bytes = 4 * static_cast<double>(values);
  std::error_code unknown;
  const auto disk =
      std::filesystem::space(std::filesystem::absolute(request.outFile).parent_path(), unknown);
  if (!unknown && bytes > static_cast<double>(disk.available)) {
    throw Error(ErrorKind::Io,
                fmt::format("{}: {:.2f} GiB are needed and {:.2f} GiB are free there; leave --out "
                            "away to keep the embeddings in the project in half the room, or "
                            "choose another disk",
                            request.outFile.string(), bytes / kGibi,
                            static_cast<double>(disk.available) / kGibi));
  }
  return fmt::format("The file will hold {:.2f} GiB.", bytes / kGibi);
}

/// One tensor an id, [width] or [residues, width], written as they come.
class EmbeddingFile {
 public:
  EmbeddingFile(const EmbedRequest& request, const Backbone& backbone)
      : m_request(request),
        m_width(backbone.width()),
        m_metadata({{"backbone", request.backbone.id},
                    {"identity", backbone.identity()},
                    {"kind", request.perResidue ? "per-residue" : "pooled"}}),
        m_stream(request.outFile, formats::headerRoom(request.ids, m_metadata)) {}

  void add(std::size_t index, const Embedding& embedding) {
    formats::TensorView view;
    if (m_request.perResidue) {
      view.shape.push_back(embedding.residues);
    }
    view.shape.push_back(m_width);
    view.bytes = std::as_bytes(std::span(embedding.values));
    m_stream.add(m_request.ids[index], view);
  }
  void finish() { m_stream.finish(m_metadata); }

 private:
  const EmbedRequest& m_request;
  std::int64_t m_width;
  std::map<std::string, std::string> m_metadata;
  formats::SafetensorsStream m_stream;
};

}  // namespace

EmbedResult embed(const EmbedRequest& request, const ProgressSink& progress,
                  const std::stop_token& stop,
                  const std::function<void(const std::string&)>& message) {
  return translated([&] {
    const auto started = std::chrono::steady_clock::now();
    checkRequest(request);
    useThreads(request.threads);
    const auto [backbone, cache, check] = decorated(request, {progress, stop});

    EmbedResult result;
    result.width = backbone->width();
    if (request.perResidue && message) {
      message(sizeNote(request, *backbone));
    }
    requireWithinLimit(backbone->lengthLimit(), request.ids, request.sequences);
    for (const auto& note : notesOn(*backbone, request.sequences)) {
      if (message) {
        message(note);
      }
    }
    result.longRule = backbone->lengthLimit().rule;
    result.longer = longerThan(backbone->lengthLimit(), request.sequences);
    std::optional<EmbeddingFile> file;
    if (!request.outFile.empty()) {
      file.emplace(request, *backbone);
    }
    const auto take = [&](std::size_t index, const Embedding& embedding) {
      ++result.proteins;
      result.residues += static_cast<std::int64_t>(request.sequences[index].size());
      if (file) {
        file->add(index, embedding);
      }
      if (request.take) {
        request.take(index, embedding.values);
      }
    };
    backbone->embed({request.sequences, request.perResidue, take, progress, stop});
    if (cache != nullptr) {
      result.fromCache = cache->fromCache();
    }
    if (check != nullptr) {
      result.drift = check->drift();
    }
    if (file) {
      file->finish();
    }
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return result;
  });
}

}  // namespace twofold::models
