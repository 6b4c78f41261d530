// What a foreign file is and holds, read with the program's own bounded readers.
#pragma once

#include <filesystem>
#include <string>

#include "core/formats/bounded_json.h"

namespace twofold::app {

struct FileInspection {
  std::string
      kind;  // "FASTA", "UniProt text", "UniProt XML", "pairs", "structure", "safetensors", …
  std::string summary;  // one sentence for people
  formats::Json counts = formats::Json::object();
};

/// Throws Error as the reader of that kind does, with the file, the line and the reason.
[[nodiscard]] FileInspection inspectFile(const std::filesystem::path& path);

}  // namespace twofold::app
