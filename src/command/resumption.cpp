#include "command/resumption.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "codec/fact.h"
#include "command/again.h"
#include "command/weaving.h"
#include "domain/clock/facts.h"
#include "domain/incident/facts.h"
#include "domain/node/facts.h"
#include "journal/history.h"
#include "journal/witness.h"

namespace anlan::command {
namespace {

using journal::Arrival;
using journal::Fact;
using journal::Position;
using journal::sql_connection;

// More than a node records between two backups, and round, so that people see where a history was taken up again.
constexpr std::int64_t kStep = 1'000'000;

std::int64_t beyond(std::int64_t number) { return (number / kStep + 1) * kStep; }

bool is_counted(std::string_view stream) { return stream.starts_with("report/") || stream.starts_with("instruction/"); }

// "report/ID" of "report/ID", "instruction/ID" of "instruction/ID/ORGANISATION".
std::string paper_of(const std::string& stream) { return stream.substr(0, stream.find('/', stream.find('/') + 1)); }

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// Whether the store has just this block: what a neighbour gives back of it then tells nothing new, and speaks for what
// was recorded since the backup.
bool is_in(sql_connection& sql, const journal::BlockHeader& header) {
  const auto blocks = journal::blocks_after(sql, header.node, header.last - 1, 1);
  return !blocks.empty() && journal::hash_of(blocks.front().header) == journal::hash_of(header);
}

// Whether it says what the other says, whatever its numbers.
bool same_act(const Fact& a, const Fact& b) {
  return a.type == b.type && a.body == b.body && a.occurred_at == b.occurred_at && a.recorded_at == b.recorded_at &&
         a.actor == b.actor && a.world == b.world;
}

// Blocks and what was signed of them, but for those of a node behind a number.
void copy_blocks(sql_connection& source, sql_connection& target, const std::string& node, std::int64_t after) {
  journal::each_block(source, [&](const journal::Block& block, const journal::Hash&) {
    const auto& h = block.header;
    if (h.node == node && h.last > after) return;
    if (const auto part = journal::held_part(source, h)) journal::keep(target, *part);
    for (const auto& witness : journal::witnesses_of(source, h.node, h.last)) journal::keep(target, witness);
  });
}

// In this order: what both histories have with all that came from others; what was given back; then, act by act, what
// was recorded since the backup. Everything is written by one writer, whose positions and numbers begin behind both.
class Resuming {
 public:
  Resuming(sql_connection& source, sql_connection& target, const std::string& node, Instant now)
      : source_(source), target_(target), node_(node), now_(now), writer_(target, node) {}

  Resumption run(std::vector<journal::Part>& given_back) {
    done_.agreed = agreed(given_back);
    std::erase_if(given_back, [&](const journal::Part& part) { return is_in(source_, part.block.header); });
    const std::int64_t known = highest(given_back);
    writer_.begin_behind(beyond(journal::head(source_)), beyond(known));
    take_over(given_back);
    keep_blocks(given_back);
    memory_.emplace(target_);
    again_.emplace(*memory_, node_);
    done_.first_number = beyond(known) + 1;
    tell();
    for (Fact& fact : since_) record_again(std::move(fact));
    end_clocks();
    keep_reactions();
    journal::note_lost(target_, {node_, done_.agreed + 1, beyond(known)});
    return std::move(done_);
  }

 private:
  // Up to where neighbours have signed for what lies here, or have given it back alike, and nobody anything else.
  std::int64_t agreed(const std::vector<journal::Part>& given_back) const {
    std::int64_t upto = journal::agreed(source_, node_);
    for (const auto& part : given_back)
      if (is_in(source_, part.block.header)) upto = std::max(upto, part.block.header.last);
    for (const auto& part : given_back)
      if (!is_in(source_, part.block.header)) upto = std::min(upto, part.block.header.first - 1);
    return upto;
  }
  // The highest own number that either history has.
  std::int64_t highest(const std::vector<journal::Part>& given_back) const {
    std::int64_t most = 0;
    journal::each_after(source_, 0, [&](const Fact& f) {
      if (f.node == node_) most = std::max(most, f.node_sequence);
    });
    for (const auto& part : given_back) most = std::max(most, part.block.header.last);
    return most;
  }

