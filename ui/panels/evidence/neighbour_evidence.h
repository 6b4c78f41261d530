// The training proteins nearest to a protein, and which of their known partners speak for the pair.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "core/formats/bounded_json.h"

namespace twofold::ui {

struct NeighbourRow {
  QString id;
  QString name;
  double distance = 0;   // squared, in the embeddings
  double identity = 0;   // share of the aligned columns
  double coverage = 0;   // share of the protein asked about
  QStringList partners;  // known in the training part
};

/// Of one protein, nearest first.
struct NeighbourList {
  QString protein;
  QString backbone;
  qint64 searched = 0;  // training proteins
  std::vector<NeighbourRow> rows;
};

/// From the result of `twofold-worker neighbours`. Throws Error(BadInput) naming what is missing.
[[nodiscard]] NeighbourList neighbourList(const formats::Json& body);

/// What a neighbour says of the pair (interolog evidence).
struct Interolog {
  bool withOther = false;  // it is known to interact with the other protein itself
  QStringList withNear;    // partners that are near the other protein

  [[nodiscard]] bool isEvidence() const { return withOther || !withNear.isEmpty(); }
};

/// One for each row of `list`. The pair itself, seen because its proteins are near each other, is
/// no evidence for itself.
[[nodiscard]] std::vector<Interolog> interologs(const NeighbourList& list,
                                                const NeighbourList& other);

}  // namespace twofold::ui
