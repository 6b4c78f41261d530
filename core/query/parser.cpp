#include "core/query/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/nearest_name.h"
#include "core/query/lexer.h"
#include "core/query/words.h"

namespace twofold::query {

namespace {

// What is deeper or longer was made by no person, and would exhaust the stack.
constexpr int kDeepest = 100;  // brackets and signs inside each other
constexpr int kMostOperators = 1000;

class Parser {
 public:
  explicit Parser(std::string_view text) : m_tokens(tokensOf(text)) {}

  Expression whole() {
    Expression e = disjunction();
    requireEnd();
    return e;
  }

  std::vector<Expression> list() {
    std::vector<Expression> all;
    if (now().kind != TokenKind::End) {
      do {
        all.push_back(disjunction());
      } while (takeSymbol(","));
    }
    requireEnd();
    return all;
  }

  Sort sort() {
    Sort sort{disjunction(), false};
    sort.descending = takeKeyword("desc");
    if (!sort.descending) {
      takeKeyword("asc");
    }
    requireEnd();
    return sort;
  }

 private:
  [[nodiscard]] const Token& now() const { return m_tokens[m_place]; }
  Token take() {
    Token token = now();
    m_place += token.kind == TokenKind::End ? 0 : 1;
    return token;
  }
  [[nodiscard]] bool isSymbol(std::string_view text) const {
    return now().kind == TokenKind::Symbol && now().text == text;
  }
  [[nodiscard]] bool isKeywordNow(std::string_view text) const {
    return now().kind == TokenKind::Keyword && now().text == text;
  }
  bool takeSymbol(std::string_view text) {
    const bool is = isSymbol(text);
    m_place += is ? 1 : 0;
    return is;
  }
  bool takeKeyword(std::string_view text) {
    const bool is = isKeywordNow(text);
    m_place += is ? 1 : 0;
    return is;
  }

  [[nodiscard]] Error expected(std::string_view what) const {
    const bool isEnd = now().kind == TokenKind::End;
    return queryError(now().position,
                      isEnd ? fmt::format("expected {}, but the text ends", what)
                            : fmt::format("expected {}, not \"{}\"", what, now().text));
  }
  void requireSymbol(std::string_view text, std::string_view what) {
    if (!takeSymbol(text)) {
      throw expected(what);
    }
  }
  void requireEnd() const {
    if (now().kind != TokenKind::End) {
      throw expected("an operator such as =, and, or, or the end");
    }
  }
  void countOperator() {
    if (++m_operators > kMostOperators) {
      throw queryError(now().position,
                       fmt::format("more than {} operators; use \"in (…)\"", kMostOperators));
    }
  }

  /// A chain is one node, so that a long one is not a deep one.
  Expression chain(Kind kind, std::string_view word, Expression (Parser::*part)()) {
    Expression first = (this->*part)();
    if (!isKeywordNow(word)) {
      return first;
    }
    Expression all{kind, 0, {}, false, {}, first.position};
    all.operands.push_back(std::move(first));
    while (takeKeyword(word)) {
      countOperator();
      all.operands.push_back((this->*part)());
    }
    return all;
  }
  Expression disjunction() {
    const Deeper deeper(*this);
    return chain(Kind::Or, "or", &Parser::conjunction);
  }
  Expression conjunction() { return chain(Kind::And, "and", &Parser::negation); }

  Expression negation() {
    if (!isKeywordNow("not")) {
      return comparison();
    }
    const Deeper deeper(*this);
    const auto position = take().position;
    return {Kind::Not, 0, {}, false, {negation()}, position};
  }

  Expression comparison() {
    Expression left = sum();
    for (const Kind kind : {Kind::Equal, Kind::NotEqual, Kind::LessEqual, Kind::GreaterEqual,
                            Kind::Less, Kind::Greater}) {
      if (takeSymbol(symbolOf(kind))) {
        countOperator();
        return binary(kind, std::move(left), sum());
      }
    }
    const bool negated = takeKeyword("not");
    if (takeKeyword("in")) {
      return membership(std::move(left), negated);
    }
    for (const auto& [kind, word] : {std::pair{Kind::Like, "like"}, {Kind::LikeAny, "ilike"}}) {
      if (takeKeyword(word)) {
        return likeness(kind, std::move(left), negated);
      }
    }
    if (negated) {
      throw expected("in, like or ilike after \"not\"");
    }
    return takeKeyword("is") ? nullity(std::move(left)) : left;
  }

  static Expression binary(Kind kind, Expression left, Expression right) {
    Expression e{kind, 0, {}, false, {}, left.position};
    e.operands.push_back(std::move(left));
    e.operands.push_back(std::move(right));
    return e;
  }

  Expression likeness(Kind kind, Expression left, bool negated) {
    if (now().kind != TokenKind::Text) {
      throw expected("a pattern in quotes, as in 'esm%'");
    }
    Expression e = binary(kind, std::move(left), atom());
    e.negated = negated;
    return e;
  }

