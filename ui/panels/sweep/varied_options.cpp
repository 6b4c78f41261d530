#include "ui/panels/sweep/varied_options.h"

#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "core/runs/sweep_plan.h"
#include "ui/panels/worker_form.h"
#include "ui/theme/tokens.h"

namespace twofold::ui {

namespace {

VariedOption partChoice(const char* key, const char* label, const std::vector<Descriptor>& parts) {
  std::vector<std::string> ids;
  for (const auto& part : parts) {
    ids.push_back(part.id);
  }
  return {key, choiceOption(key, label, std::move(ids), "Which part is used.")};
}

void addOptions(std::vector<VariedOption>& list, const std::string& part,
                const std::vector<OptionSpec>& options) {
  for (const auto& option : options) {
    if (option.type != OptionType::Folder) {
      list.push_back({part + "." + option.id, option});
    }
  }
}

void addPart(std::vector<VariedOption>& list, const std::string& key,
             const std::vector<Descriptor>& parts, const std::string& id) {
  const auto part =
      std::find_if(parts.begin(), parts.end(), [&](const Descriptor& one) { return one.id == id; });
  if (part != parts.end()) {
    addOptions(list, key, part->options);
  }
}

bool isNumber(const OptionSpec& spec) {
  return spec.type == OptionType::Integer || spec.type == OptionType::Real;
}

/// "whole numbers, 1 to 512", "mlp, factorised".
QString whatItTakes(const OptionSpec& spec) {
  const auto ends = [&](const QString& kind) {
    return kind + QStringLiteral(", %1 %2 %3")
                      .arg(QString::number(spec.minimum), QObject::tr("to"),
                           QString::number(spec.maximum));
  };
  switch (spec.type) {
    case OptionType::Integer:
      return ends(QObject::tr("whole numbers"));
    case OptionType::Real:
      return ends(QObject::tr("numbers"));
    case OptionType::Switch:
      return QStringLiteral("true, false");
    case OptionType::Choice: {
      QStringList choices;
      for (const auto& choice : spec.choices) {
        choices << QString::fromStdString(choice);
      }
      return choices.join(QStringLiteral(", "));
    }
    default:
      return QObject::tr("words");
  }
}

void checkRange(const VariedOption& option, const runs::Variation::Range& range, bool isDrawn) {
  if (!isNumber(option.spec)) {
    throw Error(ErrorKind::Usage,
                QObject::tr("%1 takes values, not a range: %2.")
                    .arg(QString::fromStdString(option.spec.label), whatItTakes(option.spec))
                    .toStdString());
  }
  if (!isDrawn) {
    throw Error(ErrorKind::Usage,
                QObject::tr("%1 has a range, which not every combination can go through: give "
                            "values, or draw at random.")
                    .arg(QString::fromStdString(option.spec.label))
                    .toStdString());
  }
  for (const double end : {range.low, range.high}) {
    static_cast<void>(checkedOption(option.spec, option.spec.type == OptionType::Integer
                                                     ? OptionValue(static_cast<std::int64_t>(end))
                                                     : OptionValue(end)));
  }
}

}  // namespace

std::vector<VariedOption> optionsToVary(const runs::ComponentCatalog& catalog,
                                        const QStringList& backbones,
                                        const QList<QStringList>& channelSets) {
  const runs::RunSpec usual;
  std::vector<VariedOption> list;
  addOptions(list, "training", catalog.training.options);
  std::stable_sort(list.begin(), list.end(), [](const auto& one, const auto& other) {
    return one.spec.advanced < other.spec.advanced;
  });
  list.push_back(partChoice("fusion", "Fusion", catalog.fusions));
  list.push_back(partChoice("head", "Head", catalog.heads));
  addPart(list, "fusion", catalog.fusions, usual.fusion.id);
  addPart(list, "head", catalog.heads, usual.head.id);
  if (backbones.size() == 1) {
    addPart(list, "backbone", catalog.backbones, backbones.front().toStdString());
  }
  for (const auto& channel : catalog.channels) {
    const auto id = QString::fromStdString(channel.id);
    if (!channelSets.isEmpty() &&
        std::all_of(channelSets.begin(), channelSets.end(),
                    [&](const QStringList& set) { return set.contains(id); })) {
      addOptions(list, channel.id, channel.options);
    }
  }
  std::erase_if(list, [](const VariedOption& option) {
    return option.spec.type == OptionType::Choice && option.spec.choices.size() < 2;
  });
  return list;
}

std::string variationOf(const VariedOption& option, const QString& values, bool isDrawn) {
  QStringList parts;
  for (const auto& part : values.split(',')) {
    parts << part.trimmed();
  }
  const auto text = option.key + "=" + parts.join(',').toStdString();
  const auto variation = runs::parseVariation(text);
  if (variation.range) {
    checkRange(option, *variation.range, isDrawn);
    return text;
  }
  for (const auto& value : variation.values) {
    static_cast<void>(parseOption(option.spec, value));
  }
  return text;
}

VariedOptions::VariedOptions(QWidget* parent)
    : QWidget(parent),
      m_grid(new QGridLayout),
      m_add(namedButton(this, tr("Vary an option"), "varyOption")) {
  m_grid->setContentsMargins(0, 0, 0, 0);
  m_grid->setHorizontalSpacing(Tokens::kSpace2);
  m_grid->setVerticalSpacing(Tokens::kSpace1);
  m_grid->setColumnStretch(0, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace1);
  layout->addLayout(m_grid);
  layout->addWidget(m_add, 0, Qt::AlignLeft);
  connect(m_add, &QPushButton::clicked, this, &VariedOptions::add);
}

void VariedOptions::offer(std::vector<VariedOption> options) {
  m_options = std::move(options);
  std::vector<const QToolButton*> gone;
  for (const auto& row : m_rows) {
    const QString key = row.option->currentData().toString();
    fill(row, key);
    if (row.option->currentData().toString() != key) {
      gone.push_back(row.remove);
    }
  }
  for (const auto* button : gone) {
    removeRow(button);
  }
  m_add->setEnabled(!m_options.empty());
}

std::vector<std::string> VariedOptions::variations(bool isDrawn) const {
  std::vector<std::string> list;
  for (const auto& row : m_rows) {
    const auto* option = optionOf(row);
    if (option != nullptr) {
      if (row.values->text().trimmed().isEmpty()) {
        throw Error(ErrorKind::Usage, tr("Give values for %1, or remove its line.")
                                          .arg(QString::fromStdString(option->spec.label))
                                          .toStdString());
      }
      list.push_back(variationOf(*option, row.values->text(), isDrawn));
    }
  }
  return list;
}

void VariedOptions::add() {
  const QString number = QString::number(m_made++);
  Row row{pickerBox(this, "variedOption-0"), new QLineEdit(this), new QToolButton(this)};
  row.option->setObjectName(QStringLiteral("variedOption-") + number);
  row.option->setAccessibleName(tr("Option to vary"));
  row.values->setObjectName(QStringLiteral("variedValues-") + number);
  row.values->setAccessibleName(tr("Values to try"));
  row.remove->setObjectName(QStringLiteral("removeVaried-") + number);
  row.remove->setText(tr("Remove"));
  fill(row, {});
  const int line = m_grid->rowCount();
  m_grid->addWidget(row.option, line, 0);
  m_grid->addWidget(row.remove, line, 1);
  m_grid->addWidget(row.values, line + 1, 0, 1, 2);
  connect(row.option, &QComboBox::currentIndexChanged, this, [this, row] {
    explain(row);
    Q_EMIT changed();
  });
  connect(row.values, &QLineEdit::textChanged, this, &VariedOptions::changed);
  connect(row.remove, &QToolButton::clicked, this, [this, button = row.remove] {
    removeRow(button);
    Q_EMIT changed();
  });
  setTabOrder(row.option, row.values);
  setTabOrder(row.values, row.remove);
  setTabOrder(row.remove, m_add);
  m_rows.push_back(row);
  row.option->setFocus();
  Q_EMIT changed();
}

void VariedOptions::removeRow(const QToolButton* button) {
  const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                  [&](const Row& row) { return row.remove == button; });
  const Row row = *found;
  m_rows.erase(found);
  for (QWidget* widget : std::initializer_list<QWidget*>{row.option, row.values, row.remove}) {
    m_grid->removeWidget(widget);
    widget->hide();
    widget->deleteLater();  // the button may be the one that is being clicked
  }
}