  // What both histories have and what came from others; of that what came last with what was given back, each fact
  // behind those that it follows.
  void take_over(const std::vector<journal::Part>& given_back) {
    Position common = 0;
    journal::each_after(source_, 0, [&](const Fact& f) {
      if (f.node == node_ && f.node_sequence <= done_.agreed) common = f.position;
    });
    Weaving weaving(node_);
    journal::each_after(source_, 0, [&](const Fact& read) {
      if (read.node == node_ && read.node_sequence > done_.agreed) {
        if (read.type == incident::Opened::kType) wanted_.insert(number_of(read, opened_in(read)));
        since_.push_back(read);
      } else if (read.position > common) {
        weaving.add(read);
      } else {
        require(write(read) == Arrival::kNew, read);
      }
    });
    std::map<std::int64_t, Fact> own;
    for (const auto& part : given_back)
      for (const Fact& fact : part.facts) own.emplace(fact.node_sequence, fact);
    for (const auto& [sequence, fact] : own) weaving.add(fact);
    for (const Fact& fact : weaving.woven()) {
      const Arrival arrival = write(fact);
      require(arrival == Arrival::kNew || arrival == Arrival::kKnown, fact);
      if (fact.node != node_) continue;
      done_.given_back += arrival == Arrival::kNew;
      remember(fact);
    }
  }
  Arrival write(const Fact& read) {
    Fact fact = read;
    return writer_.take_back(fact);
  }

  // Of one block each neighbour has given back another part.
  void keep_blocks(const std::vector<journal::Part>& given_back) {
    copy_blocks(source_, target_, node_, done_.agreed);
    for (const auto& part : given_back)
      if (journal::keep(target_, part)) throw sql::Error("two neighbours give back different histories");
  }

  static void require(bool fits, const Fact& fact) {
    if (fits) return;
    throw sql::Error(fmt::format("{} {} {} of {}/{} does not fit behind what is there", fact.type, fact.stream,
                                 fact.version, fact.node, fact.node_sequence));
  }

  // What the lost history had done already of what comes once.
  void remember(const Fact& fact) {
    reactions_.insert(fact.cause + " " + fact.type + " " + fact.stream);
    if (fact.cause.starts_with("fact:")) reacted_[fact.cause] += fact.type + " " + fact.stream + "\n";
    if (fact.type == incident::Opened::kType) numbers_.insert(number_of(fact, opened_in(fact)));
  }

  static incident::Opened opened_in(const Fact& fact) {
    return std::get<incident::Opened>(codec::decode<incident::Fact>(fact.type, fact.body));
  }
  static std::string number_of(const Fact& fact, const incident::Opened& opened) {
    return fact.world + " " + opened.organisation + " " + opened.number;
  }

  void tell() {
    const node::Resumed told{done_.agreed, done_.first_number, static_cast<std::int64_t>(since_.size())};
    const auto encoded = codec::encode(node::HistoryFact(told));
    append({"history/" + node_, std::string(encoded.type), now_, "system", "resume", "real", encoded.body}, now_);
  }

  void append(journal::NewFact fact, Instant recorded_at) {
    const std::string stream = fact.stream;
    const auto appended = writer_.append(stream, writer_.version(stream), {std::move(fact)}, recorded_at);
    ANLAN_ASSERT(appended);
    last_number_ = appended->front().node_sequence;
    memory_->absorb(appended->front());
  }

