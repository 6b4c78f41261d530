#include "models/contacts/contact_settings.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace twofold::models {

namespace {

/// Each setting under its name, for writing and reading alike.
template <class Settings, class Visit>
void forEachSetting(Settings& settings, const Visit& visit) {
  visit("distance", settings.distance);
  visit("projection", settings.projection);
  visit("hidden", settings.hidden);
  visit("filter", settings.filter);
  visit("pool", settings.pool);
  visit("dropout", settings.dropout);
  visit("epochs", settings.epochs);
  visit("patience", settings.patience);
  visit("learning_rate", settings.learningRate);
  visit("weight_decay", settings.weightDecay);
  visit("negatives", settings.negatives);
  visit("magnitude", settings.magnitude);
  visit("interaction", settings.interaction);
  visit("crop", settings.crop);
}

void require(bool isSane, const char* setting, const char* range) {
  if (!isSane) {
    throw Error(ErrorKind::Usage, fmt::format("the contact model's {} must be {}", setting, range));
  }
}

}  // namespace

formats::Json toJson(const ContactSettings& settings) {
  formats::Json json;
  forEachSetting(settings, [&](const char* name, const auto& value) { json[name] = value; });
  return json;
}

ContactSettings contactSettingsFromJson(const formats::Json& json, std::string_view source) {
  ContactSettings settings;
  forEachSetting(settings, [&](const char* name, auto& value) {
    const auto found = json.find(name);
    if (found == json.end() || !found->is_number()) {
      throw badInput(source, 0, fmt::format("\"{}\" is missing or no number", name));
    }
    value = found->template get<std::remove_reference_t<decltype(value)>>();
  });
  return settings;
}

void requireSane(const ContactSettings& settings) {
  const auto isOdd = [](std::int64_t value, std::int64_t most) {
    return value >= 1 && value <= most && value % 2 == 1;
  };
  require(settings.distance > 0 && settings.distance <= 30, "distance", "above 0 and at most 30");
  require(settings.projection >= 1 && settings.projection <= 4096, "projection", "1 to 4096");
  require(settings.hidden >= 1 && settings.hidden <= 1024, "hidden width", "1 to 1024");
  require(isOdd(settings.filter, 31), "filter", "an odd number from 1 to 31");
  require(isOdd(settings.pool, 31), "pool", "an odd number from 1 to 31");
  require(settings.dropout >= 0 && settings.dropout < 1, "dropout", "at least 0 and below 1");
  require(settings.epochs >= 1 && settings.patience >= 1, "epochs and patience", "at least 1");
  require(settings.learningRate > 0 && settings.weightDecay >= 0, "learning rate", "above 0");
  require(settings.negatives >= 1, "negatives a contact", "at least 1");
  require(settings.magnitude >= 0 && settings.interaction >= 0, "weights of losses", "at least 0");
  require(settings.crop >= 16, "crop", "at least 16 residues");
}

}  // namespace twofold::models
