#include "command/fits.h"

#include <algorithm>
#include <array>

#include "codec/fact.h"
#include "codec/known_facts.h"

namespace anlan::command {
namespace {

constexpr std::size_t kLongestName = 200, kLongestWord = 60;

// "clocks/I/O" in three, "I.O.r1" in three.
std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool consists_of(std::string_view text, std::string_view signs) {
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           signs.find(c) != std::string_view::npos;
  });
}

bool is_line(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

// One fact before its stream.
class Newcomer {
 public:
  Newcomer(Memory& memory, const std::string& self, const journal::Fact& fact)
      : memory_(memory),
        self_(self),
        fact_(fact),
        name_(parts_of(fact.stream, '/')),
        id_(part(name_, 1)),
        within_(parts_of(id_, '.')),
        incident_(part(within_, 0).substr(0, part(within_, 0).find('@'))) {}

  const char* fault() {
    if (!is_text()) return "is no fact that a node records";
    const std::string world = world_here();
    if (!world.empty() && world != fact_.world) return "is of another world";
    if (!knows_streams(name_[0])) return codec::is_known(fact_.type) ? "lies in a stream of another kind" : nullptr;
    return fits() ? nullptr : "does not follow from what is there";
  }

 private:
  static const std::string& part(const std::vector<std::string>& parts, std::size_t number) {
    static const std::string kNone;
    return number < parts.size() ? parts[number] : kNone;
  }
  bool is(std::string_view prefix) const { return name_[0] == prefix; }
  bool first() const { return fact_.version == 1; }

  // What others write into lines, names of streams and streams of events.
  bool is_text() const {
    const bool named = name_.size() >= 2 && fact_.stream.size() <= kLongestName &&
                       std::ranges::all_of(name_, [](const auto& part) { return consists_of(part, "-_.@"); });
    const bool worded = consists_of(fact_.type, "_.") && fact_.type.size() <= kLongestWord &&
                        consists_of(fact_.world, "-_") && fact_.world.size() <= kLongestWord;
    const bool brief = fact_.actor.size() <= kLongestName && fact_.cause.size() <= kLongestName;
    if (!named || !worded || !brief || !is_line(fact_.body) || !is_line(fact_.actor) || !is_line(fact_.cause))
      return false;
    if (codec::is_known(fact_.type)) return true;
    const auto body = json::parse(fact_.body);
    return body.ok() && body->is_object();
  }

  // Of what the fact belongs to, as far as that is here.
  std::string world_here() {
    if (is("node") || is("history") || is("organisation") || is("person")) return std::string(kReal);
    if (is("duty")) return memory_.world_of<duty::Shift>(id_);
    if (!knows_streams(name_[0])) return {};
    std::string own;
    if (is("report") || is("receipt")) own = memory_.world_of<report::Report>(id_);
    if (is("instruction")) own = memory_.world_of<instruction::Instruction>(id_);
    if (is("warning")) return memory_.world_of<warning::Warning>(id_);
    if (is("callout") || is("reach")) return world_of_warning();
    if (is("clocks")) own = memory_.world_of<clock::Clocks>(id_ + "/" + part(name_, 2));
    if (own.empty()) own = memory_.world_of<incident::Incident>(incident_);
    return own.empty() ? memory_.world_of<incident::Parties>(incident_) : own;
  }

  // Of what belongs to one. The warning may come behind it: it is another node's.
  std::string world_of_warning() {
    const std::string own = id_ + "/" + part(name_, 2);
    const std::string& here =
        is("reach") ? memory_.world_of<reach::Reach>(own) : memory_.world_of<callout::Callout>(own);
    return here.empty() ? memory_.world_of<warning::Warning>(id_) : here;
  }

  template <class State>
  const State& state(const std::string& id) {
    return memory_.get<State>(id, fact_.world);
  }
  // A type of a later release does not begin a stream, but for one in which answers stand side by side.
  template <class Variant, class Judge>
  bool judged(std::size_t parts, std::size_t within, bool begins, Judge&& judge) {
    if (name_.size() != parts || (within > 0 && within_.size() != within)) return false;
    const auto known = codec::known<Variant>(fact_.type, fact_.body);
    if (!known) return !codec::is_known(fact_.type) && (begins || !first());
    return judge(*known);
  }

  bool fits() {
    const auto& last = part(name_, 2);
    if (is("incident")) return fits_segment();
    if (is("parties"))
      return judged<incident::PartyFact>(3, 1, false,
                                         [&](const auto& f) { return incident::fits(id_, last, f, first()); });
    if (is("clocks"))
      return judged<clock::Fact>(3, 1, false, [&](const auto& f) {
        return clock::fits(state<clock::Clocks>(id_ + "/" + last), id_, last, f);
      });
    if (is("report") || is("receipt")) return fits_report();
    if (is("instruction")) return fits_instruction();
    if (is("warning"))
      return judged<warning::Fact>(2, 2, false, [&](const warning::Fact& f) {
        return warning::fits(state<warning::Warning>(id_), part(within_, 1), f, first());
      });
    if (is("callout"))
      return judged<callout::Fact>(3, 2, false, [&](const callout::Fact& f) {
        return callout::fits(state<callout::Callout>(id_ + "/" + last), id_, last, f, first());
      });
    if (is("reach"))
      return judged<reach::Fact>(3, 2, false, [&](const reach::Fact& f) { return reach::fits(id_, last, f); });
    if (is("duty"))
      return judged<duty::Fact>(2, 0, true, [&](const duty::Fact& f) {
        return std::visit([&](const auto& shift) { return shift.organisation == id_; }, f);
      });
    return fits_register();
  }

  // An owner writes in its segment only as long as it knows of no later one.
  bool fits_segment() {
    const auto segment = incident::segment_of(fact_.stream);
    return segment && judged<incident::Fact>(2, 1, false, [&](const incident::Fact& f) {
             const auto* offered = std::get_if<incident::Offered>(&f);
             const auto* released = std::get_if<incident::Released>(&f);
             const std::int64_t next = segment->epoch + 1;
             if ((offered && offered->epoch != next) || (released && released->epoch != next)) return false;
             return incident::fits(state<incident::Incident>(incident_), incident_, f, first());
           });
  }

  bool fits_report() {
    const report::Origin origin{id_, part(within_, 0), part(within_, 1)};
    const auto& r = state<report::Report>(id_);
    if (is("report"))
      return judged<report::Fact>(2, 3, false, [&](const auto& f) { return report::fits(r, origin, f); });
    const auto* sender = memory_.directory().organisations.organisation(origin.from);
    const bool ours = sender && sender->node == self_;
    return judged<report::ReceiptFact>(2, 3, false, [&](const auto& f) { return report::fits(r, origin, f, ours); });
  }

  bool fits_instruction() {
    if (name_.size() == 3)
      return judged<instruction::Fact>(3, 3, true, [&](const auto& f) {
        return instruction::fits_answer(state<instruction::Instruction>(id_), name_[2], f);
      });
    return judged<instruction::Fact>(
        2, 3, false, [&](const auto& f) { return instruction::fits(within_[0], within_[1], f, first()); });
  }

  bool fits_register() {
    if (is("node"))
      return judged<node::Fact>(2, 1, false, [&](const auto& f) {
        return node::fits(memory_.directory().nodes, id_, f, fact_.node, first());
      });
    if (is("history")) return judged<node::HistoryFact>(2, 1, false, [&](const auto&) { return id_ == fact_.node; });
    if (is("organisation"))
      return judged<organisation::Fact>(2, 1, false,
                                        [&](const auto& f) { return organisation::fits(id_, f, first()); });
    if (is("person"))
      return judged<organisation::PersonFact>(2, 1, false,
                                              [&](const auto& f) { return organisation::fits(id_, f, first()); });
    return false;  // what never leaves a node
  }

  Memory& memory_;
  const std::string& self_;
  const journal::Fact& fact_;
  const std::vector<std::string> name_;    // of the stream
  const std::string id_;                   // its second part
  const std::vector<std::string> within_;  // of the id
  const std::string incident_;             // without the epoch of a segment
};

}  // namespace

bool knows_streams(std::string_view prefix) {
  static constexpr auto kPrefixes = std::to_array<std::string_view>(
      {"incident",     "parties", "report",  "receipt", "instruction", "warning",  "alert",
       "callout",      "reach",   "clocks",  "duty",    "candidate",   "node",     "history",
       "organisation", "person",  "account", "key",     "sealed",      "contacts", "channels"});
  return std::ranges::find(kPrefixes, prefix) != kPrefixes.end();
}

std::optional<std::string> misfit(Memory& memory, const std::string& self, const journal::Fact& fact) {
  const char* fault = Newcomer(memory, self, fact).fault();
  if (!fault) return std::nullopt;
  return fact.type + " " + fact.stream + " " + std::to_string(fact.version) + " of " + fact.node + "/" +
         std::to_string(fact.node_sequence) + ": " + fault;
}

}  // namespace anlan::command
