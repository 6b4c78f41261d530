// A project in a folder that is removed afterwards, and the files imported into it.
#pragma once

#include <string>

#include "core/imports/importers.h"
#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/structure_repository.h"
#include "tests/core/base/test_files.h"

namespace twofold::tests {

class ProjectFixture {
 public:
  ProjectFixture() : m_project(store::Project::openOrCreate(m_folder.path("project"))) {}

  [[nodiscard]] store::Project& project() { return m_project; }
  [[nodiscard]] store::ProteinRepository proteins() {
    return store::ProteinRepository(m_project.database());
  }
  [[nodiscard]] store::PairRepository pairs() {
    return store::PairRepository(m_project.database());
  }
  [[nodiscard]] std::filesystem::path write(const std::string& name, std::string_view text) const {
    return m_folder.write(name, text);
  }
  [[nodiscard]] std::filesystem::path path(const std::string& name) const {
    return m_folder.path(name);
  }
  imports::ImportReport importFasta(std::string_view text, const std::string& name = "x.fasta") {
    const std::vector<std::filesystem::path> files = {write(name, text)};
    return imports::importProteins(m_project, files, {});
  }

 private:
  TestFolder m_folder;
  store::Project m_project;
};

}  // namespace twofold::tests
