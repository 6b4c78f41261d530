// The complexes of a project with their contacts, for contact models.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/imports/importers.h"
#include "core/store/project.h"
#include "models/contacts/contact_data.h"

namespace twofold::app {

struct ComplexSource {
  double distance = 8;    // angstrom between C-alphas, of a contact
  std::string negatives;  // pair set whose negative pairs join; empty: none
};

struct LoadedComplexes {
  models::ContactSet set;
  std::vector<std::string> notes;  // what was left out and why, a sentence each
  std::string hash;                // SHA-256 of all that is in `set`
};

/// Chain pairs with an interface (10 C-alpha pairs within 8 angstrom, as the import counts) in
/// structures that are not predicted; of one protein pair in one structure the chain pair with the
/// most contacts. Throws StopRequested; Error(BadInput) when there is none, NotFound for an unknown
/// pair set, Usage for one without negatives.
[[nodiscard]] LoadedComplexes loadComplexes(store::Project& project, const ComplexSource& source,
                                            const imports::Watch& watch);

}  // namespace twofold::app