void VariedOptions::fill(const Row& row, const QString& key) const {
  const QSignalBlocker quiet(row.option);
  row.option->clear();
  for (const auto& option : m_options) {
    row.option->addItem(QString::fromStdString(option.spec.label),
                        QString::fromStdString(option.key));
    row.option->setItemData(row.option->count() - 1,
                            QString::fromStdString(option.key + ": " + option.spec.help),
                            Qt::ToolTipRole);
  }
  row.option->setCurrentIndex(std::max(0, row.option->findData(key)));
  explain(row);
}

void VariedOptions::explain(const Row& row) const {
  const auto* option = optionOf(row);
  if (option == nullptr) {
    return;
  }
  const auto usual = QString::fromStdString(toText(option->spec.defaultValue));
  row.values->setPlaceholderText(tr("values, as in %1").arg(usual));
  row.values->setToolTip(
      tr("%1 Takes %2; %3 when it does not vary. Commas between values; where "
         "arms are drawn at random also LOW..HIGH or log:LOW..HIGH.")
          .arg(QString::fromStdString(option->spec.help), whatItTakes(option->spec), usual));
}

const VariedOption* VariedOptions::optionOf(const Row& row) const {
  const auto at = row.option->currentIndex();
  return at < 0 || at >= static_cast<int>(m_options.size())
             ? nullptr
             : &m_options[static_cast<std::size_t>(at)];
}

}  // namespace twofold::ui
