#pragma once
// A folder into which other programs lay alerts: each is taken in, then moved to done/, or to refused/ with the reason
// beside it.

#include <map>
#include <string>

#include "edge/intake/taking.h"

namespace anlan::edge::intake {

// One process does it. A link is not followed but left and told. A program that writes slowly should write under a name
// that begins with a point and rename; of others a file counts when it is the same at two looks.
class Folder {
 public:
  // `ground` outlives it. Makes the folders where they are missing; what goes wrong with that is told at each look.
  Folder(const Ground& ground, Source source, std::string folder);

  // On one thread, about once a second. At most kAtOnce files; the rest with the next look.
  void look();

  static constexpr int kAtOnce = 100;

 private:
  void take(const std::string& name, const std::string& bytes);
  // Under its own name, or with a number where one of that name lies there.
  std::string put(const std::string& name, const char* where, const std::string& bytes);

  const Ground& ground_;
  const Source source_;
  const std::string folder_;
  std::map<std::string, std::string>
      seen_;             // what lay there at the last look, by name: digest, or that it cannot be read
  std::string trouble_;  // told last
};

}  // namespace anlan::edge::intake
