// Writes small random weights of every architecture into a folder, for tests that run the worker:
// these link no LibTorch themselves.   make_weights_folders FOLDER
#include "tests/models/backbones/weights_folders.h"

int main(int count, char** arguments) {
  if (count != 2) {
    return 2;
  }
  twofold::models::writeTextFolders(arguments[1]);
  std::filesystem::copy(TWOFOLD_FIXTURES "/esm2_tiny",
                        std::filesystem::path(arguments[1]) / "esm2");
  return 0;
}
