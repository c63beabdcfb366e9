#pragma once
// What is wrong in a file that people write: configuration, rules, tables, texts.

#include <string>
#include <vector>

#include "base/result.h"
#include "base/texts.h"

namespace anlan {

// Something in the configuration or the tables that keeps a node from starting, with where a person finds it.
struct Mistake {
  std::string file;  // also "ANLAN_HTTP_PORT" or "--port"
  int line = 0;      // from 1; 0 where no line is at fault
  std::string key;   // dotted: "http.port", "rule[3].minutes"
  std::string code;  // text "mistake.<code>"
  Texts::Values values = {};
};
using Mistakes = std::vector<Mistake>;

// Where a value was given.
struct Place {
  std::string file;  // as a mistake names it
  int line = 0;
};

// "FILE:LINE: KEY: what", parts that are not known left out.
std::string describe(const Mistake&, const Texts&, Locale);
// The same with the code instead of a text, for where no texts are at hand yet.
std::string describe(const Mistake&);
Failure as_failure(const Mistakes&);

}  // namespace anlan
