#include "ui/shell/command_palette.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include "ui/theme/tokens.h"

namespace twofold::ui {

namespace {
constexpr int kWidth = 480;
constexpr int kHeight = 320;
}  // namespace

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window, Qt::Popup), m_text(new QLineEdit(this)), m_list(new QListWidget(this)) {
  setObjectName(QStringLiteral("commandPalette"));
  setProperty("role", "card");
  m_text->setObjectName(QStringLiteral("commandText"));
  m_text->setPlaceholderText(tr("Type a command"));
  m_text->installEventFilter(this);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2, Tokens::kSpace2);
  layout->addWidget(m_text);
  layout->addWidget(m_list);
  connect(m_text, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(m_text, &QLineEdit::returnPressed, this, &CommandPalette::choose);
  connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::choose);
}

void CommandPalette::open(const QList<QAction*>& actions) {
  m_actions = actions;
  m_text->clear();
  filter({});
  resize(kWidth, kHeight);
  const auto* window = parentWidget();
  move(window->mapToGlobal(QPoint((window->width() - kWidth) / 2, Tokens::kSpace5 * 3)));
  show();
  m_text->setFocus();
}

void CommandPalette::filter(const QString& text) {
  m_list->clear();
  for (auto* action : std::as_const(m_actions)) {
    const QString name = QString(action->text()).remove('&');
    if (action->isEnabled() && name.contains(text, Qt::CaseInsensitive)) {
      const QString keys = action->shortcut().toString(QKeySequence::NativeText);
      auto* item = new QListWidgetItem(keys.isEmpty() ? name : name + "    " + keys, m_list);
      item->setData(Qt::UserRole, QVariant::fromValue(action));
    }
  }
  m_list->setCurrentRow(0);
}

void CommandPalette::choose() {
  auto* item = m_list->currentItem();
  hide();
  if (item != nullptr) {
    item->data(Qt::UserRole).value<QAction*>()->trigger();
  }
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
      const int step = key == Qt::Key_Down ? 1 : -1;
      const int last = std::max(0, m_list->count() - 1);
      m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, last));
      return true;
    }
  }
  return QFrame::eventFilter(watched, event);
}

}  // namespace twofold::ui
