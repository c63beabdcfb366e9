#include "edge/http/sentence.h"

#include <algorithm>
#include <array>

#include "codec/fact.h"
#include "domain/channel/facts.h"
#include "edge/http/render_report.h"
#include "edge/http/wording.h"
#include "state/stored.h"
#include "view/clocks.h"

namespace anlan::edge {
namespace {

template <std::size_t N>
bool among(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// Members by what their text stands for.
constexpr std::array<std::string_view, 3> kOrganisations{"organisation", "from", "to"};
constexpr std::array<std::string_view, 5> kPeople{"given_by", "person", "leader", "chief", "deputy"};
constexpr std::array<std::string_view, 2> kCodeWords{"through", "why"};

// Gathers the values of described structs in one language.
// Takes the values of a fact that its sentence may name, already worded.
class Gatherer {
 public:
  Gatherer(const Wording& wording, const journal::Fact& fact) : wording_(wording), fact_(fact) {}

  template <Described T>
  void members(const T& described) {
    each_field<T>([&](const auto& f) { member(f.name, described.*f.member); });
  }
  template <class T>
  void member(std::string_view name, const std::optional<T>& value) {
    value ? member(name, *value) : add(name, {});
  }
  void member(std::string_view name, const std::string& value) { add(name, readable(name, value)); }
  void member(std::string_view name, std::int64_t value) { add(name, std::to_string(value)); }
  void member(std::string_view name, Instant value) { add(name, wording_.moment(value)); }
  void member(std::string_view name, const std::vector<std::string>& value) {
    add(name, wording_.organisations(value));
  }
  void member(std::string_view name, const grade::Figures& value) { add(name, wording_.figures(value)); }
  void member(std::string_view name, const incident::Place& value) {
    add(name, render::place_name(wording_.page(), value));
    members(value);
  }
  void member(std::string_view name, const clock::FrozenRule& value) {
    add(name, value.document + value.clause);
    member("minutes", value.minutes);
  }
  template <Named E>
  void member(std::string_view name, const E& value) {
    add(name, wording_.word(name, name_of(value)));
  }
  template <Described T>
  void member(std::string_view, const T& value) {
    members(value);
  }
  // Points, areas and switches are nothing to be read in a sentence.
  template <class T>
  void member(std::string_view, const T&) {}

  void add(std::string_view name, std::string value) { values_.emplace_back(name, std::move(value)); }
  Texts::Values take() { return std::move(values_); }
  Locale locale() const { return wording_.locale(); }

 private:
  std::string readable(std::string_view name, const std::string& value) const {
    const Page& page = wording_.page();
    if (among(kOrganisations, name)) return page.directory.organisations.short_name(value);
    if (among(kPeople, name)) return render::person_name(page, value);
    if (among(kCodeWords, name)) return wording_.word(name, value);
    if (name == "by") return render::account_name(page, value + "@" + fact_.node, render::organisation_of(page, fact_));
    if (name == "type") return render::event_type_name(page, value, wording_.locale());
    if (name == "division") return render::division_name(page, value);
    if (name == "into") return render::incident_title(page, value);
    return value;
  }

  const Wording& wording_;
  const journal::Fact& fact_;
  Texts::Values values_;
};

// The values of a fact that is one of `Variant`'s; false where it is not.
template <class Variant>
bool gather(Gatherer& gatherer, const journal::Fact& fact) {
  if (!codec::is<Variant>(fact.type)) return false;
  std::visit([&](const auto& f) { gatherer.members(f); }, codec::decode<Variant>(fact.type, fact.body));
  return true;
}

std::string rest_of(const std::string& stream) { return stream.substr(stream.find('/') + 1); }

// A report's facts name it by id; its kind and number are looked up, and the title that it bore then: a later version
// may bear another.
void gather_report(Gatherer& gatherer, const Page& page, const journal::Fact& fact) {
  const auto report = read_report(page, rest_of(fact.stream));
  if (!report.ok()) return;
  const auto after =
      std::ranges::find_if(report->versions, [&](const report::Version& v) { return v.drafted.at > fact.recorded_at; });
  gatherer.member("title", (after == report->versions.begin() ? after : std::prev(after))->title);
  gatherer.member("kind", report->kind);
  gatherer.member("ordinal", report->ordinal);
  gatherer.member("from", report->from);
  gatherer.member("to", report->to);
}

// The same for clocks: facts after the first name only the clock.
void gather_clock(Gatherer& gatherer, const Page& page, const journal::Fact& fact) {
  const auto id = std::visit([](const auto& f) { return f.clock; }, codec::decode<clock::Fact>(fact.type, fact.body));
  const auto row = view::clock_row(page.sql, id, fact.stream.substr(fact.stream.rfind('/') + 1));
  if (!row) return;
  gatherer.member("leg", row->leg);
  gatherer.member("organisation", row->organisation);
  gatherer.member("rule", row->rule);
  gatherer.member("due_at", row->due_at);
}

// Of facts that are of no callee.
constexpr std::int64_t kNobody = -2;

// And of callouts: places and people are numbers of the first fact.
void gather_callout(Gatherer& gatherer, const Page& page, const journal::Fact& fact) {
  const auto c = state::replay<callout::Callout>(page.sql, state::Stored<callout::Callout>::id_of(fact.stream));
  gatherer.add("caller", page.directory.organisations.short_name(c.opened.organisation));
  const auto take = [&](std::int64_t number, std::optional<std::int64_t> callee) {
    const auto& places = c.opened.places;
    if (number < 0 || number >= static_cast<std::int64_t>(places.size())) return;
    const auto& place = places[static_cast<std::size_t>(number)];
    gatherer.add("at_place", render::division_name(page, place.division));
    if (!callee) gatherer.add("role", page.texts.get(gatherer.locale(), "callee.other"));
    if (callee >= 0 && callee < static_cast<std::int64_t>(place.callees.size()))
      gatherer.add("role", place.callees[static_cast<std::size_t>(*callee)].role);
  };
  std::visit(
      [&](const auto& f) {
        if constexpr (requires { f.callee; })
          take(f.place, f.callee);
        else if constexpr (requires { f.place; })
          take(f.place, kNobody);
        else if constexpr (requires { f.places; })
          gatherer.add("count", std::to_string(f.places.size()));
        else if constexpr (requires { f.accepted; })
          gatherer.add("decision",
                       page.texts.get(gatherer.locale(), f.accepted ? "taking_on.accepted" : "taking_on.declined"));
      },
      codec::decode<callout::Fact>(fact.type, fact.body));
}

}  // namespace

std::string Sentences::of(Locale locale, const journal::Fact& fact) const {
  const Wording wording(page_, locale);
  Gatherer gatherer(wording, fact);
  if (fact.stream.starts_with("parties/"))  // whose accounts may be another node's
    gatherer.member("organisation", fact.stream.substr(fact.stream.rfind('/') + 1));
  gather<incident::Fact>(gatherer, fact) || gather<incident::PartyFact>(gatherer, fact) ||
      gather<instruction::Fact>(gatherer, fact) || gather<clock::Fact>(gatherer, fact) ||
      gather<report::Fact>(gatherer, fact) || gather<report::ReceiptFact>(gatherer, fact) ||
      gather<warning::Fact>(gatherer, fact) || gather<alert::Fact>(gatherer, fact) ||
      gather<callout::Fact>(gatherer, fact) || gather<reach::Fact>(gatherer, fact) ||
      gather<channel::Fact>(gatherer, fact);
  if (codec::is<report::Fact>(fact.type) || codec::is<report::ReceiptFact>(fact.type))
    gather_report(gatherer, page_, fact);
  if (codec::is<instruction::Fact>(fact.type))
    gatherer.members(
        state::replay<instruction::Instruction>(page_.sql, state::Stored<instruction::Instruction>::id_of(fact.stream))
            .given);
  if (codec::is<clock::Fact>(fact.type)) gather_clock(gatherer, page_, fact);
  if (codec::is<callout::Fact>(fact.type)) gather_callout(gatherer, page_, fact);
  gatherer.add("actor", render::account_name(page_, fact.by(), render::organisation_of(page_, fact)));
  gatherer.member("organisation", render::organisation_of(page_, fact));
  gatherer.member("at", fact.occurred_at);
  const std::string key = "fact." + fact.type;
  return page_.texts.has(locale, key) ? wording.text(key, gatherer.take())
                                      : wording.text("fact.newer", {{"type", fact.type}});
}

}  // namespace anlan::edge
