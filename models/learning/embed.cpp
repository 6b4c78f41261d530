#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "core/base/error.h"
#include "core/formats/safetensors.h"
#include "models/backbones/cached.h"
#include "models/backbones/checked.h"
#include "models/builtin_models.h"
#include "models/learning/assembly.h"
#include "models/learning/device.h"
#include "models/learning/session.h"

namespace twofold::models {

namespace {

void checkRequest(const EmbedRequest& request) {
  if (request.ids.size() != request.sequences.size()) {
    throw Error(ErrorKind::Internal, "an embedding request has not one id a sequence");
  }
  if (request.outFile.empty() && (request.perResidue || request.cacheFolder.empty())) {
    throw Error(ErrorKind::Usage,
                request.perResidue
                    ? "per-residue embeddings are not cached; name a file to write them to"
                    : "embeddings have nowhere to go; name a file, or a project with a cache");
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
  made.backbone =
      cached(makeBackbone(builtinParts(), request.backbone, request.device), request.cacheFolder);
  made.cache = dynamic_cast<const CachedBackbone*>(made.backbone.get());
  if (request.check) {
    auto checked = std::make_unique<CheckedBackbone>(std::move(made.backbone), exactSelf(request));
    made.check = checked.get();
    made.backbone = std::move(checked);
  }
  return made;
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
                  const std::stop_token& stop) {
  return translated([&] {
    const auto started = std::chrono::steady_clock::now();
    checkRequest(request);
    useThreads(request.threads);
    const auto [backbone, cache, check] = decorated(request);

    EmbedResult result;
    result.width = backbone->width();
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