  void record_again(Fact fact) {
    const std::int64_t number = fact.node_sequence;
    const auto old = std::pair(fact.stream, fact.version);
    if (fact.version == 1 && is_counted(fact.stream) && fact.stream == paper_of(fact.stream)) rename(fact);
    for (const auto& [from, to] : names_) {
      replace_all(fact.stream, from, to);
      replace_all(fact.body, from, to);
    }
    follow_causes(fact);
    const auto there = journal::read_version(target_, fact.stream, fact.version);
    const bool reacted =
        fact.actor == "system" && reactions_.contains(fact.cause + " " + fact.type + " " + fact.stream);
    if ((there && same_act(*there, fact)) || reacted) {
      versions_[old] = {fact.stream, there ? fact.version : writer_.version(fact.stream)};
      if (there) sequences_[number] = there->node_sequence;
      return;
    }
    fact.version = writer_.version(fact.stream) + 1;
    if (!again_->holds(fact)) return set_aside(fact);
    renumber(fact);
    append(static_cast<journal::NewFact&>(fact), fact.recorded_at);
    versions_[old] = {fact.stream, writer_.version(fact.stream)};
    sequences_[number] = last_number_;
    ++done_.recorded_again;
  }

  // What cannot be done any more is kept on this node, as it was said.
  void set_aside(const Fact& fact) {
    const node::SetAside kept{fact.type, fact.stream, fact.actor, fact.recorded_at, fact.body};
    journal::NewFact told = fact;
    told.stream = "aside/" + node_;
    told.type = node::SetAside::kType;
    told.body = json::to_text(kept);
    append(std::move(told), fact.recorded_at);
    done_.set_aside.push_back(fact.type + " " + fact.stream);
  }

  // The facts of others to which these are the reactions come again: the executor then asks for what was done.
  void keep_reactions() {
    for (const auto& [cause, done] : reacted_)
      if (!writer_.answer("system", cause))
        writer_.keep_answer("system", cause, {200, "\n" + done, writer_.head(), {}});
  }

  // Of one history, on what the other one has closed, merged or handed over.
  void end_clocks() {
    const auto& directory = memory_->directory();
    for (const std::string& stream : journal::streams_under(target_, "clocks/")) {
      const std::string id = stream.substr(stream.find('/') + 1), organisation = id.substr(id.find('/') + 1);
      const auto* o = directory.organisations.organisation(organisation);
      const std::string& world = memory_->world_of<clock::Clocks>(id);
      if (!o || o->node != node_) continue;
      const auto& i = memory_->get<incident::Incident>(id.substr(0, id.find('/')), world);
      const bool above = directory.organisations.stands_above(organisation, i.owner);
      const bool merged = i.state == incident::State::kMerged, closed = i.state == incident::State::kClosed && !above;
      if (!merged && !closed) continue;
      const std::string why = merged ? "merged" : "closed";
      for (const auto& ended : clock::on_ended(memory_->get<clock::Clocks>(id, world), why))
        append_own(stream, world, ended);
    }
  }
  void append_own(const std::string& stream, const std::string& world, const clock::Fact& fact) {
    const auto encoded = codec::encode(fact);
    append({stream, std::string(encoded.type), now_, "system", "resume", world, encoded.body}, now_);
  }

  // A number of a report or instruction that the lost history gave to another one.
  void rename(const Fact& fact) {
    const auto there = journal::read_version(target_, fact.stream, 1);
    if (!there || same_act(*there, fact)) return;
    const auto slash = fact.stream.find('/') + 1;
    const std::string id = fact.stream.substr(slash), prefix = fact.stream.substr(0, slash);
    const auto digits = id.find_last_not_of("0123456789") + 1;
    std::string fresh = id;
    for (std::int64_t n = 1; writer_.version(prefix + fresh) > 0 || names_taken_.contains(fresh); ++n)
      fresh = id.substr(0, digits) + std::to_string(n);
    names_[id] = fresh;
    names_taken_.insert(fresh);
    done_.papers.push_back({id, fresh});
  }

