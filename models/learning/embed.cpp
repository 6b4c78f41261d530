#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "core/base/error.h"
#include "core/formats/safetensors.h"
#include "core/weights/memory_fit.h"
#include "models/backbones/cached.h"
#include "models/backbones/checked.h"
#include "models/builtin_models.h"
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
  if (request.outFile.empty() && request.cacheFolder.empty()) {
    throw Error(ErrorKind::Usage,
                "embeddings have nowhere to go; name a file, or a project with a cache");
  }
  std::set<std::string_view> seen;
  for (const auto& id : request.ids) {
    if (!seen.insert(id).second) {
      throw Error(ErrorKind::BadInput, fmt::format("protein \"{}\" is there twice", id));
    }
  }
}

/// The same network in float32.
std::unique_ptr<Backbone> exactSelf(const EmbedRequest& request) {
  const auto& options = builtinParts().backbones.find(request.backbone.id).descriptor.options;
  if (std::none_of(options.begin(), options.end(),
                   [](const OptionSpec& option) { return option.id == "precision"; })) {
    throw Error(ErrorKind::Usage, fmt::format("backbone \"{}\" has one precision only, so there "
                                              "is nothing to check",
                                              request.backbone.id));
  }
  auto exact = request.backbone;
  exact.options["precision"] = "fp32";
  return makeBackbone(builtinParts(), exact, request.device);
}

/// Views into `backbone`; null for a decorator that was not asked for.
struct Decorated {
  std::unique_ptr<Backbone> backbone;
  const CachedBackbone* cache = nullptr;
  const CheckedBackbone* check = nullptr;
};

Decorated decorated(const EmbedRequest& request) {
  Decorated made;
  made.backbone = cached(makeBackbone(builtinParts(), request.backbone, request.device),
                         request.cacheFolder, request.perResidue && request.outFile.empty());
  made.cache = dynamic_cast<const CachedBackbone*>(made.backbone.get());
  if (request.check) {
    auto checked = std::make_unique<CheckedBackbone>(std::move(made.backbone), exactSelf(request));
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
    rows += limit.rule == "crop" ? std::min(residues, limit.residues) : residues;
  }
  return rows;
}

/// What embeddings of residues take where they go. Throws Error(Memory) when a file of them would
/// not fit into memory, where it is put together.
std::string sizeNote(const EmbedRequest& request, const Backbone& backbone) {
  constexpr double kGibi = 1024.0 * 1024.0 * 1024.0;
  const std::int64_t values = residueRows(request, backbone.lengthLimit()) * backbone.width();
  if (request.outFile.empty()) {
    return fmt::format(
        "The residues' embeddings will take up to {:.2f} GiB in the project's cache.",
        2 * static_cast<double>(values) / kGibi);
  }
  const std::int64_t bytes = values * static_cast<std::int64_t>(sizeof(float));
  const std::int64_t available = weights::availableMemory();
  if (available > 0 && bytes > available) {
    throw Error(
        ErrorKind::Memory,
        fmt::format("a file of {:.2f} GiB is put together in memory, and {:.2f} GiB is "
                    "available; leave --out away to keep the embeddings in the project, "
                    "or embed the proteins in several files",
                    static_cast<double>(bytes) / kGibi, static_cast<double>(available) / kGibi));
  }
  return fmt::format("The file will hold {:.2f} GiB.", static_cast<double>(bytes) / kGibi);
}

/// One tensor an id: [width], or [residues, width].
void write(const EmbedRequest& request, const std::vector<Embedding>& embeddings,
           const Backbone& backbone) {
  std::map<std::string, formats::TensorView> tensors;
  for (std::size_t i = 0; i < embeddings.size(); ++i) {
    const Embedding& embedding = embeddings[i];
    formats::TensorView view;
    if (request.perResidue) {
      view.shape.push_back(embedding.residues);
    }
    view.shape.push_back(backbone.width());
    view.bytes = std::as_bytes(std::span(embedding.values));
    tensors.emplace(request.ids[i], std::move(view));
  }
  formats::writeSafetensors(request.outFile, tensors,
                            {{"backbone", request.backbone.id},
                             {"identity", backbone.identity()},
                             {"kind", request.perResidue ? "per-residue" : "pooled"}});
}

}  // namespace

EmbedResult embed(const EmbedRequest& request, const ProgressSink& progress,
                  const std::stop_token& stop,
                  const std::function<void(const std::string&)>& message) {
  return translated([&] {
    const auto started = std::chrono::steady_clock::now();
    checkRequest(request);
    useThreads(request.threads);
    const auto [backbone, cache, check] = decorated(request);

    EmbedResult result;
    result.width = backbone->width();
    if (request.perResidue && message) {
      message(sizeNote(request, *backbone));
    }
    for (const auto& note : notesOn(*backbone, request.sequences)) {
      if (message) {
        message(note);
      }
    }
    result.longRule = backbone->lengthLimit().rule;
    result.longer = longerThan(backbone->lengthLimit(), request.sequences);
    std::vector<Embedding> embeddings(request.outFile.empty() ? 0 : request.ids.size());
    const auto take = [&](std::size_t index, Embedding&& embedding) {
      ++result.proteins;
      result.residues += static_cast<std::int64_t>(request.sequences[index].size());
      if (!embeddings.empty()) {
        embeddings[index] = std::move(embedding);
      }
    };
    backbone->embed({request.sequences, request.perResidue, take, progress, stop});
    if (cache != nullptr) {
      result.fromCache = cache->fromCache();
    }
    if (check != nullptr) {
      result.drift = check->drift();
    }
    if (!request.outFile.empty()) {
      write(request, embeddings, *backbone);
    }
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return result;
  });
}

}  // namespace twofold::models
