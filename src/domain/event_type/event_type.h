#pragma once
// The tree of event types.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/event_type/types.h"

namespace anlan::event_type {

// Immutable after parse(); any number of threads may read it. Pointers live as long as it does.
class EventTypes {
 public:
  // `text`: data/codes/event-type.tsv. Fails with the line at fault: a code of another form, a repeated code, a missing
  // name in either language, an unknown confidence, bad dates, a code whose parent is not there.
  static Result<EventTypes> parse(std::string text);

  // In the order of the codes.
  const std::vector<EventType>& all() const { return all_; }
  // Null where there is none; the one valid on that day with `at`.
  const EventType* find(std::string_view code) const;
  const EventType* find(std::string_view code, Instant at) const;
  // Null for the root.
  const EventType* parent(const EventType&) const;
  std::vector<const EventType*> children(std::string_view code) const;

  // By name, pinyin, initials and English name among the types valid on that day; best first, classes before their
  // members.
  std::vector<const EventType*> search(std::string_view text, Instant at, std::size_t limit) const;

 private:
  std::unique_ptr<std::string> text_, keys_;
  std::vector<EventType> all_;
};

// The code one step up; empty for the root.
std::string parent_code(std::string_view code);
// Whether the two are of one class: the first three characters agree and name a class (12D01 and 12D99).
bool same_class(std::string_view, std::string_view);

}  // namespace anlan::event_type