  // Proofs and causes name facts of this node by version and number.
  void follow_causes(Fact& fact) {
    const std::string own = "fact:" + node_ + "/";
    if (fact.cause.starts_with(own))
      if (const auto found = sequences_.find(std::strtoll(fact.cause.c_str() + own.size(), nullptr, 10));
          found != sequences_.end())
        fact.cause = own + std::to_string(found->second);
    if (fact.type != clock::Met::kType) return;
    auto met = std::get<clock::Met>(codec::decode<clock::Fact>(fact.type, fact.body));
    const auto found = versions_.find({met.proof.stream, met.proof.version});
    if (found == versions_.end()) return;
    met.proof.stream = found->second.first;
    met.proof.version = found->second.second;
    fact.body = codec::encode(clock::Fact(met)).body;
  }

  // A number that the lost history gave to another incident.
  void renumber(Fact& fact) {
    if (fact.type != incident::Opened::kType) return;
    auto opened = opened_in(fact);
    if (numbers_.insert(number_of(fact, opened)).second) return;
    const std::string given = opened.number;
    const auto digits = given.find_last_not_of("0123456789") + 1;
    for (int n = std::stoi(given.substr(digits)) + 1;
         numbers_.contains(number_of(fact, opened)) || wanted_.contains(number_of(fact, opened)); ++n)
      opened.number = given.substr(0, digits) + fmt::format("{:0{}}", n, given.size() - digits);
    numbers_.insert(number_of(fact, opened));
    fact.body = codec::encode(incident::Fact(opened)).body;
    done_.incidents.push_back({given, opened.number});
  }

  sql_connection &source_, &target_;
  const std::string node_;
  const Instant now_;
  journal::Writer writer_;
  std::vector<Fact> since_;                     // own facts of the store that its neighbours have not countersigned
  std::map<std::string, std::string> reacted_;  // by their causes, what was recorded: a line each
  std::set<std::string> reactions_, numbers_, wanted_, names_taken_;
  std::map<std::string, std::string> names_;
  std::map<std::pair<std::string, std::int64_t>, std::pair<std::string, std::int64_t>> versions_;
  std::map<std::int64_t, std::int64_t> sequences_;
  std::int64_t last_number_ = 0;
  std::optional<Memory> memory_;  // of the target, from what was given back on
  std::optional<Again> again_;
  Resumption done_;
};

}  // namespace

std::vector<std::string> awaited(sql_connection& source, const std::string& node,
                                 const std::vector<journal::Part>& given_back) {
  std::set<std::string> nodes;
  for (const auto& part : given_back)
    for (const Fact& fact : part.facts) {
      const auto [other, number] = cause_of(fact);
      if (fact.type != incident::TakenOver::kType || other.empty() || other == node) continue;
      if (journal::read_of_node(source, other, number, number).empty()) nodes.insert(other);
    }
  return {nodes.begin(), nodes.end()};
}

void leave_out(sql_connection& source, sql_connection& target, const std::string& self, const std::string& other,
               std::int64_t after) {
  std::int64_t last = 0;
  target.begin();
  journal::Writer writer(target, self);
  journal::each_after(source, 0, [&](const Fact& fact) {
    if (fact.node == self) last = std::max(last, fact.node_sequence);
  });
  writer.begin_behind(beyond(journal::head(source)), last);
  journal::each_after(source, 0, [&](const Fact& read) {
    if (read.node == other && read.node_sequence > after) return;
    Fact fact = read;
    const auto arrival = writer.take_back(fact);
    ANLAN_ASSERT(arrival == Arrival::kNew);
  });
  copy_blocks(source, target, other, after);
  target.commit();
}

Resumption resume(sql_connection& source, sql_connection& target, const std::string& node,
                  std::vector<journal::Part> given_back, Instant now) {
  std::ranges::sort(given_back, {}, [](const journal::Part& part) { return part.block.header.first; });
  target.begin();
  Resumption done = Resuming(source, target, node, now).run(given_back);
  target.commit();
  return done;
}

}  // namespace anlan::command