  Expression membership(Expression left, bool negated) {
    Expression e{Kind::In, 0, {}, negated, {}, left.position};
    e.operands.push_back(std::move(left));
    requireSymbol("(", "a list in brackets, as in ('esm2', 'unirep')");
    do {
      countOperator();
      e.operands.push_back(literal());
    } while (takeSymbol(","));
    requireSymbol(")", "a comma or a closing bracket");
    return e;
  }

  Expression literal() {
    const bool isMinus = isSymbol("-");
    const auto position = now().position;
    if (isMinus) {
      take();
    }
    const bool isWord = isKeywordNow("true") || isKeywordNow("false");
    if (now().kind != TokenKind::Number &&
        (isMinus || (now().kind != TokenKind::Text && !isWord))) {
      throw expected("a number or a text in quotes");
    }
    Expression value = atom();
    value.number = isMinus ? -value.number : value.number;
    value.position = position;
    return value;
  }

  Expression nullity(Expression left) {
    Expression e{Kind::IsNull, 0, {}, takeKeyword("not"), {}, left.position};
    if (!takeKeyword("null")) {
      throw expected("null or not null after \"is\"");
    }
    e.operands.push_back(std::move(left));
    return e;
  }

  Expression sum() {
    Expression left = product();
    while (isSymbol("+") || isSymbol("-")) {
      countOperator();
      const Kind kind = take().text == "+" ? Kind::Add : Kind::Subtract;
      left = binary(kind, std::move(left), product());
    }
    return left;
  }

  Expression product() {
    Expression left = sign();
    while (isSymbol("*") || isSymbol("/")) {
      countOperator();
      const Kind kind = take().text == "*" ? Kind::Multiply : Kind::Divide;
      left = binary(kind, std::move(left), sign());
    }
    return left;
  }

  Expression sign() {
    if (!isSymbol("-")) {
      return atom();
    }
    const Deeper deeper(*this);
    const auto position = take().position;
    return {Kind::Negate, 0, {}, false, {sign()}, position};
  }

  Expression atom() {
    if (takeSymbol("(")) {
      Expression inside = disjunction();
      requireSymbol(")", "a closing bracket");
      return inside;
    }
    const Token token = now();
    switch (token.kind) {
      case TokenKind::Number:
        take();
        return {Kind::Number, token.number, {}, false, {}, token.position};
      case TokenKind::Text:
        take();
        return {Kind::Text, 0, token.text, false, {}, token.position};
      case TokenKind::Name:
        take();
        return isSymbol("(") ? call(token)
                             : Expression{Kind::Name, 0, token.text, false, {}, token.position};
      default:
        break;
    }
    if (isKeywordNow("true") || isKeywordNow("false")) {
      return {Kind::Text, 0, take().text, false, {}, token.position};
    }
    throw expected("a name such as metrics.auprc, a number, a text in quotes or a bracket");
  }

  Expression call(const Token& name) {
    Expression e{Kind::Call, 0, name.text, false, {}, name.position};
    const auto known =
        std::find_if(functions().begin(), functions().end(),
                     [&](const Function& function) { return function.name == name.text; });
    if (known == functions().end()) {
      std::vector<std::string> names;
      for (const auto& function : functions()) {
        names.push_back(function.name);
      }
      throw queryError(name.position, fmt::format("there is no function \"{}\"{}", name.text,
                                                  didYouMean(name.text, names)));
    }
    take();
    do {
      e.operands.push_back(disjunction());
    } while (takeSymbol(","));
    requireSymbol(")", "a comma or a closing bracket");
    if (e.operands.size() < known->fewest || e.operands.size() > known->most) {
      throw queryError(name.position,
                       fmt::format("{}(…) takes {}", name.text,
                                   known->most == 1 ? "one number" : "2 to 100 numbers"));
    }
    return e;
  }

  /// Counts how deep the parser is in itself.
  class Deeper {
   public:
    explicit Deeper(Parser& parser) : m_parser(parser) {
      if (++m_parser.m_depth > kDeepest) {
        throw queryError(parser.now().position,
                         fmt::format("more than {} brackets or signs inside each other", kDeepest));
      }
    }
    ~Deeper() { --m_parser.m_depth; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    Parser& m_parser;
  };

  std::vector<Token> m_tokens;
  std::size_t m_place = 0;
  int m_depth = 0;
  int m_operators = 0;
};

}  // namespace

Expression parse(std::string_view text) {
  return Parser(text).whole();
}

std::vector<Expression> parseColumns(std::string_view text) {
  return Parser(text).list();
}

Sort parseSort(std::string_view text) {
  return Parser(text).sort();
}

std::string toText(const Sort& sort) {
  return toText(sort.by) + (sort.descending ? " desc" : "");
}

}  // namespace twofold::query
