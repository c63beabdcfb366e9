#pragma once
// One writer for each shape that many answers carry. Names that are not known are written as their ids: an answer never
// fails for what a directory has lost.

#include <concepts>
#include <map>
#include <optional>
#include <ranges>
#include <string>
#include <vector>

#include "codec/json_write.h"
#include "domain/incident/types.h"
#include "edge/http/page.h"
#include "view/clocks.h"

namespace anlan::edge::render {

// The name of the person behind an account, also of one that may act no more; the account itself where there is none.
// Accounts of the node itself and of keys have words of their own ("actor.…" in data/text). Nothing of an account of
// another node: who has it is known there, and one of the same name here is somebody else's. `by`: "ACCOUNT@NODE" as
// journal::Fact::by() gives it.
std::optional<std::string> person_behind(const Page&, const std::string& by);
// The same; of an account of another node the organisation for which it acted, the node's name where that is not said.
std::string account_name(const Page&, const std::string& by, const std::string& organisation = {});
// The name of a person, the id where it is unknown.
std::string person_name(const Page&, const std::string& person);
// The organisation for which the fact was recorded: of an account of this node its own, else the one that the name of
// the stream has. Empty for the node itself, and where neither says it.
std::string organisation_of(const Page&, const journal::Fact&);
// 寿光市羊口镇: from the county down; the code where it is unknown.
std::string division_name(const Page&, const std::string& code);
// The division with the address, which mostly repeats the town.
std::string place_name(const Page&, const incident::Place&);
// The same from the province down, as official documents have it.
std::string whole_place_name(const Page&, const incident::Place&);
// The code itself where the table lacks it: facts outlive tables.
std::string event_type_name(const Page&, const std::string& code, Locale = Locale::kChinese);
// Empty where the viewer does not take part in it: who sees a clock or an instruction need not know its incident.
std::string incident_title(const Page&, const std::string& incident);
// The same for a whole list, asked once.
class Titles {
 public:
  // Each line has a member `incident`.
  template <class Lines>
  Titles(const Page& page, const Lines& lines) {
    std::vector<std::string> ids;
    for (const auto& line : lines) ids.push_back(line.incident);
    read(page, ids);
  }
  const std::string& of(const std::string& incident) const;

 private:
  void read(const Page&, const std::vector<std::string>& incidents);
  std::map<std::string, std::string> titles_;
};

// {id, short}
void organisation(std::string& out, const Page&, const std::string& id);
// {id, name, post, phone}, null where the id is empty.
void person(std::string& out, const Page&, const std::string& id);
void clock(std::string& out, const Page&, const view::ClockRow&, const std::string& incident_title);
void clocks(std::string& out, const Page&, const std::vector<view::ClockRow>&);

// {"items":[…],"at","position"}, and "more" for a list that may be longer than its answer.
template <class Write>
requires std::invocable<Write, std::string&> Body items(const Page& page, Write&& write,
                                                        std::optional<bool> more = {}) {
  std::string body;
  {
    json::Object object(body);
    write(object.key("items"));
    if (more) object.member("more", *more);
    object.member("at", page.now);
    object.member("position", page.position);
  }
  return body;
}
template <std::ranges::range Range, class Item>
Body items(const Page& page, const Range& range, Item&& item) {
  return items(page, [&](std::string& out) { json::write_list(out, range, item); });
}

}  // namespace anlan::edge::render
