#pragma once
// Which type of ours an event of others is: data of the site (data/codes/alert-event.tsv).

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "domain/alert/types.h"

namespace anlan::alert {

// By the name of a code and its value, or by the words of the event under the name "event", whose letters' case does
// not count.
class Events {
 public:
  Events() = default;
  // Rows of name, value, type and what it means. Fails with the line at fault: a cell missing, a row twice.
  static Result<Events> parse(std::string_view text);

  // Code of our type; empty where none of the codes and not the event is known. Codes go before words.
  std::string type_of(const Message&) const;
  bool empty() const { return types_.empty(); }
  // All types that are named.
  std::vector<std::string> types() const;

 private:
  std::map<std::pair<std::string, std::string>, std::string, std::less<>> types_;
};

}  // namespace anlan::alert
