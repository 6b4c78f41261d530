#include "ui/panels/evidence/neighbour_evidence.h"

#include <QSet>

#include "core/base/error.h"

namespace twofold::ui {

namespace {

QString text(const formats::Json& json, const char* key) {
  return QString::fromStdString(json.at(key).get<std::string>());
}

NeighbourRow rowFrom(const formats::Json& json) {
  NeighbourRow row{text(json, "id"),
                   text(json, "name"),
                   json.at("distance").get<double>(),
                   json.at("identity").get<double>(),
                   json.at("coverage").get<double>(),
                   {}};
  for (const auto& partner : json.at("partners")) {
    row.partners << QString::fromStdString(partner.get<std::string>());
  }
  return row;
}

}  // namespace

NeighbourList neighbourList(const formats::Json& body) {
  try {
    NeighbourList list{
        text(body, "protein"), text(body, "backbone"), body.at("searched").get<qint64>(), {}};
    for (const auto& row : body.at("neighbours")) {
      list.rows.push_back(rowFrom(row));
    }
    return list;
  } catch (const formats::Json::exception& error) {
    throw Error(ErrorKind::BadInput, std::string("the worker's neighbours cannot be read (") +
                                         error.what() + "); use a worker of this version");
  }
}

std::vector<Interolog> interologs(const NeighbourList& list, const NeighbourList& other) {
  QSet<QString> near;
  for (const auto& row : other.rows) {
    near.insert(row.id);
  }
  std::vector<Interolog> all;
  for (const auto& row : list.rows) {
    Interolog found;
    for (const auto& partner : row.partners) {
      if (row.id == other.protein && partner == list.protein) {
        continue;
      }
      if (partner == other.protein) {
        found.withOther = true;
      } else if (near.contains(partner)) {
        found.withNear << partner;
      }
    }
    all.push_back(std::move(found));
  }
  return all;
}

}  // namespace twofold::ui
