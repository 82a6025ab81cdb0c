#pragma once

namespace monnto::expression {

class Expression;
class NotInGrammar;
class Scope;
struct Arguments;
struct GeneText;
struct Names;
struct Node;
struct Token;
struct Value;

}  // namespace monnto::expression
